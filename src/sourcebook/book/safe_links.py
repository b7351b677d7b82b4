"""Links that lead somewhere, and run nothing: no address of a page begins a script.

An address of a bibliography that is no address of the web is told as a warning with its key, and printed without a
link; so is one of a chapter.
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

__all__ = ["is_safe_address", "register"]

_logger = logging.getLogger(__name__)

#: What may come before the first colon of an address.
_SCHEMES = frozenset({"http", "https", "mailto", "ftp", "tel", "doi", "urn"})
#: Browsers leave these out before they look for the colon.
_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\u2060\ufeff]")
_SCHEME = re.compile(r"([^/?#:]*):")


def is_safe_address(address: str) -> bool:
    r"""Return whether a link to an address can only lead somewhere.

    Parameters
    ----------
    address : str
        Of a page of the book or of the web.

    Examples
    --------
    >>> is_safe_address("https://un.org/a:b"), is_safe_address("limits.html#a:b"), is_safe_address("Java\tScript:x()")
    (True, True, False)
    """
    scheme = _SCHEME.match(_IGNORED.sub("", address))
    return scheme is None or scheme[1].lower() in _SCHEMES


class _SafeLinks(SphinxPostTransform):
    """Put the words of a link that could run something in its place."""

    default_priority = 900

    def run(self, **kwargs: Any) -> None:
        for link in list(self.document.findall(nodes.reference)):
            address = link.get("refuri", "")
            if is_safe_address(address):
                continue
            message = "%r is no address that a link of the book may have; expected http, https or mailto"
            _logger.warning(message, address[:100], location=link, type="sourcebook", subtype="address")
            link.replace_self(link.children)


def register(app: Sphinx) -> None:
    """Register the check with Sphinx."""
    app.add_post_transform(_SafeLinks)
