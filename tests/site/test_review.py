"""A reader's review in a browser: what is judged is kept, comes out as a pass and as an issue, and nothing leaves."""

import shutil

import pytest
from small import build
from walk import served

from sourcebook.cli import main
from sourcebook.coding import passes
from sourcebook.pipeline import dataset
from sourcebook.sources.documents import sentence_table

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return build(tmp_path_factory.mktemp("review"), theme="sourcebook")


@pytest.fixture(scope="module")
def address(small):
    with served(small) as address:
        yield address


@pytest.fixture
def page(chromium):
    context = chromium.new_context(accept_downloads=True)
    page = context.new_page()
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    yield page
    assert not page.errors
    context.close()


def start(page, where, coder="Ana"):
    page.goto(where)
    page.get_by_role("button", name="Review this page").click()
    page.get_by_label("Your name").fill(coder)


def open_notes(page):
    for box in page.locator(".sb-legend input").all():
        box.check()
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    page.wait_for_function("!document.querySelector('details:not([open]) [data-answers]')")


def downloaded(page, name, folder):
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def test_without_the_switch_the_page_asks_nothing(page, address):
    page.goto(f"{address}/book/sources/mill.html")
    assert page.get_by_role("button", name="Review this page").get_attribute("aria-pressed") == "false"
    assert page.locator(".sb-verdict").count() == 0
    assert not page.locator(".sb-review").is_visible()


def test_a_pass_of_a_whole_source_is_read_by_the_library(page, address, small, tmp_path):
    start(page, f"{address}/book/sources/mill.html")
    open_notes(page)
    forms = page.locator(".sb-verdict")
    assert forms.count() == page.locator("[data-answers]").count()
    for form in forms.all():
        form.get_by_label("agree", exact=True).check()
    path = downloaded(page, "Download as coding pass", tmp_path)
    assert path.name == "review-Ana.csv"
    data = dataset.read(small.parent / "data")
    sentences = sentence_table(data.documents)
    read = passes.read_pass(path, data.tables, sentences, data.schemas)
    first = passes.first_pass(data.tables, sentences, data.schemas)
    both = read.merge(first, on=["unit", "variable"], suffixes=("", "_coded"))
    assert len(both) == len(read) > 10
    assert (both["value"] == both["value_coded"]).all()
    assert set(read["coder"]) == {"Ana"}
    both_passes = passes.reliability_data([first, read], data.tables["propositions"], data.schemas)
    measured = passes.agreement(both_passes, resamples=10)
    assert (measured["disagreements"] == 0).all()


def test_verdicts_are_kept_and_go_from_page_to_page(page, address):
    start(page, f"{address}/claims/mill.c002.html")
    page.get_by_label("not supported").check()
    page.get_by_label("note", exact=False).last.fill("The words name no number.")
    page.goto(f"{address}/book/sources/mill.html")
    assert page.get_by_role("button", name="End the review").is_visible()
    assert page.get_by_label("Your name").input_value() == "Ana"
    open_notes(page)
    assert page.locator("#note-mill\\.c002").get_by_label("not supported").is_checked()
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Forget my review").click()
    assert page.locator(".sb-verdict input:checked").count() == 0


def test_what_is_coded_otherwise_stands_in_pass_and_issue(page, address, tmp_path):
    start(page, f"{address}/claims/mill.c002.html", coder="Ben, B.")
    page.get_by_label("code otherwise").check()
    page.get_by_label("value").fill("~777")
    page.get_by_label("note", exact=True).fill('He says "nearly", and no more.')
    text = downloaded(page, "Download as issue text", tmp_path).read_text(encoding="utf-8")
    assert "1 codings, 0 agreed with, 1 coded otherwise" in text
    assert "**mill.c002**" in text
    assert "value `~777`" in text
    assert "claims/mill.c002.html" in text
    page.goto(f"{address}/claims/mill.c002.html")
    others = page.locator("#coding").get_attribute("data-others").split()
    for other in others:
        page.goto(f"{address}/claims/{other}.html")
        page.get_by_label("agree", exact=True).check()
    rows = downloaded(page, "Download as coding pass", tmp_path).read_text(encoding="utf-8")
    assert "~777" in rows
    assert '"He says ""nearly"", and no more."' in rows
    assert '"Ben, B."' in rows


