"""Text reuse: passages that two documents share, and texts that are nearly the same, in few texts or in millions."""

from sourcebook.reuse.duplicates import near_duplicates
from sourcebook.reuse.passage_finder import passage_blocks, shared_passages

__all__ = [
    "near_duplicates",
    "passage_blocks",
    "shared_passages",
]
