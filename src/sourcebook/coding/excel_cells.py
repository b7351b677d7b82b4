"""What a person wrote into a cell of Excel, as text."""

from __future__ import annotations

import datetime
import re
from typing import Any

__all__ = ["text_of"]

#: Parts of a number format that are printed as they are.
_IN_QUOTES = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def text_of(cell: Any) -> tuple[str, str, str]:
    """Return the text of a cell, what is wrong with it, and what a person should know of how it was read."""
    value = cell.value
    if cell.data_type in ("f", "e"):
        return "", f"{'a formula' if cell.data_type == 'f' else 'an error'} {str(value)!r:.60}", ""
    if isinstance(value, str):
        return value.strip(), "", ""
    if isinstance(value, bool):
        return ("yes" if value else "no"), "", f"{str(value).upper()} was read as {'yes' if value else 'no'}"
    if isinstance(value, datetime.datetime | datetime.date):
        shown = _IN_QUOTES.sub("", cell.number_format).lower()
        parts = 3 if "d" in shown else 2 if "m" in shown else 1
        text = "-".join(value.strftime("%Y-%m-%d").split("-")[:parts])
        return text, "", f"a date of Excel was read as {text}; format the cell as text to write it otherwise"
    if isinstance(value, datetime.time | datetime.timedelta):
        return "", f"a time of day, {value}", ""
    text = f"{value:.15g}" if isinstance(value, float) and not value.is_integer() else str(int(value))
    note = (
        f"the cell shows a percentage and holds {text}, which was read" if "%" in cell.number_format else ""
    )
    return text, "", note
