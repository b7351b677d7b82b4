"""REFI-QDA: valid by the official schema, and read whatever way a program counts the ends of its selections."""

import zipfile
from pathlib import Path

import pytest
from exchange.projects import MILL, marked, project
from lxml import etree

from sourcebook.core.errors import DataError
from sourcebook.exchange.formats import format_named
from sourcebook.exchange.model import Annotation, Code, Document, Project
from sourcebook.exchange.outgoing import from_dataset
from sourcebook.exchange.refi_counting import Selected, counting_of
from sourcebook.pipeline.dataset import read
from sourcebook.pipeline.folders import default_folder

FORMAT = format_named("refi-qda")
SAMPLES = Path(__file__).resolve().parents[3] / "shared/samples/refi-qda"
BESIDE = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the REFI-QDA samples are not beside the repository")
U = "00000000-0000-0000-0000-0000000000"


def qdpx(path, sources, *, origin="X 1.0", more="", files=None, codebook=None):
    """Write a project by hand."""
    book = codebook or f'<Codes><Code guid="{U}C1" name="flood" isCodable="true" color="#ff0000"/></Codes>'
    text = (
        f'<?xml version="1.0"?><Project xmlns="urn:QDA-XML:project:1.0" origin="{origin}" name="p">'
        f'<Users><User guid="{U}A1" name="Anna"/><User guid="{U}A2" name="Ben"/></Users>'
        f"<CodeBook>{book}</CodeBook><Sources>{sources}</Sources>{more}</Project>"
    )
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("project.qde", text)
        for name, data in (files or {"sources/mill.txt": MILL.encode()}).items():
            file.writestr(name, data)
    return path


def selection(start, end, *, name="", number=1, coders=("A1",), inside=""):
    coded = "".join(
        f'<Coding guid="{U}D{at}" creatingUser="{U}{coder}"><CodeRef targetGUID="{{{U}c1}}"/></Coding>'
        for at, coder in enumerate(coders)
    )
    return (
        f'<PlainTextSelection guid="{U}5{number}" startPosition="{start}" endPosition="{end}"'
        f' name="{name}">{inside.partition("|")[0]}{coded}{inside.partition("|")[2]}</PlainTextSelection>'
    )


def source(*selections, path="internal://mill.txt", inside=""):
    return f'<TextSource guid="{U}01" name="mill" plainTextPath="{path}">{inside}{"".join(selections)}</TextSource>'


def spans(words):
    return [(MILL.index(each), MILL.index(each) + len(each)) for each in words]


WORDS = ("bridge", "flooded", "residents", "market", "council", "lamp")


@BESIDE
def test_the_whole_book_is_valid_by_the_official_schema(tmp_path):
    schema = etree.XMLSchema(etree.parse(SAMPLES / "Project.xsd"))
    whole = from_dataset(read(default_folder()))
    small = project(
        marked(
            "bridge",
            codes=("c0",),
            coder="Anna",
            created="2024-05-06T07:08:09Z",
            note="a\nb",
            fields={"a": "b"},
        ),
        marked("flooded", codes=("c0",), created="May"),
        Annotation(annotation_id="w", document_id="mill", codes=("c0",), note="of the whole"),
        codes=[Code(code_id="c0", name="\x07", parent="gone", colour="red", description="<&")],
    )
    for number, each in enumerate((whole, small, Project(), project())):
        path = tmp_path / f"{number}.qdpx"
        FORMAT.write(each, path)
        with zipfile.ZipFile(path) as file:
            schema.assertValid(etree.fromstring(file.read("project.qde")))


@BESIDE
def test_the_projects_of_others_are_read():
    nvivo = FORMAT.read(SAMPLES / "nvivo_project.qdpx")
    assert (len(nvivo.documents), len(nvivo.codes), len(nvivo.annotations)) == (2, 262, 0)
    atlas = FORMAT.read(SAMPLES / "atlasti_project.qdpx")
    assert [(code.name, bool(code.parent)) for code in atlas.codes] == [
        ("Commits", False),
        ("2022-05-10T02:05:59Z 19e4dce", True),
        ("2022-02-11T10:39:25Z cdbfd92", True),
    ]


@pytest.mark.parametrize("inclusive", [True, False])
@pytest.mark.parametrize("named", [True, False])
def test_ends_are_read_as_the_selections_say(tmp_path, inclusive, named):
    """By their own words, or in the way in which they do not cut words: whatever the program is called."""
    given = [
        selection(start, end - inclusive, name=word if named else f"line:{number}", number=number)
        for number, (word, (start, end)) in enumerate(zip(WORDS, spans(WORDS), strict=True), 1)
    ]
    found = FORMAT.read(qdpx(tmp_path / "a.qdpx", source(*given)))
    assert [each.exact for each in found.annotations] == list(WORDS)
    end = "the last character of a selection" if inclusive else "the place after a selection"
    assert found.told[0].startswith(f"X 1.0: places were read as code points, and ends as {end}, since ")


