"""What tables, figures and pages call a source, where its title would be too long."""

from __future__ import annotations

import re

import pandas as pd

from sourcebook.parsing.dates import format_date

__all__ = ["short_names"]

#: A date of which at least the year is certain.
_PLAIN = re.compile(r"\d{4}(-\d{2}){0,2}")


def short_names(sources: pd.DataFrame) -> dict[str, str]:
    """Return the short name of each source: the registry's own, else its author or publisher and the month it prints.

    Parameters
    ----------
    sources : DataFrame
        ``source_id``, and ``short_name, author, publisher, date_published`` as far as they are there.

    Returns
    -------
    dict of str to str
        By source id, in the order of the rows; two sources that would have one name keep their ids, and so does one
        without author and publisher.

    Examples
    --------
    >>> from sourcebook.pipeline.store import load
    >>> list(short_names(load()["sources"]).values())[:2]
    ['Akram, Oct 2024', 'Turan']
    """
    names = {}
    for row in sources.to_dict("records"):
        author, publisher, date = (row.get(c, "") for c in ("author", "publisher", "date_published"))
        who = author.partition(",")[0] or publisher.partition(" ")[0]
        if who and _PLAIN.fullmatch(date):
            who += ", " + re.sub(r"[^\W\d]{4,}", lambda name: name[0][:3], format_date(date[:7]))
        names[row["source_id"]] = row.get("short_name") or who or row["source_id"]
    counts = pd.Series(names).value_counts()
    return {source: name if counts[name] == 1 else source for source, name in names.items()}
