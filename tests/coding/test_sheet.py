"""The coding sheet: written, filled in as a person does in Excel, turned into claims, again and again."""

import datetime
import io
import random
import zipfile

import openpyxl
import pytest
from bridge import change

from sourcebook import cli
from sourcebook.coding.sheet import _suggestion_in_words
from sourcebook.coding.workbook import read_workbook
from sourcebook.core.csvfiles import read_table, write_table
from sourcebook.core.errors import DataError
from sourcebook.parsing.suggestions import find_all

CLAIMS = "coded/claims.csv"


def run(capsys, *arguments):
    code = cli.main([str(argument) for argument in arguments])
    out = capsys.readouterr()
    return code, out.out, out.err


class Person:
    """Somebody with a workbook, who writes into cells by row and name of the column."""

    def __init__(self, path):
        self.path = path
        self.book = openpyxl.load_workbook(path)

    def columns(self, sheet="Coding"):
        return {cell.value: cell.column_letter for cell in self.book[sheet][1]}

    def row(self, sentence, sheet="Coding"):
        return next(cell.row for cell in self.book[sheet]["A"] if cell.value == sentence)

    def put(self, row, sheet="Coding", **cells):
        for name, value in cells.items():
            self.book[sheet][f"{self.columns(sheet)[name]}{row}"].value = value
        return self

    def get(self, row, name, sheet="Coding"):
        return self.book[sheet][f"{self.columns(sheet)[name]}{row}"].value

    def save(self):
        self.book.save(self.path)
        return self


@pytest.fixture
def sheet(corpus, capsys, tmp_path):
    path = tmp_path / "coding.xlsx"
    code, _, err = run(capsys, "sheet", "-o", path, "--data", corpus)
    assert (code, err) == (0, "")
    return path


NEW = {"question": "residents", "value": "~150", "voice": "author", "modality": "asserts"}


def code(capsys, sheet, corpus, *more):
    return run(capsys, "code", sheet, "--data", corpus, *more)


def fill(sheet, sentence="mill.s002", **cells):
    """Insert a row for a second claim on a sentence, as Excel does, and return its number."""
    person = Person(sheet)
    row = person.row(sentence) + 1
    person.book["Coding"].insert_rows(row)
    person.put(row, sentence_id=sentence, **{**NEW, **cells}).save()
    return row


def test_the_sheet_has_a_row_for_each_sentence_and_claim(corpus, sheet):
    person = Person(sheet)
    page = person.book["Coding"]
    ids = [cell.value for cell in page["A"][1:] if cell.value]
    assert ids.count("council.s002") == 2 and len(set(ids)) == 10
    row = person.row("mill.s001")
    assert person.get(row, "question") == "flooded" and person.get(row, "claim_id") == "mill.c001"
    assert "2021-03-04" in person.get(row, "suggestions")
    assert page.freeze_panes == "C2"
    assert page["E2"].number_format == "@" and page.column_dimensions["E"].number_format == "@"
    assert person.book["Lists"].sheet_state == person.book["Before"].sheet_state == "hidden"
    rules = {
        str(rule.sqref).rstrip("0123456789"): rule.formula1 for rule in page.data_validations.dataValidation
    }
    assert rules["D2:D"].startswith("Questions!$A$2:")
    assert rules["F2:F"] == (
        'OFFSET(Codes!$B$1,MATCH("voice",Codes!$A:$A,0)-1,0,COUNTIF(Codes!$A:$A,"voice"),1)'
    )
    lists = [cell.value for cell in person.book["Codes"]["A"][1:] if cell.value]
    assert lists == sorted(lists, key=lists.index)
    assert person.book.sheetnames[:4] == ["Coding", "Questions", "Codes", "Sources"]


def test_a_sheet_that_is_not_filled_in_changes_nothing(corpus, sheet, capsys):
    before = {path: path.read_bytes() for path in corpus.rglob("*.csv")}
    assert code(capsys, sheet, corpus)[:2] == (0, f"{sheet}: nothing new\n")
    assert {path: path.read_bytes() for path in before} == before


