"""Formats of other tools, one module each."""

__all__: list[str] = []
