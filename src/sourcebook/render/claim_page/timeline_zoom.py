"""What the sources date, as a static figure and as data that a script zooms."""

from __future__ import annotations

from datetime import date
from typing import Any

from sourcebook.parsing.dates import parse_edtf
from sourcebook.render import display
from sourcebook.render.claim_index import ClaimIndex, plain
from sourcebook.render.display import Html
from sourcebook.render.figures import plot_timeline
from sourcebook.render.links import Links
from sourcebook.render.templating import render

__all__ = ["timeline", "timeline_data"]

_BOUNDS = ("start_earliest", "start_latest", "end_earliest", "end_latest")
#: The first of January 1970, from which browsers count, as an ordinal.
_EPOCH = date(1970, 1, 1).toordinal()


def _day(iso: str) -> int | None:
    """Return a day as days since 1970-01-01."""
    earliest = parse_edtf(iso).earliest if iso else None
    return None if earliest is None else earliest - _EPOCH


def timeline_data(index: ClaimIndex, *, links: Links) -> dict[str, Any]:
    """Return the dated claims for a script.

    Parameters
    ----------
    index : ClaimIndex
        The dataset.
    links : sourcebook.render.links.Links
        Where the marks lead.

    Returns
    -------
    dict
        ``sources`` (ids, in the order of the registry) and ``rows``, each with ``event``, ``source`` (its
        position), ``text``, ``href``, ``label`` and ``days``: the four bounds as days since 1970-01-01, or None.
        Events are in the order of their first row, the rows of each in that of the sources. A claim that bounds
        nothing is left out.
    """
    position = {name: n for n, name in enumerate(index.sources)}
    rows = []
    for row in index.timeline.to_dict("records"):
        days = [_day(str(row[bound])) for bound in _BOUNDS]
        if days[0] is None and days[3] is None:
            continue
        event, display = plain(row["event"]), plain(row["display"])
        rows.append(
            {
                "event": event,
                "source": position[row["source_id"]],
                "text": display,
                "href": links.claim(row["claim_id"]),
                "label": f"{event}: {display}, {index.source_names[row['source_id']]}",
                "days": days,
            }
        )
    events = list(dict.fromkeys(row["event"] for row in rows))
    rows.sort(key=lambda row: (events.index(row["event"]), row["source"]))
    return {"sources": list(index.source_names.values()), "rows": rows}


def timeline(index: ClaimIndex, *, links: Links, still: bool = True) -> Html:
    """Return the place of the timeline that a script zooms, after the figure that is its fallback.

    Parameters
    ----------
    index : ClaimIndex
        The dataset.
    links : sourcebook.render.links.Links
        Where the marks lead.
    still : bool
        Whether to draw the figure; not where the page has it already.

    Returns
    -------
    Html
        The figure with the table behind it, and an empty element with the data.
    """
    figure: Html | str = ""
    if still:
        columns = ["event", "source_id", "display", *_BOUNDS]
        dates = index.timeline.drop_duplicates(["source_id", "event", "value"])
        events = dates["event"].nunique()
        figure = display.figure(
            plot_timeline,
            dates,
            sources=list(index.sources),
            alt=f"Timeline of {events} things that the sources date, {len(dates)} dates in all; the table behind "
            "the figure lists each.",
            caption="What the sources date, and when",
            data=dates[columns],
        )
    return Html(render("timeline", figure=figure, data=timeline_data(index, links=links)))