def test_a_filled_row_becomes_an_anchored_claim_once(corpus, sheet, capsys):
    row = fill(sheet, quote="About 150 residents")
    status, out, err = code(capsys, sheet, corpus)
    assert (status, err, out) == (0, "", "claims: 1 rows added, 0 changed\n")
    claim = read_table(corpus / CLAIMS).set_index("claim_id").loc["mill.c003"]
    raw = (corpus / "raw/mill.txt").read_text(encoding="utf-8")
    assert claim[["sentence_id", "value", "exact", "basis"]].tolist()[:3] == [
        "mill.s002",
        "~150",
        "About 150 residents",
    ]
    assert raw[int(claim["start"]) : int(claim["end"])] == "About 150 residents"
    assert Person(sheet).get(row, "claim_id") == "mill.c003"
    assert run(capsys, "check", "--data", corpus)[0] == 0
    after = (corpus / CLAIMS).read_bytes()
    for _ in range(2):
        assert code(capsys, sheet, corpus)[1] == f"{sheet}: nothing new\n"
    assert (corpus / CLAIMS).read_bytes() == after


def test_nothing_that_a_person_wrote_runs_in_the_sheet(corpus, capsys, tmp_path):
    change(corpus, CLAIMS, "note", '=HYPERLINK("http://x")', claim_id="mill.c001")
    path = tmp_path / "coding.xlsx"
    assert run(capsys, "sheet", "-o", path, "--data", corpus)[0] == 0
    person = Person(path)
    cell = person.book["Coding"][f"{person.columns()['note']}{person.row('mill.s001')}"]
    assert (cell.value, cell.data_type, cell.number_format) == ('=HYPERLINK("http://x")', "s", "@")
    assert code(capsys, path, corpus)[1] == f"{path}: nothing new\n"


def test_a_run_whose_sheet_could_not_be_written_is_not_coded_twice(corpus, sheet, capsys):
    fill(sheet)
    kept = sheet.read_bytes()
    assert code(capsys, sheet, corpus)[0] == 0
    after = (corpus / CLAIMS).read_bytes()
    sheet.write_bytes(kept)
    assert code(capsys, sheet, corpus)[0] == 0
    assert (corpus / CLAIMS).read_bytes() == after
    assert "mill.c003" in {cell.value for cell in Person(sheet).book["Coding"]["N"]}


def test_a_changed_row_changes_its_claim_and_nothing_else(corpus, sheet, capsys):
    change(corpus, CLAIMS, "note", "Written by hand since.", claim_id="mill.c001")
    change(corpus, CLAIMS, "voice", "miller", claim_id="mill.c002")
    before = read_table(corpus / CLAIMS).set_index("claim_id")
    person = Person(sheet)
    row = person.row("mill.s002")
    person.put(row, value="~151", quote=None).save()
    told = code(capsys, sheet, corpus)[1].splitlines()
    assert told[0] == "claims: 0 rows added, 1 changed (mill.c002)"
    assert "has 2 rows as they were before (mill.c001, mill.c002)" in told[1]
    after = read_table(corpus / CLAIMS).set_index("claim_id")
    assert after.loc["mill.c002", ["value", "voice"]].tolist() == ["~151", "miller"]
    assert after.loc["mill.c002", "exact"] == "About 150 residents were cut off from the market."
    assert after.drop("mill.c002").equals(before.drop("mill.c002"))


def test_what_was_changed_in_both_is_told(corpus, sheet, capsys):
    change(corpus, CLAIMS, "value", "~149", claim_id="mill.c002")
    person = Person(sheet)
    row = person.row("mill.s002")
    person.put(row, value="~151").save()
    status, out, err = code(capsys, sheet, corpus)
    assert (status, out) == (1, "")
    assert (
        f"{sheet}:Coding!E{row}: expected a change in one of the two, found '~151', and '~149' in the data"
        in err
    )


