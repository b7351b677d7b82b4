"""What several coders marked in another tool: as a coding pass, and how far they agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from sourcebook.coding.passes import PASS_COLUMNS, read_pass
from sourcebook.core.csvfiles import write_table
from sourcebook.core.errors import SourcebookError
from sourcebook.core.files import scratch_folder
from sourcebook.core.schemas import ANSWER_VARIABLES
from sourcebook.exchange.incoming import Taken
from sourcebook.pipeline.dataset import Dataset
from sourcebook.reliability import unitizing_alpha
from sourcebook.sources.documents import sentence_table

__all__ = ["pass_of", "unitizing"]

_NONE = "none"


def unitizing(spans: pd.DataFrame, lengths: Mapping[str, int]) -> pd.DataFrame:
    """Compute how far coders agree on the stretches that they marked, code by code.

    Parameters
    ----------
    spans : DataFrame
        ``coder, continuum, start, end, value``, as `sourcebook.exchange.incoming.Taken` has them.
    lengths : mapping of str to int
        The length of each text, by name. A text in which nobody marked anything is left out.

    Returns
    -------
    DataFrame
        A row for each code that somebody used: ``code, spans, alpha`` (Krippendorff's alpha for unitizing, empty where
        it is undefined) ``, note``. What one coder marked twice with one code, overlapping, counts as one stretch.
        Without two coders there are no rows.

    Examples
    --------
    >>> spans = pd.DataFrame({"coder": ["a", "b"], "continuum": "text", "start": 0, "end": [4, 2], "value": "fell"})
    >>> unitizing(spans, {"text": 10})[["code", "spans"]].values.tolist()
    [['fell', 2]]
    """
    coders, rows = sorted(set(spans["coder"])), []
    if len(coders) > 1:
        used = {name: lengths[name] for name in dict.fromkeys(spans["continuum"])}
        for code, part in spans.groupby("value", sort=True):
            found = unitizing_alpha(_merged(part), length=used, coders=coders)
            rows.append((str(code), len(part), found.value, found.note))
    return pd.DataFrame(rows, columns=["code", "spans", "alpha", "note"])


def _merged(spans: pd.DataFrame) -> pd.DataFrame:
    """Return the spans of one code with those of a coder that overlap joined."""
    rows: list[tuple[str, str, int, int]] = []
    ordered = spans.sort_values(["coder", "continuum", "start", "end"])
    columns = (ordered[name].tolist() for name in ("coder", "continuum", "start", "end"))
    for coder, continuum, start, end in zip(*columns, strict=True):
        if rows and rows[-1][:2] == (coder, continuum) and start < rows[-1][3]:
            rows[-1] = (*rows[-1][:3], max(rows[-1][3], end))
        else:
            rows.append((coder, continuum, start, end))
    frame = pd.DataFrame(rows, columns=["coder", "continuum", "start", "end"])
    return frame.assign(value="marked")


def pass_of(taken: Taken, dataset: Dataset, *, coder: str) -> pd.DataFrame:
    """Return what one coder marked as a coding pass.

    Where the coder marked an answer in a source, the other questions have none there; where the coder used a term of
    another table in a source, the other sentences of that source have none of its terms. The rest is not coded.

    Parameters
    ----------
    taken : Taken
        What was taken of a project.
    dataset : Dataset
        The data folder in memory.
    coder : str
        A coder whom the project names, or the name for the one coder of a project that names none.

    Returns
    -------
    DataFrame
        The columns of a pass, checked as :func:`sourcebook.coding.passes.read_pass` does.

    Raises
    ------
    SourcebookError
        If the project names several coders, and not this one; or if no code of this coder is one of the data folder.
    DataError
        If answers are none of those that their questions take.
    """
    rows = [*taken.coded, *taken.proposals]
    names = sorted({row["proposed_by"] for row in rows})
    if coder not in names and len(names) > 1:
        raise SourcebookError(f"{coder}: expected one of {', '.join(names)} → name one of them with --coder")
    own = [row for row in rows if row["proposed_by"] == coder or len(names) == 1]
    cells = [*_answers(own, dataset, coder), *_labels(own, dataset, coder)]
    if not cells:
        expected = "codes that are questions, answers or terms of the data folder"
        raise SourcebookError(f"{coder}: expected {expected}, found none → export the codes first")
    frame = pd.DataFrame(cells, columns=list(PASS_COLUMNS), dtype="str")
    with scratch_folder() as folder:
        write_table(frame, folder / f"{coder}.csv")
        return read_pass(
            folder / f"{coder}.csv", dataset.tables, sentence_table(dataset.documents), dataset.schemas
        )


def _answers(rows: list[dict[str, str]], dataset: Dataset, coder: str) -> Iterator[tuple[str, ...]]:
    """Yield the cells of the answers to questions."""
    answers: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in rows:
        if row["table"] == "claims" and row.get("proposition_id"):
            answers.setdefault((row["source_id"], row["proposition_id"]), []).append(row)
    for source in dict.fromkeys(source for source, _ in answers):
        for asked in dataset.tables["propositions"]["proposition_id"]:
            own = answers.get((source, asked), [])
            exact, note = (own[0].get("exact", ""), own[0].get("note", "")) if own else ("", "")
            for name in ANSWER_VARIABLES:
                given = [row[name] for row in own if row.get(name)]
                value = ";".join(dict.fromkeys(given)) if own else _NONE
                yield coder, f"{source}|{asked}", name, value, exact, note


def _labels(rows: list[dict[str, str]], dataset: Dataset, coder: str) -> Iterator[tuple[str, ...]]:
    """Yield the cells of the variables of sentences."""
    frame = sentence_table(dataset.documents)
    sentences = frame.groupby("source_id")["sentence_id"].agg(list).to_dict()
    for name, (table, variable) in dataset.schemas.variables.items():
        labels: dict[str, list[dict[str, str]]] = {}
        for row in rows:
            if row["table"] == table.name and row.get(variable.column) and row.get("sentence_id"):
                labels.setdefault(row["sentence_id"], []).append(row)
        for source in dict.fromkeys(row["source_id"] for own in labels.values() for row in own):
            for sentence in sentences[source]:
                own = labels.get(sentence, [])
                value = ";".join(dict.fromkeys(row[variable.column] for row in own)) or _NONE
                yield coder, sentence, name, value, own[0]["exact"] if own else "", ""
