"""The anchors of the quotes of a table: fill them in, and check every one again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

import pandas as pd

from sourcebook.core.errors import AnchorError, DataError, Problem
from sourcebook.core.frames import require_columns
from sourcebook.text.normalise import NormalText
from sourcebook.text.quotes import CONTEXT, FLOOR, Anchor, Source, find_quote, nearest_passage
from sourcebook.text.segments import sentences
from sourcebook.text.similarity import difference

__all__ = ["PLACE", "check_anchors", "fill_anchors", "sentence_spans", "starts_in"]

_Row = Mapping[str, str]
#: The sentences of each source with their offsets in the normalised text.
Spans = dict[str, dict[str, tuple[int, int]]]
#: What a problem says of quotes whose words are right and whose numbers are not.
PLACE = "where the words are"
_COLUMNS = ("source_id", "exact", "prefix", "suffix", "start", "end")


def check_anchors(frame: pd.DataFrame, documents: Mapping[str, Source], *, file: str = "") -> list[Problem]:
    """Return what is wrong with the quotes of a table, slicing every one again.

    Parameters
    ----------
    frame : pandas.DataFrame
        ``source_id``, ``exact``, ``prefix``, ``suffix``, ``start``, ``end``; ``line`` where it was read
        from a file. An empty prefix or suffix is not checked.
    documents : mapping of str to Source
        The documents by source id.
    file : str
        Name of the table for the problems.

    Returns
    -------
    list of Problem
        Empty if each quote is ``raw[start:end]`` of its source and its prefix and suffix are around it.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from sourcebook.text.normalise import normalise
    >>> documents = {"a": SimpleNamespace(source_id="a", normal=normalise("The bridge fell."))}
    >>> table = pd.DataFrame({"source_id": ["a"], "exact": ["The bridge fall"], "start": ["0"], "end": ["15"]})
    >>> (problem,) = check_anchors(table.assign(prefix="", suffix=""), documents, file="claims.csv")
    >>> problem.line, problem.column
    (2, 'exact')
    """
    problems = [
        Problem(file, 1, name, "no such column", f"a column {name}", "add the column")
        for name in _COLUMNS
        if name not in frame.columns
    ]
    for line, row in _rows(frame) if not problems else ():
        if (problem := _row_problem(row, documents)) is not None:
            problems.append(Problem(file, line, *problem))
    return problems


def _rows(frame: pd.DataFrame) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the line of each row, counted from the header where it is not given, and its cells as text."""
    for number, row in enumerate(frame.to_dict("records"), start=2):
        cells = {str(name): "" if pd.isna(value) else str(value) for name, value in row.items()}
        cells |= {name: cells[name].removesuffix(".0") for name in ("start", "end") if name in cells}
        yield int(cells.get("line") or number), cells


def _row_problem(row: _Row, documents: Mapping[str, Source]) -> tuple[str, str, str, str] | None:
    """Return column, found, expected and action of the first thing that is wrong with a quote."""
    if row["source_id"] not in documents:
        known = ", ".join(documents) or "none"
        return "source_id", repr(row["source_id"]), f"one of {known}", "correct the id or register the source"
    normal = documents[row["source_id"]].normal
    raw = normal.raw
    for column in ("start", "end"):
        if not re.fullmatch(r"[0-9]{1,12}", row[column]):
            return (
                column,
                f"{row[column]!r:.60}",
                "a whole number",
                "empty start and end and fill the anchors",
            )
    start, end = int(row["start"]), int(row["end"])
    if raw[start:end] != row["exact"]:
        if (why := _only_written_otherwise(row["exact"], raw, start)) is not None:
            return "exact", *why
        if (place := _elsewhere(row["exact"], raw, start)) is not None:
            action = "empty start and end and fill the anchors again; the words are right"
            return "start", f"[{start}, {end})", f"[{place}, {place + len(row['exact'])}), {PLACE}", action
        if not start < end <= len(raw):
            return "start", f"[{start}, {end})", f"start < end <= {len(raw)}", "fill the anchors again"
        nearest = nearest_passage(normal, row["exact"])
        action = "copy the words of the source" + (f"; nearest is {nearest}" if nearest else "")
        found, expected = difference(row["exact"], raw[start:end])
        return "exact", found, f"{expected} at raw [{start}, {end})", action
    if not raw.endswith(row["prefix"], 0, start):
        before = repr(raw[max(0, start - CONTEXT) : start])
        return "prefix", repr(row["prefix"]), before, "fill the anchors again"
    if not raw.startswith(row["suffix"], end):
        return "suffix", repr(row["suffix"]), repr(raw[end : end + CONTEXT]), "fill the anchors again"
    return None