def test_everything_that_is_wrong_is_told_at_its_cell_and_nothing_changes(corpus, sheet, capsys):
    before = {path: path.read_bytes() for path in [*corpus.rglob("*.csv"), sheet]}
    rows = [
        fill(sheet, value="many"),
        fill(sheet, modality="says"),
        fill(sheet, voice="nobody"),
        fill(sheet, question="no-such"),
        fill(sheet, quote="About 250 residents"),
        fill(sheet, value=None),
        fill(sheet, value="=2+2"),
        fill(sheet, scope="everybody"),
        fill(sheet, question="flooded", value="2021-13-45"),
    ]
    person = Person(sheet)
    end = max(cell.row for cell in person.book["Coding"]["A"] if cell.value) + 1
    person.put(end, sentence_id="mill.s077", **NEW).put(end + 1, **NEW).save()
    before[sheet] = sheet.read_bytes()
    status, out, err = code(capsys, sheet, corpus)
    assert (status, out) == (1, "")
    last = rows[-1]  # rows that were inserted at one place push each other down
    told = [line.split(":Coding!")[1].split(":")[0] for line in err.splitlines() if ":Coding!" in line]
    assert f"A{end}" in told and f"A{end + 1}" in told
    expected = {f"{letter}{last + shift}" for letter, shift in zip("EIEEHDFGE", range(9), strict=True)}
    assert expected <= set(told), (expected - set(told), err)
    assert len(told) == len(expected) + 2, told
    assert "Traceback" not in err
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize(
    ("value", "form", "read"),
    [
        (datetime.datetime(2021, 3, 1), "mmm-yy", "2021-03"),
        (datetime.datetime(2021, 3, 4), "yyyy-mm-dd", "2021-03-04"),
        (datetime.datetime(2021, 1, 1), "yyyy", "2021"),
        ("2021-03", "@", "2021-03"),
        (" 2021-03\u00a0", "@", "2021-03"),
        (2021, "General", "2021"),
        (2021.0, "General", "2021"),
    ],
)
def test_a_date_is_what_was_typed(corpus, sheet, capsys, value, form, read):
    row = fill(sheet, question="flooded", value=value)
    person = Person(sheet)
    person.book["Coding"][f"E{row}"].number_format = form
    person.save()
    status, out, err = code(capsys, sheet, corpus)
    assert err == "" and status == 0
    assert read_table(corpus / CLAIMS).iloc[-1]["value"] == read
    assert (f"{sheet}:Coding!E{row}: a date of Excel was read as {read};" in out) == isinstance(
        value, datetime.datetime
    )


def test_a_copied_row_is_a_second_claim(corpus, sheet, capsys):
    person = Person(sheet)
    row = person.row("mill.s002")
    person.book["Coding"].insert_rows(row)
    for name in ("sentence_id", "text", *NEW, "quote", "note", "claim_id"):
        person.put(row, **{name: person.get(row + 1, name)})
    person.put(row, value="~160").save()
    assert code(capsys, sheet, corpus)[1] == "claims: 1 rows added, 0 changed\n"
    after = read_table(corpus / CLAIMS).set_index("claim_id")["value"]
    assert (after["mill.c002"], after["mill.c003"]) == ("~150", "~160")
    assert code(capsys, sheet, corpus)[1] == f"{sheet}: nothing new\n"


def csv_sheet(corpus, capsys, path):
    assert run(capsys, "sheet", "-o", path, "--data", corpus)[0] == 0
    return read_table(path)


def test_a_claim_that_only_a_csv_sheet_has_is_left_out(corpus, capsys, tmp_path):
    path = tmp_path / "coding.csv"
    frame = csv_sheet(corpus, capsys, path)
    claims = read_table(corpus / CLAIMS)
    write_table(claims[claims["claim_id"] != "gazette.c001"], corpus / CLAIMS)
    frame.loc[frame["claim_id"] == "mill.c002", "value"] = "~151"
    write_table(frame, path)
    status, out, err = code(capsys, path, corpus)
    assert err == "" and status == 0
    assert "1 changed (mill.c002)" in out and "has them no longer: gazette.c001" in out


@pytest.mark.parametrize("first", ["", "sep={}\r\n", '"sep={}"\n', "SEP={}\n", "sep={};;;\n"])
@pytest.mark.parametrize("separator", [";", "\t", ","])
def test_a_csv_sheet_as_spreadsheets_save_it(corpus, capsys, tmp_path, separator, first):
    path = tmp_path / "coding.csv"
    frame = csv_sheet(corpus, capsys, path)
    at = frame.index[frame["sentence_id"] == "mill.s003"][0]
    for name, value in {**NEW, "value": "many", "voice": "miller", "note": "one; two,\nthree"}.items():
        frame.loc[at, name] = value

    def save():
        kept = frame.drop(columns="line")
        head = first.format(separator)
        path.write_bytes(("\ufeff" + head + kept.to_csv(sep=separator, index=False)).encode())

    save()
    line = frame["line"][at] + bool(first)
    assert f"{path}:{line}:value: expected a quantity such as " in code(capsys, path, corpus)[2]
    frame.loc[at, "value"] = "3"
    save()
    assert code(capsys, path, corpus)[:2] == (0, "claims: 1 rows added, 0 changed\n")
    assert claims_by_id(corpus).loc["mill.c003", "note"] == "one; two,\nthree"
    text = path.read_text(encoding="utf-8")
    kept = first.format(separator).rstrip("\r\n")
    assert text.splitlines()[0].lstrip("\ufeff") == kept or (not kept and "sentence_id" in text[:20])
    assert f"sentence_id{separator}" in text and f"{separator}mill.c003" in text
    assert code(capsys, path, corpus)[1] == f"{path}: nothing new\n"


