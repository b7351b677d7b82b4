"""Documents as people have them: what is read of each kind, and what is said of a file that cannot be read."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from sources import made_files as made

from sourcebook.sources.ingest import UnreadableError, read_file

SAMPLES = Path(__file__).parents[3] / "shared" / "samples" / "documents"


@pytest.fixture
def read(tmp_path):
    def reader(name, data):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return read_file(path)

    return reader


def blocks(text):
    return [block for block in text.split("\n\n") if block.strip()]


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        ("Das Café kostete 5 € – „schön“.", "utf-8", "utf-8"),
        ("Das Café kostete 5 € – „schön“.", "utf-8-sig", "utf-8"),
        ("Das Café kostete 5 € – „schön“.", "utf-16", "utf-16"),
        ("Das Café kostete 5 € – „schön“.", "utf-16-le", "utf-16-le"),
        ("Das Café kostete 5 €, ein schöner Preis.", "cp1252", "cp1252"),
        ("Köprü dün gece çöktü, kimse yaralanmadı; işçiler şaşkın.", "cp1254", "cp1254"),
        ("Мост обрушился в мае, и никто не пострадал. Жители требуют расследования.", "cp1251", "cp1251"),
    ],
)
def test_a_text_is_read_in_any_encoding(read, text, encoding, name):
    (found,) = read("A Text.TXT", text.encode(encoding))
    assert (found.text, found.encoding) == (text, name)
    assert any("guessed" in note for note in found.notes) == encoding.startswith("cp")


def test_windows_line_ends_become_line_feeds(read):
    assert read("a.txt", b"One.\r\n\r\nTwo.\r")[0].text == "One.\n\nTwo.\n"
    assert read("b.txt", b"Converted\r\r\ntwice.\r\r\n\r\r\nTwo.")[0].text == "Converted\ntwice.\n\nTwo."


def test_a_web_page_gives_its_main_text_alone(read):
    page = """<!DOCTYPE html><html lang="en-GB"><head><title>The bridge | Herald</title>
    <script>if (a < b) {}
    </script><meta property="article:published_time" content="2023-05-12T08:00:00Z">
    <meta name="author" content="Ana Lee">
    </head><body><nav>
    <ul><li><a href="/">Home</a><li><a href="/x">World</a></ul></nav><main><article>
    <h1>The bridge &amp; the river</h1><p>It fell&nbsp;in <b>May</b>.<p>At 5&#8239;am,
    said Lee<sup>1</sup>: &lt;nothing&gt;.
    <table><tr><th>Year<th>People</tr><tr><td>2020<td>about 640</table><div class="related-links">See also</div>
    </article></main><footer>All rights</footer></body></html>"""
    (found,) = read("page.htm", page)
    assert blocks(found.text) == [
        "# The bridge & the river",
        "It fell in May.",
        "At 5 am, said Lee<sup>1</sup>: <nothing>.",
        "Year | People",
        "2020 | about 640\n",
    ]
    assert found.metadata == {
        "title": "The bridge | Herald",
        "author": "Ana Lee",
        "date": "2023-05-12",
        "language": "en-GB",
    } | {"title": "The bridge & the river"}


def test_a_web_page_is_one_whatever_its_suffix_and_encoding(read):
    page = '<html><meta charset="windows-1251"><p>Мост обрушился.</p></html>'
    (found,) = read("page.txt", page.encode("cp1251"))
    assert (found.text, found.encoding) == ("Мост обрушился.\n", "cp1251")


def test_a_word_file_keeps_every_sign_and_its_tables(read):
    body = (
        made.paragraph("The bridge", "Heading1")
        + made.paragraph("AT&amp;T says 5 &lt; 6.")
        + "<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t>Kept</w:t></w:r></w:ins>"
        '<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
        f"<w:tbl><w:tr><w:tc>{made.paragraph('2020')}</w:tc><w:tc>{made.paragraph('about 640')}</w:tc></w:tr></w:tbl>"
    )
    notes = (
        f'<w:footnotes {made.W}><w:footnote w:id="2">{made.paragraph("A note.")}</w:footnote></w:footnotes>'
    )
    head = f"<w:hdr {made.W}>{made.paragraph('River Authority')}</w:hdr>"
    (found,) = read("a.DOCX", made.word(body, word__footnotes_DOT_xml=notes, word__header1_DOT_xml=head))
    assert blocks(found.text) == [
        "River Authority",
        "# The bridge",
        "AT&T says 5 < 6.",
        "Kept<sup>1</sup>",
        "2020 | about 640",
        "[1] A note.",
    ]
    assert [(kind, found.text[a:b]) for kind, a, b in found.zones] == [("letterhead", "River Authority")]


def test_a_pdf_keeps_its_pages_and_heals_its_hyphens(read):
    def page(number, *lines):
        return ["The Daily Herald", *lines, f"Page {number} of 3"]

    (found,) = read(
        "a.pdf",
        made.pdf(
            [
                page(1, "It was an effi-", "cient report about all of the long line of the bridge."),
                page(2, "Nobody was hurt in the night, as far as the authority knows."),
                page(3, "The end of the report came on the day after that."),
            ]
        ),
    )
    assert "an efficient" in " ".join(found.text.split())
    assert len(found.pages) == 3
    assert [found.text[a:b].split("\n")[0] for a, b in found.pages] == ["The Daily Herald"] * 3
    assert [found.text[a:b] for _, a, b in found.zones] == [
        words for n in (1, 2, 3) for words in ("The Daily Herald", f"Page {n} of 3")
    ]


@pytest.mark.parametrize(
    ("head", "foot", "count"),
    [
        ("The Daily Herald", "Marrow, {}", 3),
        ("The Daily Herald", "Page {} of 2", 3),
        ("Report {} of the council", "{}", 3),
        ("It rained on day {}.", "And again.", 0),
        ("", "Kestrel Valley Authority", 2),
        ("The Daily Herald", "", 1),
    ],
)
def test_the_same_head_or_foot_on_two_pages_is_proposed_as_furniture(read, head, foot, count):
    body = [
        "The village was left in {} by its people in spring,",
        "and nobody came back to see it in summer.",
    ]
    pages = [[head.format(n), *(line.format(2000 + n) for line in body), foot.format(n)] for n in (1, 2)]
    (found,) = read("a.pdf", made.pdf([[line for line in page if line] for page in pages]))
    marked = [found.text[a:b] for kind, a, b in found.zones if kind == "furniture"]
    assert len(marked) == count and not any("village" in words for words in marked)


def test_the_other_office_files_are_read(read):
    (odt,) = read(
        "a.odt", made.opendocument("<text:h>The bridge</text:h><text:p>AT&amp;T says 5 &lt; 6.</text:p>")
    )
    (rtf,) = read("a.rtf", rb"{\rtf1\ansi\ansicpg1252 Caf\'e9 says 5 < 6.\par Second.}")
    (book,) = read("a.epub", made.epub("<h1>One</h1><p>AT&amp;T says 5 &lt; 6.</p>"))
    assert blocks(odt.text) == ["The bridge", "AT&T says 5 < 6.\n"]
    assert blocks(rtf.text) == ["Café says 5 < 6.", "Second.\n"]
    assert "AT&T says 5 < 6." in book.text and book.metadata["title"] == "The bridge book"
    assert odt.tool[0] == rtf.tool[0] == book.tool[0] == "kreuzberg"


def test_a_mail_is_read_with_its_head(read):
    mail = (
        b"From: =?utf-8?Q?Ana_B=C3=A9?= <ana@example.org>\r\nSubject: The bridge\r\n"
        b"Date: Fri, 12 May 2023 08:00:00 +0200\r\nContent-Type: text/html; charset=windows-1251\r\n\r\n"
        + "<p>Мост &amp; река</p><p>Second</p>".encode("cp1251")
    )
    (found,) = read("a.eml", mail)
    assert blocks(found.text)[0] == "The bridge"
    assert blocks(found.text)[2:] == ["Мост & река", "Second\n"]
    assert found.metadata == {"title": "The bridge", "author": "Ana Bé", "date": "2023-05-12"}


def test_a_list_of_articles_gives_one_document_each(read):
    rows = 'ID;Headline;Body;Date\n7;The bridge;"It fell; nobody\nwas hurt.";2023-05-12\n8;Empty;;\n'
    (article,) = read("list.csv", rows.encode("utf-8-sig"))
    assert (article.name, article.text) == ("7", "The bridge\n\nIt fell; nobody\nwas hurt.\n")
    lines = "\n".join(json.dumps({"id": n, "text": f"Text {n}.", "authors": ["A", "B"]}) for n in (1, 2))
    found = read("list.jsonl", lines)
    assert [(a.name, a.text, a.metadata["author"]) for a in found] == [
        ("1", "Text 1.\n", "A, B"),
        ("2", "Text 2.\n", "A, B"),
    ]


def test_signs_that_no_file_can_hold_are_replaced_in_their_places(read):
    (found,) = read("list.jsonl", json.dumps({"text": "A \ud800 and \x01 end.", "title": "One\n\x00 two"}))
    assert found.text.endswith("A \ufffd and   end.\n")
    assert found.metadata["title"] == "One two"


def bomb():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", b"a" * 300_000_000)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "an empty file"),
        ("a.txt", b" \n", "an empty file"),
        ("a.txt", bytes(range(256)) * 20, "no text but other data"),
        ("a.doc", b"\xd0\xcf\x11\xe0" + b"0" * 600, "an old Word file → save it as .docx"),
        ("a.docx", b"PK\x03\x04 broken", "a broken file"),
        ("a.docx", b"no archive at all", "no DOCX file by its content"),
        ("a.pdf", b"%PDF-1.4\nbroken", "a broken file"),
        ("a.pdf", made.pdf([[], []]), "a scan: 2 pages without text"),
        ("a.png", b"\x89PNG....", "a picture"),
        ("a.xyz", b"something", "a kind that is not read (.xyz)"),
        ("a", b"something", "a kind that is not read (without suffix)"),
        ("a.html", b"<html><script>write()</script></html>", "a page without text"),
        ("a.csv", b"id,name\n1,Ana\n", "no column with the text of articles"),
        ("a.jsonl", b"{broken", "no JSON"),
        ("a.json", b"[" * 100_000, "no JSON"),
        (
            "a.docx",
            made.archive(**{"word__document_DOT_xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            "entities",
        ),
    ],
)
def test_a_file_without_text_is_refused_with_the_reason(read, name, data, reason):
    with pytest.raises(UnreadableError) as error:
        read(name, data)
    assert reason in str(error.value)
    assert " → " in str(error.value)


def test_an_archive_that_unpacks_to_too_much_is_refused(read):
    with pytest.raises(UnreadableError, match="an archive of more than 200 MB"):
        read("bomb.docx", bomb())


def test_deep_markup_is_no_trap(read):
    assert read("deep.html", "<div>" * 50_000 + "The bridge fell.")[0].text == "The bridge fell.\n"


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the folder ../shared/samples/documents is not here")
def test_documents_of_other_people_are_read():
    found, refused = {}, {}
    for path in sorted(SAMPLES.iterdir()):
        try:
            (found[path.name],) = read_file(path)
        except UnreadableError as error:
            refused[path.name] = str(error)
    assert list(refused) == ["password.pdf"] and "password" in refused["password.pdf"]
    assert "lächelte dabei. Der Preis betrug 15,50 €." in found["fake-html-cp1252.html"].text
    assert "Home" not in found["example-steelJIS-datasheet-utf-16.html"].text
    columns = " ".join(found["multi-column-2p.pdf"].text.split())
    assert "relies on efficient passage retrieval to select candidate contexts" in columns
    assert "a | >b< | c" in found["docx-tables.docx"].text
    assert found["fake-text-utf-16.txt"].text.startswith("This is a test document")
    assert len(found["multi-column-2p.pdf"].pages) == 2


def test_letters_that_were_decoded_wrongly_are_named_with_the_cure_and_kept(read):
    text = "The councilâ€™s decision."
    for name, data in (("a.txt", text.encode()), ("a.docx", made.word(made.paragraph(text)))):
        (found,) = read(name, data)
        assert found.text.strip() == text
        (note,) = found.notes
        assert "“councilâ€™s” was “council’s”; nothing was changed: get the document anew" in note
