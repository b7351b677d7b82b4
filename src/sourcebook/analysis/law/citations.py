"""Which instruments the sources cite, and what they state of them against what these contain."""

from __future__ import annotations

import pandas as pd

from sourcebook.analysis.law.elements import compare_elements
from sourcebook.core.frames import needs

__all__ = [
    "KINDS_WITH_ARTICLES",
    "check_elements",
    "compare_wording",
    "count_invocations",
    "stated_elements",
    "uninvoked",
]

#: Kinds of instruments that have articles, principles or paragraphs, so that a citation could name one. A court, a
#: programme or a body of law has none.
KINDS_WITH_ARTICLES = ("treaty", "declaration", "soft law", "treaty-body interpretation")


@needs(
    citations="instrument_id source_id",
)
def count_invocations(citations: pd.DataFrame) -> pd.DataFrame:
    """Count how often each source invokes each instrument.

    Parameters
    ----------
    citations : DataFrame
        ``instrument_id, source_id``.

    Returns
    -------
    DataFrame
        ``instrument_id, source_id`` (str), ``citations`` (int), in the order in which they first occur.

    Examples
    --------
    >>> coded = pd.DataFrame({"instrument_id": ["un-charter", "un-charter"], "source_id": ["a", "a"]})
    >>> count_invocations(coded).to_numpy().tolist()
    [['un-charter', 'a', 2]]
    """
    counts = citations.groupby(["instrument_id", "source_id"], sort=False).size()
    return counts.rename("citations").reset_index().astype({"instrument_id": "str", "source_id": "str"})


@needs(
    citations="instrument_id",
    instruments="instrument_id candidates invoked_directly_relevant",
)
def uninvoked(citations: pd.DataFrame, instruments: pd.DataFrame) -> pd.DataFrame:
    """Return the instruments of evident relevance that no source invokes.

    Parameters
    ----------
    citations : DataFrame
        ``instrument_id``.
    instruments : DataFrame
        ``instrument_id, candidates, invoked_directly_relevant`` and whatever else. A citation of an
        ambiguous entry counts for each of its candidates.

    Returns
    -------
    DataFrame
        The rows of `instruments` that are marked relevant and not invoked.

    Examples
    --------
    >>> known = pd.DataFrame({"instrument_id": ["udhr", "csr51"], "candidates": "", "invoked_directly_relevant": "yes"})
    >>> uninvoked(pd.DataFrame({"instrument_id": ["udhr"]}), known)["instrument_id"].tolist()
    ['csr51']
    """
    cited = set(citations["instrument_id"])
    ambiguous = instruments[instruments["instrument_id"].isin(cited)]["candidates"]
    cited |= {c for cell in ambiguous for c in cell.split(";") if c}
    keep = (instruments["invoked_directly_relevant"] == "yes") & ~instruments["instrument_id"].isin(cited)
    return instruments[keep].reset_index(drop=True)