def test_a_sheet_that_may_not_be_written_changes_nothing(corpus, sheet, capsys):
    fill(sheet)
    sheet.chmod(0o444)
    before = {path: path.read_bytes() for path in corpus.rglob("*") if path.is_file()}
    status, out, err = code(capsys, sheet, corpus)
    assert (status, out) == (1, "") and "close it in Excel, or make it writable" in err
    assert {path: path.read_bytes() for path in corpus.rglob("*") if path.is_file()} == before


def test_a_sheet_under_another_name_is_missed_and_not_forgotten(corpus, sheet, capsys):
    person = Person(sheet)
    person.book["Questions"].title = "My questions"
    person.put(person.row("gazette.s001"), note="Read again.").save()
    assert "has no sheet Questions any more" in code(capsys, sheet, corpus)[1]
    person = Person(sheet)
    page = person.book["My questions"]
    page.title = "Questions"
    page.delete_rows(person.row("residents", "Questions"))
    person.save()
    assert "the sheet has their rows no longer: residents" in code(capsys, sheet, corpus)[1]


def test_what_is_misspelt_is_told_with_its_sheet_and_the_nearest(corpus, sheet, capsys):
    fill(sheet, question="resident", voice="autor")
    err = code(capsys, sheet, corpus)[2]
    assert "in the sheet Questions, such as 'residents', found 'resident'" in err
    assert "in the sheet Codes, such as 'author', found 'autor'" in err
    assert "add it in the sheet Codes" in err and ".csv" not in err


@pytest.mark.parametrize("way", ["cleared", "deleted"])
def test_a_row_that_is_gone_from_the_sheet_is_told_and_its_claim_stays(corpus, sheet, capsys, way):
    person = Person(sheet)
    row = person.row("mill.s002")
    if way == "cleared":
        person.put(row, **dict.fromkeys((*NEW, "quote", "note")))
    else:
        person.book["Coding"].delete_rows(row)
    person.save()
    status, out, _ = code(capsys, sheet, corpus)
    assert status == 0
    assert "claims: kept, though the sheet has their rows no longer: mill.c002; --remove removes them" in out
    assert "mill.c002" in set(read_table(corpus / CLAIMS)["claim_id"])
    assert (
        code(capsys, sheet, corpus, "--remove")[1]
        == "claims: 0 rows added, 0 changed, 1 removed (mill.c002)\n"
    )
    assert "mill.c002" not in set(read_table(corpus / CLAIMS)["claim_id"])
    fill(sheet, "mill.s001")
    assert code(capsys, sheet, corpus)[0] == 0
    assert "mill.c003" in set(read_table(corpus / CLAIMS)["claim_id"])  # no id is given twice


def test_an_example_question_is_written_over(corpus, sheet, capsys):
    person = Person(sheet)
    row = person.row("residents", "Questions")
    person.put(row, "Questions", proposition_id="families").save()
    status, out, _ = code(capsys, sheet, corpus)
    assert status == 0 and "propositions: kept, though the sheet has their rows no longer: residents" in out
    err = code(capsys, sheet, corpus, "--remove")[2]
    assert "expected a value of proposition_id in coded/propositions.csv, found 'residents'" in err


def test_the_first_claims_of_a_folder(corpus, capsys, tmp_path):
    write_table(read_table(corpus / CLAIMS).iloc[:0], corpus / CLAIMS)
    path = tmp_path / "first.xlsx"
    assert run(capsys, "sheet", "-o", path, "--data", corpus)[0] == 0
    person = Person(path)
    person.put(person.row("mill.s002"), **NEW).save()
    assert code(capsys, path, corpus)[1] == "claims: 1 rows added, 0 changed\n"
    assert read_table(corpus / CLAIMS)["claim_id"].tolist() == ["mill.c001"]


