"""What every room rests on: errors, tables as files, controlled terms, schemas."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submodules=["csvfiles", "errors", "schemas", "vocabularies"],
)
