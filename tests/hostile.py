"""A data folder whose texts and metadata try to be markup, scripts, roles, styles, formulas and directions."""

import copy

from bridge import ROWS, TEXTS, change, make_corpus, write_pass

from sourcebook.pipeline import build, store

SCRIPT = "</script><script>hacked('x')</script>"
IMAGE = "<img src=x onerror=hacked(1)>"
LONG = "bridge" * 60
BIDI = "\u202eforever\u2066"
FORMULA = '=HYPERLINK("https://elsewhere.example","x")'
ROLE = "{value}`count.claims` {eval-rst}`x`"
STYLE = "<style>*{display:none}</style>"

#: One sentence of a source, all of it quoted by claims.
SENTENCE = f"The lamp {SCRIPT} & {IMAGE} {STYLE} was lost {BIDI} [here](javascript:hacked(2)) {LONG}."
SECOND = f"They wrote {FORMULA} on the lamp."
TEXT = f"{TEXTS['mill']}\n{SENTENCE}\n\n{SECOND}\n"


def hostile_rows():
    """Return the rows of the small corpus with hostile cells where a cell takes free text."""
    rows = copy.deepcopy(ROWS)
    claims = rows["coded/claims.csv"]
    quoted = {"proposition_id": "bridge-name", "note": f"{STYLE}{IMAGE}{ROLE}"}
    claims.append({**quoted, "claim_id": "mill.c003", "exact": SENTENCE[:-1], "value": SENTENCE[:-1]})
    claims.append({**quoted, "claim_id": "mill.c004", "exact": FORMULA, "value": FORMULA, "via": "miller"})
    for question in rows["coded/propositions.csv"]:
        question["question"] += f" {SCRIPT} {IMAGE} {BIDI} {ROLE}"
        question["cardinality"] = "many" if question["proposition_id"] == "bridge-name" else "one"
    for term in rows["coded/codebook.csv"]:
        if term["vocabulary"] in {"topic", "voice", "unit", "scope", "category"}:
            term["label"] += f" {SCRIPT}{IMAGE}{LONG}"
    for event in rows["coded/events.csv"]:
        event["label"] += f" {SCRIPT}{IMAGE}{BIDI}{LONG}"
    return rows


def make_hostile(folder):
    """Write the data folder with its derived tables and a second pass, and return it."""
    make_corpus(folder, texts={**TEXTS, "mill": TEXT}, rows=hostile_rows())
    change(folder, "raw/sources.csv", "title", f"{SCRIPT}{IMAGE}{BIDI}", source_id="mill")
    change(folder, "raw/sources.csv", "author", f"{STYLE}{LONG}", source_id="mill")
    second = [
        ("second", "mill|bridge-name", "value", f"{IMAGE}{SCRIPT}"),
        ("second", "mill|bridge-name", "voice", "author"),
        ("second", "mill|bridge-name", "modality", "reports"),
    ]
    write_pass(folder, "second", second)
    store.write(build.build(folder))
    return folder
