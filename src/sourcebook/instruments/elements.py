"""What is said of a provision against what the provision contains."""

from __future__ import annotations

import pandas as pd

from sourcebook.errors import DataError
from sourcebook.instruments.authority import problem
from sourcebook.instruments.pinpoints import contains
from sourcebook.tables import LINE

__all__ = ["compare_elements"]

_COMPARED_COLUMNS = [
    "instrument_id", "pinpoint", "element", "finding", "provision", "also_in_instrument", "also_in_others",
]  # fmt: skip


def compare_elements(
    stated: pd.DataFrame, provisions: pd.DataFrame, *, instruments: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Compare what is said of a provision with what the provision contains, element by element.

    Parameters
    ----------
    stated : DataFrame
        ``instrument_id, pinpoint, element``; an empty pinpoint means the instrument as a whole.
    provisions : DataFrame
        ``instrument_id, provision, element``: what the provisions contain.
    instruments : DataFrame, optional
        ``instrument_id, candidates, provisions_read``. With it, an unknown instrument is an error; an
        ambiguous one is compared with all its candidates; and of an instrument whose provisions were not
        read as a whole, a missing element is ``not-checked``.

    Returns
    -------
    DataFrame
        ``instrument_id, pinpoint, element``; ``finding``, a term of `sourcebook.vocab.ELEMENT_FINDINGS`;
        ``provision``, where in the place named the element is; ``also_in_instrument``, where else in the
        instrument; ``also_in_others``, where in other instruments. Places are joined by ``;``. Of each place,
        the stated elements come first, then those that were not stated.

    Raises
    ------
    DataError
        If `instruments` is given and lacks an instrument.
    ParseError
        If a pinpoint cannot be read.
    """
    candidates, whole = _authority(stated, instruments)
    rows: list[tuple[str, ...]] = []
    for name, group in stated.groupby(["instrument_id", "pinpoint"], sort=False):
        key, pinpoint = (str(part) for part in name)
        ids = candidates.get(key, [key])
        own = provisions[provisions["instrument_id"].isin(ids)]
        inside = [_meet(pinpoint, provision) for provision in own["provision"]]
        there = own[pd.Series(inside, index=own.index, dtype=bool)]
        checked = not there.empty and (pinpoint != "" or key in whole or instruments is None)
        named = list(dict.fromkeys(group["element"]))
        unnamed = [element for element in dict.fromkeys(there["element"]) if element not in named]
        for element in [*named, *unnamed]:
            found = there[there["element"] == element]
            if element in unnamed:
                finding = "there-and-not-stated"
            elif not found.empty:
                finding = "stated-and-there"
            else:
                finding = "stated-and-not-there" if checked else "not-checked"
            same = provisions[provisions["element"] == element].drop(found.index)
            mine = same["instrument_id"].isin(ids)
            places = (_places(found, key), _places(same[mine], key), _places(same[~mine], key))
            rows.append((key, pinpoint, element, finding, *places))
    return pd.DataFrame(rows, columns=_COMPARED_COLUMNS, dtype="str")


def _authority(
    stated: pd.DataFrame, instruments: pd.DataFrame | None
) -> tuple[dict[str, list[str]], set[str]]:
    """Return the candidates of ambiguous instruments, and those instruments that were read as a whole."""
    if instruments is None:
        return {}, set()
    known = set(instruments["instrument_id"])
    lines = stated[LINE] if LINE in stated else range(1, len(stated) + 1)
    problems = [
        problem("stated", line, "instrument_id", key, "an instrument of the authority table")
        for line, key in zip(lines, stated["instrument_id"], strict=True)
        if key not in known
    ]
    if problems:
        raise DataError(problems)
    cells = zip(instruments["instrument_id"], instruments["candidates"], strict=True)
    candidates = {key: cell.split(";") for key, cell in cells if cell}
    return candidates, set(instruments.loc[instruments["provisions_read"] == "whole", "instrument_id"])


def _meet(pinpoint: str, provision: str) -> bool:
    """Say whether a provision belongs to the place that a pinpoint names."""
    if not pinpoint or not provision:
        return not pinpoint
    return contains(pinpoint, provision) or contains(provision, pinpoint)


def _places(rows: pd.DataFrame, meant: str) -> str:
    """Return the provisions of some rows, with the instrument where it is not the one meant."""
    labels = [
        provision if key == meant and provision else f"{key} {provision}".strip()
        for key, provision in zip(rows["instrument_id"], rows["provision"], strict=True)
    ]
    return ";".join(dict.fromkeys(labels))
