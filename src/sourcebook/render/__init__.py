"""From tables to HTML and SVG, without Sphinx."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submodules=["claim_page", "display", "figures", "palette", "source_page"],
)
