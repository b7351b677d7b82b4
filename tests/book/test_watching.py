"""What is built after a change, what the page is told, and a book that changes while it is served."""

import http.client
import json
import subprocess
import sys
import threading
import time

import pytest

from sourcebook.book.live_build import Outcome, Request, _blamed
from sourcebook.book.live_server import make_live_server
from sourcebook.book.watching import LiveState, Watcher, _is_of_interest, next_request
from sourcebook.cli import main

PAGE = (
    '<!DOCTYPE html><html><head><meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; script-src 'self'\"></head><body>words</body></html>"
)


@pytest.mark.parametrize(
    ("file", "derive", "clean"),
    [
        ("data/coded/claims.csv", True, False),
        ("data/raw/a.txt", True, False),
        ("data/reference/context.csv", True, False),
        ("data/dataset.toml", True, False),
        ("book/index.md", False, False),
        ("book/harbour.png", False, False),
        ("book/references.bib", False, True),
        ("book/tools.py", False, True),
        ("_toc.yml", False, True),
        ("_config.yml", False, True),
    ],
)
def test_what_depends_on_a_change_is_built(tmp_path, file, derive, clean):
    last = Request(folder=tmp_path, data=tmp_path / "data")
    request = next_request(last, Outcome(), [tmp_path / file])
    assert (request.derive, request.clean) == (derive, clean)


def test_a_new_page_is_built_from_clean(tmp_path):
    last = Request(folder=tmp_path, data=tmp_path / "data")
    assert next_request(last, Outcome(), [tmp_path / "book/new.md"], other_pages=True).clean


def test_what_was_wrong_is_looked_at_again(tmp_path):
    last = Request(folder=tmp_path, data=tmp_path / "data")
    sentence = [tmp_path / "book/index.md"]
    wrong_data = next_request(last, Outcome(is_derived=False, is_clean_next=True), sentence)
    assert wrong_data.derive
    assert wrong_data.clean
    wrong_page = next_request(last, Outcome(pages=frozenset({"book/a"})), sentence)
    assert not wrong_page.derive
    assert wrong_page.pages == {"book/a"}


def test_a_message_is_kept_with_its_page(tmp_path):
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "a b.md").write_text("x")
    messages = [
        f"{tmp_path}/book/a b.md:12: WARNING: unknown document: 'nowhere'",
        f"{tmp_path}/book/a b.md: WARNING: no title\nmore of it",
        "WARNING: an address of the settings is wrong",
        f"{tmp_path}/book/references.bib:3: WARNING: a key that is there twice",
        f"{tmp_path}/book/gone.md:1: WARNING: x",
    ]
    assert list(_blamed(messages, tmp_path)) == ["book/a b", "book/a b", "", "", ""]


@pytest.mark.parametrize("name", [".a.md.swp", "a.md~", ".#a.md", "#a.md#", "~$sheet.csv", "4913", "x.tmp"])
def test_what_editors_keep_beside_a_file_is_no_change(name):
    assert not _is_of_interest(None, f"/book/{name}")
    assert _is_of_interest(None, "/book/a.md")


@pytest.fixture
def live(tmp_path):
    state = LiveState()
    with make_live_server(tmp_path / "html", 0, state) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield tmp_path / "html", state, server.server_port
        server.shutdown()
        thread.join()


def ask(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer, body


def test_a_page_is_sent_with_the_script_and_stays_as_it_is_on_the_disk(live):
    folder, _, port = live
    folder.mkdir()
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    for path in ("/", "/index.html", "/index.html?x#y"):
        answer, body = ask(port, path)
        assert '<script src="/_live/live.js" defer>' in body
        assert "script-src 'self'; connect-src 'self'" in body
        assert "connect-src 'self'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-store"
    assert (folder / "index.html").read_text(encoding="utf-8") == PAGE
    assert ask(port, "/other.html")[0].status == 404
    assert ask(port, "/_live/../../../etc/passwd")[0].status == 404


def test_a_page_is_told_what_is_wrong(live):
    _, state, port = live
    state.problems = ("coded/claims.csv:2:exact: expected <words>, found none",)
    assert json.loads(ask(port, "/_live/state.json")[1]) == {
        "stamp": 0,
        "building": False,
        "problems": list(state.problems),
    }
    assert "No page yet" in ask(port, "/")[1]
    assert ask(port, "/_live/live.js")[0].headers["Content-Type"].startswith("text/javascript")


def test_a_port_that_is_taken_is_named(live, tmp_path, capsys):
    port = live[2]
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "a.txt").write_text("The mayor closed the road.", encoding="utf-8")
    assert main(["new", str(tmp_path / "my book"), "--from", str(tmp_path / "documents")]) == 0
    capsys.readouterr()
    assert main(["serve", str(tmp_path / "my book"), "--port", str(port)]) == 1
    assert f"port {port}: expected a free port, found one in use" in capsys.readouterr().err


