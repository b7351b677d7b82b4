"""The page of one claim: its words in their context, its coding, and how everything else stands to it."""

from __future__ import annotations

import html
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sourcebook.analysis.relations import ASSUMPTIONS, RULES
from sourcebook.coding.passes import ANSWER_VARIABLES
from sourcebook.render.claim_index import STATES, ClaimIndex, Row, claim_name, plain
from sourcebook.render.links import Links, Number, PageLink

__all__ = ["ClaimPage", "claim_page", "interval_in_words"]


@dataclass(frozen=True, kw_only=True)
class ClaimPage:
    """A page about one claim.

    Attributes
    ----------
    title : str
        Plain text for the window and for lists of results.
    description : str
        What the page holds, in one plain sentence.
    body : str
        HTML with one heading of the first level; every text from the data is escaped.
    """

    title: str
    description: str
    body: str


#: Columns of sentences, which need room to be read on a phone also.
_SENTENCES, _PROSE = ("rule and reason", "why so called"), ' class="sb-prose"'

_INFERRED = "the coder’s inference: the words do not say it in so many words"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"


def interval_in_words(row: Row, unit: str = "") -> str:
    """Return what a claim's value allows, from its bounds, in words; empty for a value without any.

    Parameters
    ----------
    row : mapping
        ``lower, upper`` (numbers, NaN where open), ``lower_closed, upper_closed`` (bool), ``earliest, latest``
        (ISO days, empty where open).
    unit : str
        What is counted, in the plural.

    Examples
    --------
    >>> bounds = {"lower_closed": False, "upper_closed": False, "earliest": "", "latest": ""}
    >>> interval_in_words(bounds | {"lower": 200.0, "upper": float("nan")}, "persons")
    'more than 200 persons, with no upper bound'
    """
    after = f" {unit}" if unit else ""
    known = not math.isnan(row["lower"]), not math.isnan(row["upper"])
    if row["lower"] == row["upper"]:
        return f"exactly {_number(row['lower'])}{after}"
    if any(known):
        low = ("at least" if row["lower_closed"] else "more than", row["lower"])
        high = ("at most" if row["upper_closed"] else "less than", row["upper"])
        parts = [f"{words} {_number(bound)}" for words, bound in (low, high) if not math.isnan(bound)]
        ends = {(True, False): ", with no upper bound", (False, True): ", with no lower bound"}
        return " and ".join(parts) + after + ends.get(known, "")
    if row["earliest"] and row["earliest"] == row["latest"]:
        return f"the day {row['earliest']}"
    if row["earliest"] or row["latest"]:
        return f"days from {row['earliest'] or 'any day'} to {row['latest'] or 'any day'}"
    return ""


def isolated(text: object) -> str:
    """Return a text escaped, its writing direction its own."""
    return f"<bdi>{html.escape(str(text))}</bdi>"


def _link(href: str, text: str, css: str = "sb-row") -> str:
    """Link markup to an address; plain where there is none."""
    return f'<a class="{css}" href="{html.escape(href)}">{text}</a>' if href else text


