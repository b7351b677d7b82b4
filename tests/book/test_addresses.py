"""Addresses by templates, and a book whose pages lie elsewhere than by default."""

import posixpath
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html
from small_books import HEAD, Build, sources, write_book

from sourcebook.pipeline import build, store
from sourcebook.render.addresses import Addresses

CONF = """\
extensions = ["myst_nb", "sourcebook.book"]
nb_execution_mode = "force"
nb_execution_raise_on_error = True
html_theme = "basic"
exclude_patterns = ["data", "_build"]
sourcebook_source_page = "texts/of-{source_id}"
sourcebook_claim_page = "facts/claim-{claim_id}-in-full"
sourcebook_values_page = "numbers"
"""
PAGE = """\
# The flood

{value}`count.claims`, {value}`claim.council.price`, {passage}`mill.c002`, {passage}`mill.s003`
"""
CHAPTER = (
    HEAD
    + """\
# Tables

```{code-cell}
from sourcebook.render import display

display.row_links("council.price;mill.c001;mill.t001")
```

```{code-cell}
display.join([display.quote("council.price", "words"), display.state("agree", "council.price;mill.c001")])
```
"""
)


@pytest.mark.parametrize(
    ("addresses", "href"),
    [
        (Addresses(), "../claims/s.c001.html"),
        (Addresses(here="index"), "claims/s.c001.html"),
        (Addresses(here="a/b/c", claim_page="a/{claim_id}"), "../s.c001.html"),
        (Addresses(here="a/b/c", suffix="/"), "../../../claims/s.c001/"),
        (Addresses(here="a/b/index", suffix="/"), "../../claims/s.c001/"),
        (Addresses(here="index", suffix="/"), "claims/s.c001/"),
    ],
)
def test_a_link_leads_from_the_page_that_links(addresses, href):
    assert addresses.href(addresses.row("s.c001")) == href


def test_which_ids_are_claims_is_read_from_their_table(tmp_path):
    (tmp_path / "claims.csv").write_text("claim_id,quote\ns.price,x\n", encoding="utf-8")
    addresses = Addresses(claims_file=str(tmp_path / "claims.csv"))
    assert addresses.row("s.price") == "claims/s.price"
    assert addresses.row("s.c001") == "book/sources/s#s.c001"
    assert addresses.number("a, b") == "book/values#value-a-b"
    (tmp_path / "claims.csv").write_text("claim_id,quote\ns.c001,two\n", encoding="utf-8")
    assert addresses.is_claim("s.c001")
    assert not addresses.is_claim("s.price")


def dead_links(out):
    """Return page and address of each link between pages that leads nowhere."""
    pages = {p.relative_to(out).as_posix(): html.parse(p).getroot() for p in sorted(out.rglob("*.html"))}
    ids = {name: {*page.xpath("//@id"), *page.xpath("//a/@name"), ""} for name, page in pages.items()}
    dead = []
    for name, page in pages.items():
        for href in page.xpath("//a/@href"):
            parts = urlsplit(href)
            if parts.scheme:
                continue
            path = posixpath.join(posixpath.dirname(name), unquote(parts.path)) if parts.path else name
            file = posixpath.normpath(path) + "/index.html" * path.endswith("/")
            file = file.removeprefix("./")
            if unquote(parts.fragment) not in ids.get(file, {""}) or not (out / file).is_file():
                dead.append((name, href))
    return dead


@pytest.mark.slow
@pytest.mark.parametrize("builder", ["html", "dirhtml"])
@pytest.mark.filterwarnings("ignore")
def test_every_link_of_a_book_with_other_addresses_leads_somewhere(corpus, builder):
    for table in (corpus / "coded").rglob("*.csv"):
        text = table.read_bytes()
        table.write_bytes(text.replace(b"council.c004", b"council.price"))
    store.write(build.build(corpus))
    pages = {
        "index": "# Start\n",
        "deep/er/flood": PAGE,
        "deep/er/tables": CHAPTER,
        "numbers": "# Numbers\n\n```{values}\n```\n",
        "all": "# All\n\n```{explorer}\n```\n\n```{matrix}\n```\n\n```{timeline}\n```\n",
    }
    write_book(corpus.parent, {**pages, **sources("texts", "of-{}")}, CONF)
    built = Build(corpus.parent, builder)
    assert built.warnings == []
    suffix, up = (".html", "../../") if builder == "html" else ("/", "../../../")
    tables = built.page("deep/er/tables" + ("" if builder == "html" else "/index"))
    price = f"{up}facts/claim-council.price-in-full{suffix}"
    assert tables.xpath('//a[contains(@class, "sb-row")]/@href') == [
        price,
        f"{up}facts/claim-mill.c001-in-full{suffix}",
        f"{up}texts/of-mill{suffix}#mill.t001",
        f"{up}texts/of-council{suffix}#council.price",
        price,
        f"{up}facts/claim-mill.c001-in-full{suffix}",
    ]
    mill = built.page("facts/claim-mill.c001-in-full" + ("" if builder == "html" else "/index"))
    styled = "//link[contains(@href, '/explore.css')]"
    assert mill.xpath(styled)
    assert not tables.xpath(styled)
    assert "Tables" in mill.xpath('//div[@class="body"]//a/text()')
    assert dead_links(built.out) == []
