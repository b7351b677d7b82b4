"""The command that shows a book while somebody writes it."""

from __future__ import annotations

import argparse
import errno
import sys
import threading
from collections.abc import Callable
from http.server import ThreadingHTTPServer
from pathlib import Path

from sourcebook.cli.commands import Command
from sourcebook.core.errors import SourcebookError

__all__ = ["COMMANDS"]


def _serve(options: argparse.Namespace) -> None:
    """Serve a book, and build it anew after each change."""
    from sourcebook.book.rendering import check_book
    from sourcebook.pipeline.folders import data_folder

    folder = options.folder.resolve()
    check_book(folder)
    from sourcebook.book import live_build, live_server, serve, watching

    data = data_folder((options.data or folder / "data").resolve())
    if not options.watch:
        _build_if_older(folder, data)
        with _listening(
            options.port, lambda port: serve.make_server(folder / "_build" / "html", port)
        ) as server:
            _say_where(server)
            server.serve_forever()
    state = watching.LiveState(is_building=True)
    pages = folder / live_build.FOLDER / "html"
    with _listening(options.port, lambda port: live_server.make_live_server(pages, port, state)) as server:
        _say_where(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            watching.Watcher(folder, data, state).run()
        finally:
            server.shutdown()


def _build_if_older(folder: Path, data: Path) -> None:
    """Render the book strictly if there is none, or the data is newer."""
    from sourcebook.book.rendering import render_book
    from sourcebook.pipeline import store
    from sourcebook.pipeline.refresh import refresh

    if store.stale(data):
        refresh(data)
    page = folder / "_build" / "html" / "index.html"
    sums = data / "derived" / "SHA256SUMS"
    if not page.is_file() or page.stat().st_mtime < sums.stat().st_mtime:
        print("rendering …", file=sys.stderr, flush=True)
        render_book(folder)


def _listening(port: int, make: Callable[[int], ThreadingHTTPServer]) -> ThreadingHTTPServer:
    """Return a server on a port; raise an error where it is taken."""
    try:
        server: ThreadingHTTPServer = make(port)
    except OSError as error:
        if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
            raise
        found = "one in use" if error.errno == errno.EADDRINUSE else "one that is not allowed"
        raise SourcebookError(
            f"port {port}: expected a free port, found {found} → name another, as --port {max(port, 8000) + 1}"
        ) from None
    server.daemon_threads = True
    return server


def _say_where(server: ThreadingHTTPServer) -> None:
    print(f"http://127.0.0.1:{server.server_port}/ (Ctrl-C ends it)", flush=True)


def _port(text: str) -> int:
    """Return a port."""
    if not (text.isascii() and text.isdigit() and int(text) < 1 << 16):
        raise argparse.ArgumentTypeError(f"expected a port from 0 to 65535, found {text!r}")
    return int(text)


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder",
        type=Path,
        nargs="?",
        default=Path(),
        metavar="FOLDER",
        help="folder of the book (default: this)",
    )
    parser.add_argument("--port", type=_port, default=8000, help="default: 8000; 0 takes one that is free")
    parser.add_argument(
        "--no-watch",
        dest="watch",
        action="store_false",
        help="only show the book that `sourcebook book` renders",
    )


COMMANDS = (
    Command(
        name="serve",
        group="build",
        text="show the book on this machine, and build it anew after each change while you write",
        example="serve my-book --port 8001",
        run=_serve,
        arguments=_arguments,
        more=(
            "Data, chapters, pictures and settings are watched. A change of the data is checked and derived first: "
            "what is wrong is printed and shown at the bottom of the page, which stays as it was. Whatever "
            "`sourcebook book` would refuse is shown in the same way. The pages are in _build/serve; publish those "
            "of `sourcebook book`. After an update of the library, start it again."
        ),
    ),
)
