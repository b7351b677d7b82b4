"""The pages of evidence in a browser: claim pages, explorer, matrix, timeline; hostile text does nothing there."""

import csv
import io
from pathlib import Path

import pytest
from hostile import FORMULA
from small import build
from walk import served, wait_until

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return build(tmp_path_factory.mktemp("hostile"), theme="basic")


@pytest.fixture(scope="module")
def address(small):
    with served(small) as address:
        yield address


@pytest.fixture
def page(chromium):
    context = chromium.new_context(viewport={"width": 1000, "height": 800}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def rows(page):
    """Return the claims that the explorer shows, as addresses of their pages, in order."""
    return page.eval_on_selector_all(
        ".sb-claims tbody tr",
        "all => all.filter(r => !r.closest('[hidden]')).map(r => r.cells[8].querySelector('a').getAttribute('href'))",
    )


def told(page):
    return page.inner_text(".sb-shown output")


def test_nothing_in_the_data_runs_or_leaves(small, address, chromium):
    problems = []
    context = chromium.new_context(accept_downloads=True)
    context.add_init_script("window.ran = []; window.hacked = what => window.ran.push(what);")
    names = sorted(p.relative_to(small).as_posix() for p in small.rglob("*.html"))
    assert sum(name.startswith("claims/") for name in names) == 11
    for name in names:
        page = context.new_page()
        page.on(
            "dialog", lambda dialog, n=name: (problems.append(f"{n}: {dialog.message}"), dialog.dismiss())
        )
        page.on(
            "request",
            lambda request, n=name: (
                request.url.startswith((address, "data:", "blob:"))
                or problems.append(f"{n}: asks {request.url}")
            ),
        )
        page.on("pageerror", lambda error, n=name: problems.append(f"{n}: {error}"))
        page.goto(f"{address}/{name}")
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        if page.evaluate("window.ran.length || document.querySelectorAll('img[src=x]').length"):
            problems.append(f"{name}: something ran")
        if not page.is_visible("h1"):
            problems.append(f"{name}: a style of the data took hold")
        page.close()
    context.close()
    assert not problems, "\n".join(problems)


def test_hostile_words_do_not_widen_a_claim_page_or_the_explorer(address, chromium):
    context = chromium.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    for name in ("claims/mill.c003", "book/explore", "book/matrix"):
        page.goto(f"{address}/{name}.html")
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        main = page.evaluate(
            "Math.max(...[...document.querySelectorAll('.sb-claim-page > *, .sb-explore, .sb-matrix-box')]"
            ".filter(e => !e.closest('.sb-scroll')).map(e => e.getBoundingClientRect().right))"
        )
        assert main <= 391, name
    context.close()


def test_filters_narrow_count_and_stay_in_the_address(address, page):
    page.goto(f"{address}/book/explore.html")
    everything = rows(page)
    assert len(everything) == 11
    assert told(page) == "11 claims, in 3 sources"
    page.select_option("select[name=source]", "mill")
    page.fill("input[name=q]", "BRIDGE lost")
    wait_until(page, "location.hash.includes('q=')")
    assert rows(page) == ["../claims/mill.c003.html"]
    assert told(page) == "1 of 11 claims, in 1 source"
    kept = page.url
    page.goto("about:blank")
    page.goto(kept)
    assert rows(page) == ["../claims/mill.c003.html"]
    assert page.input_value("select[name=source]") == "mill"
    assert page.url == kept
    page.click("button[type=reset]")
    assert rows(page) == everything
    assert "#" not in page.url
    page.fill("input[name=q]", "no such words anywhere")
    wait_until(page, "location.hash.includes('q=')")
    assert told(page) == "No claim fits."
    assert page.is_disabled("button[name=download]")


@pytest.mark.parametrize("facet", ["source", "topic", "class", "voice", "state", "kind", "modality"])
def test_each_filter_finds_what_its_option_says(address, page, facet):
    page.goto(f"{address}/book/explore.html")
    options = page.eval_on_selector_all(
        f"select[name={facet}] option", "all => all.map(o => [o.value, o.textContent])"
    )
    counts = []
    for value, text in options[1:]:
        page.select_option(f"select[name={facet}]", value)
        counts.append(len(rows(page)))
        assert text.endswith(f"({counts[-1]})")
    assert min(counts) > 0
    assert sum(counts) >= 11 if facet == "state" else sum(counts) == 11


def test_a_link_from_elsewhere_can_set_the_filters(address, page):
    page.goto(f"{address}/book/explore.html#kind=quantity&sort=source")
    assert rows(page) == [f"../claims/{i}.html" for i in ("council.c004", "mill.c002", "gazette.c001")]
    page.evaluate("location.hash = 'kind=date&bad=1&topic=no-such'")
    wait_until(page, "document.querySelector('select[name=kind]').value === 'date'")
    assert sorted(rows(page)) == ["../claims/council.c003.html", "../claims/mill.c001.html"]


def test_the_order(address, page):
    page.goto(f"{address}/book/explore.html#sort=state")
    states = page.eval_on_selector_all(".sb-found tbody tr", "all => all.map(r => r.cells[7].textContent)")
    marks = ["contradict" in state for state in states]
    assert marks == sorted(marks, reverse=True)
    assert any(marks)
    assert not all(marks)
    page.select_option("select[name=sort]", "source")
    claims = [name.rpartition("/")[2] for name in rows(page)]
    assert [name.partition(".")[0] for name in claims] == ["council"] * 5 + ["mill"] * 4 + ["gazette"] * 2
    assert claims[:5] == sorted(claims[:5])


def downloaded(page):
    with page.expect_download() as waiting:
        page.click("button[name=download]")
    assert waiting.value.suggested_filename == "claims-shown.csv"
    with Path(waiting.value.path()).open(encoding="utf-8", newline="") as file:
        return file.read()


def test_the_download_is_what_is_shown(address, page):
    page.goto(f"{address}/book/explore.html#source=mill&sort=source")
    text = downloaded(page)
    assert text.startswith("\ufeff")
    assert text.count("\r\n") == text.count("\n") == 5
    found = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))
    assert [row["claim_id"] for row in found] == [f"mill.c00{n}" for n in range(1, 5)]
    number = found[1]
    assert (number["value"], number["answer"], number["quote"]) == (
        "~150",
        "about 150",
        "About 150 residents",
    )
    assert (number["kind"], number["voice"], number["topic"]) == ("quantity", "author", "flood")
    formula = found[3]
    assert formula["quote"] == formula["value"] == f"'{FORMULA}"
    assert formula["via"].startswith("the miller </script><script>")
    assert "</script><script>hacked('x')</script> & <img src=x" in found[2]["quote"]
    assert not [cell for row in found for cell in row.values() if cell[:1] in set("=+-@\t\r\n")]


