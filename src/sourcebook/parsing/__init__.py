"""The meaning of a phrase: dates, quantities, places in law, numbers in words."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submodules=["dates", "law", "numerals", "quantities"],
)
