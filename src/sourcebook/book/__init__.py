"""The Sphinx extension: numbers and quotes in prose come from the dataset and lead to their passages."""

from sourcebook.book.roles import setup

__all__ = ["setup"]
