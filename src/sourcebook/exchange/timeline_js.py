"""The dated claims as TimelineJS shows them, in its JSON: out."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sourcebook.core.files import write_text
from sourcebook.exchange.formats import Format
from sourcebook.pipeline.store import load

__all__ = ["FORMAT", "write"]


def write(folder: Path, path: Path) -> list[str]:
    """Write the dated claims of a built data folder for TimelineJS, and return what a person should know.

    Parameters
    ----------
    folder : Path
        The data folder.
    path : Path
        The file.

    Returns
    -------
    list of str
        The claims that have no earliest day, which TimelineJS does not take.
    """
    data = load(folder)
    quotes = data.tables["claims"].set_index("claim_id")["exact"].to_dict()
    asked = data.tables["propositions"]
    questions = dict(zip(asked["proposition_id"], asked["question"], strict=True))
    frame = data["timeline"].astype("string").fillna("")
    rows = [{str(name): str(cell) for name, cell in row.items()} for row in frame.to_dict("records")]
    events = [
        _event(row, quotes.get(row["claim_id"], ""), questions, data.source_names)
        for row in rows
        if row["start_earliest"]
    ]
    title = {
        "text": {"headline": html.escape(data.about.title), "text": html.escape(data.about.description or "")}
    }
    write_text(path, json.dumps({"title": title, "events": events}, ensure_ascii=False, indent=1) + "\n")
    open_ = [row["claim_id"] for row in rows if not row["start_earliest"]]
    return [f"claims without an earliest day: {', '.join(open_)}"] if open_ else []


def _event(
    row: Mapping[str, str], quote: str, questions: Mapping[str, str], names: Mapping[str, str]
) -> dict[str, Any]:
    """Return a claim: whose it is, what it answers, and in what words; all text, as TimelineJS takes it as HTML."""
    said = f"{names.get(row['source_id'], row['source_id'])}: “{' '.join(quote.split())}”"
    event: dict[str, Any] = {
        "unique_id": row["claim_id"],
        "start_date": _date(row["start_earliest"]),
        "display_date": html.escape(row["display"]),
        "group": html.escape(row["event"]),
        "text": {
            "headline": html.escape(questions.get(row["proposition_id"], row["proposition_id"])),
            "text": html.escape(said),
        },
    }
    last = row["end_latest"]
    if last and last != row["start_earliest"]:
        event["end_date"] = _date(last)
    return event


def _date(day: str) -> dict[str, int]:
    """Return a day in numbers; years before year 1 are negative, as TimelineJS counts them."""
    sign = -1 if day.startswith("-") else 1
    year, month, date = (int(part) for part in day.removeprefix("-").split("-"))
    return {"year": sign * year, "month": month, "day": date}


FORMAT = Format(
    name="timeline-js",
    text="the dated claims as TimelineJS's JSON",
    suffixes=(".json",),
    write_data=write,
    tried="the form that the documentation of TimelineJS describes",
)
