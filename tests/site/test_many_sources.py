"""The matrix and the fact sheet of twelve sources in a browser: no word is broken, and no page is made wider."""

from importlib import resources

import pandas as pd
import pytest

from sourcebook.render.fact_sheet import fact_sheet
from sourcebook.render.links import Links
from sourcebook.render.templating import render

pytestmark = pytest.mark.browser

NAMES = ["Bernhard Schaefer", "Vladimir Karpukhin and others, Sep 2020", "Wikipedia on Roberts"] * 4
STATES = ["contradict", "compatible", "not-comparable", "searched-absent"] * 3
STYLES = "".join(
    (resources.files("sourcebook.book") / name).read_text(encoding="utf-8")
    for name in ("theme/static/sourcebook.css", "static/explore.css")
)
#: The words of cells that stand on more than one line; a word ends at a space or a hyphen.
BROKEN = """() => [...document.querySelectorAll('tr :is(th, td)')].flatMap(cell => {
    const found = [], texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (texts.nextNode())
        for (const word of texts.currentNode.data.matchAll(/[^\\s-]+/g)) {
            const range = document.createRange();
            range.setStart(texts.currentNode, word.index);
            range.setEnd(texts.currentNode, word.index + word[0].length);
            if (new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1) found.push(word[0]);
        }
    return found;
})"""


def matrix():
    cells = [
        {"state": s, "kind": "silent" if s == "searched-absent" else s, "claims": ["a.c001"], "place": ""}
        for s in STATES
    ]
    topic = {"label": "", "counts": {}, "questions": [{"text": "Number counted", "cells": cells}]}
    links = Links(claim=lambda i: f"#{i}", passage=lambda i: f"#{i}")
    return render(
        "matrix", sources=NAMES, links=links, folded=False, topics=[topic], legend=[], caption="All"
    )


def sheet():
    ids = [f"s{n}" for n, _ in enumerate(NAMES)]
    data = {
        "propositions": pd.DataFrame({"proposition_id": ["q"], "unit": [""]}),
        "codebook": pd.DataFrame(columns=["vocabulary", "term", "label"]),
        "claim_intervals": pd.DataFrame(columns=["proposition_id", "claim_id", "source_id"]),
        "silences": pd.DataFrame({"proposition_id": "q", "source_id": ids, "silence": "searched-absent"}),
    }
    return str(fact_sheet(data, {"Number": "q"}, "All", sources=dict(zip(ids, NAMES, strict=True))))


@pytest.mark.parametrize("made", [matrix, sheet])
@pytest.mark.parametrize("width", [390, 800, 1280])
def test_no_word_is_broken_and_the_page_is_not_made_wider(chromium, made, width):
    context = chromium.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.set_content(
        f"<style>{STYLES}</style><div class=sb-sheet><div class=sb-rail></div><main><article "
        f"class='sb-article bd-article'>{made()}</article></main></div>"
    )
    assert page.evaluate(BROKEN) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_a_matrix_of_many_sources_takes_the_free_margin(chromium):
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    wide = []
    for contents in ("", "<details class=sb-onpage></details>"):
        page.set_content(
            f"<style>{STYLES}</style><div class=sb-sheet><div class=sb-rail></div><main>{contents}<article "
            f"class='sb-article bd-article'>{matrix()}</article></main></div>"
        )
        wide.append(page.locator(".sb-matrix-box").bounding_box()["width"])
    assert wide[0] > wide[1] + 200
    context.close()
