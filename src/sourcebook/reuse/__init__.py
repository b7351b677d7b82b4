"""Text reuse: passages that two documents share, word for word or lightly edited."""

from sourcebook.reuse.passages import reuse_by_pair, shared_passages

__all__ = ["reuse_by_pair", "shared_passages"]