def test_without_evidence_the_standard_counts_or_what_a_program_is_known_for(tmp_path):
    one = selection(4, 9)
    assert FORMAT.read(qdpx(tmp_path / "a.qdpx", source(one))).annotations[0].exact == "bridge"
    for origin in ("qc 1.3.2", "Qualcoder-1.4", "QualCoder 3.8.2", "AQDA", "Exegete"):
        known = qdpx(tmp_path / "b.qdpx", source(selection(4, 10)), origin=origin)
        found = FORMAT.read(known)
        assert found.annotations[0].exact == "bridge"
        assert found.told[0].endswith(f"since {origin} writes them so")


def test_code_units_and_line_ends_are_read_as_the_selections_say():
    text = "A \U0001f309 bridge\r\nfell \U0001f309 into the cold river\r\nlast night, they say."
    words = ("bridge", "into", "cold", "last", "night", "they")

    def counted(convert, more):
        return [
            Selected(text=text, start=convert(text.index(w)), end=convert(text.index(w) + len(w)) - more)
            for w in words
        ]

    def units(place):
        return len(text[:place].encode("utf-16-le")) // 2

    def feeds(place):
        return len(text[:place].replace("\r\n", "\n"))

    for convert, way in ((units, "UTF-16 code units"), (feeds, "code points, a line end as one")):
        for more in (0, 1):
            given = counted(convert, more)
            counting = counting_of(given, "X")
            assert (counting.way, counting.inclusive) == (way, bool(more))
            places = counting.places(text, [(each.start, each.end) for each in given])
            assert [text[start:end] for start, end in places] == list(words)


def test_coders_notes_and_links_of_a_selection(tmp_path):
    inside = f'<Description>a memo</Description>|<NoteRef targetGUID="{U}E1"/>'
    more = (
        f'<Notes><Note guid="{U}E1" name="n"><PlainTextContent>noted</PlainTextContent></Note>'
        f'<Note guid="{U}E2" name="m" plainTextPath="internal://n.txt"/></Notes>'
        f'<Links><Link guid="{U}F1" originGUID="{U}E2" targetGUID="{U}51"/></Links>'
    )
    files = {"Sources/mill.txt": MILL.encode("utf-8-sig"), "Sources/n.txt": b"linked"}
    given = source(selection(4, 9, name="bridge", coders=("A1", "A2"), inside=inside))
    found = FORMAT.read(qdpx(tmp_path / "a.qdpx", given, more=more, files=files))
    assert found.documents[0].text == MILL
    assert [(each.coder, each.exact, each.note) for each in found.annotations] == [
        ("Anna", "bridge", "a memo\nnoted\nlinked"),
        ("Ben", "bridge", "a memo\nnoted\nlinked"),
    ]
    assert found.codes[0].colour == "#ff0000"


def test_texts_lie_in_the_project_or_are_told(tmp_path):
    inline = f"<PlainTextContent>{MILL}</PlainTextContent>"
    given = f'<TextSource guid="{U}01" name="mill">{inline}{selection(4, 9)}</TextSource>'
    assert FORMAT.read(qdpx(tmp_path / "a.qdpx", given)).annotations[0].exact == "bridge"
    for path in ("relative://mill.txt", "mill.txt"):
        assert FORMAT.read(qdpx(tmp_path / "b.qdpx", source(selection(4, 9), path=path))).annotations
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    for path in (f"absolute://{secret}", f"internal://../../{secret.name}", f"file://{secret}", str(secret)):
        found = FORMAT.read(qdpx(tmp_path / "c.qdpx", source(selection(4, 9), path=path)))
        assert found.documents[0].text == ""
        assert "is not in the file; nothing outside of it is read" in found.told[0]


def test_what_is_not_read_is_told(tmp_path):
    given = source(selection(4, 9)) + f'<PictureSource guid="{U}02"/><AudioSource guid="{U}03"/>'
    more = f'<Sets><Set guid="{U}04" name="s"/></Sets>'
    found = FORMAT.read(qdpx(tmp_path / "a.qdpx", given, more=more))
    assert found.told[-1] == "not read: pictures (1), sets (1), sound recordings (1)"


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (5, 4000), (9, 4), (10**30, 5), (0, 10**17)])
def test_places_that_a_text_does_not_have_are_told(tmp_path, start, end):
    found = FORMAT.read(qdpx(tmp_path / "a.qdpx", source(selection(start, end), selection(4, 9, number=2))))
    assert len(found.annotations) == 1
    assert any("has no place" in line or "no whole numbers" in line for line in found.told)