def test_a_claim_that_is_gone_from_the_data_does_not_come_back(corpus, sheet, capsys):
    frame = read_table(corpus / CLAIMS)
    write_table(frame[frame["claim_id"] != "gazette.c001"], corpus / CLAIMS)
    fill(sheet)
    for _ in range(3):
        status, out, _ = code(capsys, sheet, corpus)
        assert status == 0 and "left out, since the data has them no longer: gazette.c001" in out
    assert "gazette.c001" not in set(read_table(corpus / CLAIMS)["claim_id"])
    assert len(read_table(corpus / CLAIMS)) == len(frame)


def test_questions_codes_and_sources_are_edited_in_the_sheet(corpus, sheet, capsys):
    person = Person(sheet)
    end = person.row("lamp-saved", "Questions") + 1
    person.put(
        end,
        "Questions",
        proposition_id="lamp-owner",
        question="Who owns the lamp?",
        kind="category",
        scope="The old lamp",
        topic="flood",
        cardinality="one",
        search="lamp",
    )
    last = max(cell.row for cell in person.book["Codes"]["A"] if cell.value) + 1
    person.put(
        last, "Codes", vocabulary="category", term="town", label="the town", definition="Use for the town."
    )
    person.put(person.row("mill", "Sources"), "Sources", title="The miller's notice", unfinished="the end")
    person.save()
    fill(sheet, "mill.s003", question="lamp-owner", value="town", voice="miller")
    status, out, err = code(capsys, sheet, corpus)
    assert err == "" and status == 0
    assert out.splitlines() == [
        "propositions: 1 rows added, 0 changed",
        "codebook: 1 rows added, 0 changed",
        "sources: 0 rows added, 1 changed (mill)",
        "unfinished: 1 rows added, 0 changed",
        "claims: 1 rows added, 0 changed",
    ]
    assert run(capsys, "check", "--data", corpus)[0] == 0
    assert read_table(corpus / "raw/sources.csv")["title"].tolist()[1] == "The miller's notice"
    assert code(capsys, sheet, corpus)[1] == f"{sheet}: nothing new\n"
    person = Person(sheet)
    person.put(person.row("mill", "Sources"), "Sources", unfinished=None).save()
    assert "unfinished: 0 rows added, 0 changed, 1 removed (mill)" in code(capsys, sheet, corpus)[1]
    assert len(read_table(corpus / "coded/unfinished.csv")) == 0


def test_a_corrected_date_loses_the_reason_of_the_proposed_one(corpus, capsys, tmp_path):
    registry = corpus / "raw/sources.csv"
    rows = read_table(registry).assign(date_note="The file was saved then.", proposed="title;date_published")
    write_table(rows, registry)
    path = tmp_path / "own.xlsx"
    assert run(capsys, "sheet", "-o", path, "--data", corpus)[0] == 0
    person = Person(path)
    person.put(person.row("mill", "Sources"), "Sources", date_published="1871-05-02").save()
    assert code(capsys, path, corpus)[0] == 0
    after = read_table(registry).set_index("source_id")
    assert after.loc["mill", ["date_published", "date_note"]].tolist() == ["1871-05-02", ""]
    assert set(after.drop(index="mill")["date_note"]) == {"The file was saved then."}


def test_a_question_that_is_wrong_is_told_in_its_sheet(corpus, sheet, capsys):
    person = Person(sheet)
    row = person.row("residents", "Questions")
    person.put(row, "Questions", kind="number", topic="nowhere").save()
    err = code(capsys, sheet, corpus)[2]
    letters = person.columns("Questions")
    assert f"{sheet}:Questions!{letters['kind']}{row}: expected one of: quantity" in err
    assert f"{sheet}:Questions!{letters['topic']}{row}: expected a term of" in err


def claims_by_id(corpus):
    return read_table(corpus / CLAIMS).set_index("claim_id")


def test_what_came_into_the_data_otherwise_is_not_set_back(corpus, sheet, capsys):
    change(corpus, CLAIMS, "value", "~999", claim_id="mill.c002")
    change(corpus, CLAIMS, "exact", "150 residents", claim_id="council.c001")
    person = Person(sheet)
    person.put(person.row("gazette.s001"), note="Read again.").save()
    told = code(capsys, sheet, corpus)[1]
    assert "claims: 0 rows added, 1 changed (gazette.c001)" in told
    before = (corpus / CLAIMS).read_bytes()
    kept = sheet.read_bytes()
    status, out, err = code(capsys, sheet, corpus)
    assert (status, err) == (0, "") and f"{sheet}: nothing new" in out
    assert (corpus / CLAIMS).read_bytes() == before and sheet.read_bytes() == kept
    assert claims_by_id(corpus).loc["mill.c002", "value"] == "~999"
    person = Person(sheet)
    person.put(person.row("mill.s002"), value="~151").save()
    assert (
        "found '~151', and '~999' in the data, where it was '~150' before" in code(capsys, sheet, corpus)[2]
    )


