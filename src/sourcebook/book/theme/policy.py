"""What a page may run and fetch: its Content-Security-Policy, and its styles where the policy can name them.

No page has a script of its own: scripts are files of the book. Styles that a page brings along (the rules of a
figure, the ``style`` attributes of docutils, pandas and matplotlib) become one sheet in its head, which the policy
admits by its hash. So neither scripts nor styles need ``unsafe-inline``.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re

__all__ = ["content_policy", "gather_styles"]

_SHEET = re.compile(r"<style\b[^>]*>(.*?)</style>", re.DOTALL)
_TAG = re.compile(r"""<[a-zA-Z](?:[^<>"']|"[^"]*"|'[^']*')*>""")
_ATTRIBUTE = re.compile(r"""\sstyle=("[^"]*"|'[^']*')""")
_CLASS = re.compile(r"""(\sclass=)(?:"([^"]*)"|'([^']*)')""")


def content_policy(*sheets: str) -> str:
    """Return the Content-Security-Policy of a page.

    Parameters
    ----------
    *sheets : str
        The contents of its style elements.

    Returns
    -------
    str
        Scripts, pictures and fonts of the book itself; its style sheets and the given ones; pictures that a
        script of the book makes (``blob:``, which no mark-up can name); forms that go to it; nothing else.

    Examples
    --------
    >>> content_policy().split("; ")[:3]
    ["default-src 'none'", "script-src 'self'", "style-src 'self'"]
    """
    hashes = "".join(f" 'sha256-{_digest(sheet)}'" for sheet in sheets if sheet)
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self'{hashes}; img-src 'self' blob:; font-src 'self'; "
        "form-action 'self'; base-uri 'none'"
    )


def _digest(sheet: str) -> str:
    return base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()


def gather_styles(body: str) -> tuple[str, str]:
    """Move the styles of a page's body to one sheet.

    Parameters
    ----------
    body : str
        HTML.

    Returns
    -------
    tuple of str
        The body with classes in place of ``style`` attributes and without style elements, and the sheet. A
        declaration that could end its rule is left out.

    Examples
    --------
    >>> gather_styles('<p style="color:red">a</p><p class="b" style="color:red">c</p>')
    ('<p class="sb-own-1">a</p><p class="b sb-own-1">c</p>', '.sb-own-1.sb-own-1.sb-own-1{color:red}')
    """
    sheets: list[str] = []
    names: dict[str, str] = {}

    def take(found: re.Match[str]) -> str:
        sheets.append(found[1])
        return ""

    def rename(found: re.Match[str]) -> str:
        tag = found[0]
        attribute = _ATTRIBUTE.search(tag)
        if attribute is None:
            return tag
        tag = tag[: attribute.start()] + tag[attribute.end() :]
        style = html.unescape(attribute[1][1:-1]).strip().rstrip(";")
        if not style or re.search(r"[{}<@\\]", style):
            return tag
        name = names.setdefault(style, f"sb-own-{len(names) + 1}")
        if _CLASS.search(tag):
            return _CLASS.sub(lambda m: f'{m[1]}"{m[2] or m[3] or ""} {name}"', tag, count=1)
        end = -2 if tag.endswith("/>") else -1
        return f'{tag[:end]} class="{name}"{tag[end:]}'

    if "<style" in body:
        body = _SHEET.sub(take, body)
    if "style=" in body:
        body = _TAG.sub(rename, body)
    # three times its class: as much weight as what stood at the element had over the sheets of the book
    rules = [f".{name}.{name}.{name}{{{style}}}" for style, name in names.items()]
    return body, "".join([*sheets, *rules])