def _table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table whose cells are markup; the first cell heads its row."""
    head = "".join(f'<th scope="col"{_PROSE if name in _SENTENCES else ""}>{name}</th>' for name in heads)
    body = "".join(
        f'<tr><th scope="row">{cells[0]}</th>{"".join(f"<td>{cell}</td>" for cell in cells[1:])}</tr>'
        for cells in rows
    )
    label = html.escape(caption)
    return (
        f'<div class="sb-scroll" role="region" tabindex="0" aria-label="{label}"><table class="sb-table">'
        f"<caption>{label}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _context(index: ClaimIndex, claim_id: str, links: Links) -> str:
    """Show the words in their sentence, between the sentence before and the one after."""
    claim = index.claims[claim_id]
    document = index.documents[claim["source_id"]]
    start, end = document.normal.to_text(int(claim["start"]), int(claim["end"]))
    sentences = index.sentences[claim["source_id"]]
    before, after = "", ""
    if document.normal.text[start:end].strip():
        places = [n for n, s in enumerate(sentences) if s["start"] < end and s["end"] > start]
        inside = [sentences[n] for n in places]
        before = sentences[places[0] - 1]["text"] if places[0] else ""
        after = sentences[places[-1] + 1]["text"] if places[-1] + 1 < len(sentences) else ""
        low, high = inside[0]["start"], inside[-1]["end"]
        text = document.normal.text
        cut = (
            text[low : max(low, start)],
            text[max(low, start) : min(high, end)],
            text[min(high, end) : high],
        )
        section = next((s["section"] for s in reversed(inside) if s["section"]), "")
        where = f"section {isolated(f'“{section}”')}, " if section else ""
        sentence = claim_name(inside[0]["sentence_id"]).lstrip("s0")
        where += f"paragraph {inside[0]['paragraph']}, sentence {sentence}"
    else:
        cut = ("", " ".join(document.raw[int(claim["start"]) : int(claim["end"])].split()), "")
        where = "outside the running text"
    marked = f"{html.escape(cut[0])}<mark>{html.escape(cut[1])}</mark>{html.escape(cut[2])}"
    parts = [f'<p class="sb-before" dir="auto">{html.escape(before)}</p>' if before else ""]
    parts.append(f'<p class="sb-here" dir="auto">{marked}</p>')
    parts.append(f'<p class="sb-after" dir="auto">{html.escape(after)}</p>' if after else "")
    language = html.escape(document.metadata.get("language") or "und")
    source = isolated(index.source_line(claim["source_id"]))
    passage = _link(links.passage(claim_id), "The passage in the text of the source", "sb-passage")
    return (
        f'<blockquote class="sb-quote sb-context" lang="{language}">{"".join(parts)}</blockquote>'
        f'<p class="sb-where">{source} (<code>{html.escape(claim["source_id"])}</code>), {where}. {passage}.</p>'
    )


def _facts(index: ClaimIndex, claim: Row, question: Row) -> str:
    """List how a claim is coded."""
    unit = index.label("unit", question["unit"])
    pairs = [
        ("Answer", isolated(claim["display"])),
        ("Value as coded", f'<code dir="auto">{html.escape(claim["value"])}</code>'),
        ("What the value allows", isolated(interval_in_words(claim, unit))),
        ("Bearer", isolated(index.entities.get(claim["entity_id"], claim["entity_id"]))),
        ("Voice", isolated(index.label("voice", claim["voice"]))),
        ("Through", isolated(index.label("voice", claim["via"]))),
        ("Modality", html.escape(claim["modality"])),
        ("Basis", _INFERRED if claim.get("basis") == "inferred" else ""),
        ("Speaks of", isolated(index.label("scope", claim["scope"]) or question["scope"])),
        ("Note of the coder", isolated(claim["note"])),
    ]
    items = "".join(
        f"<dt>{name}</dt><dd>{text}</dd>" for name, text in pairs if text not in ("", "<bdi></bdi>")
    )
    return f'<dl class="sb-facts">{items}</dl>'


def _passes(index: ClaimIndex, claim: Row) -> str:
    """Set the answers of all passes to the question for this source side by side."""
    found = index.passes.get(f"{claim['source_id']}|{claim['proposition_id']}", {})
    coders = list(found)
    if len(coders) < 2:
        return "<p>No second pass coded this question for this source.</p>"

    def cell(coder: str, variable: str) -> str:
        return str(found[coder].get(variable, {}).get("value", ""))

    rows = []
    for variable in ANSWER_VARIABLES:
        cells = [cell(coder, variable) for coder in coders]
        known = [text for text in cells if text]
        equal = "not coded twice" if len(known) < 2 else "yes" if len(set(known)) == 1 else "no"
        shown = [isolated(text.replace(";", "; ")) if text else "not coded" for text in cells]
        rows.append([variable, *shown, equal])
    caption = "What each pass coded for this source and this question, all answers together"
    heads = ["", *(f"{html.escape(coder)} pass" for coder in coders), "equal"]
    notes = [
        f"<p>Note of the {html.escape(coder)} pass: {isolated(note)}</p>"
        for coder in coders
        if (note := found[coder].get("value", {}).get("note", ""))
    ]
    return _table(caption, ["coded", *heads[1:]], rows) + "".join(notes)


def _named(row: Row) -> str:
    """Name Allen's relation, and the assumptions on which a relation hangs."""
    parts = []
    if row.get("allen"):
        names = html.escape(" or ".join(row["allen"].split(";")))
        parts.append(f" In Allen’s terms, the first date to the second: {names}.")
    if row.get("sensitive_to"):
        asked = [
            ASSUMPTIONS[name].label if name in ASSUMPTIONS else name
            for name in row["sensitive_to"].split(";")
        ]
        parts.append(f" <strong>Hangs on an assumption:</strong> {html.escape(' '.join(asked))}")
    return "".join(parts)


