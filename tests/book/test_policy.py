"""What a page may run: its policy, the styles that it brings along, its links, its notebook, and how it is served."""

import base64
import hashlib
import http.client
import threading

import pytest
from markdown_it import MarkdownIt

from sourcebook.book.notebooks import as_markdown, replace_roles
from sourcebook.book.safe_links import is_safe_address
from sourcebook.book.serve import make_server
from sourcebook.book.theme.policy import content_policy, gather_styles


def test_the_policy_names_the_hash_of_a_sheet():
    digest = base64.b64encode(hashlib.sha256(b"p{color:red}").digest()).decode()
    assert f"style-src 'self' 'sha256-{digest}';" in content_policy("p{color:red}")
    assert "unsafe" not in content_policy("p{color:red}")
    assert content_policy("") == content_policy()


@pytest.mark.parametrize(
    ("body", "left", "sheet"),
    [
        ("<p>a</p>", "<p>a</p>", ""),
        ("<style>p{x:y}</style><p>a</p>", "<p>a</p>", "p{x:y}"),
        ('<svg><style type="text/css">p{x:y}</style></svg>', "<svg></svg>", "p{x:y}"),
        ("<p style='x:y'>a</p>", '<p class="sb-own-1">a</p>', "*{x:y}"),
        ('<p style="x:y;">a</p>', '<p class="sb-own-1">a</p>', "*{x:y}"),
        ('<br style="x:y"/>', '<br class="sb-own-1"/>', "*{x:y}"),
        ("<p class='b' style='x:y'>a</p>", '<p class="b sb-own-1">a</p>', "*{x:y}"),
        ('<p title="a > b" style="x:y">a</p>', '<p title="a > b" class="sb-own-1">a</p>', "*{x:y}"),
        ("<p title='style=\"x:y\"'>a</p>", "<p title='style=\"x:y\"'>a</p>", ""),
        ('<p style="font:&quot;A&quot;">a</p>', '<p class="sb-own-1">a</p>', '*{font:"A"}'),
        ('<p style="">a</p>', "<p>a</p>", ""),
        ('<p style="x:y}*{display:none">a</p>', "<p>a</p>", ""),
        ('<p style="x:&lt;/style&gt;">a</p>', "<p>a</p>", ""),
        ('<p>&lt;p style="x:y"&gt;</p>', '<p>&lt;p style="x:y"&gt;</p>', ""),
        ("<pre>&lt;style&gt;p{x:y}&lt;/style&gt;</pre>", "<pre>&lt;style&gt;p{x:y}&lt;/style&gt;</pre>", ""),
    ],
)
def test_styles_become_one_sheet(body, left, sheet):
    found, styles = gather_styles(body)
    assert styles == sheet.replace("*", ".sb-own-1.sb-own-1.sb-own-1")
    assert found == left


@pytest.mark.parametrize(
    "address",
    ["javascript:x()", "JavaScript:x()", " javascript:x()", "java\nscript:x()", "java\tscript:x()",
     "\x01javascript:x()", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "blob:x", "\u200bjavascript:x()",
     "view-source:x", "[x]:y"],
)  # fmt: skip
def test_an_address_that_may_run_is_no_link(address):
    assert not is_safe_address(address)


@pytest.mark.parametrize(
    "address",
    ["https://un.org", "HTTP://un.org", "mailto:a@b", "page.html", "../a/page.html#x:y", "#x:y", "?q=a:b", "//un.org/x",
     "", "a/b:c", "doi:10.1/x"],
)  # fmt: skip
def test_other_addresses_are_links(address):
    assert is_safe_address(address)


TEXTS = [
    "<script>x()</script>", "<img src=x onerror=x()>", "[x](javascript:x())", "![x](y)", "*a* _b_ **c**", "`a`", "$x$",
    "a | b", "# a", "- a", "+ a", "1. a", "1) a", "> a", "&lt;b&gt; &amp;", "<https://a.example>", "\\*a\\*", "~~a~~",
    "[^1]", "==a==", "a\nb", "=====", "12.5", "2,000", "“Over 200”",
]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("around", ["{}", "He said {} there.", "- {}"])
def test_a_text_of_the_data_is_shown_as_it_is_in_a_notebook(text, around):
    from lxml import html

    source = replace_roles(around.format("{value}`x`"), lambda name, content: text)
    markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    shown = html.fromstring(f"<main>{markdown.render(source)}</main>")
    expected = " ".join(around.removeprefix("- ").format(text).split())
    assert " ".join(shown.text_content().split()) == expected
    assert {node.tag for node in shown.iter()} <= {"main", "p", "ul", "li"}


def test_plain_numbers_stay_plain_in_a_notebook():
    assert [as_markdown(text) for text in ("2,000", "12.5 million", "more than 200 (about)")] == [
        "2,000",
        "12.5 million",
        "more than 200 (about)",
    ]


@pytest.fixture
def server(tmp_path):
    page = f'<!DOCTYPE html><meta http-equiv="Content-Security-Policy" content="{content_policy()}"><p>a'
    (tmp_path / "index.html").write_text(page.replace("'", "&#39;"), encoding="utf-8")
    (tmp_path / "bare.html").write_text("<p>a", encoding="utf-8")
    (tmp_path / "a.csv").write_text("a\n", encoding="utf-8")
    with make_server(tmp_path, 0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("path", "policy"),
    [
        ("/", content_policy()),
        ("/index.html", content_policy()),
        ("/index.html?q=a", content_policy()),
        ("/bare.html", "default-src 'self'"),
        ("/a.csv", "default-src 'none'; style-src 'unsafe-inline'"),
        ("/none.html", "default-src 'none'; style-src 'unsafe-inline'"),
        ("/../../etc/passwd", "default-src 'none'; style-src 'unsafe-inline'"),
    ],
)
def test_the_server_sends_the_policy_of_a_page(server, path, policy):
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    assert answer.headers["Content-Security-Policy"] == f"{policy}; frame-ancestors 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    connection.close()


def test_the_server_listens_on_this_machine_only(server):
    assert server.server_address[0] == "127.0.0.1"
