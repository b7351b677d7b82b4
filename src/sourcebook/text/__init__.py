"""Functions on strings: normalise them, split them, compare them, find quotes in them."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submodules=["folding", "normalise", "phrases", "quotes", "segments", "sentences", "similarity", "words"],
)
