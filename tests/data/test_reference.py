"""The reference tables: every fact has a status and a page, and computed dates come out again."""

import re
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from pybtex.database import parse_file

from sourcebook.core import vocabularies
from sourcebook.core.csvfiles import read_table
from sourcebook.parsing.dates import parse_edtf
from sourcebook.parsing.law import find_instruments, parse_pinpoint, read_instruments
from sourcebook.parsing.quantities import parse_notation

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "data" / "reference"
FACTS = [
    "instruments", "participation", "provisions", "context", "printed_numbers", "publishers", "terms",
]  # fmt: skip
KEYS = {
    "instruments": ["instrument_id"],
    "participation": ["instrument_id", "state", "step"],
    "provisions": ["instrument_id", "provision", "element"],
    "context": ["fact_id"],
    "printed_numbers": ["occurrence_id"],
    "publishers": ["publisher_id"],
    "terms": ["term_id"],
    "elements": ["element"],
}
KINDS = {
    "treaty", "declaration", "soft law", "treaty-body interpretation", "customary law", "proceedings", "judgment",
    "body of law", "court", "programme", "national law",
}  # fmt: skip
BINDING = {
    "binding on parties", "not binding", "general law", "binding on the parties to the case", "not specified",
}  # fmt: skip
STEPS = {
    "ratified", "acceded", "succeeded", "signed", "party", "accepted jurisdiction", "not a party",
    "not applicable", "applicant", "respondent", "third party", "withdrew a reservation",
}  # fmt: skip


@pytest.fixture(scope="module")
def bibliography():
    return parse_file(str(ROOT / "book" / "references.bib"), bib_format="bibtex")


def _table(name):
    return read_table(FOLDER / f"{name}.csv")


@pytest.mark.parametrize("name", [*FACTS, "elements"])
def test_no_row_stands_twice(name):
    table = _table(name)
    assert table[table.duplicated(KEYS[name], keep=False)].empty


@pytest.mark.parametrize("name", FACTS)
def test_every_fact_has_a_status_and_a_page_in_the_bibliography(name, bibliography):
    known = {key.lower() for key in bibliography.entries}
    for row in _table(name).itertuples():
        if row.status == "not defined here":
            assert name == "terms" and not row.reference and not row.definition, row
            continue
        assert row.status in vocabularies.FACT_STATUSES, row
        keys = row.reference.split(";")
        assert row.reference and not [key for key in keys if key.lower() not in known], row


def test_nothing_is_printed_from_memory():
    for path in [*FOLDER.glob("*.csv"), ROOT / "book" / "references.bib"]:
        assert "memory" not in path.read_text(encoding="utf-8").lower(), path.name


def test_every_entry_of_the_bibliography_is_used_or_describes_a_source_or_a_method(bibliography):
    used = {key for name in FACTS for cell in _table(name)["reference"] for key in cell.split(";")}
    links = read_table(ROOT / "data" / "coded" / "links.csv")["reference"]
    used |= {key for cell in links for key in cell.split(";")}
    chapters = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "book").glob("*.md"))
    used |= {key for cell in re.findall(r"\{cite\}`([^`]+)`", chapters) for key in cell.split(",")}
    sources = set(read_table(ROOT / "data" / "raw" / "sources.csv")["source_id"])
    text = (ROOT / "book" / "references.bib").read_text(encoding="utf-8")
    methods = set(re.findall(r"^@\w+\{([^,]+),", text[text.index("% ---- methods") :], re.MULTILINE))
    assert set(bibliography.entries) - used - sources - methods == set()
    assert sources <= set(bibliography.entries)


def test_every_entry_formats_in_a_plain_style(bibliography):
    from pybtex.plugin import find_plugin

    style = find_plugin("pybtex.style.formatting", "plain")()
    backend = find_plugin("pybtex.backends", "html")()
    for entry in style.format_entries(bibliography.entries.values()):
        assert entry.text.render(backend)
    assert all("note" in entry.fields and "title" in entry.fields for entry in bibliography.entries.values())


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("instruments", "adopted"), ("instruments", "in_force"), ("participation", "date"),
        ("participation", "in_force"), ("context", "date"), ("publishers", "founded"),
        ("printed_numbers", "period"), ("printed_numbers", "date"),
    ],
)  # fmt: skip
def test_every_date_is_edtf(name, column):
    for value in filter(None, _table(name)[column]):
        parse_edtf(value)


def test_every_number_is_in_the_notation_of_quantities_and_has_a_unit():
    for row in _table("context").itertuples():
        assert bool(row.value) == bool(row.unit), row
        if row.value:
            parse_notation(row.value)


def test_a_printed_number_of_a_source_is_quoted_from_its_claim():
    claims = read_table(ROOT / "data" / "coded" / "claims.csv").set_index("claim_id")
    coded = 0
    for row in _table("printed_numbers").itertuples():
        assert bool(row.source_id) == (row.reference == row.source_id), row
        assert bool(row.claim_id) <= bool(row.source_id), row
        if row.value:
            parse_notation(row.value)
        if row.claim_id:
            coded += 1
            claim = claims.loc[row.claim_id]
            assert (claim["source_id"], claim["exact"]) == (row.source_id, row.quote), row
            assert claim["value"] == row.value, row
    assert coded >= 12


