"""The text of a source as a page."""

import gzip
import re
from collections import Counter
from dataclasses import replace

import pytest
from bridge import ROWS, SCHEMAS, TEXTS, make_corpus
from editions import edition_markup, edition_page
from lxml import html

from sourcebook.core.schemas.declaration import MARKS
from sourcebook.pipeline import build
from sourcebook.render.source_page import STATIC, categories, codings, quotes

CATEGORIES = categories(SCHEMAS)

#: Markup of HTML, of MyST and of Markdown, the end of a tag, controls of writing direction, a long word.
HOSTILE = (
    'The <script>alert("x")</script> lamp & {value}`claims` was {eval-rst}`x` "lost" \u202eforever\u2066 '
    "[here](javascript:alert(1)) </span></div> <img src=x onerror=alert(1)> $x$ " + "bridge" * 60 + ".\n"
)


@pytest.fixture(scope="module")
def data(_corpus):
    return build.build(_corpus)


def row_ids(data, source):
    """Return the ids of all coded rows of a source, read from the tables one by one."""
    found = []
    for name, table in SCHEMAS.items():
        if table.anchored and name != "uncoded":
            frame = data.tables[name]
            found += frame.loc[frame["source_id"] == source, table.key[0]].tolist()
    return found


@pytest.mark.parametrize("source", TEXTS)
def test_every_row_and_every_sentence_is_an_id_once(data, source):
    ids = Counter(edition_page(data, source).xpath("//@id"))
    assert set(ids.values()) == {1}
    rows = row_ids(data, source)
    sentences = data["sentences"].query("source_id == @source")["sentence_id"].tolist()
    shared = [i for i in ids if re.match(r"(with-)?shared-\d+$", i)]
    switches = {i for i in ids if i.startswith("sb-show-")}
    assert set(ids) - switches == {*rows, *(f"note-{row}" for row in rows), *sentences, *shared}


@pytest.mark.parametrize("source", TEXTS)
def test_every_address_on_the_page_is_there(data, source):
    page = edition_page(data, source)
    assert {a[1:] for a in page.xpath("//a/@href") if a.startswith("#")} <= set(page.xpath("//@id"))


@pytest.mark.parametrize("source", TEXTS)
def test_every_note_is_reached_from_the_text(data, source):
    """By a word of the passage, or by the note to which the first word of the passage leads."""
    page = edition_page(data, source)
    for row in row_ids(data, source):
        direct = page.xpath("//mark//a[@href=$href]", href=f"#note-{row}")
        (first, *_) = page.get_element_by_id(row).xpath(".//a[not(@aria-label)]/@href")
        assert direct or page.get_element_by_id(first[1:]).xpath(
            "./small/a[@href=$href]", href=f"#note-{row}"
        )


def test_the_text_is_the_normalised_text(data):
    for source, document in data.documents.items():
        blocks = [
            " ".join("".join(s.itertext()) for s in block.xpath('.//*[@class="sb-sentence"]'))
            for block in edition_page(data, source).xpath('//*[contains(@class, "sb-text")]')
        ]
        assert "\n".join(blocks) == document.normal.text


def test_nested_passages_are_marked_by_every_category_that_covers_them(data):
    """The frame covers the whole sentence; the quantity in it only three words."""
    sentence = edition_page(data, "council").get_element_by_id("council.s003")
    marks = [(m.get("data-category"), m.text_content()) for m in sentence.xpath(".//mark")]
    assert marks == [
        ("shared", "Over 200 residents were cut off from the market."),
        ("mark-2", "Over 200 residents were cut off from the market"),
        ("quantity", "Over 200 residents"),
    ]


def test_overlapping_passages(data, tmp_path):
    """“mill bridge was flooded” and “flooded on 3 March” share one word."""
    frames = [
        {
            "frame_id": "council.f001",
            "exact": "mill bridge was flooded",
            "function": "problem",
            "frame": "danger",
        },
        {"frame_id": "council.f002", "exact": "Over 200 residents", "function": "problem", "frame": "danger"},
    ]
    terms = [{"use_id": "council.t001", "term_id": "flood", "exact": "flooded on 3 March"}]
    rows = {**ROWS, "coded/frames.csv": frames, "coded/term_uses.csv": terms}
    other = build.build(make_corpus(tmp_path / "data", rows=rows))
    sentence = edition_page(other, "council").get_element_by_id("council.s002")
    words: dict[str, str] = {}
    for mark in sentence.xpath(".//mark"):
        name = mark.get("id") or mark.get("data-of")
        words[name] = words.get(name, "") + mark.text_content()
    assert words["council.f001"] == "mill bridge was flooded"
    assert words["council.t001"] == "flooded on 3 March"
    assert words["council.c003"] == "3 March 2021"


