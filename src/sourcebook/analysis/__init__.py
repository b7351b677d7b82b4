"""What follows from the coded claims: relations, agreement, time, law, numbers."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submodules=["agreement", "context", "framing", "numbers", "relations", "timeline"],
)