def test_the_pages_on_the_numbers_print_only_what_was_found_again():
    table = _table("printed_numbers").set_index("occurrence_id")
    assert table.loc[table["source_id"].ne(""), "found_again"].eq("yes").all()
    pages = ("travel.md", "travel-more.md")
    chapter = "\n".join((ROOT / "book" / page).read_text(encoding="utf-8") for page in pages)
    names = set(re.findall(r"printed\.([a-z0-9-]+(?:\.[a-z0-9-]+)*)", chapter))
    printed = {re.sub(r"\.(?:value|period|date)$", "", name) for name in names}
    assert len(printed) >= 30
    assert [name for name in sorted(printed) if table.loc[name, "found_again"] != "yes"] == []


def test_terms_are_those_of_the_tables():
    frames = read_instruments(FOLDER)
    instruments, participation = frames["instruments"], frames["participation"]
    assert set(instruments["kind"]) <= KINDS
    assert set(instruments["binding"]) <= BINDING
    assert set(instruments["invoked_directly_relevant"]) <= {"yes", "no"}
    assert set(instruments["provisions_read"]) <= {"whole", "selected", "none"}
    assert set(participation["step"]) <= STEPS
    assert set(participation["state"]) == {"Armenia", "Azerbaijan", "Soviet Union"}
    assert set(_table("context")["secondary"]) <= {"yes", "no"}
    with_provisions = set(frames["provisions"]["instrument_id"])
    assert with_provisions == set(instruments.loc[instruments["provisions_read"] != "none", "instrument_id"])


def test_provisions_are_written_in_normal_form():
    for provision in filter(None, set(_table("provisions")["provision"])):
        assert str(parse_pinpoint(provision)) == provision


def _in_force(deposit, term):
    """Return the day of entry into force that a clause gives, counted by hand from the deposit."""
    day = date.fromisoformat(deposit)
    if term in ("30th day", "90th day"):
        return day + timedelta(days=int(term[:2]))
    month = day.month - 1 + 3 + (term == "3 months, then first of the month")
    first = date(day.year + month // 12, month % 12 + 1, 1)
    return first if term.endswith("month") else first.replace(day=day.day)


def test_computed_dates_of_entry_into_force_come_out_again():
    table = _table("participation")
    checked = table[table["term"] != ""]
    assert set(checked["term"]) == {
        "3 months", "30th day", "90th day", "3 months, then first of the month",
    }  # fmt: skip
    for row in checked.itertuples():
        assert row.in_force == _in_force(row.date, row.term).isoformat(), row
    assert (table.loc[table["status"] == "computed", "term"] != "").all()


def test_a_state_is_bound_no_earlier_than_the_treaty_exists():
    frames = read_instruments(FOLDER)
    merged = frames["participation"].merge(
        frames["instruments"][["instrument_id", "adopted", "in_force"]],
        on="instrument_id",
        suffixes=("", "_treaty"),
    )
    for row in merged[merged["in_force"] != ""].itertuples():
        start = row.in_force_treaty or row.adopted
        assert parse_edtf(row.in_force).earliest >= parse_edtf(start).earliest, row


def test_the_sources_invoke_what_the_authority_table_finds():
    instruments = _table("instruments")
    found = {
        path.stem: [
            f"{row.instrument_id} {';'.join(row.pinpoint)}".strip()
            for row in find_instruments(path.read_bytes().decode("utf-8"), instruments).itertuples()
        ]
        for path in sorted((ROOT / "data" / "raw").glob("*.txt"))
    }
    assert found == {
        "akram-2024-10": ["udhr", "iccpr", "csr51"],
        "akram-2024-12": ["udhr", "iccpr", "pinheiro", "cil", "icc", "rome", "icc"],
        "akram-2025-03": ["concept-of-return"] * 2 + ["udhr art. 13(2)", "concept-of-return"],
        "trend-2024-12": [],
        "turan-2024-12": ["udhr", "iccpr", "echr", "vienna-unspecified", "csr51", "fcnm", "echr"],
    }


def test_every_variant_of_a_term_stands_in_a_source():
    texts = " ".join(
        " ".join(path.read_text(encoding="utf-8").split()).casefold()
        for path in sorted((ROOT / "data" / "raw").glob("*.txt"))
    )
    for row in _table("terms").itertuples():
        absent = [v for v in filter(None, row.variants.split(";")) if v.casefold() not in texts]
        assert not absent, (row.term_id, absent)


def test_the_frames_hold_text_only():
    for name in FACTS:
        table = _table(name).drop(columns="line")
        assert all(isinstance(kind, pd.StringDtype) for kind in table.dtypes)