def test_a_passage_over_two_sentences_has_one_address(tmp_path):
    exact = "The old lamp was saved. Nobody should despair."
    rows = {
        **ROWS,
        "coded/heritage.csv": [
            {"heritage_id": "council.h001", "exact": exact, "object": "lamp", "treatment": "saved"}
        ],
        "coded/uncoded.csv": [],
    }
    page = edition_page(build.build(make_corpus(tmp_path / "data", rows=rows)), "council")
    assert len(page.xpath('//*[@id="council.h001"]')) == 1
    for sentence in ("council.s005", "council.s006"):
        marks = page.get_element_by_id(sentence).xpath(".//mark[@data-category='mark-3']")
        assert [m.get("id") or m.get("data-of") for m in marks] == ["council.h001"]


def test_hostile_text_is_inert(tmp_path):
    texts = {**TEXTS, "mill": TEXTS["mill"] + "\n" + HOSTILE}
    terms = [
        *ROWS["coded/term_uses.csv"],
        {"use_id": "mill.t002", "term_id": "flood", "exact": '<script>alert("x")'},
    ]
    uncoded = [
        *ROWS["coded/uncoded.csv"],
        {"source_id": "mill", "sentence_id": "mill.s004", "exact": HOSTILE.strip(), "reason": "rhetoric"},
    ]
    claims = [dict(row) for row in ROWS["coded/claims.csv"]]
    claims[5]["note"] = "<script>note</script> <b>bold</b>"
    rows = {
        **ROWS,
        "coded/term_uses.csv": terms,
        "coded/uncoded.csv": uncoded,
        "coded/claims.csv": claims,
    }
    data = build.build(make_corpus(tmp_path / "data", texts=texts, rows=rows))
    markup = edition_markup(data, "mill")
    assert not re.search(r"<(script|img|style)\b|<b>bold", markup)
    root = html.fromstring(markup)
    assert root.get("class") == "sb-edition"  # nothing of the text has closed a tag
    assert not root.xpath("//@onerror | //@onclick | //@src | //a[starts-with(@href, 'javascript')]")
    sentence = root.get_element_by_id("mill.s004")
    assert "".join(sentence.itertext()) == " ".join(HOSTILE.split())
    assert sentence.get("dir") == "auto"  # writing direction does not leak into what follows
    assert root.get_element_by_id("note-mill.c001").get("dir") == "auto"
    assert "<script>note</script>" in root.get_element_by_id("note-mill.c001").text_content()


def test_notes_lead_back_to_their_passages(data):
    page = edition_page(data, "council")
    for row in row_ids(data, "council"):
        note = page.get_element_by_id(f"note-{row}")
        assert f"#{row}" in note.xpath("./a/@href")


def test_the_letterhead_is_shown_with_its_codings(data):
    page = edition_page(data, "council")
    (head,) = page.xpath('//*[@class="sb-letterhead"]')
    assert head.text_content() == "Letterhead: RIVER COUNCIL · OFFICE OF WORKS"
    assert head.xpath(".//@id") == ["council.u001", "council.m001"]
    assert not edition_page(data, "mill").xpath('//*[@class="sb-letterhead"]')


def test_a_letterhead_is_shown_where_nothing_is_coded_in_it(data):
    tables = {
        name: frame.iloc[:0] if SCHEMAS[name].anchored else frame for name, frame in data.tables.items()
    }
    (head,) = edition_page(data, "council", tables=tables).xpath('//*[@class="sb-letterhead"]')
    assert head.text_content() == "Letterhead: RIVER COUNCIL · OFFICE OF WORKS" and not head.xpath(".//@id")


