"""Make a book of one's own from a folder of documents: the data folder, and the chapters that read it."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "add": ["add_documents", "register_changes"],
        "changed_pages": ["Changed"],
        "new": ["New", "new_book"],
        "old_texts": ["put_back"],
    },
)
