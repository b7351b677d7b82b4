"""Show a built book on this machine, with the headers that a host should send.

``python -m sourcebook.book.serve _build/html --port 8000`` listens on 127.0.0.1 only. The policy of a page is the one
that the page itself states, and no other page may frame it.
"""

from __future__ import annotations

import argparse
import functools
import html
import re
import sys
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

__all__ = ["BookHandler", "make_server", "read_policy"]

_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
#: For files that are no page: pictures may have styles of their own, and nothing runs.
_FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_HEAD = 1 << 16  # characters of a page in which its policy stands


def read_policy(page: Path) -> str:
    """Return the policy that a page states, or that of a file.

    Parameters
    ----------
    page : path
        Any file.
    """
    if page.suffix != ".html" or not page.is_file():
        return _FILE_POLICY
    with page.open(encoding="utf-8", errors="replace") as file:
        found = _POLICY.search(file.read(_HEAD))
    return html.unescape(found[1]) if found else "default-src 'self'"


class BookHandler(SimpleHTTPRequestHandler):
    """Answers with the files of a folder and with the headers of safety."""

    def end_headers(self) -> None:
        """Send the headers, those of safety last."""
        self.send_header("Content-Security-Policy", f"{self.policy()}; frame-ancestors 'none'")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        super().end_headers()

    def policy(self) -> str:
        """Return the policy of the file that is asked for."""
        page = Path(self.translate_path(self.path))
        return read_policy(page / "index.html" if page.is_dir() else page)


def make_server(folder: Path, port: int) -> ThreadingHTTPServer:
    """Return a server of a folder, on this machine only.

    Parameters
    ----------
    folder : path
        Of the pages.
    port : int
        0 takes one that is free.
    """
    handler = functools.partial(BookHandler, directory=str(folder))
    return ThreadingHTTPServer(("127.0.0.1", port), handler)


def main() -> None:
    """Serve until it is interrupted."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args()
    with make_server(options.folder, options.port) as server:
        sys.stdout.write(f"http://127.0.0.1:{server.server_port}/ (Ctrl-C ends it)\n")
        sys.stdout.flush()
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            sys.stdout.write("\n")


if __name__ == "__main__":
    main()
