"""The words of a text are the same in the browser as in the library."""

import json
import random
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from walk import served

import sourcebook
from sourcebook.text.words import phrase_keys, word_readings

pytestmark = pytest.mark.browser

CASES = json.loads((Path(__file__).parents[1] / "text" / "words.json").read_text(encoding="utf-8"))
SCRIPT = Path(sourcebook.__file__).parent / "book" / "theme" / "static" / "words.js"
PIECES = [
    *"aAiIİıßéŞəжЖσςΣ9 -'’ʼ*_~<>&;.,\u00ad\u0307\u0301\u200b\u200d\u2060\ufeff\u00a0\u2009\u3000²½ｱａ１昔กำ한ß",
    *("\n", "\r\n", "-\n", "\u2010\n", "¬\n", "\u00ad\n", "\f", "**", "<b>", "</b>", "<br>", "&shy;", "</hi>", "<hi>"),
    *("مُ", "שָׁ", "हि", "न्", "ガ", "カ\u3099", "ﬁ", "Ⅷ", "٣"),
]  # fmt: skip


@pytest.fixture(scope="module")
def page(chromium):
    page = chromium.new_page()
    page.add_script_tag(path=SCRIPT)
    yield page
    page.close()


def in_browser(page, name, texts):
    return page.evaluate(f"texts => texts.map(text => Words.{name}(text))", texts)


def test_the_cases_of_the_library_hold_in_the_browser(page):
    texts = [text for text, _ in CASES]
    found = in_browser(page, "split", texts)
    wrong = [(text, keys, own) for (text, keys), own in zip(CASES, found, strict=True) if keys != own]
    assert not wrong


@pytest.mark.parametrize("seed", range(4))
def test_generated_texts_have_the_same_words(page, seed):
    chance = random.Random(seed)
    texts = ["".join(chance.choices(PIECES, k=chance.randint(1, 14))) for _ in range(2_000)]
    found = in_browser(page, "split", texts)
    wrong = [
        (text, phrase_keys(text), own)
        for text, own in zip(texts, found, strict=True)
        if list(phrase_keys(text)) != own
    ]
    assert not wrong[:5]


def test_what_a_query_has_is_in_the_index(page):
    """Each reading that the browser knows is one that the index holds."""
    texts = [text for text, _ in CASES if "<" not in text]
    for text, own in zip(texts, in_browser(page, "readings", texts), strict=True):
        assert set(phrase_keys(text)) <= set(own) & set(word_readings(text))


BOOK = {
    "index": "Start\n=====\n\n.. toctree::\n\n   one\n   two\n",
    "one": "The heather\n===========\n\nİlham Widlöcher wrote of l’Azerbaïdjan, 200\u202f000 left.\n",
    "two": "Other\n=====\n\nThe guaran\u00adteed depor-\ntation of 在西阿塞, 1,234; the Cafés.\n",
}


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """Return the address of a small book with the theme, whose own search is looked at."""
    root = tmp_path_factory.mktemp("search")
    (root / "conf.py").write_text(
        'extensions = ["sourcebook.book.theme"]\nproject = "Small"\nhtml_theme = "sourcebook"\n',
        encoding="utf-8",
    )
    for name, text in BOOK.items():
        (root / f"{name}.rst").write_text(text, encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", root, root / "_build"], check=True
    )
    with served(root / "_build") as address:
        yield address


@pytest.mark.parametrize(
    ("query", "pages"),
    [
        ("Widlo\u0308cher", ["one"]), ("widlöcher", ["one"]), ("Ilham", ["one"]), ("İLHAM", ["one"]),
        ("ılham", ["one"]), ("azerbaïdjan", ["one"]), ("l'Azerbaïdjan", ["one"]), ("200 000", ["one"]),
        ("guaranteed", ["two"]), ("deportation", ["two"]), ("depor\u00adtation", ["two"]),
        ("西阿塞", ["two"]), ("1\u2009234", ["two"]),
        ("\uff11 234", ["two"]), ("cafe\u0301s", ["two"]), ("**café**s", ["two"]), ("the", None), ("eather", []),
        ("ranteed", []),
    ],
)  # fmt: skip
def test_the_search_of_a_book_finds_words_in_any_form(book, chromium, query, pages):
    page = chromium.new_page()
    page.goto(f"{book}/search.html?q={quote(query)}")
    page.wait_for_function("document.getElementById('sb-found').textContent")
    found = page.eval_on_selector_all("#sb-results > li > a", "all => all.map(a => a.getAttribute('href'))")
    assert found == [f"{name}.html" for name in pages or []]
    assert ("too common" in page.inner_text("#sb-found")) == (pages is None)
    page.close()
