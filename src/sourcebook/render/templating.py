"""The templates of pages: they hold the markup, Python prepares what they print.

Every text is escaped, unless it is markup already (it has ``__html__``). A line break in a template is layout:
with the indentation around it, it leaves nothing beside a tag, an expression or a statement, and one space
between words. A space that counts there is written within a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from markupsafe import Markup

__all__ = ["render"]

_BREAK = re.compile(r"[ ]*\n\s*")
_BESIDE_TAG = re.compile(r"(?:\A|(?<=>))[ ]*\n\s*|[ ]*\n\s*(?=<|\Z)")


class _Layout(Extension):
    """Leaves the line breaks of a template out of its output, and keeps their numbers for its errors."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        for token in stream:
            if token.type == "data":
                yield Token(token.lineno, "data", _BREAK.sub(" ", _BESIDE_TAG.sub("", token.value)))
            else:
                yield token


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("sourcebook.render"),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=[_Layout],
    )
    environment.policies["json.dumps_kwargs"] = {"separators": (",", ":")}
    return environment


def render(template: str, /, **context: object) -> Markup:
    """Return what a template prints.

    Parameters
    ----------
    template : str
        Its name in the folder ``templates``, without ``.html.j2``.
    **context
        What it prints, by name.

    Returns
    -------
    markupsafe.Markup
        HTML that another template prints as it is.

    Raises
    ------
    jinja2.UndefinedError
        Where the template asks for a name, or for a part of a value, that is not given.
    """
    return Markup(_environment().get_template(f"{template}.html.j2").render(context))
