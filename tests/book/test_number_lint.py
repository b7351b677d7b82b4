"""The check on bare numbers, in small books that have nothing of the project but the extension."""

import pytest
from docutils.core import publish_doctree
from small_books import Book

from sourcebook.book.number_lint import bare_numbers, blocks

CONF = """\
extensions = ["sourcebook.book.number_lint"]
html_theme = "basic"
exclude_patterns = ["_build"]
"""
MYST = CONF.replace('["', '["myst_parser", "')
PAGE = """\
# In 2024 five met

All five texts agree,
and {emphasis}`three` of them
twice.

- On 5 December 2024, *half* of them.

| who | how many |
|---|---|
| the mill | seven |

```{figure} x.png
:alt: Eight lamps

The 9 lamps.
```

They say “five of six”, "seven" and ‘it’s eight’; [twenty](https://example.org) [of ten](#there).

> Ten of them
> met.

`11`, {math}`12`, UTF-8, <https://example.org/13>, Article 13(2), paragraph 14 and the first one.

```python
x = 15
```

(there)=
## Sixteen

```{admonition} Seventeen
None of it.
```

% 18
"""


def found(built, root):
    """Return file, line and number of each message."""
    lines = built.stderr.replace(f"{root}/", "").splitlines()
    return [(line.split(": WARNING: bare number ")[0], line.split("“")[1].split("”")[0])
            for line in lines if "bare number" in line]  # fmt: skip


@pytest.mark.slow
def test_every_number_of_a_book_is_reported_at_once_with_its_line(tmp_path):
    book = Book(tmp_path, MYST, {"index": PAGE, "other": "---\norphan: true\n---\n\nForty.\n"}, "md")
    built = book.build()
    assert built.returncode == 1
    assert found(built, tmp_path) == [
        ("index.md:3", "five"),
        ("index.md:4", "three"),
        ("index.md:5", "twice"),
        ("index.md:7", "5 December 2024"),
        ("index.md:7", "half"),
        ("index.md:7", "seven"),
        ("index.md:13", "Eight"),
        ("index.md:16", "9"),
        ("index.md:19", "twenty"),
        ("index.md:19", "ten"),
        ("other.md:5", "Forty"),
    ]


@pytest.mark.slow
def test_the_message_says_what_was_expected_and_what_to_do(tmp_path):
    built = Book(tmp_path, MYST, {"index": "# Start\n\nAll `x` of the five texts agree.\n"}, "md").build()
    assert built.stderr.replace(f"{tmp_path}/", "") == (
        "index.md:3: WARNING: bare number “five”: expected a {value} role that prints what the build computes, "
        "found a typed count in “…All · of the five texts agree.…”; print it by its name or "
        "compute it in a cell, quote the source that says it, or say it without the number\n"
    )


@pytest.mark.parametrize(("setting", "code", "number"), [("error", 1, 1), ("warning", 0, 1), ("off", 0, 0)])
@pytest.mark.slow
def test_how_severe_the_check_is(tmp_path, setting, code, number):
    conf = f"{CONF}sourcebook_bare_numbers = {setting!r}\n"
    built = Book(tmp_path, conf, {"index": "Start\n=====\n\nAll five.\n"}).build()
    assert (built.returncode, len(found(built, tmp_path))) == (code, number)


@pytest.mark.slow
def test_the_check_is_repeated_for_pages_that_are_not_read_again(tmp_path):
    book = Book(tmp_path, CONF, {"index": "Start\n=====\n\nAll five.\n"})
    assert [book.build().returncode for _ in range(2)] == [1, 1]
    book.write({"index": "Start\n=====\n\nAll of them.\n"})
    assert book.build().returncode == 0


@pytest.mark.slow
def test_which_pages_are_checked(tmp_path):
    conf = f'{CONF}sourcebook_bare_numbers_pages = ["chapters/*"]\n'
    pages = {"index": "Start\n=====\n\nFive.\n", "chapters/one": ":orphan:\n\nSix.\n"}
    built = Book(tmp_path, conf, pages).build()
    assert found(built, tmp_path) == [("chapters/one.rst:3", "Six")]


@pytest.mark.slow
def test_a_page_of_reference_is_not_checked_and_prints_no_value(tmp_path):
    role = """\
from docutils import nodes
from sourcebook.book.number_lint import COMPUTED

def value(name, rawtext, text, lineno, inliner, options={}, content=[]):
    return [nodes.inline("", text, **{COMPUTED: True})], []

def setup(app):
    app.add_role("value", value)
"""
    conf = CONF.replace('"]', '", "valued"]', 1)
    pages = {
        "index": "Start\n=====\n\nThere are :value:`5`.\n",
        "terms": ":orphan:\n:prose: reference\n\nWith one hundred, :emphasis:`two`.\n",
        "findings": ":orphan:\n:prose: reference\n\nThere are\n:value:`5`.\n",
    }
    built = Book(tmp_path, conf, pages, valued=role).build()
    assert built.returncode == 1
    (line,) = built.stderr.splitlines()
    assert line.startswith(
        f"{tmp_path}/findings.rst:4: WARNING: the page says “prose: reference”: expected rules"
    )


@pytest.mark.slow
def test_names_that_other_extensions_know(tmp_path):
    names = """\
import re

def spans(app, text):
    return [match.span() for match in re.finditer("The Five", text)]

def setup(app):
    app.connect("sourcebook-proper-names", spans)
"""
    conf = CONF.replace('"]', '", "named"]', 1)
    built = Book(tmp_path, conf, {"index": "Start\n=====\n\nThe Five and the five.\n"}, named=names).build()
    assert found(built, tmp_path) == [("index.rst:4", "five")]


@pytest.mark.slow
def test_citations_and_footnotes(tmp_path):
    text = "Start\n=====\n\nSo [1]_, says [Lee1990]_.\n\n.. [1] All five.\n.. [Lee1990] Lee, 1990.\n"
    built = Book(tmp_path, CONF, {"index": text}).build()
    assert found(built, tmp_path) == [("index.rst:6", "five")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“five” and five", ["five"]),
        ("an open “quotation of five", ["five"]),
        ('«cinq 5» „fünf 5“ ‘it’s 5’ "5"', []),
        ("Article 13(2), Rules 129, 132 and 133, § 5, para. I.23", []),
        ("Article five and rule of two", ["two"]),
        ("see doi 10.1000/182 or www.example.org/7", []),
    ],
)
def test_quotations_places_in_law_and_addresses(text, expected):
    assert [numeral.text for numeral in bare_numbers(text)] == expected


@pytest.mark.parametrize("piece", ['"', '"5" ', "“5” ", "“", "https://a.example/5 ", "‘it’s 5’ "])
def test_what_is_left_out_over_and_over_costs_no_more_than_its_length(piece):
    assert bare_numbers(piece * (500_000 // len(piece))) == []


def test_names_are_given_by_their_places():
    assert bare_numbers("Act 5 holds", [(0, 5)]) == []


def test_blocks_have_gaps_for_what_is_not_typed():
    tree = publish_doctree("Title 1\n=======\n\nIt is ``5`` and\n*five*.\n\n  Quoted 6.\n")
    (block,) = blocks(tree)
    assert (block.line, block.text) == (4, "It is \ufffc and\nfive.")
