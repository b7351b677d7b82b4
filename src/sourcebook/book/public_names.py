"""References to the library: a name that a package exports is found under the package, wherever it was defined."""

from __future__ import annotations

import sys
from collections.abc import Collection

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

__all__ = ["public_name", "register", "seen_from"]


def public_name(target: str, known: Collection[str]) -> str | None:
    """Find the name under which a package exports what one of its modules defines.

    Parameters
    ----------
    target : str
        A dotted name that is not described.
    known : iterable of str
        The dotted names that are.

    Returns
    -------
    str or None
        The described name with parts left out before its last; for a bare name, the only described one that
        ends with it. None where there is none or no single one.

    Examples
    --------
    >>> public_name("package.dates.edtf.parse", {"package.dates.parse"})
    'package.dates.parse'
    >>> public_name("parse", {"package.dates.parse"})
    'package.dates.parse'
    >>> public_name("package.dates.edtf.parse", {"parse"}) is None
    True
    """
    *parts, last = target.split(".")
    if not parts:
        ending = [name for name in known if name.endswith(f".{last}")]
        return ending[0] if len(ending) == 1 else None
    shorter = (".".join([*parts[:end], last]) for end in range(len(parts) - 1, 0, -1))
    return next((name for name in shorter if name in known), None)


def seen_from(module: str, name: str, known: Collection[str]) -> str | None:
    """Find which of several described things of one name a module, or the modules within it, mean by it.

    Parameters
    ----------
    module : str
        The dotted name of the module, which is imported.
    name : str
        The bare name.
    known : collection of str
        The dotted names that are described.

    Returns
    -------
    str or None
        The described name of what the modules have under the name; None where they have nothing, or several things.

    Examples
    --------
    >>> seen_from("sourcebook.book", "public_name", {"sourcebook.book.public_names.public_name", "a.public_name"})
    'sourcebook.book.public_names.public_name'
    """
    if not module or "." in name:
        return None
    within = [each for each in sys.modules if each == module or each.startswith(f"{module}.")]
    things = [vars(sys.modules[each]).get(name) for each in within]
    names = {f"{thing.__module__}.{name}" for thing in things if getattr(thing, "__module__", None)}
    found = {each if each in known else public_name(each, known) for each in names} - {None}
    return found.pop() if len(found) == 1 else None


def _reference(
    app: Sphinx, env: BuildEnvironment, node: addnodes.pending_xref, content: nodes.TextElement
) -> nodes.Element | None:
    """Resolve a reference to a name where it was defined to where it is described."""
    if node.get("refdomain") != "py":
        return None
    described = env.domains["py"].objects
    target = str(node.get("reftarget", ""))
    name = public_name(target, set(described)) or seen_from(
        str(node.get("py:module") or ""), target, described
    )
    if name is None:
        return None
    entry = described[name]
    address = app.builder.get_relative_uri(node["refdoc"], entry.docname)
    return nodes.reference("", "", content, internal=True, refuri=f"{address}#{entry.node_id}", reftitle=name)


def register(app: Sphinx) -> None:
    """Connect the handler."""
    app.connect("missing-reference", _reference)
