"""How the sources frame the matter: functions, demands, terms of art, and the law that they invoke."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sourcebook.core import vocabularies
from sourcebook.parsing.dates import format_date
from sourcebook.parsing.law import compare_elements

__all__ = [
    "check_elements",
    "count_by_source",
    "count_invocations",
    "frame_functions",
    "participation_by_state",
    "side_by_side",
    "stated_elements",
    "uninvoked",
]


def count_by_source(frame: pd.DataFrame, by: str | Sequence[str], sources: Sequence[str]) -> pd.DataFrame:
    """Count the rows of a coded table by one or more columns and by source.

    Parameters
    ----------
    frame : DataFrame
        A coded table with ``source_id`` and the columns in `by`.
    by : str or sequence of str
        What the rows of the result stand for.
    sources : sequence of str
        The sources, in the order of the columns; one without rows counts 0, and rows of other sources do
        not count.

    Returns
    -------
    DataFrame
        The columns in `by`, one column for each source, ``sources`` (how many have at least one row) and
        ``total``; most frequent first, then by name.

    Examples
    --------
    >>> coded = pd.DataFrame({"source_id": ["a", "b", "b"], "term_id": ["exile", "exile", "exile"]})
    >>> count_by_source(coded, "term_id", ["a", "b", "c"]).values.tolist()
    [['exile', 1, 2, 0, 2, 3]]
    """
    keys = [by] if isinstance(by, str) else list(by)
    labels = zip(*(frame[key] for key in keys), strict=True)
    counts: dict[tuple[str, ...], dict[str, int]] = {}
    for label, source in zip(labels, frame["source_id"], strict=True):
        if source in sources:
            row = counts.setdefault(label, dict.fromkeys(sources, 0))
            row[source] += 1
    ordered = sorted(counts.items(), key=lambda item: (-sum(item[1].values()), item[0]))
    rows = [
        (*label, *row.values(), sum(n > 0 for n in row.values()), sum(row.values())) for label, row in ordered
    ]
    columns = [*keys, *sources, "sources", "total"]
    types = {c: "str" if c in keys else "int64" for c in columns}
    return pd.DataFrame(rows, columns=columns).astype(types)


def frame_functions(frames: pd.DataFrame, sources: Sequence[str]) -> pd.DataFrame:
    """Count the four framing functions by source.

    Returns
    -------
    DataFrame
        ``function`` in Entman's order, a column for each source, ``sources`` and ``total``; a function
        that no source performs stands there with zeros.

    References
    ----------
    Entman, R. M. (1993). Framing: Toward clarification of a fractured paradigm. Journal of
    Communication 43(4).
    """
    counts = count_by_source(frames, "function", sources).set_index("function")
    return counts.reindex(list(vocabularies.FRAME_FUNCTIONS), fill_value=0).reset_index()


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
    """
    cited = set(citations["instrument_id"])
    ambiguous = instruments[instruments["instrument_id"].isin(cited)]["candidates"]
    cited |= {c for cell in ambiguous for c in cell.split(";") if c}
    keep = (instruments["invoked_directly_relevant"] == "yes") & ~instruments["instrument_id"].isin(cited)
    return instruments[keep].reset_index(drop=True)


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
        ``citation_id, source_id, instrument_id, pinpoint, element``.
    """
    columns = ["citation_id", "source_id", "instrument_id", "pinpoint"]
    rows = [
        (*row, element)
        for *row, cell in zip(*(citations[c] for c in (*columns, "elements")), strict=True)
        for element in dict.fromkeys(part.strip() for part in cell.split(";"))
        if element
    ]
    return pd.DataFrame(rows, columns=[*columns, "element"], dtype="str")


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
        As :func:`sourcebook.parsing.law.compare_elements`, for each citation that states an element, with
        ``citation_id`` and ``source_id``.
    """
    stated = stated_elements(citations)
    parts = []
    for (citation_id, source_id), group in stated.groupby(["citation_id", "source_id"], sort=False):
        found = compare_elements(
            group[["instrument_id", "pinpoint", "element"]], provisions, instruments=instruments
        )
        parts.append(found.assign(citation_id=str(citation_id), source_id=str(source_id)))
    if not parts:
        nothing = compare_elements(stated, provisions, instruments=instruments)
        parts.append(nothing.assign(citation_id="", source_id=""))
    return pd.concat(parts, ignore_index=True)


def side_by_side(
    checks: pd.DataFrame,
    citations: pd.DataFrame,
    provisions: pd.DataFrame,
    elements: pd.DataFrame,
    instruments: pd.DataFrame,
) -> pd.DataFrame:
    """Set what a source says an instrument does beside what the instrument contains, for reading.

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
        The rows of `checks` in their order: ``citation_id, source_id, instrument_id, instrument, pinpoint,
        exact, effect, element`` (its label), ``finding`` (with spaces), ``there`` (the provisions of the
        place named that hold the element, or the instrument's name alone where the provision has no number),
        ``contains`` (their paraphrases) and ``elsewhere`` (other provisions of the same instrument).
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
    found = [[contents(i, p, e) for p in places.split(";") if p] for i, places, e in cells]
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
            "contains": [" ".join(dict.fromkeys(texts)) for texts in found],
            "elsewhere": out["also_in_instrument"].str.replace(";", "; "),
        }
    )


def participation_by_state(participation: pd.DataFrame, instruments: pd.DataFrame) -> pd.DataFrame:
    """Say in words how each state stands to each instrument.

    Parameters
    ----------
    participation : DataFrame
        ``instrument_id, state, step, date, in_force`` (EDTF) and ``basis``.
    instruments : DataFrame
        ``instrument_id, short_name, kind, binding``.

    Returns
    -------
    DataFrame
        ``instrument_id, short_name, kind, binding``, one column for each state (its steps in words, joined
        by ``;``; "no step recorded" where there is none) and ``basis`` (how the days follow).

    Examples
    --------
    >>> steps = pd.DataFrame([["t", "A", "acceded", "1993-06-23", "1993-09-23", "Art. 9"]],
    ...     columns=["instrument_id", "state", "step", "date", "in_force", "basis"])
    >>> known = pd.DataFrame([["t", "T", "treaty", "yes"]],
    ...     columns=["instrument_id", "short_name", "kind", "binding"])
    >>> participation_by_state(steps, known)["A"][0]
    'acceded 23 June 1993, in force 23 September 1993'
    """
    said = participation.assign(
        words=[
            _step(step, date, in_force)
            for step, date, in_force in zip(
                participation["step"], participation["date"], participation["in_force"], strict=True
            )
        ]
    )
    cells = said.groupby(["instrument_id", "state"], sort=False)["words"].agg("; ".join)
    wide = cells.unstack(fill_value="no step recorded").reset_index()
    wide.columns.name = None
    basis = said.groupby("instrument_id")["basis"].agg(lambda b: "; ".join(dict.fromkeys(filter(None, b))))
    about = instruments[["instrument_id", "short_name", "kind", "binding"]]
    out = about.merge(wide, on="instrument_id", validate="one_to_one")
    return out.assign(basis=out["instrument_id"].map(basis))


def _step(step: str, date: str, in_force: str) -> str:
    """Say one step of a state: a step without a day of its own begins with its entry into force."""
    if not date:
        return f"{step} from {format_date(in_force)}" if in_force else step
    return f"{step} {format_date(date)}" + (f", in force {format_date(in_force)}" if in_force else "")
