"""The record of a quantity found in a text."""

from __future__ import annotations

from dataclasses import dataclass

from sourcebook.parsing.findings import Finding

__all__ = ["FoundQuantity"]


@dataclass(frozen=True, kw_only=True)
class FoundQuantity(Finding):
    """A quantity found in a text.

    What is not understood to its end is no finding: there is none with a part of the value.

    Attributes
    ----------
    notation : str
        The number with its hedge, as :func:`parse_quantity` reads it; empty for an ordinal.
    low, high : float
        The least and the greatest number that the words allow, under the default assumptions; infinite where open. NaN
        for an ordinal.
    low_closed, high_closed : bool
        Whether `low` and `high` themselves are allowed.
    unit : str
        Name of the unit or currency (``km``, ``%``, ``USD``), or empty.
    counted : str
        The words for what is counted (``young women``), or empty.
    whole : str
        The words for the whole that a share, a percentage or a number "of" it is part of, or empty.
    ordinal : int or None
        Which one it is, for "third" and "3rd".
    mods : tuple of str
        ``IsApproximate`` where the bounds rest on an assumption, ``IsRange`` where more than one number is allowed.
    """

    kind: str = "quantity"
    notation: str
    low: float
    high: float
    low_closed: bool
    high_closed: bool
    unit: str = ""
    counted: str = ""
    whole: str = ""
    ordinal: int | None = None
    mods: tuple[str, ...] = ()
