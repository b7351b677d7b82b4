"""What our roles print, as words alone: for notebooks, in which Jupyter shows roles as they are written."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Mapping

from sourcebook.analysis.numbers import NamedNumber, evaluate, in_form, is_expression, split_form
from sourcebook.core.errors import ParseError
from sourcebook.pipeline.dataset import Dataset
from sourcebook.render.source_page import quotes

__all__ = ["TITLED", "role_words", "words_of_dataset"]

#: The content of a role that says how it is shown.
TITLED = re.compile(r"(?P<text>.+?)\s*<(?P<id>[^<>]+)>", re.DOTALL)


def role_words(
    role: str,
    content: str,
    *,
    quoted: Mapping[str, str],
    number: Callable[[str], NamedNumber | None],
) -> str | None:
    """Return what a role prints; None for a role that is not ours, and for a number that there is not.

    Parameters
    ----------
    role, content : str
        The role.
    quoted : mapping of str to str
        The words of each row.
    number : callable
        Returns the number of a name or expression, if there is one.

    Examples
    --------
    >>> role_words("passage", "a.c1", quoted={"a.c1": "the bridge fell"}, number=lambda name: None)
    '“the bridge fell”'
    """
    if role == "value":
        form, name = split_form(content)
        found = number(name)
        with contextlib.suppress(ParseError):  # as is reported when the page is read
            return in_form(found.formatted, form) if found else None
    if role == "passage":
        titled = TITLED.fullmatch(content)
        return titled["text"] if titled else f"“{quoted.get(content, content)}”"
    return None


def words_of_dataset(data: Dataset) -> Callable[[str, str], str | None]:
    """Return what gives the words of a role from a dataset alone, without the numbers that pages compute.

    Parameters
    ----------
    data : Dataset
        With its derived tables.

    Examples
    --------
    >>> import sourcebook
    >>> words_of_dataset(sourcebook.load())("value", "count.sources")
    '5'
    """
    quoted, numbers = quotes(data.tables, data.documents, data.schemas), data.numbers

    def number(name: str) -> NamedNumber | None:
        with contextlib.suppress(ParseError):
            return evaluate(name, numbers) if is_expression(name) else numbers.get(name)
        return None

    return lambda role, content: role_words(role, content, quoted=quoted, number=number)