def test_claims_that_were_never_in_the_sheet_are_not_removed(corpus, sheet, capsys, tmp_path):
    other = tmp_path / "other.xlsx"
    other.write_bytes(sheet.read_bytes())
    fill(other)
    assert code(capsys, other, corpus)[0] == 0
    person = Person(sheet)
    person.put(person.row("gazette.s001"), note="Read again.")
    person.book["Coding"].delete_rows(person.row("mill.s001"))
    person.save()
    told = code(capsys, sheet, corpus)[1]
    assert "the sheet lacks 1 rows of the data (mill.c003); `sourcebook sheet -o new.xlsx`" in told
    assert "claims: kept, though the sheet has their rows no longer: mill.c001; --remove" in told
    assert ", 1 removed (mill.c001)\n" in code(capsys, sheet, corpus, "--remove")[1]
    assert {"mill.c001", "mill.c003"} & set(claims_by_id(corpus).index) == {"mill.c003"}


def test_the_same_as_csv(corpus, capsys, tmp_path):
    path = tmp_path / "coding.csv"
    assert run(capsys, "sheet", "-o", path, "--data", corpus)[0] == 0
    frame = read_table(path)
    at = frame.index[frame["sentence_id"] == "mill.s003"][0]
    for name, value in {**NEW, "voice": "miller", "value": "many"}.items():
        frame.loc[at, name] = value
    write_table(frame, path)
    line = read_table(path)["line"][at]
    assert f"{path}:{line}:value: expected a quantity such as " in code(capsys, path, corpus)[2]
    frame.loc[at, "value"] = "3"
    write_table(frame, path)
    assert code(capsys, path, corpus)[1] == "claims: 1 rows added, 0 changed\n"
    assert read_table(path).loc[at, "claim_id"] == "mill.c003"
    assert code(capsys, path, corpus)[1] == f"{path}: nothing new\n"


def test_the_sheet_of_another_coder_becomes_a_pass(corpus, capsys, tmp_path):
    path = tmp_path / "anna.xlsx"
    assert run(capsys, "sheet", "-o", path, "--coder", "anna", "--data", corpus)[0] == 0
    person = Person(path)
    assert {cell.value for cell in person.book["Coding"]["N"][1:]} == {None}
    row = person.row("mill.s002")
    person.put(row, **NEW | {"value": "~150", "modality": "say"}).save()
    before = (corpus / CLAIMS).read_bytes()
    err = code(capsys, path, corpus, "--coder", "anna")[2]
    assert f"{path}:Coding!G{row}: expected" in err
    person.put(row, modality="asserts").save()
    status, out, _ = code(capsys, path, corpus, "--coder", "anna")
    assert status == 0 and "anna.csv: 3 cells" in out and "looked at: 1 of " in out
    assert (corpus / CLAIMS).read_bytes() == before
    assert answers_of(corpus)["mill|residents", "value"] == "~150"
    assert run(capsys, "check", "--data", corpus)[0] == 0


def test_the_next_command_can_be_pasted(corpus, capsys, tmp_path):
    path = tmp_path / "second coding.xlsx"
    out = run(capsys, "sheet", "-o", path, "--coder", "anna", "--data", corpus)[1]
    assert out.endswith(f'then `sourcebook code "{path}" --coder anna`\n')


def answers_of(corpus):
    made = read_table(corpus / "coded/passes/anna.csv")
    return dict(zip(zip(made["unit"], made["variable"], strict=True), made["value"], strict=True))


