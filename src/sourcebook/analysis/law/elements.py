"""What a citation states of a provision against what the provision contains."""

from __future__ import annotations

import pandas as pd

from sourcebook.core.csvfiles import LINE
from sourcebook.core.errors import DataError
from sourcebook.core.frames import needs
from sourcebook.parsing.law.authority import problem
from sourcebook.parsing.law.pinpoints import contains

__all__ = ["compare_elements", "elements_by_provision"]

_COMPARED_COLUMNS = [
    "instrument_id", "pinpoint", "element", "finding", "provision", "also_in_instrument", "also_in_others",
]  # fmt: skip


@needs(
    stated="instrument_id pinpoint element",
    provisions="instrument_id provision element",
    instruments="instrument_id candidates provisions_read",
)
def compare_elements(
    stated: pd.DataFrame, provisions: pd.DataFrame, *, instruments: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Compare what is stated of a provision with what the provision contains, element by element.

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
        All columns str: ``instrument_id, pinpoint, element``; ``finding``, a term of
        `sourcebook.core.vocabularies.ELEMENT_FINDINGS`; ``provision``, where in the place named the element is;
        ``also_in_instrument``, where else in the instrument; ``also_in_others``, where in other instruments.
        Places are joined by ``;``. Of each place, the stated elements come first, then those that were not
        stated.

    Raises
    ------
    DataError
        If `instruments` is given and lacks an instrument.
    ParseError
        If a pinpoint cannot be read.

    Examples
    --------
    >>> stated = pd.DataFrame({"instrument_id": ["udhr"], "pinpoint": "art. 13", "element": "return"})
    >>> read = pd.DataFrame({"instrument_id": ["udhr", "udhr"], "provision": "art. 13", "element": ["leave", "return"]})
    >>> compare_elements(stated, read)[["element", "finding"]].values.tolist()
    [['return', 'stated-and-there'], ['leave', 'there-and-not-stated']]
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
            holding = there[there["element"] == element]
            if element in unnamed:
                finding = "there-and-not-stated"
            elif not holding.empty:
                finding = "stated-and-there"
            else:
                finding = "stated-and-not-there" if checked else "not-checked"
            same = provisions[provisions["element"] == element].drop(holding.index)
            mine = same["instrument_id"].isin(ids)
            places = (_places(holding, key), _places(same[mine], key), _places(same[~mine], key))
            rows.append((key, pinpoint, element, finding, *places))
    return pd.DataFrame(rows, columns=_COMPARED_COLUMNS, dtype="str")


_BY_PROVISION = [
    "source_id", "instrument_id", "provision", "element", "finding", "citations", "paraphrase", "reference",
]  # fmt: skip


@needs(
    citations="instrument_id pinpoint source_id",
    stated="citation_id source_id instrument_id pinpoint element",
    provisions="instrument_id provision element paraphrase reference",
    instruments="instrument_id candidates provisions_read",
)
def elements_by_provision(
    citations: pd.DataFrame, stated: pd.DataFrame, provisions: pd.DataFrame, instruments: pd.DataFrame
) -> pd.DataFrame:
    """Return every element of every provision that a source invokes, with what the source states of it.

    Where :func:`compare_elements` follows one citation, this follows the provisions: all citations of an
    instrument in a source are taken together.

    Parameters
    ----------
    citations : DataFrame
        ``citation_id, source_id, instrument_id, pinpoint``: also those that state no element.
    stated : DataFrame
        The same columns and ``element``: one row for each element that a citation states.
    provisions : DataFrame
        ``instrument_id, provision, element, paraphrase, reference``: what the provisions contain.
    instruments : DataFrame
        ``instrument_id, candidates, provisions_read``: the authority.

    Returns
    -------
    DataFrame
        One row for each source and each element of each provision in the places that it names (all of the
        instrument where it names none), all columns str: ``source_id, instrument_id`` (that of the provision),
        ``provision, element, finding, citations`` (those that state the element, joined by ``;``),
        ``paraphrase`` and ``reference`` of the provision. Elements that are stated and in no provision of the
        place follow, with an empty provision, as ``stated-and-not-there``, or ``not-checked`` where the place
        was not read as a whole.

    Raises
    ------
    DataError
        If `instruments` lacks an instrument that is cited.

    ParseError
        If a pinpoint cannot be read.

    Examples
    --------
    >>> stated = pd.DataFrame({"instrument_id": ["udhr"], "pinpoint": "art. 13", "element": "return"})
    >>> read = pd.DataFrame({"instrument_id": ["udhr", "udhr"], "provision": "art. 13", "element": ["leave", "return"]})
    >>> stated = stated.assign(citation_id="a.l1", source_id="a")
    >>> known = pd.DataFrame({"instrument_id": ["udhr"], "candidates": "", "provisions_read": "whole"})
    >>> table = elements_by_provision(stated, stated, read.assign(paraphrase="", reference=""), known)
    >>> table[["element", "finding", "citations"]].values.tolist()
    [['leave', 'there-and-not-stated', ''], ['return', 'stated-and-there', 'a.l1']]
    """
    candidates, whole = _authority(citations, instruments)
    rows: list[tuple[str, ...]] = []
    for name, cited in citations.groupby(["source_id", "instrument_id"], sort=False):
        source, key = (str(part) for part in name)
        own = provisions[provisions["instrument_id"].isin(candidates.get(key, [key]))]
        about = stated[stated["source_id"].eq(source) & stated["instrument_id"].eq(key)]
        elements = list(
            zip(
                about["citation_id"],
                about["pinpoint"],
                about["element"],
                strict=True,
            )
        )
        places = list(dict.fromkeys(cited["pinpoint"]))
        matched: set[tuple[str, str]] = set()
        for row in own.to_dict("records"):
            where, element = row["provision"], row["element"]
            if not any(_meet(pinpoint, where) for pinpoint in places):
                continue
            by = list(dict.fromkeys(c for c, p, e in elements if e == element and _meet(p, where)))
            matched |= {(citation, element) for citation in by}
            finding = "stated-and-there" if by else "there-and-not-stated"
            texts = (row["paraphrase"], row["reference"])
            rows.append((source, row["instrument_id"], where, element, finding, ";".join(by), *texts))
        left: dict[str, list[tuple[str, str]]] = {}
        for citation, pinpoint, element in elements:
            if (citation, element) not in matched:
                left.setdefault(element, []).append((citation, pinpoint))
        for element, cells in left.items():
            finding = _absent(own, [pinpoint for _, pinpoint in cells], key in whole)
            rows.append((source, key, "", element, finding, ";".join(c for c, _ in cells), "", ""))
    return pd.DataFrame(rows, columns=_BY_PROVISION, dtype="str")


def _absent(provisions: pd.DataFrame, places: list[str], whole: bool) -> str:
    """Return the finding for an element in no provision of the places named: not there, if these were read."""
    read = [
        (whole or pinpoint != "") and any(_meet(pinpoint, provision) for provision in provisions["provision"])
        for pinpoint in places
    ]
    return "stated-and-not-there" if any(read) else "not-checked"


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
    """Return whether a provision belongs to the place that a pinpoint names."""
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
