"""A page that is open while somebody writes: it follows the book, and says what is wrong."""

import threading

import pytest
from walk import wait_until

from sourcebook.book.live_server import make_live_server
from sourcebook.book.watching import LiveState

pytestmark = [pytest.mark.browser, pytest.mark.book]


@pytest.fixture
def live(html):
    state = LiveState()
    with make_live_server(html, 0, state) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield state, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_an_open_page_follows_and_shows_what_is_wrong(live, chromium, width, scheme):
    state, address = live
    context = chromium.new_context(viewport={"width": width, "height": 700}, color_scheme=scheme)
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{address}/book/sources.html")
    page.wait_for_timeout(1500)
    assert page.locator("#sourcebook-live").count() == 0
    assert said == []

    state.problems = ("book/sources.md:12: expected a number, found “many”",)
    notice = page.locator("#sourcebook-live")
    notice.wait_for(state="visible")
    assert "book/sources.md:12" in notice.inner_text()
    ink, paper, page_paper = page.evaluate(
        "[getComputedStyle(document.querySelector('#sourcebook-live')), getComputedStyle(document.documentElement)]"
        ".flatMap((s, n) => n ? [s.backgroundColor] : [s.color, s.backgroundColor])"
    )
    assert ink != paper == page_paper
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.evaluate("window.before = true")
    state.problems, state.stamp = (), 1
    wait_until(page, "window.before === undefined && document.readyState === 'complete'")
    page.wait_for_timeout(1000)
    assert page.locator("#sourcebook-live:not([hidden])").count() == 0
    context.close()
