"""References to the library: a name that a package exports is found under the package, wherever it was defined."""

from __future__ import annotations

from collections.abc import Collection

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

__all__ = ["public_name", "register"]


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


def _reference(
    app: Sphinx, env: BuildEnvironment, node: addnodes.pending_xref, content: nodes.TextElement
) -> nodes.Element | None:
    """Resolve a reference to a name where it was defined to where it is described."""
    if node.get("refdomain") != "py":
        return None
    described = env.domains["py"].objects
    name = public_name(str(node.get("reftarget", "")), set(described))
    if name is None:
        return None
    entry = described[name]
    address = app.builder.get_relative_uri(node["refdoc"], entry.docname)
    return nodes.reference("", "", content, internal=True, refuri=f"{address}#{entry.node_id}", reftitle=name)


def register(app: Sphinx) -> None:
    """Connect the handler."""
    app.connect("missing-reference", _reference)
