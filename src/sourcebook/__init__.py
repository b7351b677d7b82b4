"""Claims anchored to the exact words of their sources, and how the sources relate."""

__version__ = "0.1.0"
