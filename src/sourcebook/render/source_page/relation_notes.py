"""How the other sources stand to a claim: line by line, in numbers, and all answers to one question."""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd

from sourcebook.coding.answers import answers_in_words
from sourcebook.render.source_page.codings import records

__all__ = ["Standing", "anchor"]

_Row = Mapping[str, Any]
_ORDER = {"contradict": 0, "agree": 1, "compatible": 2, "not-comparable": 3}
#: So many other answers are told at a claim; more of them are told once, at the end of the page.
_FEW = 3


def anchor(href: str, text: str) -> str:
    """Return a link, or the bare text where there is nowhere to lead; both are escaped."""
    shown = f"<bdi>{html.escape(text)}</bdi>"
    return f'<a href="{html.escape(href)}">{shown}</a>' if href else shown


def _named(relation: str) -> str:
    words = html.escape(relation.replace("-", " "))
    return f'<span class="sb-relation" data-relation="{html.escape(relation)}">{words}</span>'


class Standing:
    """The relations and silences of a dataset, as the notes of one source tell them.

    Parameters
    ----------
    tables, derived : mapping of str to DataFrame
        The coded tables, and of the derived ones ``relations`` and ``silences``.
    source_id : str
        The source whose page it is.
    passage : callable
        From the id of a row to its passage.
    """

    def __init__(
        self,
        tables: Mapping[str, pd.DataFrame],
        derived: Mapping[str, pd.DataFrame],
        source_id: str,
        passage: Callable[[str], str],
    ) -> None:
        self.source_id, self.passage = source_id, passage
        self.answers = answers_in_words(tables)
        self._questions = {row["proposition_id"]: row for row in records(tables["propositions"])}
        self._claims: dict[str, list[_Row]] = defaultdict(list)
        for row in records(tables["claims"]):
            self._claims[row["proposition_id"]].append(row)
        self._pairs: dict[str, list[tuple[str, _Row]]] = defaultdict(list)
        for row in records(derived["relations"]):
            self._pairs[row["claim_a"]].append(("b", row))
            self._pairs[row["claim_b"]].append(("a", row))
        self._silent: dict[str, list[_Row]] = defaultdict(list)
        for row in records(derived["silences"]):
            self._silent[row["proposition_id"]].append(row)
        self._told: set[str] = set()

    def _groups(self, row_id: str) -> dict[str, list[tuple[str, str, str]]]:
        """Return source, claim and reason of every other claim on the question, by relation, gravest first."""
        found: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for side, pair in self._pairs[row_id]:
            found[pair["relation"]].append((pair[f"source_{side}"], pair[f"claim_{side}"], pair["reason"]))
        return dict(sorted(found.items(), key=lambda item: _ORDER.get(item[0], len(_ORDER))))

    def summary(self, row: _Row) -> str:
        """Say how many other sources stand how to a claim."""
        counts = {
            relation: len({source for source, *_ in members} - {self.source_id})
            for relation, members in self._groups(row["row_id"]).items()
        }
        counts["silent"] = len(self._silent[row["proposition_id"]])
        return " · ".join(f"{_named(name)} {count}" for name, count in counts.items() if count)

    def lines(self, row: _Row) -> list[str]:
        """Say how every other claim and every silent source stands to a claim, a line for each relation."""
        many = self._questions[row["proposition_id"]]["cardinality"] == "many"
        lines = []
        for relation, members in self._groups(row["row_id"]).items():
            if relation == "agree":
                told = ", ".join(anchor(self.passage(other), self._name(s)) for s, other, _ in members)
            elif relation == "compatible" and many and len(members) > _FEW:
                told = self._count(row["proposition_id"], members)
            else:
                told = self._answers(members, reasons=not (many and relation == "compatible"))
            lines.append(f"{_named(relation)} {told}")
        kinds: dict[str, list[str]] = defaultdict(list)
        for silence in self._silent[row["proposition_id"]]:
            kinds[silence["silence"]].append(silence["source_id"])
        silent = [
            f"{html.escape(', '.join(who))} <small>({html.escape(kind.replace('-', ' '))})</small>"
            for kind, who in kinds.items()
        ]
        return [*lines, f"{_named('silent')} {'; '.join(silent)}"] if silent else lines

    def _name(self, source_id: str) -> str:
        return "this source" if source_id == self.source_id else source_id

    def _answers(self, members: Iterable[tuple[str, str, str]], *, reasons: bool) -> str:
        """List the answers of others by source, those of one reason together with it."""
        grouped: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for source, other, reason in members:
            link = anchor(self.passage(other), self.answers[other])
            grouped[reason if reasons else ""][self._name(source)].append(link)
        return "; ".join(
            "; ".join(f"{html.escape(s)}: {', '.join(links)}" for s, links in sources.items())
            + (f" <small>({html.escape(reason)})</small>" if reason else "")
            for reason, sources in grouped.items()
        )

    def _count(self, proposition_id: str, members: Iterable[tuple[str, str, str]]) -> str:
        """Count the other answers to a question that takes several, and lead to the list of all."""
        self._told.add(proposition_id)
        counts: dict[str, int] = defaultdict(int)
        for source, _, _ in members:
            counts[self._name(source)] += 1
        listed = ", ".join(f"{html.escape(name)} ({count})" for name, count in counts.items())
        return f'<a href="#answers-{html.escape(proposition_id)}">other answers</a> of {listed}'

    def several(self) -> str:
        """Return the answers of all sources to the questions whose answers were only counted, each once."""
        parts = []
        for proposition_id in (p for p in self._questions if p in self._told):
            answers: dict[str, list[str]] = defaultdict(list)
            for row in self._claims[proposition_id]:
                link = anchor(self.passage(row["claim_id"]), self._name(row["source_id"]))
                answers[self.answers[row["claim_id"]]].append(link)
            listed = "".join(
                f'<li dir="auto">{html.escape(answer)}: {", ".join(links)}</li>'
                for answer, links in answers.items()
            )
            question = html.escape(self._questions[proposition_id]["question"])
            parts.append(
                f'<dt id="answers-{html.escape(proposition_id)}" dir="auto">{question}</dt><dd><ul>{listed}</ul></dd>'
            )
        if not parts:
            return ""
        return (
            f'<details class="sb-several"><summary>All answers to the questions that take several ({len(parts)})'
            f"</summary><dl>{''.join(parts)}</dl></details>"
        )
