"""Tables for readers of what other pages say: links to the bibliography, and the pages that print a number."""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from sourcebook.parsing.dates import format_date
from sourcebook.render.addresses import current_addresses
from sourcebook.render.display import Html, join

__all__ = ["cited", "printed_table"]


def cited(keys: str, text: str, *, page: str = "bibliography.html") -> Html:
    """Return a text that leads to an entry of the bibliography, with numbers for further ones.

    Parameters
    ----------
    keys : str
        Keys of entries joined by ``;``.
    text : str
        What the first one is shown as.
    page : str
        The page of the bibliography, whose entries have ``ref-`` and their key as address.

    Examples
    --------
    >>> print(cited("mill1990;mill1991", "Mill"))
    <a href="bibliography.html#ref-mill1990">Mill</a>, <a href="bibliography.html#ref-mill1991">2</a>
    """
    shown = Markup('<a href="{}#ref-{}">{}</a>')
    return join(
        [
            Html(shown.format(page, key, n if n > 1 else text))
            for n, key in enumerate(keys.split(";"), start=1)
        ],
        ", ",
    )


def _page(row: pd.Series) -> Html:
    """Return the name of a page, linked to the bibliography, and whether it was read once only."""
    name = row["publisher"]
    if row["source_id"]:
        name = current_addresses().source_name(row["source_id"])
    once = "" if row["found_again"] == "yes" else " (read once)"
    return Html(Markup("{}{}").format(cited(row["reference"], name), once))


def _words(row: pd.Series) -> Html:
    """Return the words of a page, and what they mean in English."""
    english = Markup(" (“{}”)").format(row["english"]) if row["english"] else ""
    return Html(Markup("“{}”{}").format(row["quote"], english))


def printed_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Return printed occurrences of a number with columns and cells for readers.

    Parameters
    ----------
    rows : DataFrame
        Rows of the table ``printed_numbers``: ``publisher, source_id, reference, found_again, date, quote, english,
        counted, period, whose`` (all str).

    Returns
    -------
    DataFrame
        A row for each, in the same order: ``page`` (Html), ``date`` (str), ``words`` (Html), ``what is counted``,
        ``for which time`` and ``whose figure`` (all str). A page that was not found again is marked “read once”.

    Examples
    --------
    >>> row = {"publisher": "The Post", "source_id": "", "reference": "post1990", "found_again": "yes",
    ...     "date": "", "quote": "zwei", "english": "two", "counted": "mills", "period": "1989", "whose": ""}
    >>> table = printed_table(pd.DataFrame([row]))
    >>> print(table.at[0, "words"])
    “zwei” (“two”)
    >>> table.at[0, "date"], table.at[0, "for which time"]
    ('undated', '1989')
    """
    dated = [format_date(date) if date else "" for date in rows["period"]]
    return pd.DataFrame(
        {
            "page": [_page(row) for _, row in rows.iterrows()],
            "date": [format_date(date) if date else "undated" for date in rows["date"]],
            "words": [_words(row) for _, row in rows.iterrows()],
            "what is counted": rows["counted"].tolist(),
            "for which time": dated,
            "whose figure": rows["whose"].tolist(),
        }
    )
