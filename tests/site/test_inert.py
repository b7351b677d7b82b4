"""Nothing that a person filled in runs, leads away, is read as mark-up or breaks a page; and no page breaks its policy.

The first walk goes round the policy of the pages, so that what is inert is so without it; the second keeps it, and
there the browser must have nothing to report.
"""

import os
import re
from pathlib import Path

import nbformat
import pytest
from every_field import FIELDS, PAYLOADS
from filelock import FileLock
from hostile_book import build_hostile
from markdown_it import MarkdownIt
from walk import served, wait_until

pytestmark = pytest.mark.browser

#: Said before anything of a page runs: what runs is noted, and what the policy forbids.
WATCH = """
window.ran = []; window.hacked = (...what) => { window.ran.push(String(what)); };
window.broken = [];
addEventListener("securitypolicyviolation", e => window.broken.push(
  `${e.effectiveDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber} ${e.sample}`));
"""
#: What was written between the marks of a payload, by number, as a page shows it, in its texts and its attributes.
SHOWN = r"""() => {
  const body = document.body.cloneNode(true);
  for (const e of body.querySelectorAll("script, style")) e.remove();
  const found = [], texts = [body.textContent, document.title];
  for (const e of document.querySelectorAll("*")) {
    for (const a of e.attributes) {
      if (!a.value.includes("Zq")) continue;
      texts.push(...(a.name === "data-answers" ? Object.values(JSON.parse(a.value)) : [a.value]));
    }
  }
  const marks = /Zq(\d{3})z((?:(?!Zq\d)[^])*?)z\1qZ/g;
  for (const text of texts) for (const m of text.matchAll(marks)) found.push([m[1], m[2]]);
  return found;
}"""
STATE = r"""() => {
  const all = [...document.querySelectorAll("*")];
  const bad = (value) => /^(javascript|vbscript|data):/i.test(value.replace(/[\x00-\x20]/g, ""));
  const addresses = ["href", "src", "action", "formaction", "data", "xlink:href", "poster", "ping", "background"];
  const foreign = ["iframe", "object", "embed", "base", "frame", "frameset", "marquee", "plaintext", "xmp", "listing",
    "dialog", "audio", "video", "template", "math", "x"];
  const seen = (e) => Boolean(e && e.getClientRects().length && getComputedStyle(e).visibility === "visible");
  const [[main], [foot], [head]] = ["main", "footer", "header"].map(name => document.getElementsByTagName(name));
  return {
    ran: window.ran,
    handlers: all.flatMap(e => e.getAttributeNames().filter(a => /^on/i.test(a)).map(a => e.tagName + " " + a)),
    addresses: all.flatMap(e => addresses.map(a => e.getAttribute(a)).filter(a => a !== null && bad(a))),
    elements: all.filter(e => foreign.includes(e.localName)).map(e => e.outerHTML.slice(0, 80)),
    scripts: [...document.scripts].filter(e => !e.src && e.type !== "application/json").map(e => e.text.slice(0, 80)),
    frame: [...["main", "footer", "h1"].map(name => document.getElementsByTagName(name).length),
      Boolean(foot && main && main.compareDocumentPosition(foot) & 4), seen(main), seen(head)],
    wide: [document.documentElement.scrollWidth, innerWidth],
  };
}"""


@pytest.fixture(scope="session")
def hostile(tmp_path_factory, request):
    """Return the folder of the pages, built once for all workers of a run, or the one that HOSTILE_HTML names."""
    if name := os.environ.get("HOSTILE_HTML"):
        return Path(name)
    if not hasattr(request.config, "workerinput"):
        return build_hostile(tmp_path_factory.mktemp("hostile-book"))
    shared = tmp_path_factory.getbasetemp().parent / "hostile-book"
    with FileLock(f"{shared}.lock"):
        if not (shared / "done").exists():
            assert not shared.exists(), "the hostile book failed in another worker, which says why"
            shared.mkdir()
            build_hostile(shared)
            (shared / "done").touch()
    return shared / "_build"


@pytest.fixture(scope="session")
def hostile_address(hostile):
    with served(hostile) as address:
        yield address


def names_of(hostile):
    """Return the pages: all, but of the pages of claims every eighth, with one of each other kind."""
    names = sorted(p.relative_to(hostile).as_posix() for p in hostile.rglob("*.html"))
    claims = [name for name in names if name.startswith("claims/")]
    return [name for name in names if name not in claims] + claims[::8]


def squeezed(text):
    return re.sub(r"[\s\u200e\u200f\u202a-\u202e\u2066-\u2069]+", "", text)  # titles take no controls


EXPECTED = [{squeezed(p), squeezed(p.replace(";", ",")), squeezed(p.replace(";", "; "))} for p in PAYLOADS]


