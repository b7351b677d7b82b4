"""What a Research Object Crate says of a book: what each part is, whose it is, and how the pages were made."""

from __future__ import annotations

import datetime
import mimetypes
import os
import platform
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sourcebook._version import __version__
from sourcebook.core.about import About, read_about
from sourcebook.core.csvfiles import read_table
from sourcebook.exchange.crate_files import DESCRIPTOR, newer_than_rendered
from sourcebook.pipeline.datapackage import data_package

__all__ = ["LOCK", "PACKAGES", "describe"]

#: The packages with which the archive was made, where the book has no lock of its own.
PACKAGES = "environment.txt"
LOCK = "requirements.lock"

_CONFORMS = "https://w3id.org/ro/crate/1.1"
_PYTHON, _SOURCEBOOK, _BUILD = "#python", "#sourcebook", "#build"
_FOLDERS = {
    "data": "The documents, what is coded in them, and what is computed of both.",
    "book": "The chapters, as notebooks in MyST Markdown.",
    "html": "The rendered book: open index.html.",
    "epub": "The book for readers of electronic books.",
    "pdf": "The book on paper.",
    "src": "The library.",
    "tests": "The tests.",
}
_TYPES = {
    ".md": "text/markdown", ".csv": "text/csv", ".toml": "application/toml", ".yml": "application/yaml",
    ".lock": "text/plain", ".py": "text/x-python", ".cff": "application/yaml", ".epub": "application/epub+zip",
    ".ipynb": "application/x-ipynb+json", ".js": "text/javascript",
}  # fmt: skip

_Entity = dict[str, Any]


def describe(
    folder: Path, data: Path, files: Mapping[str, Path], made: Mapping[str, bytes]
) -> tuple[dict[str, Any], list[str]]:
    """Describe an archive of a folder.

    Parameters
    ----------
    folder, data : Path
        The folder of the book, and the data folder: the same without a book.
    files : mapping of str to Path
        The files by their paths in the archive.
    made : mapping of str to bytes
        The files that are made for the archive.

    Returns
    -------
    dict, list of str
        The metadata document, and what a person should mend before the archive is published.
    """
    about, prefix = read_about(data), "" if folder == data else "data/"
    sizes = {name: path.stat().st_size for name, path in files.items()}
    sizes |= {name: len(content) for name, content in made.items()}
    shown = [name for name in sizes if _is_described(name)]
    top = sorted({name.partition("/")[0] for name in files if "/" in name})
    licences, (authors, publishers, organisations) = _licences(about, files, prefix), _people(about)
    notices, described = _file_entities(data, prefix, {name: sizes[name] for name in shown})
    root = _root(about, _day(files)) | {"license": _links(licences)}
    root |= {"author": _links(authors)} if authors else {}
    root |= {"publisher": _links(publishers)} if publishers else {}
    parts = [*(f"{name}/" for name in top), *(name for name in shown if "/" not in name)]
    root["hasPart"] = _one_or_all([{"@id": quote(name)} for name in parts])
    known = {entity["@id"] for entity in described}
    graph = [
        {
            "@id": DESCRIPTOR,
            "@type": "CreativeWork",
            "conformsTo": {"@id": _CONFORMS},
            "about": {"@id": "./"},
        },
        root,
        *(_folder_entity(name, shown) for name in top),
        *described,
        *(
            entity
            for entity in (*licences, *authors, *publishers, *organisations, *notices)
            if entity["@id"] not in known
        ),
        *_how(files, prefix),
    ]
    return {"@context": f"{_CONFORMS}/context", "@graph": graph}, _missing(about, files, prefix)


def _root(about: About, day: str) -> _Entity:
    """Return what the whole is."""
    root: _Entity = {
        "@id": "./",
        "@type": "Dataset",
        "name": about.title,
        "description": about.description or f"{about.title}: a book and its data, made with sourcebook.",
        "datePublished": day,
        "mentions": {"@id": _BUILD},
    }
    root |= {"version": about.version} if about.version else {}
    root |= {"keywords": ", ".join(about.keywords)} if about.keywords else {}
    return root | ({"url": about.homepage} if about.homepage else {})


def _file_entities(data: Path, prefix: str, sizes: Mapping[str, int]) -> tuple[list[_Entity], list[_Entity]]:
    """Return the notices of rights in the documents, and the files."""
    tables, rights = _tables(data, prefix), _rights(data, prefix)
    notices = {notice: f"#rights-{number}" for number, notice in enumerate(sorted(set(rights.values())), 1)}
    return (
        [
            {"@id": at, "@type": "CreativeWork", "name": "Rights", "description": text}
            for text, at in notices.items()
        ],
        [
            _file_entity(name, size, tables.get(name), notices.get(rights.get(name, "")))
            for name, size in sizes.items()
        ],
    )


def _missing(about: About, files: Mapping[str, Path], prefix: str) -> list[str]:
    """Return what an archive of this folder should have and has not."""
    named = [key for key in ("description", "licenses", "contributors", "version") if not getattr(about, key)]
    told = (
        [f"{prefix}dataset.toml names no {', no '.join(named)}: add what is missing, and export again"]
        if named
        else []
    )
    if f"{prefix}datapackage.json" not in files:
        told.append("the tables are not built: run `sourcebook build`, and export again")
    if prefix and "html/index.html" not in files:
        told.append("the book is not rendered: run `sourcebook book`, and export again")
    if newer := newer_than_rendered(dict(files)):
        told.append(f"the rendered book is older than {newer[0]}: run `sourcebook book`, and export again")
    if any(name.startswith(f"{prefix}raw/") for name in files):
        told.append(
            f"{prefix}raw holds the documents themselves: publish it only where their rights allow it"
        )
    return told


