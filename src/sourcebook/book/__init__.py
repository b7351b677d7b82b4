"""The Sphinx extension: numbers and quotes in prose come from the dataset and lead to their passages."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submodules=[
        "backlinks",
        "book_data",
        "build_errors",
        "captions",
        "citations",
        "claim_pages",
        "data_files",
        "executed",
        "extension",
        "linked_data",
        "notebooks",
        "number_lint",
        "numbers",
        "prose",
        "public_names",
        "roles",
        "source_pages",
        "state",
        "theme",
    ],
    submod_attrs={"extension": ["setup"]},
)