def watched(chromium, address, problems, **options):
    """Return a context whose pages are watched for dialogs, windows, foreign requests and errors."""
    context = chromium.new_context(**options)
    context.add_init_script(WATCH)

    def asked(request):
        if not request.url.startswith((address, "blob:", "data:")):
            problems.append(f"asks {request.url[:120]}")

    context.on("request", asked)
    context.on("dialog", lambda dialog: (problems.append(f"dialog {dialog.message}"), dialog.dismiss()))
    context.on("weberror", lambda error: problems.append(f"script error {error.error}"))
    return context


def looked_at(page, name, problems):
    """Add what is wrong with a page that is open."""
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    state = page.evaluate(STATE)
    for kind in ("ran", "handlers", "addresses", "elements", "scripts"):
        problems += [f"{name}: {kind}: {what}" for what in state[kind][:3]]
    if state["frame"] != [1, 1, 1, True, True, True]:
        problems.append(f"{name}: main, footer, h1, order, seen: {state['frame']}")
    if state["wide"][0] > state["wide"][1]:
        problems.append(f"{name}: is {state['wide'][0]} px wide in a window of {state['wide'][1]}")
    shown = set()
    for number, text in page.evaluate(SHOWN):
        shown.add(int(number))
        if squeezed(text) not in EXPECTED[int(number)]:
            problems.append(f"{name}: {PAYLOADS[int(number)]!r} is shown as {text!r}")
    return shown


#: Pages that are no page of the theme's layout.
BARE = {"404.html"}


@pytest.mark.parametrize("width", [1280, 390])
def test_every_payload_is_inert_on_every_page(chromium, hostile, hostile_address, width):
    assert len(PAYLOADS) >= 150
    assert sum(len(columns.split()) for columns in FIELDS.values()) >= 60
    problems, shown = [], set()
    context = watched(
        chromium, hostile_address, problems, bypass_csp=True, viewport={"width": width, "height": 900}
    )
    page = context.new_page()
    for name in names_of(hostile):
        if name in BARE:
            continue
        page.goto(f"{hostile_address}/{name}", wait_until="load")
        if page.url.partition("#")[0] != f"{hostile_address}/{name}":
            problems.append(f"{name}: leads to {page.url}")
        shown |= looked_at(page, name, problems)
    context.close()
    assert not problems, f"{len(problems)} problems\n" + "\n".join(problems[:40])
    assert shown == set(range(len(PAYLOADS)))


def test_the_policy_is_kept_on_every_page_and_forbids_scripts_of_a_page(chromium, hostile, hostile_address):
    problems = []
    context = watched(chromium, hostile_address, problems)
    page = context.new_page()
    page.on("console", lambda message: message.type in ("error", "warning") and problems.append(message.text))
    for name in names_of(hostile):
        page.goto(f"{hostile_address}/{name}", wait_until="load")
        policy = page.get_attribute("meta[http-equiv=Content-Security-Policy]", "content")
        if "unsafe" in policy or "script-src 'self';" not in policy:
            problems.append(f"{name}: {policy}")
        problems += [f"{name}: {what}" for what in page.evaluate("window.broken")]
    assert not problems, f"{len(problems)} problems\n" + "\n".join(problems[:40])
    # and a script that was let in would not run
    page.goto(f"{hostile_address}/index.html", wait_until="load")
    page.evaluate("""() => {
      const script = document.createElement("script"); script.text = "window.ran.push('inline')";
      document.body.append(script);
      document.body.insertAdjacentHTML("beforeend", "<img src=x onerror=hacked()><p id=styled style='color:red'>x</p>");
    }""")
    wait_until(page, "window.broken.length >= 3")
    assert page.evaluate("window.ran") == []
    assert page.evaluate("getComputedStyle(document.getElementById('styled')).color") != "rgb(255, 0, 0)"
    context.close()


def test_scripts_of_the_book_work_under_its_policy(chromium, hostile_address):
    problems = []
    context = watched(chromium, hostile_address, problems, accept_downloads=True, color_scheme="light")
    page = context.new_page()
    page.goto(f"{hostile_address}/book/timeline.html")
    page.wait_for_selector(".sb-zoom svg a")
    page.click(".sb-zoom-bar button >> nth=0")
    page.click("button.sb-paper")
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.goto(f"{hostile_address}/book/sources/council.html")
    page.click('mark a[href^="#note-"] >> nth=0')
    page.wait_for_selector(".sb-popover:popover-open")
    page.goto(f"{hostile_address}/book/explore.html")
    page.fill(".sb-explore input[name=q]", "Zq003z")
    wait_until(page, "document.querySelectorAll('.sb-found tbody tr').length > 0")
    with page.expect_download() as waiting:
        page.click("button[name=download]")
    assert "Zq003z" in Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    problems += page.evaluate("window.broken")
    context.close()
    assert not problems, "\n".join(problems)