def shown(page):
    """Return what the explorer says and shows, with its options, and the claims as a spreadsheet gets them."""
    lines = """all => all.map(r => [...r.cells].map(c => {
        const inner = [...c.children].map(e => [e.localName, e.getAttribute('href'), e.dataset.relation || '']);
        const words = c.textContent.replace(/\\s+/g, ' ').trim();
        return [c.localName, c.dir, c.scope || '', words, ...inner.filter(e => e[0] !== 'span' || e[2])];
    }))"""
    options = page.eval_on_selector_all("option", "all => all.map(o => `${o.textContent} ${o.disabled}`)")
    found = page.eval_on_selector_all(".sb-found tbody tr", lines)
    return told(page), options, found, "" if page.is_disabled("button[name=download]") else downloaded(page)


def test_claims_in_pieces_are_found_as_those_on_the_page(address, chromium, tmp_path):
    def asked(address):
        context = chromium.new_context(accept_downloads=True)
        page = context.new_page()
        page.add_init_script("window.ran = []; window.hacked = what => window.ran.push(what);")
        found = {}
        for words in ("", "q=bridge", "q=hacked", "source=mill", "kind=quantity&sort=answer", "state=contradict",
                      "voice=author&sort=voice", "class=event", "topic=flood&sort=state", "q=none-of-it"):  # fmt: skip
            page.goto("about:blank")
            page.goto(f"{address}/book/explore.html#{words}")
            wait_until(page, "!document.querySelector('.sb-shown output').textContent.includes('So far')")
            found[words] = shown(page)
            assert page.evaluate("window.ran") == []
        context.close()
        return found

    with served(build(tmp_path, theme="basic", sourcebook_explorer_claims=3)) as pieces:
        ours = asked(pieces)
        context = chromium.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{pieces}/book/explore.html")
        names = page.eval_on_selector_all(".sb-topics a", "all => all.map(a => a.href)")
        assert sum(page.goto(name) and page.locator("tbody tr").count() for name in names) == 11
        context.close()
    whole = asked(address)
    for words, expected in whole.items():
        assert ours[words] == expected, words
    assert sum(len(found) for _told, _options, found, _csv in whole.values()) > 20


