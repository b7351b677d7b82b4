"""The page of one claim: its words in their context, its coding, and its relations to every other claim."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sourcebook.analysis.relations import ASSUMPTIONS, RULES
from sourcebook.coding.passes import ANSWER_VARIABLES
from sourcebook.render.claim_index import ClaimIndex, Row, plain
from sourcebook.render.links import Links, PageLink, PrintedNumber
from sourcebook.render.source_page.codings import as_answers
from sourcebook.render.templating import render

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


def _context(index: ClaimIndex, claim: Row) -> dict[str, Any]:
    """Return the words in their sentence, with the sentence before and the one after."""
    document = index.documents[claim["source_id"]]
    text = document.normal.text
    start, end = document.normal.to_text(int(claim["start"]), int(claim["end"]))
    language = document.metadata.get("language") or "und"
    if not text[start:end].strip():
        words = " ".join(document.raw[int(claim["start"]) : int(claim["end"])].split())
        parts = ("before", "start", "end", "after", "sentence")
        return {"language": language, "words": words, **dict.fromkeys(parts, "")}
    sentences = index.sentences[claim["source_id"]]
    places = [n for n, s in enumerate(sentences) if s["start"] < end and s["end"] > start]
    first, last = sentences[places[0]], sentences[places[-1]]
    start, end = max(first["start"], start), min(last["end"], end)
    return {
        "language": language,
        "before": sentences[places[0] - 1]["text"] if places[0] else "",
        "start": text[first["start"] : start],
        "words": text[start:end],
        "end": text[end : last["end"]],
        "after": sentences[places[-1] + 1]["text"] if places[-1] + 1 < len(sentences) else "",
        "section": next((sentences[n]["section"] for n in reversed(places) if sentences[n]["section"]), ""),
        "paragraph": first["paragraph"],
        "sentence": first["sentence_id"].rpartition(".")[2].lstrip("s0"),
    }


def _facts(index: ClaimIndex, claim: Row, question: Row) -> dict[str, str]:
    """Return the coding of a claim."""
    return {
        "Answer": claim["display"],
        "Value as coded": claim["value"],
        "What the value allows": interval_in_words(claim, index.label("unit", question["unit"])),
        "Entity": index.entities.get(claim["entity_id"], claim["entity_id"]),
        "Voice": index.label("voice", claim["voice"]),
        "Through": index.label("voice", claim["via"]),
        "Modality": claim["modality"],
        "Basis": _INFERRED if claim["basis"] == "inferred" else "",
        "Speaks of": index.label("scope", claim["scope"]) or question["scope"],
        "Note of the coder": claim["note"],
    }


def _passes(index: ClaimIndex, claim: Row) -> dict[str, Any]:
    """Return the answers of all passes to the question for this source side by side."""
    coded = index.passes.get(f"{claim['source_id']}|{claim['proposition_id']}", {})
    rows = []
    for variable in ANSWER_VARIABLES:
        cells = [answers.get(variable, {}).get("value", "") for answers in coded.values()]
        known = [text for text in cells if text]
        equal = "not coded twice" if len(known) < 2 else "yes" if len(set(known)) == 1 else "no"
        rows.append((variable, cells, equal))
    notes = ((coder, answers.get("value", {}).get("note", "")) for coder, answers in coded.items())
    return {
        "heads": ["coded", *(f"{coder} pass" for coder in coded), "equal"],
        "rows": rows,
        "notes": [(coder, note) for coder, note in notes if note],
    }


def _related(index: ClaimIndex, claim: Row) -> list[dict[str, Any]]:
    """Return the relation to every other claim on the question, to those of the same source last."""
    related = [
        {
            "claim": index.claims[other],
            "row": row,
            "assumptions": [
                ASSUMPTIONS[name].label if name in ASSUMPTIONS else name
                for name in filter(None, row["sensitive_to"].split(";"))
            ],
        }
        for other, row in index.relations[claim["claim_id"]]
    ]
    return sorted(related, key=lambda other: bool(other["claim"]["source_id"] == claim["source_id"]))


def _provenance(index: ClaimIndex, claim: Row, version: str) -> list[tuple[str, str, str]]:
    """Return what lets anybody check a claim against the file that it was coded from: name, text, kind of text."""
    source = index.sources[claim["source_id"]]
    start, end = int(claim["start"]), int(claim["end"])
    words = index.documents[claim["source_id"]].raw[start:end]
    passes = index.passes.get(f"{claim['source_id']}|{claim['proposition_id']}", {})
    lines = [
        ("Published at", source.get("page", ""), ""),
        ("Received as", source.get("original_name", ""), ""),
        ("Text", f"raw/{source['file']}, characters {start} to {end}, counted from 0", ""),
        ("SHA-256 of the file", source["sha256"], "code"),
        ("SHA-256 of the words", hashlib.sha256(words.encode()).hexdigest(), "code"),
        (
            "Coded in",
            f"coded/claims.csv, row {claim['claim_id']}" + (f", version {version}" if version else ""),
            "",
        ),
        ("Further passes", ", ".join(list(passes)[1:]), ""),
    ]
    return [line for line in lines if line[1]]


def _citation(index: ClaimIndex, claim: Row, book: str, version: str) -> str:
    """Return the line to cite: the words, the source with the place in it, the claim, the book with its version."""
    context = _context(index, claim)
    place = f", sentence {context['sentence']}" if context["sentence"] else ""
    source = f"“{plain(claim['quote'])}”, {plain(index.source_line(claim['source_id']))}{place}."
    inside = f" In: {plain(book)}{f', version {version}' if version else ''}." if book else ""
    return f"{source} Claim {claim['claim_id']}.{inside}"


def _neighbours(index: ClaimIndex, claim_id: str) -> Iterator[tuple[str, str]]:
    """Yield the claims before and after a claim."""
    ids = list(index.claims)
    place = ids.index(claim_id)
    if place:
        yield "Previous", ids[place - 1]
    if place + 1 < len(ids):
        yield "Next", ids[place + 1]


def claim_page(
    index: ClaimIndex,
    claim_id: str,
    *,
    links: Links,
    uses: Sequence[PageLink] = (),
    numbers: Sequence[PrintedNumber] = (),
    book: str = "",
    version: str = "",
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
    numbers : sequence of PrintedNumber
        The printed values that count it.
    book : str
        Title of the book, for the line to cite.
    version : str
        Version of the data, for the same.
    address : PageLink, optional
        The page's own address, as printed and as linked.

    Returns
    -------
    ClaimPage
        The question, the words between their neighbours, the coding in every pass, the relations with rule
        and reason, the silent sources, the support, the uses, what it was coded from, and how to cite it.
    """
    claim = index.claims[claim_id]
    question = index.questions[claim["proposition_id"]]
    source = index.source_line(claim["source_id"])
    related = _related(index, claim)
    rules = {other["row"]["rule"] for other in related}
    body = render(
        "claim",
        claim=claim,
        names=index.source_names,
        question=question,
        topic=index.label("topic", question["topic"]),
        source=source,
        links=links,
        unit=f"{claim['source_id']}|{claim['proposition_id']}",
        answers=as_answers({name: claim[name] for name in ANSWER_VARIABLES}),
        others=[c["claim"]["claim_id"] for c in related if c["claim"]["source_id"] == claim["source_id"]],
        context=_context(index, claim),
        page=index.page(claim["source_id"], int(claim["start"])),
        facts=_facts(index, claim, question),
        passes=_passes(index, claim),
        support=index.corroboration[claim_id],
        related=related,
        relations=Counter(row["relation"] for _, row in index.relations[claim_id]),
        rules={name: text for name, text in RULES.items() if name in rules},
        silences=index.silences.get(claim["proposition_id"], []),
        uses=uses,
        numbers=numbers,
        provenance=_provenance(index, claim, version),
        cite=_citation(index, claim, book, version),
        address=address,
        neighbours=list(_neighbours(index, claim_id)),
    )
    return ClaimPage(
        title=f"{plain(question['question'])} ({claim_id})",
        description=f"{plain(claim['display'])}: {plain(source)}, with its words in context, its coding, "
        "and how other sources answer.",
        body=body,
    )