def _elsewhere(exact: str, raw: str, start: int) -> int | None:
    """Return the nearest other place where the words are literally, if there is one."""
    if not exact or raw.startswith(exact, start):
        return None
    places = [
        place for place in (raw.rfind(exact, 0, start + len(exact)), raw.find(exact, start)) if place >= 0
    ]
    return min(places, key=lambda place: abs(place - start), default=None)


def _only_written_otherwise(exact: str, raw: str, start: int) -> tuple[str, str, str] | None:
    """Return found, expected and action where a quote has the words of the place in other code points."""
    for ends in ("\r\n", "\n", "\r"):
        words = re.sub(r"\r\n|\r|\n", ends, exact)
        if words != exact and raw.startswith(words, start):
            action = "save the table without changing line ends, or empty start and end and fill the anchors"
            return "other line ends", f"line ends as in the source, {ends!r}", action
    composed = unicodedata.normalize("NFC", exact)
    for words, name in ((composed, "composed"), (unicodedata.normalize("NFD", exact), "decomposed")):
        if words != exact and raw.startswith(words, start):
            action = "empty start and end and fill the anchors again"
            return "the same letters in other code points", f"{name} letters, as in the source", action
    return None


def sentence_spans(sentences: pd.DataFrame) -> Spans:
    """Return the sentences of each source, each with its offsets in the normalised text.

    Parameters
    ----------
    sentences : pandas.DataFrame
        ``sentence_id, source_id, start, end``.

    Examples
    --------
    >>> from sourcebook.text.normalise import normalise
    >>> sentence_spans(sentences(normalise("The bridge fell. It rained."), "a"))
    {'a': {'a.s001': (0, 16), 'a.s002': (17, 27)}}
    """
    spans: Spans = {}
    columns = (sentences[name].tolist() for name in ("source_id", "sentence_id", "start", "end"))
    for source, name, start, end in zip(*columns, strict=True):
        spans.setdefault(str(source), {})[str(name)] = int(start), int(end)
    return spans


def starts_in(normal: NormalText, spans: Mapping[str, tuple[int, int]], start: int, end: int) -> str:
    """Return the sentence in which a raw range starts; an empty text if it is outside every sentence.

    Parameters
    ----------
    normal : sourcebook.text.normalise.NormalText
        The text.
    spans : mapping of str to (int, int)
        Its sentences, each with its offsets in the normalised text.
    start, end : int
        The range.

    Examples
    --------
    >>> from sourcebook.text.normalise import normalise
    >>> text = normalise("The bridge fell. It rained.")
    >>> starts_in(text, sentence_spans(sentences(text, "a"))["a"], 20, 26)
    'a.s002'
    """
    at, to = normal.to_text(start, end)
    words = normal.text[at:to]
    if not words.strip():
        return ""
    at += len(words) - len(words.lstrip())
    return next((name for name, (first, last) in spans.items() if first <= at < last), "")


