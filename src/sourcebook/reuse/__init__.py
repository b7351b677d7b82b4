"""Text reuse: passages that two documents share, word for word or lightly edited."""

from sourcebook.reuse.passages import shared_passages

__all__ = ["shared_passages"]