def test_without_watching_the_rendered_book_is_shown(tmp_path):
    (tmp_path / "a.txt").write_text("The mayor closed the road.", encoding="utf-8")
    folder = tmp_path / "book"
    assert main(["new", str(folder), "--from", str(tmp_path / "a.txt")]) == 0
    assert main(["build", "--data", str(folder / "data")]) == 0
    (folder / "_build/html").mkdir(parents=True)
    (folder / "_build/html/index.html").write_text(PAGE, encoding="utf-8")
    command = [sys.executable, "-m", "sourcebook.cli", "serve", str(folder), "--no-watch", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            address = process.stdout.readline().split()[0]
            answer, body = ask(int(address.rstrip("/").rpartition(":")[2]), "/index.html")
        finally:
            process.terminate()
    assert (answer.status, body) == (200, PAGE)
    assert not (folder / "_build/serve").exists()


def test_a_folder_that_is_no_book_is_named(tmp_path, capsys):
    assert main(["serve", str(tmp_path)]) == 1
    assert "expected a book, found no _config.yml" in capsys.readouterr().err


def wait_for(what, seconds=300):
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.2)


@pytest.mark.slow
@pytest.mark.book
def test_a_sentence_a_cell_and_a_mistake_are_shown(tmp_path):
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "a.txt").write_text(
        "Harbour report of the town\n\nThe mayor closed the road. The council met on 3 May 2021.",
        encoding="utf-8",
    )
    folder = tmp_path / "my book"
    assert main(["new", str(folder), "--from", str(tmp_path / "documents")]) == 0
    state, stop = LiveState(), threading.Event()
    thread = threading.Thread(target=Watcher(folder, folder / "data", state).run, args=(stop,))
    thread.start()
    try:
        html, sources = folder / "_build/serve/html/book", folder / "data/raw/sources.csv"
        wait_for(lambda: state.stamp == 1)
        assert state.problems == ()
        chapter = folder / "book" / "bibliography.md"
        text = chapter.read_text(encoding="utf-8")
        chapter.write_text(f"{text}\n\nThe road leads to {{doc}}`nowhere`.\n", encoding="utf-8")
        wait_for(lambda: state.stamp == 2)
        assert "The road leads to" in (html / "bibliography.html").read_text(encoding="utf-8")
        assert ["nowhere" in problem for problem in state.problems] == [True]
        table = sources.read_text(encoding="utf-8")
        assert "Harbour report of the town" in table
        sources.write_text(
            table.replace("Harbour report of the town", "A harbour of the north"), encoding="utf-8"
        )
        wait_for(lambda: state.stamp == 3)
        assert "A harbour of the north" in (html / "sources.html").read_text(encoding="utf-8")
        assert ["nowhere" in problem for problem in state.problems] == [True], "no word is lost"
        sources.write_text(table.replace("source_id", "sauce_id", 1), encoding="utf-8")
        wait_for(lambda: any("sources.csv" in problem for problem in state.problems))
        assert state.stamp == 3, "the pages stay as they were"
        assert "A harbour of the north" in (html / "sources.html").read_text(encoding="utf-8")
        sources.write_text(table, encoding="utf-8")
        chapter.write_text(text, encoding="utf-8")
        wait_for(lambda: state.stamp > 3 and not state.problems and not state.is_building)
    finally:
        stop.set()
        thread.join()
