"""Small Sphinx projects, built as a user would build them: by the command, in a process of their own."""

import io
import os
import re
import subprocess
import sys

from lxml import html
from sphinx.testing.util import SphinxTestApp
from sphinx.util.docutils import docutils_namespace, patch_docutils


class Book:
    """A project in a folder."""

    def __init__(self, root, conf, pages, suffix="rst", **modules):
        self.root, self.suffix, self.moment = root, suffix, 1_900_000_000
        path = "import pathlib, sys\nsys.path.insert(0, str(pathlib.Path(__file__).parent))\n"
        (root / "conf.py").write_text(path + conf, encoding="utf-8")
        for name, code in modules.items():
            (root / f"{name}.py").write_text(code, encoding="utf-8")
        self.write(pages)

    def write(self, pages):
        """Write pages, each time later than before."""
        self.moment += 10
        for name, text in pages.items():
            file = self.root / f"{name}.{self.suffix}"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
            os.utime(file, (self.moment, self.moment))

    def build(self, *options, builder="dummy"):
        """Build without ``-W``; return the finished process, its messages without colours."""
        done = subprocess.run(
            [sys.executable, "-m", "sphinx", "-q", "-N", "-b", builder, *options, str(self.root),
             str(self.root / "_build")],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONWARNINGS": "ignore"},
        )  # fmt: skip
        done.stderr = re.sub(r"\x1b\[[0-9;]*m", "", done.stderr)
        return done


CONF = """\
extensions = ["myst_nb", "sourcebook.book"]
nb_execution_mode = "off"
html_theme = "basic"
exclude_patterns = ["data", "_build"]
sourcebook_data = "data"
"""


def write_book(root, pages, conf=CONF):
    """Write a book; every page but the first is in the table of contents of the first."""
    (root / "conf.py").write_text(conf, encoding="utf-8")
    names = "\n".join(name for name in pages if name != "index")
    for name, text in pages.items():
        target = root / f"{name}.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        toc = f"\n```{{toctree}}\n{names}\n```\n" if name == "index" else ""
        target.write_text(text + toc, encoding="utf-8")


def sources(folder="book/sources", name="{}"):
    return {
        f"{folder}/{name.format(source)}": f"# {source.title()}\n\n```{{edition}} {source}\n```\n"
        for source in ("council", "mill", "gazette")
    }


#: What makes a page a notebook.
HEAD = """\
---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {display_name: Python 3, name: python3}
---

"""

VALUES = {"book/values": "# Values\n\n```{values}\n```\n"}


class Build:
    """A build of a book in the same process, with its warnings."""

    def __init__(self, root, builder="html"):
        self.root = root
        self.out = root / "_build" / builder
        self.warning = io.StringIO()
        with patch_docutils(root), docutils_namespace():
            self.app = SphinxTestApp(builder, srcdir=root, warning=self.warning, freshenv=False)
            self.app.build()
            self.app.cleanup()

    @property
    def warnings(self):
        text = re.sub(r"\x1b\[[0-9;]*m", "", self.warning.getvalue())
        return [line for line in text.splitlines() if line.strip()]

    def page(self, name):
        return html.fromstring((self.out / f"{name}.html").read_text(encoding="utf-8"))
