"""Small Sphinx projects, built as a user would build them: by the command, in a process of their own."""

import os
import re
import subprocess
import sys


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
