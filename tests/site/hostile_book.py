"""A book on data, references and a chapter's tables in which every field is hostile: see every_field.py."""

import os
import subprocess
import sys

from every_field import FIELDS, PAYLOADS, bibliography, make_book_data

CONF = """\
extensions = ["myst_nb", "sphinxcontrib.bibtex", "sourcebook.book"]
project = "Hostile"
html_title = "Hostile"
nb_execution_mode = "force"
nb_execution_timeout = 300
nb_execution_raise_on_error = True
html_theme = "sourcebook"
html_copy_source = True
exclude_patterns = ["data", "_build"]
bibtex_bibfiles = ["references.bib"]
bibtex_default_style = "unsrt"
bibtex_reference_style = "author_year"
bibtex_cite_id = "ref-{key}"
mathjax_path = "mathjax-is-not-used.js"
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist", "fieldlist", "smartquotes",
                          "substitution"]
sourcebook_bare_numbers = "off"
"""
HEAD = """\
---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {display_name: Python 3, name: python3}
---

"""
#: A chapter shows each table and a figure, with captions and labels of the data's own, and pandas' table.
CHAPTER = (
    HEAD
    + """\
# Shown

VALUES

```{code-cell} ipython3
import pathlib

import pandas as pd
from IPython.display import display as show

import sourcebook
from sourcebook.core.csvfiles import read_table
from sourcebook.render import display, figures

data = sourcebook.load("../data")
for path in PATHS:
    frame = read_table(pathlib.Path("../data") / path).drop(columns="_line", errors="ignore")
    show(display.table(frame, caption=path + ": " + str(frame.iloc[-1, 1])))
```

```{code-cell} ipython3
pd.DataFrame(data["events"]).head(60)
```

```{code-cell} ipython3
claims = data["claims"]
for start in range(0, len(claims), 40):
    ids = claims["claim_id"].iloc[start : start + 40]
    show(display.folds({claims["value"].iloc[start]: display.quotes(list(ids), dict(zip(ids, claims["exact"])))}))
```

```{code-cell} ipython3
titles = data["sources"]["title"].tolist()
states = pd.DataFrame([["agree"] * len(titles)] * 3, index=claims["value"].iloc[-3:].tolist(), columns=titles)
import matplotlib.pyplot as plt

def draw(frame, *, ax):
    ax.set_label(frame.index[0])
    for place, label in enumerate([*frame.index, *frame.columns]):
        ax.text(0.1, place / 10, label.replace("$", r"\\\\$"))
    return ax

display.figure(draw, states, data=states.reset_index(), caption=titles[0], alt=titles[1])
```
"""
)


def pages():
    """Return the pages by name."""
    ids = [f"mill.c1{n:03d}" for n in range(len(PAYLOADS))]
    values = "\n\n".join(f"{{value}}`claim.{i}` {{passage}}`{i}`" for i in ids)
    cited = "\n\n".join(f"{{cite}}`h{n:03d}`" for n in range(len(PAYLOADS)))
    sources = ("council", "mill", "gazette", "lines")
    listed = {
        "book/explore": "# Explore\n\n```{explorer}\n```\n",
        "book/matrix": "# Matrix\n\n```{matrix}\n```\n",
        "book/timeline": "# Timeline\n\n```{timeline}\n```\n",
        "book/values": "# Values\n\n```{values}\n```\n",
        "book/tables": "# Tables\n\n```{tables} coded\n```\n\n```{tables} derived\n```\n",
        "book/references": f"# References\n\n{cited}\n\n```{{bibliography}}\n```\n",
        "book/shown": CHAPTER.replace("VALUES", values).replace("PATHS", repr(sorted(FIELDS))),
        **{f"book/sources/{s}": f"# {s}\n\n```{{edition}} {s}\n```\n" for s in sources},
    }
    names = "\n".join(listed)
    return {"index": f"# Start\n\n```{{toctree}}\n{names}\n```\n", **listed}


def build_hostile(root):
    """Build the book under a folder, and return the folder of its pages and what the build said."""
    make_book_data(root / "data")
    (root / "conf.py").write_text(CONF, encoding="utf-8")
    (root / "references.bib").write_text(bibliography(), encoding="utf-8")
    for name, text in pages().items():
        (root / f"{name}.md").parent.mkdir(parents=True, exist_ok=True)
        (root / f"{name}.md").write_text(text, encoding="utf-8")
    out = root / "_build"
    command = [sys.executable, "-m", "sphinx", "-q", "-N", "-b", "html", str(root), str(out)]
    environment = {**os.environ, "PYTHONWARNINGS": "ignore", "PYTHONHASHSEED": "0"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr[-4000:]
    (root / "said.txt").write_text(done.stderr, encoding="utf-8")
    return out