def test_a_letterhead_between_two_halves_of_a_sentence(tmp_path):
    """What stands there in the text is the space between the halves; the words are those of the letterhead."""
    texts = {
        **TEXTS,
        "council": TEXTS["council"]
        .replace("RIVER COUNCIL · OFFICE OF WORKS\n\n", "")
        .replace("Over 200 residents were", "Over 200 residents\n\nRIVER COUNCIL · OFFICE OF WORKS\n\nwere"),
    }
    data = build.build(make_corpus(tmp_path / "data", texts=texts))
    assert data["sentences"]["text"][2] == "Over 200 residents were cut off from the market."
    assert quotes(data.tables, data.documents, data.schemas)["council.m001"] == "RIVER COUNCIL"
    (head,) = edition_page(data, "council").xpath('//*[@class="sb-letterhead"]')
    assert head.xpath(".//@id") == ["council.u001", "council.m001"]
    assert data["coverage_counts"].query("sentence_id == 'council.s003' and table == 'mentions'").empty


def test_a_source_without_codings(data):
    tables = {
        name: frame.iloc[:0] if SCHEMAS[name].anchored else frame for name, frame in data.tables.items()
    }
    page = edition_page(data, "mill", tables=tables)
    assert page.xpath('//*[@class="sb-sentence"]/@id') == ["mill.s001", "mill.s002", "mill.s003"]
    assert not page.xpath("//*[@class='sb-notes']")


def test_the_language_of_the_text_is_that_of_the_registry(data):
    assert set(edition_page(data, "mill").xpath("//@lang")) == {"en"}
    changed = replace(data.documents["mill"], metadata={"language": "az"})
    page = edition_page(replace(data, documents={**data.documents, "mill": changed}), "mill")
    assert {e.get("class") for e in page.xpath("//*[@lang='az']")} == {"sb-text"}


def test_codings_are_in_the_order_of_the_text(data):
    found = codings(data.tables, "council", data.schemas)
    assert set(found["row_id"]) == set(row_ids(data, "council"))
    assert found["start"].is_monotonic_increasing
    assert set(found["category"]) <= set(CATEGORIES)
    row = found.set_index("row_id").loc["council.l001"]
    assert row["text"] == "Rivers Convention, art. 4: obliges the council to warn"


def test_quotes_of_rows_and_sentences(data):
    found = quotes(data.tables, data.documents, data.schemas)
    assert found["council.c002"] == "mill bridge"
    assert found["council.u001"] == "RIVER COUNCIL · OFFICE OF WORKS"
    assert found["mill.s001"] == "The bridge was flooded on 4 March 2021."


def test_the_legend_switches_every_category(data):
    for source in TEXTS:
        page = edition_page(data, source)
        counts = Counter(codings(data.tables, source, data.schemas)["category"])
        counts["shared"] = len(page.xpath("//details[@class='sb-parallel']"))
        listed = page.xpath("//fieldset//mark/@data-category")
        assert listed == [name for name in (*CATEGORIES, "shared") if counts[name]]
        assert page.xpath("//fieldset//small/text()") == [str(counts[name]) for name in listed]
        boxes = {
            box.get("id").removeprefix("sb-show-"): box for box in page.xpath("//input[@type='checkbox']")
        }
        assert list(boxes) == listed
        assert {name for name, box in boxes.items() if "checked" not in box.attrib} == {
            name for name in listed if name in CATEGORIES and not CATEGORIES[name].shown
        }


def test_the_style_sheet_knows_every_mark():
    """Each has a stroke of its own, a switch for its marks and its notes, and a place in the folds."""
    text = (STATIC / "edition.css").read_text(encoding="utf-8")
    strokes = {}
    marks = {*CATEGORIES, *(f"mark-{number}" for number in range(1, MARKS + 1))}
    for name in marks:
        own = re.findall(rf'mark\[data-category="{name}"\] {{ ([^}}]*) }}', text)
        strokes[name] = " ".join(own)
        assert f"#sb-show-{name}:not(:checked)" in text
        assert f'.sb-notes [data-category="{name}"]' in text
        assert f'.sb-notes[data-has~="{name}"]' in text
    assert len(set(strokes.values())) == len(marks), strokes
    assert not re.findall(r"url\(|@import|@font-face", text)


def test_the_script_is_small():
    assert len(gzip.compress((STATIC / "edition.js").read_bytes(), 9)) <= 4096