@needs(
    citations="citation_id instrument_id pinpoint source_id elements",
)
def stated_elements(citations: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each element that a source says an instrument contains.

    Parameters
    ----------
    citations : DataFrame
        ``citation_id, source_id, instrument_id, pinpoint, elements``; elements joined by ``;``, spaces
        around them left out.

    Returns
    -------
    DataFrame
        ``citation_id, source_id, instrument_id, pinpoint, element`` (str).

    Examples
    --------
    >>> cited = {"citation_id": ["a.l1"], "source_id": "a", "instrument_id": "udhr", "pinpoint": "art. 13"}
    >>> stated_elements(pd.DataFrame({**cited, "elements": "return;leave"}))["element"].tolist()
    ['return', 'leave']
    """
    columns = ["citation_id", "source_id", "instrument_id", "pinpoint"]
    rows = [
        (*row, element)
        for *row, cell in zip(*(citations[c] for c in (*columns, "elements")), strict=True)
        for element in dict.fromkeys(part.strip() for part in cell.split(";"))
        if element
    ]
    return pd.DataFrame(rows, columns=[*columns, "element"], dtype="str")


@needs(
    citations="citation_id instrument_id pinpoint source_id elements",
    provisions="instrument_id provision element",
    instruments="instrument_id candidates provisions_read",
)
def check_elements(
    citations: pd.DataFrame, provisions: pd.DataFrame, instruments: pd.DataFrame
) -> pd.DataFrame:
    """Compare what each citation says its instrument contains with what it contains.

    Parameters
    ----------
    citations : DataFrame
        As for :func:`stated_elements`.
    provisions : DataFrame
        ``instrument_id, provision, element``: what the provisions contain.
    instruments : DataFrame
        ``instrument_id, candidates, provisions_read``: the authority.

    Returns
    -------
    DataFrame
        As :func:`compare_elements`, for each citation that states an element, with ``citation_id`` and
        ``source_id``.

    Raises
    ------
    DataError
        If `instruments` lacks an instrument that is cited.

    Examples
    --------
    >>> cited = {"citation_id": ["a.l1"], "source_id": "a", "instrument_id": "udhr", "pinpoint": "art. 13"}
    >>> words = {"elements": "return;housing", "exact": "the right to return", "effect": "grants it"}
    >>> citations = pd.DataFrame({**cited, **words})
    >>> read = pd.DataFrame({"instrument_id": ["udhr"], "provision": "art. 13", "element": "return"}).assign(
    ...     paraphrase="All may return.")
    >>> known = pd.DataFrame({"instrument_id": ["udhr"], "short_name": "UDHR"}).assign(
    ...     candidates="", provisions_read="whole")
    >>> checks = check_elements(citations, read, known)
    >>> checks[["element", "finding"]].values.tolist()
    [['return', 'stated-and-there'], ['housing', 'stated-and-not-there']]
    """
    stated = stated_elements(citations)
    parts = []
    for (citation_id, source_id), group in stated.groupby(["citation_id", "source_id"], sort=False):
        checked = compare_elements(
            group[["instrument_id", "pinpoint", "element"]], provisions, instruments=instruments
        )
        parts.append(checked.assign(citation_id=str(citation_id), source_id=str(source_id)))
    if not parts:
        nothing = compare_elements(stated, provisions, instruments=instruments)
        parts.append(nothing.assign(citation_id="", source_id=""))
    return pd.concat(parts, ignore_index=True)


def compare_wording(
    checks: pd.DataFrame,
    citations: pd.DataFrame,
    provisions: pd.DataFrame,
    elements: pd.DataFrame,
    instruments: pd.DataFrame,
) -> pd.DataFrame:
    """Return what a source says an instrument does with what the instrument contains, for reading.

    Parameters
    ----------
    checks : DataFrame
        As :func:`check_elements` returns it.
    citations : DataFrame
        ``citation_id, exact, effect``.
    provisions : DataFrame
        ``instrument_id, provision, element, paraphrase``.
    elements, instruments : DataFrame
        ``element, label`` and ``instrument_id, short_name``.

    Returns
    -------
    DataFrame
        The rows of `checks` in their order, all columns str: ``citation_id, source_id, instrument_id,
        instrument, pinpoint, exact, effect, element`` (its label), ``finding`` (with spaces), ``there`` (the
        provisions of the place named that hold the element, or the instrument's name alone where the provision
        has no number), ``contains`` (their paraphrases) and ``elsewhere`` (other provisions of the same
        instrument).

    Examples
    --------
    >>> cited = {"citation_id": ["a.l1"], "source_id": "a", "instrument_id": "udhr", "pinpoint": "art. 13"}
    >>> words = {"elements": "return;housing", "exact": "the right to return", "effect": "grants it"}
    >>> citations = pd.DataFrame({**cited, **words})
    >>> read = pd.DataFrame({"instrument_id": ["udhr"], "provision": "art. 13", "element": "return"}).assign(
    ...     paraphrase="All may return.")
    >>> known = pd.DataFrame({"instrument_id": ["udhr"], "short_name": "UDHR"}).assign(
    ...     candidates="", provisions_read="whole")
    >>> checks = check_elements(citations, read, known)
    >>> labels = pd.DataFrame({"element": ["return", "housing"], "label": ["return home", "housing"]})
    >>> compare_wording(checks, citations, read, labels, known)[["element", "there", "contains"]].values.tolist()
    [['return home', 'art. 13', 'All may return.'], ['housing', '', '']]
    """
    names = dict(zip(instruments["instrument_id"], instruments["short_name"], strict=True))
    label = dict(zip(elements["element"], elements["label"], strict=True))
    words = {
        (name, element): str(paraphrase)
        for key, provision, element, paraphrase in provisions[
            ["instrument_id", "provision", "element", "paraphrase"]
        ].itertuples(index=False, name=None)
        for name in (f"{key} {provision}".strip(), f"{key}/{provision}")
    }

    def contents(instrument_id: str, place: str, element: str) -> str:
        own = words.get((f"{instrument_id}/{place}", element))
        return own if own is not None else words.get((place, element), "")

    def readable(place: str) -> str:
        head, _, rest = place.partition(" ")
        return f"{names[head]} {rest}".strip() if head in names else place

    cells = checks[["instrument_id", "provision", "element"]].itertuples(index=False, name=None)
    paraphrases = [[contents(i, p, e) for p in places.split(";") if p] for i, places, e in cells]
    out = checks.merge(
        citations[["citation_id", "exact", "effect"]], on="citation_id", validate="many_to_one"
    )
    return pd.DataFrame(
        {
            **{c: out[c] for c in ("citation_id", "source_id", "instrument_id")},
            "instrument": out["instrument_id"].map(names),
            **{c: out[c] for c in ("pinpoint", "exact", "effect")},
            "element": out["element"].map(label),
            "finding": out["finding"].str.replace("-", " "),
            "there": ["; ".join(readable(p) for p in cell.split(";") if p) for cell in out["provision"]],
            "contains": [" ".join(dict.fromkeys(texts)) for texts in paraphrases],
            "elsewhere": out["also_in_instrument"].str.replace(";", "; "),
        }
    )
