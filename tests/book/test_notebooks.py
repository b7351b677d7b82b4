import json
import os
import zipfile
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from small_books import HEAD

from sourcebook.book import notebook_archive
from sourcebook.book.notebooks import (
    add_notebook_links,
    convert_folder,
    launch_links,
    notebook_from_chapter,
    replace_roles,
    write_notebooks,
)

CHAPTER = (
    HEAD
    + """\
(a-label)=
# A chapter

There are {value}`n-sources` of them, see {ref}`the table <tab>` and [limits](limits.md#two).

```text
{value}`stays` here
```

```{code-cell} ipython3
:tags: [remove-input]
1 + 1
```

The end, on [a page](https://example.org/page.md).
"""
)


def test_replace_roles_asks_first_and_falls_back_to_the_title():
    def role_text(name, content):
        return {"n-sources": "five"}[content] if name == "value" else None

    assert (
        replace_roles("{value}`n-sources`, {term}`wave <Wave>`, {code}``a`b``", role_text)
        == "five, wave, a`b"
    )
    assert replace_roles("no role: `{x}` and {y}") == "no role: `{x}` and {y}"


def test_notebook_keeps_the_cells_and_makes_the_prose_readable():
    notebook = notebook_from_chapter(
        CHAPTER, role_text=lambda name, content: "five" if name == "value" else None
    )
    kinds = [cell.cell_type for cell in notebook.cells]
    assert kinds == ["markdown", "code", "markdown"]
    first, code, last = notebook.cells
    assert first.source.startswith("# A chapter\n")
    assert "There are five of them, see the table and [limits](limits.ipynb#two)." in first.source
    assert "{value}`stays` here" in first.source
    assert (code.source, code.metadata["tags"], code.outputs) == ("1 + 1", ["remove-input"], [])
    assert last.source == "The end, on [a page](https://example.org/page.md)."
    assert notebook.metadata.kernelspec.name == "python3"


def test_the_same_chapter_gives_the_same_bytes():
    one, two = (nbformat.writes(notebook_from_chapter(CHAPTER, first_cell="import this")) for _ in range(2))
    assert one == two
    assert [cell["id"] for cell in json.loads(one)["cells"]] == [
        "cell-001",
        "cell-002",
        "cell-003",
        "cell-004",
    ]


def test_a_page_that_is_no_notebook_is_refused():
    with pytest.raises(ValueError, match="front matter"):
        notebook_from_chapter("# Only text\n")


def test_convert_folder_takes_notebooks_only(tmp_path: Path):
    (tmp_path / "book/deep").mkdir(parents=True)
    (tmp_path / "book/deep/one.md").write_text(CHAPTER, encoding="utf-8")
    (tmp_path / "book/plain.md").write_text("# Only text\n", encoding="utf-8")
    assert convert_folder(tmp_path / "book", tmp_path / "out") == [tmp_path / "out/deep/one.ipynb"]
    nbformat.read(tmp_path / "out/deep/one.ipynb", as_version=4)


def test_launch_links_only_for_a_known_host():
    links = launch_links("https://github.com/owner/name.git", "a/b", "deep/one.ipynb")
    assert links == {
        "Binder": "https://mybinder.org/v2/gh/owner/name/a%2Fb?urlpath=lab/tree/notebooks/deep/one.ipynb",
        "Colab": "https://colab.research.google.com/github/owner/name/blob/gh-pages/notebooks/deep/one.ipynb",
    }
    assert launch_links("", "main", "one.ipynb") == {}
    assert launch_links("https://example.org/owner/name", "main", "one.ipynb") == {}


@pytest.fixture
def app(tmp_path: Path):
    """Stand in for Sphinx: two documents, one of them a notebook, and a listener for roles."""
    (tmp_path / "book").mkdir()
    (tmp_path / "book/one.md").write_text(CHAPTER, encoding="utf-8")
    (tmp_path / "book/plain.md").write_text("# Only text\n", encoding="utf-8")
    return SimpleNamespace(
        builder=SimpleNamespace(format="html"),
        config=SimpleNamespace(html_theme_options={"repository_url": ""}, root_doc="book/index"),
        env=SimpleNamespace(
            found_docs={"book/one", "book/plain"},
            doc2path=lambda name: str(tmp_path / f"{name}.md"),
            titles={},
        ),
        outdir=str(tmp_path / "html"),
        emit_firstresult=lambda event, docname, name, content: (
            f"<{docname} {content}>" if name == "value" and event.endswith("text") else None
        ),
    )


def test_write_notebooks_beside_the_pages(app):
    write_notebooks(app, RuntimeError("the build failed"))
    assert not Path(app.outdir).exists()
    write_notebooks(app, None)
    assert [path.name for path in Path(app.outdir).rglob("*.*")] == ["one.ipynb"]
    notebook = nbformat.read(Path(app.outdir, "notebooks/one.ipynb"), as_version=4)
    assert "There are \\<book/one n-sources\\> of them" in notebook.cells[0].source
    app.config.html_theme_options["repository_url"] = "https://github.com/owner/name"
    write_notebooks(app, None)
    notebook = nbformat.read(Path(app.outdir, "notebooks/one.ipynb"), as_version=4)
    assert "git+https://github.com/owner/name@main" in notebook.cells[0].source


@pytest.mark.parametrize(
    ("repository", "services"), [("", []), ("https://github.com/owner/name", ["Binder", "Colab"])]
)
def test_links_follow_the_configured_repository(app, repository, services):
    app.config.html_theme_options["repository_url"] = repository
    context = {"pathto": lambda target, resource: f"../{target}"}
    add_notebook_links(app, "book/one", "page.html", context, object())
    first, whole, *others = context["page_links"]
    assert first["url"] == "../notebooks/one.ipynb"
    assert whole["url"] == "../notebooks/notebooks.zip"
    assert [link["text"].rpartition(" ")[2] for link in others] == services


def test_no_link_on_a_page_that_is_no_notebook(app):
    context = {}
    add_notebook_links(app, "book/plain", "page.html", context, object())
    assert context == {}


def test_the_archive_is_written_only_where_its_files_changed(tmp_path, monkeypatch):
    """A page that is served again and again writes it once."""
    files = {"a.ipynb": b"one", "data/b.csv": b"two"}
    monkeypatch.setattr(notebook_archive, "_files", lambda app: files.items())
    monkeypatch.setattr(notebook_archive, "chapter_texts", lambda app: {"a": ""})
    app = SimpleNamespace(outdir=tmp_path, builder=SimpleNamespace(format="html"))
    path = tmp_path / notebook_archive.ARCHIVE

    def is_written():
        if path.is_file():
            os.utime(path, (0, 0))
        notebook_archive.write_archive(app, None)
        with zipfile.ZipFile(path) as archive:
            assert {name: archive.read(name) for name in archive.namelist()} == files
        return path.stat().st_mtime > 0

    assert is_written() and not is_written()
    for name, data in (("a.ipynb", b"ones"), ("data/b.csv", b""), ("data/c.csv", b"")):
        files[name] = data
        assert is_written() and not is_written()
    files["data/d.csv"] = files.pop("data/c.csv")
    assert is_written()
    path.write_bytes(path.read_bytes()[:40])
    assert is_written()
