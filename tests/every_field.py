"""A data folder and a bibliography with one payload in every field that a person fills, for each line of a folder.

A payload has a mark before and after it, so that a page can be asked whether it shows what is between them as it was
written. Payloads in sources and references are marked otherwise: what they are written in, Markdown and BibTeX, has
signs of its own.
"""

import copy
import re
from pathlib import Path

import pandas as pd
from bridge import ROWS, TEXTS, make_corpus, write_pass

from sourcebook.core.csvfiles import read_table, write_table
from sourcebook.core.errors import AnchorError
from sourcebook.pipeline import build, store
from sourcebook.sources.documents import read_documents
from sourcebook.text.anchors import fill_anchors

PAYLOADS = [
    line
    for path in sorted(Path(__file__).parent.joinpath("site/payloads").glob("*.txt"))
    for line in path.read_text(encoding="utf-8").splitlines()
]

#: The fields of each table that take free text, and what makes a row of it. "{n}" is the number of the payload.
FIELDS = {
    "raw/sources.csv": "original_name short_name title author author_role publisher place date_note rights",
    "coded/codebook.csv": "label definition",
    "coded/scope_parts.csv": "place note",
    "coded/events.csv": "label description",
    "coded/entities.csv": "name note",
    "coded/propositions.csv": "question label scope search comparison note",
    "coded/retired.csv": "question reason",
    "coded/claims.csv": "exact value note",
    "coded/mentions.csv": "exact role note",
    "coded/citations.csv": "exact effect note",
    "coded/frames.csv": "exact note",
    "coded/demands.csv": "exact summary note",
    "coded/term_uses.csv": "exact note",
    "coded/heritage.csv": "exact note",
    "coded/links.csv": "upstream_label note",
    "coded/passes/record/reviewed.csv": "first second reason",
    "coded/passes/record/third_questions.csv": "question note",
    "reference/first_edition.csv": "headline printed",
    "reference/instruments.csv": "title short_name citation variants relevance provisions_read",
    "reference/participation.csv": "state step",
    "reference/elements.csv": "label definition",
    "reference/provisions.csv": "paraphrase",
    "reference/context.csv": "matter statement unit place stated_by about",
    "reference/printed_numbers.csv": "quote english unit counted whose publisher place note",
    "reference/publishers.csv": "name place kind described_by owner funding licence",
    "reference/terms.csv": "label variants definition",
}
#: Fields whose cells are lists, joined by ";".
LISTS = {"search", "variants", "value"}
ANCHORED = {"coded/claims.csv", "coded/mentions.csv", "coded/citations.csv", "coded/frames.csv", "coded/demands.csv",
            "coded/term_uses.csv", "coded/heritage.csv", "coded/links.csv"}  # fmt: skip
KEYS = {"claim_id": "c", "mention_id": "m", "citation_id": "l", "frame_id": "f", "demand_id": "d", "use_id": "t",
        "heritage_id": "h", "link_id": "u"}  # fmt: skip
VOCABULARIES = ("topic", "voice", "scope", "category", "frame", "addressee", "heritage-object", "genre")
BIB_FIELDS = (
    "title",
    "author",
    "publisher",
    "year",
    "note",
    "howpublished",
    "address",
    "url",
    "doi",
    "eprint",
)


def marked(number, payload):
    return f"Zq{number:03d}z {payload} z{number:03d}qZ"


def in_source(number, payload):
    return f"Zs{number:03d}z said {payload} to them z{number:03d}sZ."


def cell(column, number, payload):
    """Return the payload as a cell of a column."""
    text = marked(number, payload)
    return text.replace(";", ",") if column in LISTS else text


def hostile_rows(payloads, quotes):
    """Return the rows of every table: those of the small corpus, and one for each payload."""
    rows = copy.deepcopy(ROWS)
    for path, columns in FIELDS.items():
        if path == "raw/sources.csv":
            continue
        for n, payload in enumerate(payloads):
            row = dict(ROWS[path][-1])
            row |= {column: cell(column, n, payload) for column in columns.split()}
            row |= _keys(path, n, row)
            if path in ANCHORED:
                row["exact"] = quotes[n]
            rows[path].append(row)
    unfinished = zip(("mill", "gazette", "lines"), payloads, strict=False)
    rows["coded/unfinished.csv"] = [
        {"source_id": s, "reason": marked(n, p)} for n, (s, p) in enumerate(unfinished)
    ]
    terms = rows["coded/codebook.csv"]
    terms += [row | {"vocabulary": v} for row in terms if row["term"][1:].isdigit() for v in VOCABULARIES[1:]]
    matches = rows["coded/passes/record/third_matches.csv"]
    matches += [{"question_id": f"h{n:03d}", "match": "none"} for n in range(len(payloads))]
    return rows


