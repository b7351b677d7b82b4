"""The files of an export of INCEpTION or WebAnno: of a project many, a document being a folder and a coder a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sourcebook.core.files import scratch_folder
from sourcebook.exchange.model import Document
from sourcebook.exchange.untrusted import Archive, read_bytes, refuse

__all__ = ["TYPES", "Exported", "document_of", "exported_files"]

#: The file of a type system that lies beside files of XMI.
TYPES = "TypeSystem.xml"
#: Where a project has the annotations of its coders, and what two files are called that no coder made.
_ANNOTATED, _FIRST, _CURATED = ("annotation", "curation"), "INITIAL_CAS", "CURATION_USER"


@dataclass(frozen=True)
class Exported:
    """A file of an export.

    Attributes
    ----------
    where : str
        What problems call it.
    document, coder : str
        Of what it is, and by whom, as far as its place tells.
    data : bytes
        What it holds.
    types : bytes
        The type system that lies beside it; empty if there is none.
    """

    where: str
    document: str
    coder: str
    data: bytes
    types: bytes = b""


def exported_files(path: Path, suffixes: tuple[str, ...]) -> list[Exported]:
    """Return the files with some suffixes of a file, a folder, or a ZIP archive, archives in archives included.

    Parameters
    ----------
    path : Path
        The file or the folder.
    suffixes : tuple of str
        What the names end with; a file that is named itself may end otherwise.

    Raises
    ------
    DataError
        If there are none, or they are more than is read.
    """
    if path.is_dir():
        members = {
            each.relative_to(path).as_posix(): read_bytes(each)
            for each in sorted(path.rglob("*"))
            if each.is_file() and each.suffix.lower() in {*suffixes, ".zip", ".xml"}
        }
    elif path.suffix.lower() == ".zip":
        members = _members(path)
    else:
        types = path.with_name(TYPES)
        beside = read_bytes(types) if ".xmi" in suffixes and types.is_file() else b""
        return [Exported(str(path), path.stem, "", read_bytes(path), beside)]
    members = _unpacked(members)
    found = list(_chosen(members, suffixes, str(path)))
    if not found:
        refuse(str(path), "none", f"files that end with {' or '.join(suffixes)}", "export the project again")
    return found


def _members(path: Path) -> dict[str, bytes]:
    with Archive(path) as archive:
        return {name: archive.read(name) for name in archive.names}


def _unpacked(members: dict[str, bytes]) -> dict[str, bytes]:
    """Return the members with those of the archives among them, which are called as if they were folders."""
    unpacked: dict[str, bytes] = {}
    with scratch_folder() as folder:
        for name, data in members.items():
            if not name.lower().endswith(".zip"):
                unpacked[name] = data
                continue
            inner = folder / f"{len(unpacked)}.zip"
            inner.write_bytes(data)
            for part, content in _members(inner).items():
                unpacked[f"{name.removesuffix('.zip')}/{part}"] = content
            inner.unlink()
    return unpacked


def _chosen(members: dict[str, bytes], suffixes: tuple[str, ...], where: str) -> Iterator[Exported]:
    """Yield the members that hold annotations: of a whole project those of its coders and its curation alone."""
    names = [name for name in members if name.lower().endswith(suffixes)]
    of_project = [name for name in names if PurePosixPath(name).parts[0] in _ANNOTATED]
    for name in of_project or names:
        *folders, file = PurePosixPath(name).parts
        stem = PurePosixPath(file).stem
        inner = [folder for folder in folders if folder.endswith(("/", ".zip"))]
        if of_project:
            folders = folders[1:]
        coder = ""
        if len(folders) >= 2 and of_project and not inner:  # annotation/document/coder.zip/coder.xmi
            coder, folders = folders[-1], folders[:-1]
        elif folders:
            coder = stem
        if coder == _FIRST:
            continue
        beside = [str(PurePosixPath(name).with_name(TYPES)), TYPES]
        types = next((members[each] for each in beside if each in members), b"")
        document = "/".join(folders) or stem
        yield Exported(
            f"{where}/{name}", document, "curation" if coder == _CURATED else coder, members[name], types
        )


def document_of(documents: dict[str, Document], file: Exported, text: str, title: str = "") -> str:
    """Return the id of the document of a file, which is added if it is not known; one of another text is another.

    Parameters
    ----------
    documents : dict of str to Document
        The documents so far.
    file : Exported
        The file.
    text : str
        Its text.
    title : str
        Its title.
    """
    name = file.document
    if name in documents and documents[name].text != text:
        name = f"{name}/{file.coder or len(documents)}"
    documents.setdefault(name, Document(document_id=name, text=text, title=title))
    return name