def test_a_pdf_is_read_by_the_text_that_represents_it(tmp_path):
    inside = (
        f'<Representation guid="{U}07" plainTextPath="internal://mill.txt">{selection(4, 9)}</Representation>'
    )
    given = f'<PDFSource guid="{U}01" name="mill.pdf" path="internal://m.pdf">{inside}</PDFSource>'
    (only,) = FORMAT.read(qdpx(tmp_path / "a.qdpx", given)).annotations
    assert only.exact == "bridge"


def test_codebooks_with_codes_within_codes(tmp_path):
    given = [
        Code(code_id="a", name="A", description="Use."),
        Code(code_id="b", name="B", parent="a", colour="#00ff00"),
    ]
    told = FORMAT.write(
        Project(codes=tuple(given), documents=(Document(document_id="d", text="x"),)), tmp_path / "a.qdc"
    )
    assert told == ["1 documents and 0 annotations: a codebook has none"]
    back = FORMAT.read(tmp_path / "a.qdc").codes
    assert [(code.name, code.description, code.colour) for code in back] == [
        ("A", "Use.", ""),
        ("B", "", "#00ff00"),
    ]
    assert (back[0].parent, back[1].parent) == ("", back[0].code_id)


def test_a_codebook_of_taguette(tmp_path):
    """In the form that Taguette 0.8 writes: codes without levels, GUIDs in capital letters, no sets."""
    path = tmp_path / "t.qdc"
    path.write_text(
        '<?xml version="1.0" encoding="utf-8"?>\n<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Taguette 0.8">'
        f'<Codes><Code guid="{U}AB" name="flood.deep" isCodable="true"/></Codes><Sets/></CodeBook>'
    )
    (code,) = FORMAT.read(path).codes
    assert (code.code_id, code.name, code.parent) == (f"{U}ab", "flood.deep", "")


def test_other_files_are_refused(tmp_path):
    (tmp_path / "a.qdc").write_text("<CodeBok/>")
    with pytest.raises(DataError, match="expected a REFI-QDA codebook, found <CodeBok>"):
        FORMAT.read(tmp_path / "a.qdc")
    with zipfile.ZipFile(tmp_path / "a.qdpx", "w") as file:
        file.writestr("b.txt", "x")
    with pytest.raises(DataError, match=r"expected a member 'project\.qde', found none; it has b\.txt"):
        FORMAT.read(tmp_path / "a.qdpx")


def test_two_coders_of_a_project_are_compared(tmp_path, capsys, corpus):
    from sourcebook import cli

    given = source(
        selection(*spans(["About 150 residents"])[0], name="About 150 residents", coders=("A1",)),
        selection(*spans(["residents"])[0], name="residents", number=2, coders=("A2",)),
    )
    path = qdpx(tmp_path / "a.qdpx", given)
    code = cli.main(["import", "refi-qda", str(path), "--data", str(corpus), "-o", str(tmp_path / "p.jsonl")])
    out = capsys.readouterr().out
    assert code == 0
    assert "Krippendorff's alpha for unitizing, Anna, Ben:" in out
    (line,) = [each for each in out.splitlines() if each.strip().startswith("flood ")]
    assert 0.4 < float(line.split()[2]) < 0.7


@pytest.mark.parametrize(("name", "feed"), [("aqda", "\r\n"), ("exegete", "\n")])
def test_projects_that_aqda_and_exegete_exported(name, feed):
    """Of AQDA 0.5.0, driven through its API, and Exegete 0.15.1a1, which works on projects of QualCoder."""
    found = FORMAT.read(Path(__file__).parent / f"made/{name}.qdpx")
    texts = {document.document_id: document.text for document in found.documents}
    names = {code.code_id: code.name for code in found.codes}
    assert [(texts[e.document_id][e.start : e.end], names[e.codes[0]]) for e in found.annotations] == [
        ("🚢 of Sarımbel", "sank"),
        (f"2021.{feed}İlknur", "closed: 🚢"),
        ("𝄞", "sank"),
        ("Rene\u0301", "closed: 🚢"),
        ("“It was” & <gone>", "sank"),
        ("closed for 12 days", "closed: 🚢"),
        ("ığdır: i\u0307", "sank"),
    ]
    assert [each.note for each in found.annotations if each.note] == ["12 🚢\nor 13?"]
    assert [code.description for code in found.codes if code.name == "sank"] == ["Use for <ships> & boats."]
    assert next(code.name for code in found.codes if code.colour == "#ff0000") == "sank"


def test_a_codebook_that_aqda_exported():
    codes = FORMAT.read(Path(__file__).parent / "made/aqda.qdc").codes
    assert [(code.name, bool(code.parent)) for code in codes] == [("sank", False), ("closed: 🚢", True)]
