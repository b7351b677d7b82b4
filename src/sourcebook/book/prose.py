"""What a page holds of typed prose, as the check of numbers reads it and the build keeps it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Block", "Prose"]


@dataclass(frozen=True, kw_only=True)
class Block:
    """A paragraph, caption, term or other block of a page, as the check reads it.

    Attributes
    ----------
    line : int
        Where it begins; 0 if that is not known.
    text : str
        Its text, with an object replacement character for each character that is not read.
    """

    line: int
    text: str


@dataclass(frozen=True, kw_only=True)
class Prose:
    """The typed prose of a page.

    Attributes
    ----------
    is_reference : bool
        Whether its front matter says ``prose: reference``.
    computed_line : int or None
        The line of the first computed value on it; None without one.
    blocks : tuple of Block
        What the check reads.
    """

    is_reference: bool
    computed_line: int | None
    blocks: tuple[Block, ...]