def test_the_decisions_of_a_review_are_merged_into_the_claims(page, address, small, tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(small.parent / "data", folder)
    (folder / "dataset.toml").write_text(
        'name = "mill"\ntitle = "The mill"\n'
    )  # a sentence may be left uncoded
    start(page, f"{address}/claims/mill.c002.html", coder="Ben, B.")
    page.get_by_label("code otherwise").check()
    page.get_by_label("value").fill("~777")
    page.get_by_label("note", exact=True).fill('He says "nearly".')
    page.goto(f"{address}/claims/mill.c003.html")
    page.get_by_label("agree", exact=True).check()
    page.goto(f"{address}/claims/mill.c004.html")
    page.get_by_label("not supported").check()
    path = downloaded(page, "Download the decisions", tmp_path)
    assert path.name == "decisions-Ben-B-.csv"
    assert main(["accept", str(path), "--by", "Ana", "--data", str(folder)]) == 0
    tables = dataset.read(folder).tables
    claims = tables["claims"].set_index("claim_id")["value"]
    assert claims["mill.c002"] == "~777" and "mill.c004" not in claims
    decided = tables["decisions"].set_index("row_id").loc[["mill.c002", "mill.c003", "mill.c004"]]
    assert decided["decision"].tolist() == ["accept", "accept", "reject"]
    assert set(decided["proposed_by"]) == {"Ben, B."} and set(decided["decided_by"]) == {"Ana"}
    assert decided.loc["mill.c002", "note"] == 'He says "nearly".'


def test_a_unit_waits_for_its_other_codings(page, address, small):
    data = dataset.read(small.parent / "data")
    units = data["claims"].groupby(["source_id", "proposition_id"])["claim_id"].agg(list)
    several = next(ids for ids in units if len(ids) > 1)
    start(page, f"{address}/claims/{several[0]}.html")
    page.get_by_label("agree", exact=True).check()
    page.get_by_role("button", name="Download as coding pass").click()
    status = page.locator(".sb-review [role=status]")
    assert several[1] in status.text_content()
    assert status.text_content().startswith("0 answers")


def test_a_pass_needs_a_name(page, address):
    start(page, f"{address}/claims/mill.c002.html", coder="  ")
    page.get_by_label("agree", exact=True).check()
    page.get_by_role("button", name="Download as coding pass").click()
    assert "needs the name" in page.locator(".sb-review [role=status]").text_content()


def test_a_pass_that_is_opened_is_beside_the_coding_and_can_be_taken(page, address, tmp_path):
    lines = ["coder,unit,variable,value,exact,note"]
    start(page, f"{address}/claims/mill.c002.html")
    unit = page.locator("#coding").get_attribute("data-unit")
    lines += [f"cem,{unit},value,~5,,", f'cem,{unit},voice,"text",,"a, b"']
    path = tmp_path / "cem.csv"
    path.write_text("\ufeff" + "\r\n".join(lines) + "\r\n", encoding="utf-8")
    page.get_by_label("Passes to open").set_input_files(path)
    page.locator(".sb-differs").wait_for()
    assert "cem: value ~5" in page.locator(".sb-differs").text_content()
    page.get_by_role("button", name="Take this").click()
    assert page.get_by_label("code otherwise").is_checked()
    assert page.get_by_label("value").input_value() == "~5"
    text = downloaded(page, "Download as issue text", tmp_path).read_text(encoding="utf-8")
    assert "as the cem pass" in text


@pytest.mark.parametrize("coder", ["__proto__", "constructor", "toString"])
def test_a_coder_may_have_any_name(page, address, tmp_path, coder):
    start(page, f"{address}/claims/mill.c002.html", coder=coder)
    unit = page.locator("#coding").get_attribute("data-unit")
    path = tmp_path / "pass.csv"
    path.write_text(f"coder,unit,variable,value\n{coder},{unit},value,~5\n", encoding="utf-8")
    page.get_by_label("Passes to open").set_input_files(path)
    page.locator(".sb-differs").wait_for()
    assert f"{coder}: value ~5" in page.locator(".sb-differs").text_content()
    page.reload()
    assert f"{coder}: value ~5" in page.locator(".sb-differs").text_content()


def test_a_file_that_is_no_pass_is_refused_by_name(page, address, tmp_path):
    start(page, f"{address}/claims/mill.c002.html")
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    page.get_by_label("Passes to open").set_input_files(path)
    status = page.locator(".sb-review [role=status]")
    page.wait_for_function("e => e.textContent.includes('other.csv')", arg=status.element_handle())
    assert "missing coder, unit, variable, value" in status.text_content()


def test_a_coding_that_changed_since_is_to_be_judged_again(page, address):
    start(page, f"{address}/claims/mill.c002.html")
    page.get_by_label("agree", exact=True).check()
    page.evaluate(
        """() => { for (const key of Object.keys(localStorage)) if (key.startsWith("sourcebook-review")) {
             const kept = JSON.parse(localStorage[key]);
             kept.verdicts["mill.c002"].answers.value = "1";
             localStorage[key] = JSON.stringify(kept); } }"""
    )
    page.reload()
    assert "has changed since you judged it (agree)" in page.locator(".sb-verdict").text_content()
    assert page.locator(".sb-verdict input:checked").count() == 0


def test_words_of_the_data_and_of_a_pass_stay_text(page, address, tmp_path):
    start(page, f"{address}/book/sources/council.html", coder="<img src=x onerror=alert(1)>")
    unit = page.locator("[data-unit]").first.get_attribute("data-unit")
    variable = next(
        iter(page.evaluate("JSON.parse(document.querySelector('[data-answers]').dataset.answers)"))
    )
    path = tmp_path / "bad.csv"
    rows = f'<script>window.ran=1</script>,{unit},{variable},"<img src=x onerror=window.ran=1>"\n'
    path.write_text(f"coder,unit,variable,value\n{rows}", encoding="utf-8")
    page.get_by_label("Passes to open").set_input_files(path)
    open_notes(page)
    page.locator(".sb-verdict ul").first.wait_for()
    assert page.evaluate("window.ran") is None
    assert page.locator(".sb-verdict img, .sb-verdict script").count() == 0


def test_from_a_file_without_a_server(page, small):
    start(page, (small / "claims/mill.c002.html").as_uri())
    page.get_by_label("agree", exact=True).check()
    page.reload()
    assert page.get_by_label("agree", exact=True).is_checked()