def test_a_review_shows_what_is_coded_as_it_is(chromium, hostile_address):
    problems = []
    context = watched(chromium, hostile_address, problems, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{hostile_address}/book/sources/mill.html")
    page.get_by_role("button", name="Review this page").click()
    page.get_by_label("Your name").fill("<img src=x onerror=hacked()>")
    page.evaluate("""() => {
      for (const box of document.querySelectorAll(".sb-legend input")) if (!box.checked) box.click();
      for (const fold of document.querySelectorAll("details")) fold.open = true;
    }""")
    wait_until(page, "document.querySelectorAll('.sb-verdict').length > 300")
    page.evaluate(
        "document.querySelectorAll('.sb-verdict input[value=otherwise]').forEach(input => input.click())"
    )
    wait_until(page, "document.querySelectorAll('.sb-verdict input[type=text]').length > 300")
    typed = "[...document.querySelectorAll('.sb-verdict input')].map(e => e.value).join('\\n')"
    assert {int(n) for n in re.findall(r"Zq(\d{3})z", page.evaluate(typed))} == set(range(len(PAYLOADS)))
    looked_at(page, "review of mill", problems)
    context.close()
    assert not problems, f"{len(problems)} problems\n" + "\n".join(problems[:40])


def test_queries_are_words_in_search_and_explorer(chromium, hostile_address):
    problems = []
    context = watched(chromium, hostile_address, problems, bypass_csp=True)
    page = context.new_page()
    for number, payload in enumerate(PAYLOADS):
        page.goto(f"{hostile_address}/search.html")
        page.fill("#sb-query", payload)
        page.press("#sb-query", "Enter")
        page.wait_for_url("**/search.html?q=*")
        assert page.input_value("#sb-query") == payload
        looked_at(page, f"search for {number}", problems)
    page.goto(f"{hostile_address}/book/explore.html")
    for number, payload in enumerate(PAYLOADS):
        page.evaluate("words => { location.hash = new URLSearchParams({q: words}) }", payload)
        wait_until(
            page, "words => document.querySelector('.sb-explore input[name=q]').value === words", payload
        )
        if number % 20 == 0:
            looked_at(page, f"explorer for {number}", problems)
    context.close()
    assert not problems, f"{len(problems)} problems\n" + "\n".join(problems[:40])


def rendered(notebook):
    """Return a notebook as Jupyter shows it: Markdown as HTML that may hold HTML, and the outputs."""
    markdown = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable("table")
    parts = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            parts.append(markdown.render(cell.source))
        for output in cell.get("outputs", []):
            parts.append(output.get("data", {}).get("text/html", ""))
    return "".join(parts)


def test_notebooks_are_inert(chromium, hostile, hostile_address):
    problems = []
    context = watched(chromium, hostile_address, problems, bypass_csp=True)
    page = context.new_page()
    found = sorted(hostile.rglob("*.ipynb"))
    assert found
    for path in found:
        shown = rendered(nbformat.read(path, as_version=4))
        if path.stem == "shown":
            assert "z206qZ" in shown
        page.goto(f"{hostile_address}/search.html")
        page.evaluate("shown => document.querySelector('main').insertAdjacentHTML('beforeend', shown)", shown)
        page.wait_for_timeout(300)
        state = page.evaluate(STATE)
        problems += [f"{path.name}: {kind}: {what}" for kind in ("ran", "handlers", "addresses", "elements")
                     for what in state[kind][:3]]  # fmt: skip
        for number, text in page.evaluate(SHOWN):
            if squeezed(text) not in EXPECTED[int(number)]:
                problems.append(f"{path.name}: {PAYLOADS[int(number)]!r} is shown as {text!r}")
    context.close()
    assert not problems, f"{len(problems)} problems\n" + "\n".join(problems[:40])


def test_print_is_inert(chromium, hostile, hostile_address, tmp_path):
    problems = []
    context = watched(chromium, hostile_address, problems, bypass_csp=True)
    page = context.new_page()
    claim = next(name for name in names_of(hostile) if name.startswith("claims/mill.c1"))
    for name in ("book/references.html", "book/explore.html", "book/sources/mill.html", claim):
        page.goto(f"{hostile_address}/{name}", wait_until="load")
        page.emulate_media(media="print")
        looked_at(page, name, problems)
        printed = page.pdf()
        assert printed.startswith(b"%PDF")
        problems += [
            f"{name}: {found.decode()}"
            for found in re.findall(
                rb"/(?:JavaScript|JS|Launch|GoToR|EmbeddedFile)\b|/URI \((?i:javascript|data|vbscript):",
                printed,
            )
        ]
    context.close()
    assert not problems, f"{len(problems)} problems\n" + "\n".join(problems[:40])


def test_what_is_downloaded_is_named_apart_and_is_no_page(hostile):
    names = [path.name for path in (hostile / "_downloads").rglob("*") if path.is_file()]
    assert "claims.csv" in names
    page = (hostile / "book/tables.html").read_text(encoding="utf-8")
    given = re.findall(r'<a class="reference download internal" download="([^"]*)"', page)
    assert len(given) == len(set(given)) > 20
    assert not [name for name in names if name.endswith((".html", ".svg", ".js"))]


def test_an_address_that_runs_is_told_with_its_entry(hostile):
    said = (hostile.parent / "said.txt").read_text(encoding="utf-8")
    assert "'javascript:hacked()' is no address" in said