@pytest.mark.parametrize("seed", range(3))
def test_what_another_coder_left_open_is_no_answer(corpus, capsys, tmp_path, seed):
    choice = random.Random(seed)
    path = tmp_path / "anna.xlsx"
    run(capsys, "sheet", "-o", path, "--coder", "anna", "--data", corpus)
    sources = read_table(corpus / "raw/sources.csv")["source_id"].tolist()
    questions = read_table(corpus / "coded/propositions.csv")["proposition_id"].tolist()
    pairs = [f"{source}|{question}" for source in sources for question in questions]
    person = Person(path)
    assert all(person.get(person.row(source, "Sources"), "unfinished", "Sources") for source in sources)
    nothing = choice.sample(pairs, choice.randint(1, len(pairs) - 1))
    for row, pair in enumerate(nothing, start=person.book["Coding"].max_row + 1):
        source, question = pair.split("|")
        sentence = next(
            cell.value for cell in person.book["Coding"]["A"] if cell.value.startswith(f"{source}.")
        )
        person.put(row, sentence_id=sentence, question=question, value="none")
    person.save()
    status, out, err = code(capsys, path, corpus, "--coder", "anna")
    assert err == "" and status == 0
    assert f"looked at: {len(nothing)} of {len(pairs)} " in out and "empty the cell `unfinished`" in out
    made = answers_of(corpus)
    assert {unit for unit, _ in made} == set(nothing) and set(made.values()) == {"none"}
    done = choice.sample(sources, choice.randint(1, len(sources)))
    for source in done:
        person.put(person.row(source, "Sources"), "Sources", unfinished=None)
    person.save()
    out = code(capsys, path, corpus, "--coder", "anna")[1]
    looked = {*nothing, *(pair for pair in pairs if pair.split("|")[0] in done)}
    made = answers_of(corpus)
    assert {unit for unit, _ in made} == looked and set(made.values()) == {"none"}
    assert f"looked at: {len(looked)} of {len(pairs)} " in out
    assert out.endswith(f"left open: {len(pairs) - len(looked)}\n") == (len(looked) == len(pairs))


def test_a_sheet_that_was_written_without_open_sources_finishes_none(corpus, capsys, sheet):
    assert code(capsys, sheet, corpus, "--coder", "anna")[0] == 0
    claims = read_table(corpus / CLAIMS)
    assert {unit for unit, _ in answers_of(corpus)} == set(
        claims["source_id"] + "|" + claims["proposition_id"]
    )


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.ods", b"", "expected .xlsx or .csv, found .ods"),
        ("a.xlsx", b"no workbook", "expected an Excel workbook, found a file that is none"),
        ("a.xlsx", b"", "(it is empty, of 0 bytes) → restore it from a copy"),
        ("a.csv", b"x,y\n1,2\n", "found the columns x, y"),
        ("none.xlsx", None, "none.xlsx: expected a readable path"),
    ],
)
def test_what_is_no_sheet_is_named(corpus, capsys, tmp_path, name, content, message):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    status, out, err = code(capsys, tmp_path / name, corpus)
    assert (status, out) == (1, "") and message in err and "Traceback" not in err