def _related(index: ClaimIndex, claim_id: str, links: Links) -> str:
    """List the relation to every other claim on the question."""
    found = index.relations[claim_id]
    if not found:
        return "<p>No other claim answers this question.</p>"
    own = index.claims[claim_id]["source_id"]
    found = sorted(
        found,
        key=lambda pair: (
            index.claims[pair[0]]["source_id"] == own,
            STATES.index(pair[1]["relation"]),
        ),
    )
    rows = []
    for other, row in found:
        claim = index.claims[other]
        name = html.escape(row["relation"])
        words = name.replace("-", " ")
        rule = html.escape(row["rule"])
        source = html.escape(claim["source_id"]) + (" (the same source)" if claim["source_id"] == own else "")
        rows.append(
            [
                _link(links.claim(other), html.escape(claim_name(other))),
                source,
                isolated(claim["display"]),
                f"<q><bdi>{_link(links.passage(other), html.escape(claim['quote']), 'sb-passage')}</bdi></q>",
                f'<span class="sb-relation" data-relation="{name}">{words}</span>',
                f'<a href="#rule-{rule}">{rule}</a>: {isolated(row["reason"])}{_named(row)}',
            ]
        )
    heads = ["claim", "source", "answer", "words", "relation", "rule and reason"]
    used = [name for name in RULES if any(row["rule"] == name for _, row in found)]
    rules = "".join(f'<dt id="rule-{name}">{name}</dt><dd>{html.escape(RULES[name])}</dd>' for name in used)
    return (
        _table("How this claim stands to every other claim on the question", heads, rows)
        + f'<details class="sb-fold"><summary>The rules in words</summary><dl class="sb-facts">{rules}</dl></details>'
    )


def _silent(index: ClaimIndex, claim: Row) -> str:
    """List the sources that do not answer the question."""
    found = index.silences.get(claim["proposition_id"], [])
    if not found:
        return "<p>No source is silent on this question.</p>"
    rows = [
        [
            html.escape(row["source_id"]),
            f'<span class="sb-relation" data-relation="silent">'
            f"{html.escape(row['silence'].replace('-', ' '))}</span>",
            isolated(row["searched"].replace(";", "; ")),
            isolated(row["found"].replace(";", "; ")) if row["found"] else "none",
            isolated(row["reason"]),
        ]
        for row in found
    ]
    heads = ["source", "silence", "words looked for", "found", "why so called"]
    return _table("The sources that make no claim on this question", heads, rows)


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _support(index: ClaimIndex, claim_id: str) -> str:
    """Say how many sources and origins give this answer, and how the others stand."""
    row = index.corroboration[claim_id]
    sources, origins = int(row["sources"]), int(row["origins"])
    counts = Counter(r["relation"] for _, r in index.relations[claim_id])
    stands = ", ".join(f"{name.replace('-', ' ')} {counts[name]}" for name in STATES if counts[name])
    others = f" Pairs with other claims on the question: {stands}." if stands else ""
    given = "gives" if sources == 1 else "give"
    return (
        f"<p>{_many(sources, 'source')} of {_many(origins, 'independent origin')} {given} this answer, "
        f"this one included.{others}</p>"
    )