def _is_described(name: str) -> bool:
    """Return whether a file has an entity of its own; of what was rendered the first page alone has one."""
    top, _, rest = name.partition("/")
    return name != DESCRIPTOR and (top not in ("html", "src", "tests") or rest == "index.html")


def _day(files: Mapping[str, Path]) -> str:
    """Return the day of SOURCE_DATE_EPOCH, else that of the newest file."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    when = (
        int(epoch) if epoch.isdigit() else max((path.stat().st_mtime for path in files.values()), default=0)
    )
    return datetime.datetime.fromtimestamp(when, tz=datetime.UTC).date().isoformat()


def _tables(data: Path, prefix: str) -> dict[str, dict[str, Any]]:
    """Return what the Data Package says of each table, by its path in the archive."""
    return {f"{prefix}{each['path']}": each for each in data_package(data)["resources"]}


def _rights(data: Path, prefix: str) -> dict[str, str]:
    """Return whose each document is, by the path of its file."""
    registry = read_table(data / "raw" / "sources.csv", root=data)
    columns = [name for name in ("file", "original") if name in registry and "rights" in registry]
    return {
        f"{prefix}raw/{row[column]}": row["rights"]
        for row in registry.to_dict("records")
        for column in columns
        if row[column] and row["rights"]
    }


def _licences(about: About, files: Mapping[str, Path], prefix: str) -> list[_Entity]:
    """Return the licences that the data folder names, else the file that says what the rights are."""
    found = [
        {
            "@id": licence.get("path") or f"#{licence.get('name', 'licence')}",
            "@type": "CreativeWork",
            "name": licence.get("name") or licence.get("title") or licence.get("path"),
            "description": licence.get("title") or licence.get("name") or licence.get("path"),
        }
        for licence in about.licenses or []
    ]
    names = [name for name in (f"{prefix}LICENSE", "LICENSE") if name in files]
    none = {"@id": "#licence", "@type": "CreativeWork", "name": "No licence is given"}
    return found or [{"@id": name, "@type": "File", "name": "Rights"} for name in names[:1]] or [none]


def _people(about: About) -> tuple[list[_Entity], list[_Entity], list[_Entity]]:
    """Return who wrote the book, who publishes it, and the organisations that these belong to."""
    authors: list[_Entity] = []
    publishers: list[_Entity] = []
    organisations: dict[str, _Entity] = {}
    for number, each in enumerate(about.contributors or [], 1):
        name, organisation = each.get("title", ""), each.get("organization", "")
        publishes = each.get("role") == "publisher"
        kind = "Organization" if publishes or organisation == name else "Person"
        entity: _Entity = {"@id": each.get("path") or f"#contributor-{number}", "@type": kind, "name": name}
        if organisation and kind == "Person":
            at = f"#organisation-{len(organisations) + 1}"
            known = organisations.setdefault(
                organisation, {"@id": at, "@type": "Organization", "name": organisation}
            )
            entity["affiliation"] = {"@id": known["@id"]}
        (publishers if publishes else authors).append(entity)
    return authors, publishers, list(organisations.values())


def _links(entities: list[_Entity]) -> dict[str, str] | list[dict[str, str]]:
    return _one_or_all([{"@id": entity["@id"]} for entity in entities])


def _one_or_all(links: list[dict[str, str]]) -> dict[str, str] | list[dict[str, str]]:
    """Return a single link as itself, as the specification asks."""
    return links[0] if len(links) == 1 else links


def _folder_entity(name: str, shown: list[str]) -> _Entity:
    entity: _Entity = {"@id": f"{quote(name)}/", "@type": "Dataset", "name": name}
    if name in _FOLDERS:
        entity["description"] = _FOLDERS[name]
    parts = [{"@id": quote(each)} for each in shown if each.startswith(f"{name}/")]
    return entity | ({"hasPart": _one_or_all(parts)} if parts else {})


def _file_entity(name: str, size: int, table: Mapping[str, Any] | None, rights: str | None) -> _Entity:
    """Return what is said of a file."""
    suffix = Path(name).suffix.lower()
    kind = _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    chapter = name.startswith("book/") and suffix == ".md"
    entity: _Entity = {
        "@id": quote(name),
        "@type": ["File", "SoftwareSourceCode"] if chapter else "File",
        "name": table["title"] if table else name.rpartition("/")[2],
        "encodingFormat": kind,
        "contentSize": str(size),
    }
    entity |= {"description": table["description"]} if table else {}
    entity |= {"programmingLanguage": {"@id": _PYTHON}} if chapter else {}
    return entity | ({"license": {"@id": rights}} if rights else {})


def _how(files: Mapping[str, Path], prefix: str) -> Iterator[_Entity]:
    """Yield the program that made the pages of the data, and what it runs on."""
    lock = LOCK if LOCK in files else PACKAGES
    yield {
        "@id": _PYTHON,
        "@type": "ComputerLanguage",
        "name": "Python",
        "version": platform.python_version(),
    }
    yield {
        "@id": _SOURCEBOOK,
        "@type": "SoftwareApplication",
        "name": "sourcebook",
        "version": __version__,
        "softwareRequirements": {"@id": lock},
    }
    yield {
        "@id": _BUILD,
        "@type": "CreateAction",
        "name": "sourcebook book" if prefix else "sourcebook build",
        "description": "Checks the data, derives the tables, executes the chapters and renders the pages.",
        "instrument": {"@id": _SOURCEBOOK},
        "object": {"@id": prefix or "./"},
    } | ({"result": {"@id": "html/"}} if "html/index.html" in files else {})