def test_by_keyboard_alone(address, page):
    page.goto(f"{address}/book/explore.html")
    page.focus("input[name=q]")
    page.keyboard.type("lamp was saved")
    wait_until(page, "location.hash.includes('saved')")
    assert rows(page) == ["../claims/council.c005.html"]
    for name in ("source", "topic", "class", "voice", "state", "kind", "modality", "sort"):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.name") == name
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert told(page) == "11 claims, in 3 sources"
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("lamp was saved")
    wait_until(page, "location.hash.includes('saved')")
    for _ in range(12):
        page.keyboard.press("Tab")
        if "claims/council.c005.html" in (page.evaluate("document.activeElement.href") or ""):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/claims/council.c005.html")


def test_from_a_file_without_a_server(small, page):
    page.goto((small / "book/explore.html").as_uri())
    page.select_option("select[name=kind]", "date")
    assert len(rows(page)) == 2
    page.reload()
    assert len(rows(page)) == 2


def test_without_scripts_everything_is_there(address, chromium):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/book/explore.html")
    assert not page.is_visible(".sb-filters")
    assert page.locator(".sb-claims tbody tr").count() == 11
    page.locator(".sb-topic summary").first.click()
    page.locator(".sb-topic").first.locator("tbody a[href*='claims/']").first.click()
    assert "/claims/" in page.url
    page.locator(".sb-where a").click()
    assert "/book/sources/" in page.url
    page.goto(f"{address}/book/timeline.html")
    assert page.locator("figure svg").count() == 2
    assert not page.is_visible(".sb-zoom >> nth=0")
    context.close()


def test_a_claim_page_leads_to_the_pages_that_use_it_and_back(address, page):
    page.goto(f"{address}/claims/mill.c004.html")
    page.click("#used a")
    assert page.url.endswith("/index.html#use-mill.c004")
    page.goto(f"{address}/claims/mill.c003.html")
    hrefs = page.eval_on_selector_all("#used p a", "all => all.map(a => a.getAttribute('href'))")
    assert hrefs == ["../index.html#use-claim.mill.c003"]
    assert page.inner_text("#used summary").startswith("1 printed number")


def test_the_timeline_zooms_by_button_key_and_wheel(address, page):
    page.goto(f"{address}/book/timeline.html")
    zoom = page.locator(".sb-zoom").first
    everything = zoom.locator("output").inner_text()
    assert zoom.locator("svg a").count() == 2
    zoom.get_by_role("button", name="Zoom in").click()
    nearer = zoom.locator("output").inner_text()
    zoom.get_by_role("button", name="Show all").click()
    assert zoom.locator("output").inner_text() == everything
    zoom.locator("svg").focus()
    for key in ("+", "ArrowRight", "ArrowLeft", "-", "0"):
        page.keyboard.press(key)
    assert zoom.locator("output").inner_text() == everything
    assert nearer
    zoom.locator("svg a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/claims/council.c003.html")


def test_the_head_of_the_matrix_stays(address, page):
    page.set_viewport_size({"width": 390, "height": 300})
    page.goto(f"{address}/book/matrix.html")
    page.evaluate("scrollTo(0, document.querySelector('.sb-matrix').getBoundingClientRect().top + 40)")
    head, table = page.evaluate(
        "['.sb-matrix thead', '.sb-matrix'].map(s => document.querySelector(s).getBoundingClientRect().top)"
    )
    assert -41 <= table <= -39
    assert -1 <= head <= 1
