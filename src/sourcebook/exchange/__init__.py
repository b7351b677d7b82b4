"""To and from the formats of other tools, each in a module of its own."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submodules=["formats", "model", "offsets", "ro_crate", "untrusted", "xmlfiles"],
)
