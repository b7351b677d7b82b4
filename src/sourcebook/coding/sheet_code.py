"""Turn the filled rows of a coding sheet into claims: all of them, or none and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

import pandas as pd

from sourcebook.coding.checks import check_tables
from sourcebook.coding.merging import new_ids
from sourcebook.coding.sheet import (
    CLAIM_COLUMNS,
    CODES,
    CODING,
    QUESTIONS,
    SHEETS,
    SOURCES,
    TABLE_SHEETS,
    claim_cells,
)
from sourcebook.coding.sheet_memory import REMOVED, Coded, kept_after
from sourcebook.coding.sheet_merge import FIRST_LINE, Merge, both_changed, merge_rows
from sourcebook.coding.sheet_words import in_the_workbook
from sourcebook.coding.workbook import Row, Workbook
from sourcebook.core.csvfiles import LINE
from sourcebook.core.errors import AnchorError, DataError, Problem
from sourcebook.core.schemas import Schemas
from sourcebook.sources.documents import Document, sentence_table
from sourcebook.text.anchors import sentence_spans, starts_in
from sourcebook.text.quotes import Anchor, find_quote

__all__ = ["NEEDED", "code_workbook"]

#: The note of a question that a new book begins with.
EXAMPLE = "An example: write a question of your own over it."
_PLACE = ("exact", "prefix", "suffix", "start", "end")
#: What makes two claims the same one.
_IDENTITY = (
    "source_id", "proposition_id", "start", "end", "value", "voice", "via", "modality", "scope", "entity_id",
)  # fmt: skip
#: The columns of each sheet without which it cannot be read.
NEEDED = {
    CODING: ("sentence_id", "question", "value", "voice", "modality"),
    QUESTIONS: ("proposition_id",),
    CODES: ("vocabulary", "term"),
    SOURCES: ("source_id",),
}


class _Coding:
    """The work on one workbook."""

    def __init__(
        self,
        book: Workbook,
        tables: Mapping[str, pd.DataFrame],
        documents: Mapping[str, Document],
        schemas: Schemas,
        *,
        remove: bool,
    ) -> None:
        self.book, self.tables, self.documents, self.schemas = book, tables, documents, schemas
        self.remove = remove
        self.problems: list[Problem] = list(book.problems)
        self.done = Coded()
        self.filled = {name: list(sheet.rows) for name, sheet in book.sheets.items()}
        self.merges: dict[str, Merge] = {}
        self.refused: list[Row] = []
        frame = sentence_table(documents)
        self.spans = sentence_spans(frame)
        columns = (frame[name].tolist() for name in ("sentence_id", "source_id", "raw_start", "raw_end"))
        self.sentences = {n: (s, first, last) for n, s, first, last in zip(*columns, strict=True)}

    def words(self, sentence: str) -> str:
        """Return the raw words of a sentence, which may be none."""
        source, start, end = self.sentences.get(sentence, ("", 0, 0))
        return self.documents[source].raw[start:end] if source else ""

    def code_table(self, sheet: str) -> None:
        """Merge a sheet of questions, terms or sources into its table."""
        name = TABLE_SHEETS[sheet]
        key, frame = self.schemas[name].key, self.tables[name]
        shown = {
            "|".join(str(row[k]) for k in key): {str(c): str(v).strip() for c, v in row.items()}
            for row in frame.to_dict("records")
        }
        columns = [str(c) for c in self.schemas[name].schema.columns if c not in ("file", "sha256")]
        merge = merge_rows(
            self.book, sheet, shown, lambda row: "|".join(row.cells.get(k, "") for k in key), columns, key
        )
        if sheet == SOURCES:
            for row in merge.added:
                found, expected = repr(row.cells.get("source_id", "")), "a source of the registry"
                action = "add the file by `sourcebook add`"
                self.problems.append(
                    self.book.problem(sheet, row.number, "source_id", found, expected, action)
                )
            merge.added.clear()
            merge.cleared.clear()
            merge.drop_reasons(shown)
        rows: list[dict[str, object]] = []
        for row in merge.added:
            cells = {column: row.cells.get(column, "") for column in columns}
            rows.append({**cells, LINE: FIRST_LINE + row.number})
        self._keep(name, frame, list(shown), rows, merge)

    def _keep(
        self,
        name: str,
        frame: pd.DataFrame,
        keys: list[str],
        rows: list[dict[str, object]],
        merge: Merge,
    ) -> None:
        """Put new and changed rows into a table, whose rows have the keys."""
        changed = merge.changed
        self.merges[name] = merge
        self.problems += merge.problems
        if merge.gone:
            self.done.gone[name] = merge.gone
        removed = set(merge.cleared) if self.remove else self._examples(name, merge.cleared)
        if left := [key for key in merge.cleared if key not in removed]:
            self.done.cleared[name] = left
        if not (rows or changed or removed):
            return
        after = frame.copy()
        for at, key in zip(after.index, keys, strict=True):
            if key in changed:
                row, cells = changed[key]
                for column, cell in cells.items():
                    after.loc[at, column] = cell
                after.loc[at, LINE] = FIRST_LINE + row.number
        after = after[pd.Series([key not in removed for key in keys], index=after.index, dtype="bool")]
        more = pd.DataFrame(rows).reindex(columns=after.columns).fillna("") if rows else after.iloc[:0]
        self.done.tables[name] = pd.concat([after, more.astype(after.dtypes)], ignore_index=True)
        self.done.added[name], self.done.changed[name] = len(rows), sorted(changed)
        self.done.removed[name] = sorted(removed)

    def _examples(self, name: str, cleared: list[str]) -> set[str]:
        """Return the questions that a new book begins with, that somebody wrote over, and that no claim answers."""
        if name != "propositions":
            return set()
        asked = {row.cells.get("question", "") for row in self.filled.get(CODING, ())}
        used = asked.union(self.tables["claims"]["proposition_id"])
        notes = dict(zip(self.tables[name]["proposition_id"], self.tables[name]["note"], strict=True))
        return {key for key in cleared if notes.get(key) == EXAMPLE and key not in used}

    def code_unfinished(self) -> None:
        """Take over which sources are not coded to their end."""
        frame = self.tables["unfinished"]
        left = {str(row["source_id"]): str(row["reason"]) for row in frame.to_dict("records")}
        before = self.book.before.get(SOURCES, {})
        now = dict(left)
        for row in self.book.sheets[SOURCES].rows:
            source, reason = row.cells.get("source_id", ""), row.cells.get("unfinished", "")
            is_now = left.get(source, "")
            was = before[source].get("unfinished", "") if source in before else is_now
            if source not in self.documents or reason in (was, is_now):
                continue
            if was != is_now:
                self.problems.append(
                    both_changed(self.book, SOURCES, row.number, "unfinished", reason, is_now, was)
                )
            now |= {source: reason}
        now = {source: reason for source, reason in now.items() if reason}
        if now != left:
            rows = [{"source_id": s, "reason": r, LINE: 0} for s, r in now.items()]
            self.done.tables["unfinished"] = pd.DataFrame(rows, columns=["source_id", "reason", LINE])
            self.done.added["unfinished"] = len(now.keys() - left.keys())
            self.done.changed["unfinished"] = sorted(s for s in left if s in now and left[s] != now[s])
            self.done.removed["unfinished"] = sorted(left.keys() - now.keys())

    def code_claims(self) -> None:
        """Merge the coding sheet into the claims."""
        frame = self.tables["claims"]
        claims = {
            str(row["claim_id"]): {str(c): str(v) for c, v in row.items()} for row in frame.to_dict("records")
        }
        shown = {name: claim_cells(claim, self.words(claim["sentence_id"])) for name, claim in claims.items()}
        columns = ["sentence_id", *CLAIM_COLUMNS]
        self.book.sheets[CODING].rows = [
            self._with_its_quote(row, shown) for row in self.book.sheets[CODING].rows
        ]

        def key_of(row: Row) -> str:
            return row.cells.get("claim_id", "")

        merge = merge_rows(self.book, CODING, shown, key_of, columns, ["sentence_id"], given=True)
        changed: dict[str, tuple[Row, dict[str, str]]] = {}
        for name, (row, cells) in merge.changed.items():
            new = {CLAIM_COLUMNS[c]: cell for c, cell in cells.items() if c in CLAIM_COLUMNS and c != "quote"}
            if {"quote", "sentence_id"} & set(cells):
                new |= self._place(row)
            if self._is_whole(row):
                changed[name] = (row, new)
            else:
                self.refused.append(row)
        known: dict[tuple[str, ...], list[str]] = {}
        for name, claim in claims.items():
            known.setdefault(self._identity(claim), []).append(name)
        fresh: list[tuple[Row, dict[str, str]]] = []
        for row in sorted(merge.added, key=lambda row: row.number):
            whole, place = self._is_whole(row), self._place(row)
            if not whole or not place:
                self.refused.append(row)
            else:
                cells = {column: row.cells.get(name, "") for name, column in CLAIM_COLUMNS.items()} | place
                if same := [n for n in known.get(self._identity(cells), []) if n not in self._in_sheet()]:
                    self.done.claim_ids[row.number] = same[0]
                    known[self._identity(cells)].remove(same[0])
                else:
                    fresh.append((row, cells))
        earlier = (self.book.before.get(kept, {}) for kept in (CODING, REMOVED))
        decided = self.tables["decisions"]["row_id"].tolist()
        used = [name for kept in (*earlier, self._in_sheet(), decided) for name in kept]
        ids = new_ids([c["source_id"] for _, c in fresh], self.schemas["claims"], frame, used)
        rows: list[dict[str, object]] = []
        for (row, cells), name in zip(fresh, ids, strict=True):
            self.done.claim_ids[row.number] = name
            rows.append({**cells, "claim_id": name, LINE: FIRST_LINE + row.number})
        merge.changed = changed
        self._keep("claims", frame, list(claims), rows, merge)

    def _with_its_quote(self, row: Row, shown: Mapping[str, Mapping[str, str]]) -> Row:
        """Return a row of a claim with its quote as the claims have it, if it is one of them in other signs."""
        quote, sentence = row.cells.get("quote", ""), row.cells.get("sentence_id", "")
        claim = shown.get(row.cells.get("claim_id", ""))
        if not quote or claim is None or quote == claim["quote"] or sentence not in self.sentences:
            return row
        try:
            exact = self._found(self.documents[self.sentences[sentence][0]], quote, sentence).exact
        except AnchorError:
            return row
        exact = "" if exact == self.words(sentence) else exact.strip()
        was = self.book.before.get(CODING, {}).get(claim["claim_id"], {})
        if exact != claim["quote"] and quote == was.get("quote", ""):
            return row
        return Row(number=row.number, cells=row.cells | {"quote": exact})

    def _in_sheet(self) -> set[str]:
        return {row.cells.get("claim_id", "") for row in self.book.sheets[CODING].rows} - {""}

    @staticmethod
    def _identity(claim: Mapping[str, str]) -> tuple[str, ...]:
        return tuple(claim.get(name, "") for name in _IDENTITY)

    def _is_whole(self, row: Row) -> bool:
        """Return whether a row has what every claim needs; report the cells that lack."""
        missing = [name for name in NEEDED[CODING][1:] if not row.cells.get(name, "")]
        for name in missing:
            expected, action = f"a {name}, since the row is filled in", "fill it in, or empty the row"
            self.problems.append(
                self.book.problem(CODING, row.number, name, "an empty cell", expected, action)
            )
        return not missing

    def _place(self, row: Row) -> dict[str, str]:
        """Return source, sentence and place of the quote of a row; report why it has none."""
        sentence, quote = row.cells.get("sentence_id", ""), row.cells.get("quote", "")
        if sentence not in self.sentences:
            expected = "the id of a sentence" + ("" if sentence else ", as in the row above it")
            found = repr(sentence) if sentence else "an empty cell"
            action = "copy the id of the sentence; `sourcebook sentences` lists them"
            self.problems.append(
                self.book.problem(CODING, row.number, "sentence_id", found, expected, action)
            )
            return {}
        source = self.sentences[sentence][0]
        document = self.documents[source]
        try:
            anchor = self._found(document, quote, sentence)
        except AnchorError as error:
            why, _, action = str(error).rpartition(" → ")
            expected = f"words of the sentence {sentence}, or from it on"
            self.problems.append(self.book.problem(CODING, row.number, "quote", why, expected, action))
            return {}
        place = {name: str(getattr(anchor, name)) for name in _PLACE}
        begun = starts_in(document.normal, self.spans[source], anchor.start, anchor.end)
        return {"source_id": source, "sentence_id": begun or sentence, **place}

    def _found(self, document: Document, quote: str, sentence: str) -> Anchor:
        """Return the place of a quote in its sentence, or from it on into the next."""
        _, start, end = self.sentences[sentence]
        try:
            return find_quote(document, quote or document.raw[start:end], search_range=(start, end))
        except AnchorError as error:
            with suppress(AnchorError):
                anchor = find_quote(document, quote)
                spans = self.spans[document.source_id]
                if starts_in(document.normal, spans, anchor.start, anchor.end) == sentence:
                    return anchor
            raise error

    def remember(self) -> None:
        """Note what the sheets hold after this run, and what the data has and they have not."""
        for sheet in self.filled:
            table = SHEETS[sheet]
            kept = kept_after(
                self.book, sheet, self.filled[sheet], self.merges[table], self.done, self.schemas
            )
            self.done.kept[sheet] = kept
            here = [k for k in self._keys(table) if k not in kept and k not in self.merges[table].cleared]
            if here or self.merges[table].older:
                self.done.behind[table] = here, self.merges[table].older
        unread = {name: cells for name, cells in self.book.before.items() if name not in self.filled}
        self.done.kept |= unread
        gone = [*self.book.before.get(REMOVED, {}), *self.done.removed.get("claims", [])]
        self.done.kept |= {REMOVED: {name: {} for name in gone}} if gone else {}

    def _keys(self, name: str) -> Iterator[str]:
        """Yield the keys of the rows of a table that a new sheet would have."""
        for row in self.done.tables.get(name, self.tables[name]).to_dict("records"):
            if name != "claims" or row["sentence_id"] in self.sentences:
                yield "|".join(str(row[k]) for k in self.schemas[name].key)

    def check(self) -> None:
        """Report what is wrong in the rows that are new or changed, and what they make wrong elsewhere."""
        self.problems += self._placed(self._in_refused())
        if not self.done.tables:
            return
        after = check_tables({**self.tables, **self.done.tables}, self.documents, self.schemas)
        other = [problem for problem in after if problem.line < FIRST_LINE]
        known = set(check_tables(self.tables, self.documents, self.schemas)) if other else set()
        self.problems += [problem for problem in other if problem not in known]
        self.problems += self._placed(problem for problem in after if problem.line >= FIRST_LINE)

    def _in_refused(self) -> Iterator[Problem]:
        """Yield what else is wrong in rows without a place or without all cells, in the cells that they have."""
        frame, path, rows = self.tables["claims"], self.schemas["claims"].path, []
        for row in self.refused:
            cells = {column: row.cells.get(name, "") for name, column in CLAIM_COLUMNS.items()}
            rows.append(dict.fromkeys(frame.columns, "") | cells | {LINE: FIRST_LINE + row.number})
        if rows:
            filled = {(path, r[LINE], name) for r in rows for name in r if r[name] and name not in _PLACE}
            claims = pd.DataFrame(rows).astype(frame.dtypes)
            found = check_tables({**self.tables, **self.done.tables, "claims": claims}, None, self.schemas)
            yield from (p for p in found if (p.file, p.line, p.column) in filled)

    def _placed(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        shown = {column: name for name, column in CLAIM_COLUMNS.items()} | dict.fromkeys(_PLACE, "quote")
        sheets = {self.schemas[table].path: sheet for sheet, table in SHEETS.items()}
        for problem in problems:
            sheet, line = sheets[problem.file], problem.line - FIRST_LINE
            column = shown.get(problem.column, problem.column) if sheet == CODING else problem.column
            after = {**self.tables, **self.done.tables}
            told = in_the_workbook(problem, self.book.sheets, after, self.schemas)
            yield self.book.problem(sheet, line, column, told.found, told.expected, told.action)


def code_workbook(
    book: Workbook,
    tables: Mapping[str, pd.DataFrame],
    documents: Mapping[str, Document],
    schemas: Schemas,
    *,
    remove: bool = False,
) -> Coded:
    """Merge what was filled in and changed in a coding sheet into the tables.

    A row that became a claim changes that claim; a filled row without one becomes a new claim, unless it is coded
    already. What was not changed in the sheet stays as it is in the data.

    Parameters
    ----------
    book : Workbook
        As :func:`sourcebook.coding.workbook.read_workbook` returns it.
    tables : mapping of str to DataFrame
        All tables of the data folder, as :func:`sourcebook.coding.read_tables` returns them.
    documents : mapping of str to sourcebook.sources.documents.Document
        By source id.
    schemas : sourcebook.core.schemas.Schemas
        The tables that the data folder can have.
    remove : bool
        Whether rows that the sheet holds no longer are removed from the data, but for sources. The example questions of
        a new book, where somebody wrote over them and no claim answers them, are removed in any case.

    Returns
    -------
    Coded
        Nothing is written.

    Raises
    ------
    DataError
        With everything that is wrong in the sheet, each problem at its cell.
    """
    work = _Coding(book, tables, documents, schemas, remove=remove)
    for sheet in TABLE_SHEETS:
        if sheet in book.sheets:
            work.code_table(sheet)
    if SOURCES in book.sheets and "unfinished" in book.sheets[SOURCES].columns:
        work.code_unfinished()
    work.code_claims()
    work.check()
    if work.problems:
        unique = {(p.file, p.cell or p.line, p.column): p for p in reversed(work.problems)}
        raise DataError(unique.values())
    work.remember()
    return work.done