def without(content, part):
    """Return a workbook without one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
    return out.getvalue()


def test_a_damaged_workbook_is_refused_and_nothing_else(corpus, sheet, tmp_path):
    content, path = sheet.read_bytes(), tmp_path / "damaged.xlsx"
    parts = zipfile.ZipFile(io.BytesIO(content)).namelist()
    chance = random.Random(1)
    cut = [content[: len(content) * n // 8] for n in range(8)]
    turned = []
    for _ in range(20):
        changed = bytearray(content)
        changed[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        turned.append(bytes(changed))
    refused = 0
    for damaged in [*(without(content, part) for part in parts), *cut, *turned]:
        path.write_bytes(damaged)
        try:
            read_workbook(path, {"Coding": ["sentence_id"]})
        except DataError as error:
            refused += 1
            assert str(path) in str(error)
    assert refused >= len(cut) + 1


def test_a_sheet_that_is_there_is_not_overwritten(corpus, sheet, capsys):
    before = sheet.read_bytes()
    status, _, err = run(capsys, "sheet", "-o", sheet, "--data", corpus)
    assert status == 1 and "expected a new file, found one" in err
    assert sheet.read_bytes() == before


def test_a_suggested_citation_has_its_pinpoints():
    text = "A return under Article 13(2) and 14 of the Universal Declaration of Human Rights, last Tuesday."
    citation, date = find_all(text)
    assert _suggestion_in_words(citation) == (
        "udhr, art. 13(2), art. 14 (Universal Declaration of Human Rights)"
    )
    assert _suggestion_in_words(date) == "last Tuesday"


@pytest.mark.parametrize("seed", range(3))
def test_line_ends_that_a_program_changed_in_the_claims_are_no_fault_of_the_sheet(
    corpus, capsys, sheet, seed
):
    fill(sheet)
    assert code(capsys, sheet, corpus)[0] == 0
    whole = (corpus / CLAIMS).read_bytes()
    assert any("\n" in cell for cell in read_table(corpus / CLAIMS)["prefix"])
    ends = random.Random(seed).choice([b"\r\n", b"\r"]) if seed else b"\r\n"
    (corpus / CLAIMS).write_bytes(whole.replace(b"\n", ends))
    assert run(capsys, "check", "--data", corpus)[0] == 0
    person = Person(sheet)
    claims = [cell.row for cell in person.book["Coding"]["N"][1:] if cell.value]
    for row in claims:
        person.put(row, note="seen")
    person.save()
    status, out, err = code(capsys, sheet, corpus)
    assert err == "" and status == 0
    assert f"{len(claims)} changed" in out
    frame = read_table(corpus / CLAIMS)
    assert not frame["prefix"].str.contains("\r").any() and set(frame["note"]) == {"seen"}


def test_everything_wrong_in_a_row_is_told_at_once(corpus, capsys, sheet):
    before = {path: path.read_bytes() for path in corpus.rglob("*.csv")}
    first = fill(sheet, value="", voice="nobody", modality="hopes", quote="words that nobody wrote")
    second = fill(sheet, "mill.s001", value="many", voice="")
    third = fill(sheet, "mill.s001", question="flooding")
    columns = Person(sheet).put(third, sentence_id="mill.s999").save().columns()
    first += 2 * (first > second)
    status, out, err = code(capsys, sheet, corpus)
    assert (status, out) == (1, "")
    wrong = {
        f"{columns[name]}{row}"
        for row, names in {
            first: ("value", "voice", "modality", "quote"),
            second + 1: ("value", "voice"),
            third: ("question", "sentence_id"),
        }.items()
        for name in names
    }
    assert {line.split("Coding!")[1].split(":")[0] for line in err.splitlines() if "Coding!" in line} == wrong
    assert {path: path.read_bytes() for path in before} == before


def test_a_value_that_its_quote_does_not_bear_out_is_told_and_kept(corpus, capsys, sheet, monkeypatch):
    row = fill(sheet, quote="About 150 residents", value="1500")
    status, out, err = code(capsys, sheet, corpus)
    assert (status, err) == (0, "")
    cell = f"Coding!{Person(sheet).columns()['value']}{row}"
    assert (
        f"to look at: {sheet}:{cell}: expected a quantity that the quote names: ~150, found 1500 beside"
        in out
    )
    assert "“About 150 residents”" not in out and "“About 150”" in out
    assert "1500" in read_table(corpus / CLAIMS)["value"].tolist()
    status, out, err = run(capsys, "check", "--data", corpus)
    assert (status, err) == (0, "") and out.count("to look at: coded/claims.csv:") == 1
    monkeypatch.setattr("sourcebook.book.rendering.render_book", lambda folder: folder / "index.html")
    told = run(capsys, "book", "--data", corpus)[1]  # says the same as `check`
    assert "nothing is wrong; to look at: 1; rendering" in told and "to look at: coded/claims.csv:" in told
    Person(sheet).put(row, value=">140").save()
    assert "to look at" not in code(capsys, sheet, corpus)[1]
    assert "to look at" not in run(capsys, "check", "--data", corpus)[1]


@pytest.mark.parametrize("count", [2, 5, 9])
def test_a_sheet_of_another_book_is_refused_in_one_problem(corpus, capsys, sheet, count):
    person = Person(sheet)
    page = person.book["Coding"]
    own = page["A2"].value
    page.delete_rows(3, page.max_row)
    for number in range(count):
        person.put(number + 3, sentence_id=f"other-{number}.s001", text="It rained.", **NEW)
    person.save()
    for more in ((), ("--coder", "anna")):
        status, out, err = code(capsys, sheet, corpus, *more)
        assert (status, out) == (1, "") and err.startswith("1 problem ")
        assert f"a sheet of other documents: {count} of its {count + 1} sentences are not here" in err
    person.put(3, sentence_id=own)
    for number in range(1, count):
        person.put(number + 3, sentence_id=own if number > 1 else "other-1.s001")
    person.save()
    assert "other documents" not in code(capsys, sheet, corpus)[2]
