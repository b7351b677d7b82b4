"""The forms in which a sentence may print a value: as it is, in words, or its year alone."""

from __future__ import annotations

import re

from sourcebook.core.errors import ParseError
from sourcebook.parsing.numerals import in_words

__all__ = ["FORMS", "in_form", "split_form"]

FORMS = ("words", "Words", "year")
"""Names of the forms besides the plain one."""

_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")


def split_form(text: str) -> tuple[str, str]:
    """Split what a role is given into form and name.

    Parameters
    ----------
    text : str
        A name, or a form, a space and a name.

    Returns
    -------
    tuple of str
        Form, empty for the plain one, and name.

    Examples
    --------
    >>> split_form("words count.claims"), split_form("count.claims")
    (('words', 'count.claims'), ('', 'count.claims'))
    """
    first, _, rest = text.strip().partition(" ")
    return (first, rest.strip()) if first in FORMS and rest.strip() else ("", text.strip())


def in_form(display: str, form: str) -> str:
    """Return a value in one of its forms.

    Parameters
    ----------
    display : str
        As the page of values has it.
    form : str
        Empty for the value as it is, ``words`` for a whole number spelt out, ``Words`` for the same at the
        beginning of a sentence, ``year`` for the one year of a date.

    Returns
    -------
    str

    Raises
    ------
    ParseError
        If the value has no such form.

    Examples
    --------
    >>> in_form("1,005", "words"), in_form("5", "Words"), in_form("9 December 1948", "year")
    ('one thousand and five', 'Five', '1948')
    """
    if not form:
        return display
    if form == "year":
        years: set[str] = set(_YEAR.findall(display))
        if len(years) != 1:
            raise ParseError(f"{display!r} has no form {form!r}: expected a date of one year")
        return years.pop()
    if form not in FORMS:
        raise ParseError(f"unknown form {form!r}: expected one of {', '.join(FORMS)}")
    number = display.replace(",", "")
    if not (number.isascii() and number.isdigit()):
        raise ParseError(f"{display!r} has no form {form!r}: expected a whole number without a sign")
    words = in_words(int(number))
    return words if form == "words" else words[0].upper() + words[1:]
