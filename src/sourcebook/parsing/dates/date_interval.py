"""The record of a date that may be uncertain, and the assumptions under which it was read."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["AS_STATED", "END_YEARS", "DateInterval", "DateReading"]


END_YEARS = ("inclusive", "exclusive", "either")


@dataclass(frozen=True, kw_only=True)
class DateReading:
    """What a reader adds to the words of a source when dates are compared.

    Attributes
    ----------
    approximate_years, approximate_months, approximate_days : int
        By how much a date marked approximate (``~`` or ``%``) is widened each way. Which of the three
        applies is decided by the finest component that carries the mark: ``2011-03~`` is widened by
        months and never by a year. The default 0 takes the date as stated.
    southern : bool
        Read the seasons 21 to 24, which EDTF leaves without a hemisphere, as southern ones.
    end_years : {"inclusive", "exclusive", "either"}
        Whether the year that ends a span of years still belongs to it. ``1918/1921`` ends, if inclusive, on
        a day of 1921; if exclusive, on a day of 1920; and by ``either`` on a day of 1920 or 1921.
    """

    approximate_years: int = 0
    approximate_months: int = 0
    approximate_days: int = 0
    southern: bool = False
    end_years: str = "inclusive"

    def __post_init__(self) -> None:
        for name in ("approximate_years", "approximate_months", "approximate_days"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name}: expected 0 or more, found {getattr(self, name)}")
        if self.end_years not in END_YEARS:
            raise ValueError(f"end_years: expected one of {', '.join(END_YEARS)}, found {self.end_years!r}")


AS_STATED = DateReading()
"""Nothing added: an approximate date has the bounds of the same date without the mark."""


@dataclass(frozen=True, kw_only=True)
class DateInterval:
    """The days that an EDTF string allows.

    All bounds are day numbers (see `day_number`), inclusive; None where there is no bound, and then one
    of the four flags says why.

    Attributes
    ----------
    edtf : str
        The string that was read, unchanged.
    earliest, latest : int or None
        First and last day that the string allows at all.
    start_earliest, start_latest, end_earliest, end_latest : int or None
        Bounds of where the dated thing starts and of where it ends. A span has its own for each end:
        what is dated ``1987/1991`` starts within 1987 and ends within 1991. For a single date both
        ends lie anywhere between `earliest` and `latest`.
    open_start, open_end : bool
        The end is written ``..``: there is none (or none is meant).
    unknown_start, unknown_end : bool
        The end exists and is not known: written as nothing (``1985/``), or the year is ``XXXX``.
    approximate, uncertain : bool
        Any component carries ``~``, ``?`` or, for both, ``%``.
    approximate_parts, uncertain_parts : tuple of str
        Which of ``year``, ``month``, ``day`` carry the mark; empty for spans and sets, see `members`.
    granularity : str
        ``day``, ``month``, ``season``, ``year``, ``decade``, ``century``, ``millennium``, ``unknown`` (the
        year is not stated and nothing else is), ``interval`` or ``set``.
    pattern : str
        The date without its marks, where `earliest` to `latest` also holds days that the string does not
        allow: ``XXXX-12-05`` has no bounds, but is a fifth of December all the same. Else empty.
    set_kind : str
        ``one_of`` for ``[…]``, ``all_of`` for ``{…}``, else empty.
    members : tuple of DateInterval
        The stated ends of a span, the members of a set.
    """

    edtf: str
    earliest: int | None
    latest: int | None
    start_earliest: int | None
    start_latest: int | None
    end_earliest: int | None
    end_latest: int | None
    granularity: str
    open_start: bool = False
    open_end: bool = False
    unknown_start: bool = False
    unknown_end: bool = False
    approximate: bool = False
    uncertain: bool = False
    approximate_parts: tuple[str, ...] = ()
    uncertain_parts: tuple[str, ...] = ()
    pattern: str = ""
    set_kind: str = ""
    members: tuple[DateInterval, ...] = ()

    @property
    def bounded(self) -> bool:
        """Return whether both ends are known days."""
        return self.earliest is not None and self.latest is not None
