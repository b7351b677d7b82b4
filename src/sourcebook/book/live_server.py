"""Serve a book while somebody writes: its pages, and what they ask for to stay as new as it is.

The files stay as they are. What is sent of a page has a script more, and a policy that lets it ask this server.
"""

from __future__ import annotations

import functools
import json
import re
from http import HTTPStatus
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

from sourcebook.book.serve import BookHandler
from sourcebook.book.watching import LiveState

__all__ = ["make_live_server"]

_OWN = Path(__file__).with_name("live")
_ROOT = "/_live/"
_TYPES = {"live.js": "text/javascript", "live.css": "text/css"}
_ADDED = b'<link rel="stylesheet" href="/_live/live.css"><script src="/_live/live.js" defer></script></head>'
_SCRIPTS = "script-src 'self'"
#: The same in the policy that a page states; its quotes may be escaped there.
_POLICY = re.compile(rb"(?<=[\" ])script-src (?:'|&#39;)self(?:'|&#39;)")


class _LiveHandler(BookHandler):
    """Answers with the files of a book, and with its state."""

    def __init__(self, *arguments: Any, state: LiveState, **options: Any) -> None:
        self.state = state
        super().__init__(*arguments, **options)

    def do_GET(self) -> None:  # noqa: N802 (the name of http.server)
        """Answer with the state, a file of this module, a page with its script, or another file."""
        path = self.path.partition("?")[0]
        name = path.removeprefix(_ROOT)
        if path == f"{_ROOT}state.json":
            state = self.state
            shown = {"stamp": state.stamp, "building": state.is_building, "problems": state.problems}
            self._send(json.dumps(shown).encode(), "application/json")
        elif path.startswith(_ROOT) and name in _TYPES:
            self._send((_OWN / name).read_bytes(), _TYPES[name])
        elif (page := self._page()) is not None:
            text = page.read_bytes().replace(b"</head>", _ADDED, 1)
            self._send(_POLICY.sub(rb"\g<0>; connect-src 'self'", text, count=1), "text/html")
        else:
            super().do_GET()

    def _page(self) -> Path | None:
        """Return the file of the page that is asked for; None for another file."""
        page = Path(self.translate_path(self.path))
        if page.is_dir() and self.path.partition("?")[0].endswith("/"):
            page /= "index.html"
        if page.suffix == ".html" and page.is_file():
            return page
        return None if (Path(self.directory) / "index.html").is_file() else _OWN / "waiting.html"

    def _send(self, body: bytes, kind: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def policy(self) -> str:
        """Return the policy of what is sent, with the leave to ask this server."""
        return super().policy().replace(_SCRIPTS, f"{_SCRIPTS}; connect-src 'self'", 1)

    def end_headers(self) -> None:
        """Let no browser keep what is sent."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing: the terminal is for what is wrong in the book."""


def make_live_server(folder: Path, port: int, state: LiveState) -> ThreadingHTTPServer:
    """Return a server of a book that changes, on this machine only.

    Parameters
    ----------
    folder : Path
        Of the pages; it need not exist yet.
    port : int
        0 takes one that is free.
    state : LiveState
        What the pages are told.
    """
    handler = functools.partial(_LiveHandler, directory=str(folder), state=state)
    return ThreadingHTTPServer(("127.0.0.1", port), handler)
