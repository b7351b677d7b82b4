"""The rendered book as one PDF and as an EPUB, from its built pages.

Both take the articles of the pages that the strict build wrote, in the order of the contents, so that they say what
the pages say and nothing is executed twice. Sphinx's own EPUB and LaTeX builders would run every chapter again and
know neither the pages of claims nor the editions of the sources.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__, submodules=["chapters", "epub", "fitting", "notes", "paper", "pdf", "publishing"]
)