def fill_anchors(
    frame: pd.DataFrame,
    documents: Mapping[str, Source],
    *,
    file: str = "",
    fuzzy: bool = False,
    spans: Spans | None = None,
) -> pd.DataFrame:
    """Return the table with the anchor of every quote filled in.

    A row that has offsets keeps them if they are right, or if the words there are those of the quote but
    for normalisation. A row without offsets is looked for, with its prefix and suffix, and within the
    sentences that ``sentence_id`` names (one or several, separated by ``;`` or spaces) where it names any.

    Parameters
    ----------
    frame : pandas.DataFrame
        ``source_id``, ``exact``; optionally ``sentence_id``, ``line`` and the other columns of an anchor.
    documents : mapping of str to Source
        The documents by source id.
    file : str
        Name of the table for the problems.
    fuzzy : bool
        Whether a near match may replace the words of the quote. By default a misquote is refused.
    spans : dict, optional
        The sentences of each source, as :func:`sentence_spans` returns them; by default those of the texts, counted.

    Returns
    -------
    pandas.DataFrame
        The same rows and columns with ``exact`` (the raw words), ``prefix``, ``suffix``, ``start``, ``end`` and
        ``sentence_id`` (the sentence in which the quote starts; empty outside every sentence) filled; offsets are
        text if the column is, else int64.

    Raises
    ------
    DataError
        With every quote that is not found or not certain, or with the columns that are absent.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from sourcebook.text.normalise import normalise
    >>> documents = {"a": SimpleNamespace(source_id="a", normal=normalise("The bridge fell."))}
    >>> table = pd.DataFrame({"source_id": ["a"], "exact": ["bridge"]})
    >>> fill_anchors(table, documents)[["start", "end", "suffix"]].values.tolist()
    [['4', '10', ' fell.']]
    """
    require_columns(frame, ("source_id", "exact"), file)
    numeric = {c for c in ("start", "end") if c in frame and pd.api.types.is_numeric_dtype(frame[c])}
    filled: dict[str, list[str | int]] = {name: [] for name in (*_COLUMNS[1:], "sentence_id")}
    problems: list[Problem] = []
    spans = {} if spans is None else spans
    for line, cells in _rows(frame):
        row = dict.fromkeys(_COLUMNS, "") | cells
        if not any(cell.strip() for name, cell in cells.items() if name != "line"):
            found, action = "a row of empty cells", "remove the row"
            problems.append(Problem(file, line, "", found, "a source and a quote", action))
            continue
        try:
            anchor = _filled(row, documents, spans, FLOOR if fuzzy else None)
        except AnchorError as error:
            why, _, action = str(error).rpartition(" → ")
            column = "exact" if row["source_id"] in documents else "source_id"
            expected = "the words of one place in the source" if column == "exact" else "a known source"
            problems.append(Problem(file, line, column, why, expected, action))
            continue
        own = _spans_of(row["source_id"], documents, spans)
        start = starts_in(documents[row["source_id"]].normal, own, anchor.start, anchor.end)
        filled["sentence_id"].append(start)
        for name in _COLUMNS[1:]:
            value = getattr(anchor, name)
            filled[name].append(value if name not in ("start", "end") or name in numeric else str(value))
    if problems:
        raise DataError(problems)
    kinds = {name: "int64" if name in numeric else "str" for name in filled}
    return frame.assign(**{n: pd.Series(v, index=frame.index, dtype=kinds[n]) for n, v in filled.items()})


def _spans_of(source_id: str, documents: Mapping[str, Source], spans: Spans) -> Mapping[str, tuple[int, int]]:
    """Return the sentences of a source, and remember them."""
    if source_id not in spans:
        spans |= sentence_spans(sentences(documents[source_id].normal, source_id))
    return spans.get(source_id, {})


def _filled(row: _Row, documents: Mapping[str, Source], spans: Spans, floor: float | None) -> Anchor:
    """Return the anchor of one row; `spans` remembers the sentences of each document."""
    source_id = row["source_id"]
    if source_id not in documents:
        raise AnchorError(f"{source_id!r} → correct the id or register the source")
    document = documents[source_id]
    span = None
    if row["start"] or row["end"]:
        if not all(re.fullmatch(r"[0-9]{1,12}", row[name]) for name in ("start", "end")):
            raise AnchorError(
                f"offsets {row['start']!r:.40}, {row['end']!r:.40} → give both as numbers, or neither"
            )
        span = int(row["start"]), int(row["end"])
        if not span[0] < span[1] <= len(document.normal.raw):
            raise AnchorError(f"offsets {span} → empty start and end and fill the anchors again")
    elif names := re.split(r"[;\s]+", row.get("sentence_id", "").strip(" ;")):
        known = _spans_of(source_id, documents, spans)
        if unknown := [name for name in names if name and name not in known]:
            raise AnchorError(f"unknown sentence {', '.join(unknown)} → correct sentence_id, or empty it")
        if any(names):
            places = [document.normal.to_raw(*known[name]) for name in names if name]
            span = min(first for first, _ in places), max(last for _, last in places)
    anchor = find_quote(
        document, row["exact"], prefix=row["prefix"], suffix=row["suffix"], search_range=span, floor=floor
    )
    if row["start"] and span != (anchor.start, anchor.end):
        place = f"offsets {span}, but the words are at {(anchor.start, anchor.end)}"
        raise AnchorError(f"{place} → empty start and end and fill the anchors again")
    return anchor
