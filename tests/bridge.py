"""A corpus on quite another subject: three notices on a flooded bridge, with every table, in a few rows."""

import csv
import hashlib
import shutil

import pandas as pd

from sourcebook.core.about import ABOUT
from sourcebook.core.csvfiles import read_table, write_table
from sourcebook.core.schemas import DECLARATIONS, PASS, read_schemas
from sourcebook.pipeline.folders import default_folder
from sourcebook.sources.documents import read_documents, sentence_table
from sourcebook.text import anchors

TEXTS = {
    "council": (
        "RIVER COUNCIL · OFFICE OF WORKS\n\n"
        "# The Bridge Is Closed\n\n"
        "The **mill bridge** was flooded on 3 March 2021. Over 200 residents were cut off from the market.\n\n"
        "The Convention of the Rivers, in Article 4, obliges the council to warn residents. "
        "The old lamp was saved. Nobody should despair.\n"
    ),
    "mill": (
        "The bridge was flooded on 4 March 2021. About 150 residents were cut off from the market.\n\n"
        "The council must pay for the lamp, the miller said.\n"
    ),
    "gazette": "More than 100 residents were cut off from the market when the mill bridge was flooded.\n",
}

#: Rows of every table by its place in the data folder; a missing cell is empty, an anchor is filled in.
ROWS = {
    "raw/layout.csv": [
        {"source_id": "council", "zone": "letterhead", "exact": "RIVER COUNCIL · OFFICE OF WORKS"},
    ],
    "coded/codebook.csv": [
        {"vocabulary": v, "term": t, "label": label, "definition": f"Use for {label}.", "broader": broader}
        for v, t, label, broader in (
            ("topic", "flood", "the flood", ""),
            ("topic", "text", "the text", ""),
            ("voice", "author", "the author", ""),
            ("voice", "miller", "the miller", ""),
            ("unit", "persons", "persons", ""),
            ("scope", "all-residents", "all residents", ""),
            ("scope", "market-side", "residents by the market", "all-residents"),
            ("category", "closed", "closed to all", ""),
            ("event-kind", "flood", "flood", ""),
            ("addressee", "the-council", "the council", ""),
            ("action", "pay", "pay", ""),
            ("frame", "danger", "danger", ""),
            ("heritage-object", "lamp", "the lamp", ""),
            ("heritage-treatment", "saved", "saved", ""),
            ("genre", "notice", "notice", ""),
        )
    ],
    "coded/scope_parts.csv": [
        {"scope": "all-residents", "counted": "residents"},
        {"scope": "market-side", "counted": "residents", "place": "by the market"},
    ],
    "coded/events.csv": [
        {"event_id": "spring", "label": "Spring", "kind": "flood", "description": "The wet spring."},
        {
            "event_id": "flood",
            "label": "Flood",
            "kind": "flood",
            "description": "The flood of the bridge.",
            "part_of": "spring",
        },
    ],
    "coded/entities.csv": [
        {"entity_id": "river-council", "kind": "organisation", "name": "River Council"},
    ],
    "coded/propositions.csv": [
        {
            "proposition_id": "residents",
            "question": "How many residents were cut off?",
            "kind": "quantity",
            "unit": "persons",
            "scope": "Residents of the valley",
            "topic": "flood",
            "class": "event",
            "event_id": "flood",
            "cardinality": "one",
            "search": "residents",
        },
        {
            "proposition_id": "flooded",
            "question": "When was the bridge flooded?",
            "kind": "date",
            "time_type": "instant",
            "scope": "The mill bridge",
            "topic": "flood",
            "class": "substance",
            "event_id": "flood",
            "cardinality": "one",
            "search": "flooded on",
        },
        {
            "proposition_id": "state",
            "question": "What is the bridge?",
            "kind": "category",
            "scope": "The mill bridge",
            "topic": "flood",
            "class": "event",
            "cardinality": "one",
            "search": "closed",
        },
        {
            "proposition_id": "bridge-name",
            "question": "What is the bridge called?",
            "kind": "name",
            "scope": "The mill bridge",
            "topic": "text",
            "class": "substance",
            "cardinality": "one",
            "search": "bridge",
        },
        {
            "proposition_id": "lamp-saved",
            "question": "Was the lamp saved?",
            "kind": "presence",
            "scope": "The old lamp",
            "topic": "flood",
            "class": "event",
            "cardinality": "one",
            "search": "lamp was saved",
        },
    ],
    "coded/claims.csv": [
        {
            "claim_id": "council.c001",
            "proposition_id": "state",
            "exact": "The Bridge Is Closed",
            "value": "closed",
        },
        {
            "claim_id": "council.c002",
            "proposition_id": "bridge-name",
            "exact": "mill bridge",
            "value": "mill bridge",
        },
        {
            "claim_id": "council.c003",
            "proposition_id": "flooded",
            "exact": "3 March 2021",
            "value": "2021-03-03",
        },
        {
            "claim_id": "council.c004",
            "proposition_id": "residents",
            "exact": "Over 200 residents",
            "value": ">200",
            "scope": "all-residents",
        },
        {
            "claim_id": "council.c005",
            "proposition_id": "lamp-saved",
            "exact": "The old lamp was saved",
            "value": "yes",
        },
        {
            "claim_id": "mill.c001",
            "proposition_id": "flooded",
            "exact": "4 March 2021",
            "value": "2021-03-04",
        },
        {
            "claim_id": "mill.c002",
            "proposition_id": "residents",
            "exact": "About 150 residents",
            "value": "~150",
            "note": "Said twice\nin the file.",
        },
        {
            "claim_id": "gazette.c001",
            "proposition_id": "residents",
            "exact": "More than 100 residents",
            "value": ">100",
        },
        {
            "claim_id": "gazette.c002",
            "proposition_id": "bridge-name",
            "exact": "mill bridge",
            "value": "mill bridge",
        },
    ],
    "coded/mentions.csv": [
        {"mention_id": "council.m001", "entity_id": "river-council", "exact": "RIVER COUNCIL"},
        {
            "mention_id": "council.m002",
            "entity_id": "river-council",
            "exact": "the council",
            "role": "obliged to warn",
        },
    ],
    "coded/citations.csv": [
        {
            "citation_id": "council.l001",
            "instrument_id": "rivers",
            "pinpoint": "art. 4",
            "exact": "The Convention of the Rivers, in Article 4, obliges the council to warn residents",
            "effect": "obliges the council to warn",
            "elements": "warning",
        },
    ],
    "coded/frames.csv": [
        {
            "frame_id": "council.f001",
            "exact": "Over 200 residents were cut off from the market",
            "function": "problem",
            "frame": "danger",
        },
    ],
    "coded/demands.csv": [
        {
            "demand_id": "mill.d001",
            "exact": "The council must pay for the lamp",
            "addressee": "the-council",
            "action": "pay",
            "summary": "payment for the lamp",
            "voice": "miller",
            "modality": "demands",
        },
    ],
    "coded/term_uses.csv": [
        {"use_id": "council.t001", "term_id": "flood", "exact": "flooded"},
        {"use_id": "mill.t001", "term_id": "flood", "exact": "flooded"},
    ],
    "coded/heritage.csv": [
        {
            "heritage_id": "council.h001",
            "exact": "The old lamp was saved",
            "object": "lamp",
            "treatment": "saved",
        },
    ],
    "coded/uncoded.csv": [
        {
            "source_id": "council",
            "sentence_id": "council.s006",
            "exact": "Nobody should despair.",
            "reason": "rhetoric",
        },
    ],
    "coded/links.csv": [
        {
            "link_id": "council.u001",
            "upstream": "river-council",
            "upstream_label": "River Council",
            "kind": "publisher",
            "exact": "RIVER COUNCIL · OFFICE OF WORKS",
        },
    ],
    "coded/scopes.csv": [
        {"source_id": "gazette", "topic": "text", "reason": "A notice of one line does not speak of itself."},
    ],
    "coded/unfinished.csv": [],
    "coded/decisions.csv": [],
    "raw/pages.csv": [{"source_id": "mill", "page": "1", "start": "0", "end": "10"}],
    "coded/retired.csv": [
        {
            "proposition_id": "bridge-colour",
            "question": "What colour is it?",
            "kind": "name",
            "reason": "Unanswered.",
        },
    ],
    "coded/passes/record/reviewed.csv": [
        {
            "unit": "gazette|residents",
            "variable": "value",
            "first": ">100",
            "second": "none",
            "decision": "first kept",
            "reason": "The notice gives the number.",
        },
    ],
    "coded/passes/record/third_questions.csv": [
        {
            "question_id": "who-pays",
            "question": "Who must pay for the lamp?",
            "kind": "name",
            "cardinality": "one",
            "class": "substance",
            "matter": "payment",
        },
    ],
    "coded/passes/record/third_matches.csv": [{"question_id": "who-pays", "match": "none"}],
    "reference/first_edition.csv": [
        {"headline_id": "residents", "headline": "residents who were cut off", "printed": "120"},
    ],
    "coded/passes/record/third_answers.csv": [
        {
            "question_id": "who-pays",
            "source_id": "mill",
            "sentence_id": "mill.s003",
            "value": "the council",
            "exact": "The council",
            "voice": "miller",
            "modality": "demands",
        },
    ],
    "reference/instruments.csv": [
        {
            "instrument_id": "rivers",
            "title": "Convention of the Rivers",
            "short_name": "Rivers Convention",
            "kind": "treaty",
            "adopted": "1990",
            "variants": "Convention of the Rivers",
            "invoked_directly_relevant": "yes",
            "provisions_read": "whole",
            "status": "seen",
            "reference": "riversbook",
        },
        {
            "instrument_id": "bridges",
            "title": "Charter of Bridges",
            "short_name": "Bridges Charter",
            "kind": "declaration",
            "invoked_directly_relevant": "yes",
            "status": "seen",
            "reference": "riversbook",
        },
    ],
    "reference/participation.csv": [
        {
            "instrument_id": "rivers",
            "state": "Valleyland",
            "step": "ratification",
            "date": "1991",
            "in_force": "1991",
            "status": "seen",
            "reference": "riversbook",
        },
    ],
    "reference/elements.csv": [
        {"element": "warning", "label": "a duty to warn", "definition": "A duty to warn people of danger."},
    ],
    "reference/provisions.csv": [
        {
            "instrument_id": "rivers",
            "provision": "art. 4",
            "element": "warning",
            "paraphrase": "Those who keep a river warn those who live by it.",
            "status": "seen",
            "reference": "riversbook",
        },
    ],
    "reference/context.csv": [
        {
            "fact_id": "census",
            "matter": "residents",
            "statement": "The census counted this many residents.",
            "value": "320",
            "unit": "persons",
            "date": "2020",
            "stated_by": "the census",
            "about": "residents",
            "compare_to": "residents",
            "status": "seen",
            "reference": "riversbook",
        },
    ],
    "reference/printed_numbers.csv": [
        {
            "occurrence_id": "gazette.100",
            "number": "cut-off",
            "quote": "More than 100 residents",
            "value": ">100",
            "unit": "residents",
            "counted": "cut off from the market",
            "kind": "other",
            "publisher": "The gazette",
            "source_id": "gazette",
            "status": "seen",
            "reference": "riversbook",
        },
    ],
    "reference/publishers.csv": [
        {
            "publisher_id": "river-council",
            "name": "River Council",
            "kind": "council",
            "described_by": "By itself.",
            "status": "seen",
            "reference": "riversbook",
        },
    ],
    "reference/terms.csv": [
        {
            "term_id": "flood",
            "label": "flood",
            "variants": "flood;flooded",
            "definition": "Water where it should not be.",
            "status": "seen",
            "reference": "riversbook",
        },
    ],
}