def _keys(path, n, row):
    """Return the cells that make a row one of its own."""
    key = next(iter(row))
    own = {key: f"mill.{KEYS[key]}1{n:03d}" if key in KEYS else f"h{n:03d}"}
    match path:
        case "coded/codebook.csv":
            own = {"term": f"h{n:03d}", "vocabulary": VOCABULARIES[0]}
        case "coded/propositions.csv":
            own |= {
                "kind": "name",
                "topic": f"h{n // 5 * 5:03d}",
                "event_id": f"h{n:03d}",
                "cardinality": "many",
            }
        case "coded/claims.csv":
            voice = f"h{n:03d}"
            own |= {"proposition_id": f"h{n:03d}", "voice": voice, "via": voice, "source_id": "mill"}
        case "coded/mentions.csv":
            own |= {"entity_id": f"h{n:03d}"}
        case "coded/citations.csv":
            own |= {"instrument_id": f"h{n:03d}", "elements": f"h{n:03d}", "pinpoint": "art. 4"}
        case "coded/term_uses.csv":
            own |= {"term_id": f"h{n:03d}"}
        case "coded/frames.csv":
            own |= {"frame": f"h{n:03d}"}
        case "coded/links.csv":
            own |= {"upstream": f"h{n:03d}"}
        case "coded/scope_parts.csv":
            own = {"scope": f"h{n:03d}"}
        case "coded/passes/record/reviewed.csv":
            own = {"unit": f"mill|h{n:03d}", "variable": "value"}
        case "reference/participation.csv" | "reference/provisions.csv":
            own = {"instrument_id": f"h{n:03d}"}
            own |= {"element": f"h{n:03d}"} if "element" in row else {}
    return own


def source_texts(payloads):
    """Return the texts: one holds every payload in a sentence, one holds the sentences of another order."""
    sentences = [in_source(n, payload) for n, payload in enumerate(payloads)]
    return {
        **TEXTS,
        "mill": TEXTS["mill"] + "\n" + "\n\n".join(sentences) + "\n",
        "gazette": TEXTS["gazette"] + "\n" + " ".join(sentences[::-1]) + "\n",
        "lines": "\n\n".join(payloads) + "\n",
    }


def quotable(folder, payloads):
    """Return for each payload the longest words of the source that a quote can be: with it, or its first mark."""
    folder.mkdir()
    make_corpus(folder / "data", texts=source_texts(payloads))
    documents = read_documents(folder / "data/raw")
    found = []
    for n, payload in enumerate(payloads):
        words = in_source(n, payload)[:-1]
        row = pd.DataFrame([dict.fromkeys(("source_id", "exact", "prefix", "suffix", "start", "end"), "")])
        row["source_id"], row["exact"] = "mill", words
        try:
            fill_anchors(row, documents)
        except (AnchorError, ValueError):
            words = f"Zs{n:03d}z said"
        found.append(words)
    return found


def make_book_data(folder, payloads=PAYLOADS):
    """Write the data folder, with derived tables and a coding pass, and return how many quotes hold their payload."""
    quotes = quotable(folder.parent / "trial", payloads)
    make_corpus(folder, texts=source_texts(payloads), rows=hostile_rows(payloads, quotes))
    registry = read_table(folder / "raw/sources.csv").drop(columns="_line", errors="ignore")
    for place, column in enumerate(FIELDS["raw/sources.csv"].split()):
        registry[column] = [
            cell(column, 9 * k + place, payloads[9 * k + place]) for k in range(len(registry))
        ]
    write_table(registry, folder / "raw/sources.csv")
    write_pass(
        folder,
        "second",
        [
            ("second", f"mill|h{n:03d}", "value", cell("value", n, payload))
            for n, payload in enumerate(payloads)
        ],
    )
    store.write(build.build(folder))
    return sum(len(quote) > len("Zs000z said") for quote in quotes)


def bibliography(payloads=PAYLOADS):
    """Return references whose every field is hostile, and which a reader of BibTeX can read."""
    entries = ["@book{riversbook, title = {Rivers}, author = {River, Ann}, year = {2001}}"]
    for n, payload in enumerate(payloads):
        text = re.sub(r"[{}\\@%#$&~^_\"]", "", payload) if n % 2 else re.sub(r"[{}\\]", "", payload)
        fields = dict.fromkeys(BIB_FIELDS, f"Zb{n:03d}z {text} z{n:03d}bZ")
        fields["year"] = f"{1000 + n}"
        fields["url"] = payload.replace("{", "").replace("}", "").replace("\\", "")
        fields["author"] = f"Zb, {text.replace(' and ', ' ')}".replace(",,", ",")
        lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
        entries.append(f"@misc{{h{n:03d},\n{lines}\n}}")
    return "\n\n".join(entries) + "\n"