def _used(uses: Sequence[PageLink], numbers: Sequence[Number]) -> str:
    """List the pages that show a claim and the printed numbers that count it."""
    pages = ", ".join(_link(use.href, html.escape(use.title), "sb-page") for use in uses)
    parts = [f"<p>Shown in: {pages}.</p>" if pages else "<p>No chapter shows this claim by itself.</p>"]
    if numbers:
        items = "".join(
            f"<li>{_link(n.href, html.escape(n.display), 'sb-value')}: {isolated(n.how)} (<code>{html.escape(n.name)}"
            f"</code>); printed in {', '.join(_link(p.href, html.escape(p.title), 'sb-page') for p in n.pages)}</li>"
            for n in numbers
        )
        count = _many(len(numbers), "printed number")
        rests = "rests" if len(numbers) == 1 else "rest"
        parts.append(
            f'<details class="sb-fold"><summary>{count} {rests} on it</summary><ul>{items}</ul></details>'
        )
    return "".join(parts)


def claim_page(
    index: ClaimIndex,
    claim_id: str,
    *,
    links: Links,
    uses: Sequence[PageLink] = (),
    numbers: Sequence[Number] = (),
    book: str = "",
    address: PageLink | None = None,
) -> ClaimPage:
    """Return the page of a claim.

    Parameters
    ----------
    index : ClaimIndex
        The dataset.
    claim_id : str
        The claim.
    links : sourcebook.render.links.Links
        Where the page leads.
    uses : sequence of PageLink
        The pages that show the claim.
    numbers : sequence of Number
        The printed values that count it.
    book : str
        Title of the book, for the line to cite.
    address : PageLink, optional
        The page's own address, as printed and as linked.

    Returns
    -------
    ClaimPage
        The question, the words between their neighbours, the coding in every pass, the relations with rule
        and reason, the silent sources, the support, the uses, and how to cite it.
    """
    claim = index.claims[claim_id]
    question = index.questions[claim["proposition_id"]]
    topic = index.label("topic", question["topic"])
    cite = f"Claim {claim_id}, coded from {plain(index.source_line(claim['source_id']))}."
    cite += f" In: {plain(book)}." if book else ""
    permalink = (
        f'<a href="{html.escape(address.href)}" rel="bookmark">{html.escape(address.title)}</a>'
        if address
        else ""
    )
    sections = [
        ("words", "In its context", _context(index, claim_id, links)),
        ("coding", "As coded", _facts(index, claim, question)),
        ("passes", "In every coding pass", _passes(index, claim)),
        (
            "others",
            "Beside the other claims",
            _support(index, claim_id) + _related(index, claim_id, links),
        ),
        ("silent", "Who is silent", _silent(index, claim)),
        ("used", "Where the book uses it", _used(uses, numbers)),
        (
            "cite",
            "Cite this claim",
            f'<p class="sb-cite">{isolated(cite)} {permalink}</p>',
        ),
    ]
    body = "".join(f'<section id="{name}"><h2>{head}</h2>{text}</section>' for name, head, text in sections)
    kicker = f"Claim {html.escape(claim_id)} · {isolated(topic)} · {html.escape(question['kind'])}"
    return ClaimPage(
        title=f"{plain(question['question'])} ({claim_id})",
        description=f"{plain(claim['display'])}: {plain(index.source_line(claim['source_id']))}, with its words "
        "in context, its coding, and how the other sources stand.",
        body=(
            f'<div class="sb-claim-page"><p class="sb-kicker">{kicker}</p>'
            f'<h1 dir="auto">{html.escape(question["question"])}</h1>{body}'
            f'<nav class="sb-near" aria-label="Claims">{_neighbours(index, claim_id, links)}</nav></div>'
        ),
    )


def _neighbours(index: ClaimIndex, claim_id: str, links: Links) -> str:
    """Return links to the claims before and after a claim."""
    ids = list(index.claims)
    at = ids.index(claim_id)
    return " · ".join(
        _link(links.claim(ids[n]), f"{words} claim", "sb-row")
        for n, words in ((at - 1, "Previous"), (at + 1, "Next"))
        if 0 <= n < len(ids)
    )