SCHEMAS = read_schemas(default_folder())
_SPEECH = {"voice": "author", "modality": "asserts"}


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def declare(folder, declaration=None):
    """Write a declaration of tables, by default that of the dataset of the book, and return the tables."""
    (folder / "coded").mkdir(exist_ok=True)
    if declaration is None:
        shutil.copy(default_folder() / DECLARATIONS, folder / DECLARATIONS)
    else:
        (folder / DECLARATIONS).write_text(declaration, encoding="utf-8")
    return read_schemas(folder)


def write_rows(folder, path, rows, schemas=SCHEMAS):
    """Write rows as a table with the columns of its schema, in a folder that may not be there yet."""
    columns = next(t for t in schemas.values() if t.path == path).schema.columns
    defaults = _SPEECH if "voice" in columns else {}
    filled = [{**dict.fromkeys(columns, ""), **defaults, **row} for row in rows]
    for row in filled:
        if "source_id" in columns and not row["source_id"]:
            row["source_id"] = next(iter(row.values())).rpartition(".")[0]
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    write_table(pd.DataFrame(filled, columns=list(columns), dtype="str"), target)


def make_corpus(folder, *, texts=TEXTS, rows=ROWS, declaration=None):
    """Write a whole data folder: the documents with their registry, and every table with its anchors.

    It declares the tables of the dataset of the book, or those of the declaration, which is TOML.
    """
    raw = folder / "raw"
    raw.mkdir(parents=True)
    registry = []
    for source, text in texts.items():
        (raw / f"{source}.txt").write_bytes(text.encode())
        registry.append(
            {
                "source_id": source,
                "file": f"{source}.txt",
                "sha256": sha256(raw / f"{source}.txt"),
                "title": f"Notice of the {source}",
                "date_published": "2021-03-05",
                "not_before": "2021-03-05",
                "not_after": "2021-03-05",
                "language": "en",
                "rights": "none",
            }
        )
    schemas = declare(folder, declaration)
    (folder / ABOUT).write_text('name = "data"\ntitle = "data"\nexhaustive = true\n', encoding="utf-8")
    write_rows(folder, "raw/sources.csv", registry)
    for path, table_rows in rows.items():
        write_rows(folder, path, table_rows, schemas)
    layout = folder / "raw/layout.csv"
    if layout.exists():
        text = texts["council"]
        filled = [
            row
            | {
                "start": str(text.index(row["exact"])),
                "end": str(text.index(row["exact"]) + len(row["exact"])),
            }
            for row in rows["raw/layout.csv"]
        ]
        write_rows(folder, "raw/layout.csv", filled)
    documents = read_documents(raw)
    for table in schemas.values():
        if table.anchored and (folder / table.path).exists():
            place(folder / table.path, documents)
    return folder


