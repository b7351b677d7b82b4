"""A small book on hostile data, for tests of the pages of evidence and of the editions in a browser."""

import os
import subprocess
import sys

from hostile import make_hostile

CONF = """\
extensions = ["myst_nb", "sourcebook.book"]
project = "Hostile"
nb_execution_mode = "off"
html_theme = "{theme}"
exclude_patterns = ["data", "_build"]
"""
START = """\
# Start

{value}`claim.mill.c003`, {passage}`mill.c004`, {value}`count.claims`

```{toctree}
book/explore
book/matrix
book/timeline
book/values
book/sources/council
book/sources/mill
book/sources/gazette
```
"""
PAGES = {
    "index": START,
    "book/explore": "# Explore\n\n```{explorer}\n```\n",
    "book/matrix": "# Matrix\n\n```{matrix}\n```\n",
    "book/timeline": "# Timeline\n\n```{timeline}\n```\n\n```{timeline}\n:beside:\n```\n",
    "book/values": "# Values\n\n```{values}\n```\n",
    **{f"book/sources/{s}": f"# {s}\n\n```{{edition}} {s}\n```\n" for s in ("council", "mill", "gazette")},
}


def build(root, *, theme, **settings):
    """Build the book strictly under a folder, with settings of its own, and return the folder of its pages."""
    make_hostile(root / "data")
    (root / "conf.py").write_text(CONF.replace("{theme}", theme), encoding="utf-8")
    for name, text in PAGES.items():
        (root / f"{name}.md").parent.mkdir(parents=True, exist_ok=True)
        (root / f"{name}.md").write_text(text, encoding="utf-8")
    out = root / "_build"
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", str(root), str(out)]
    command += [f"-D{name}={value}" for name, value in settings.items()]
    environment = {**os.environ, "PYTHONWARNINGS": "ignore", "PYTHONHASHSEED": "0"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    return out