def place(path, documents):
    """Fill in the anchors of a table and the sentences that its quotes start in."""
    frame = anchors.fill_anchors(read_table(path), documents)
    sentences = sentence_table(documents)
    names = []
    for source, start, end in zip(frame["source_id"], frame["start"], frame["end"], strict=True):
        at, to = documents[source].normal.to_text(int(start), int(end))
        inside = documents[source].normal.text[at:to].strip() != ""
        here = sentences[
            (sentences["source_id"] == source) & (sentences["start"] <= at) & (sentences["end"] > at)
        ]
        names.append(here["sentence_id"].iloc[0] if inside and len(here) else "")
    write_table(frame.assign(sentence_id=names), path)


def change(folder, path, column, value, **where):
    """Set one cell of the one row that has the given cells, and leave every other byte as it is."""
    target = folder / path
    with target.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    chosen = [row for row in rows if all(row[name] == cell for name, cell in where.items())]
    assert len(chosen) == 1, f"{len(chosen)} rows of {path} with {where}"
    chosen[0][column] = value
    write_table(pd.DataFrame(rows, dtype="str"), target)


def line_of(folder, path, start):
    """Return the number of the one physical line that starts with the given characters."""
    lines = (folder / path).read_text(encoding="utf-8").split("\n")
    (number,) = (n for n, line in enumerate(lines, start=1) if line.startswith(start))
    return number


def write_pass(folder, name, rows):
    """Write a coding pass: rows of coder, unit, variable, value."""
    target = folder / "coded/passes" / f"{name}.csv"
    target.parent.mkdir(exist_ok=True)
    columns = list(PASS.schema.columns)
    filled = [dict.fromkeys(columns, "") | dict(zip(columns[:4], row, strict=True)) for row in rows]
    write_table(pd.DataFrame(filled, columns=columns, dtype="str"), target)
    return target
