"""What the relations assume beyond the words, one switch each, with the settings that are tried."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sourcebook.analysis.relations.records import check_type
from sourcebook.analysis.relations.rules import DEFAULT_POLICY, ComparisonPolicy

__all__ = ["ASSUMPTIONS", "PolicySwitch"]


@dataclass(frozen=True, kw_only=True)
class PolicySwitch:
    """One assumption behind the rules, with the switch that changes it.

    Attributes
    ----------
    field : str
        The field of :class:`ComparisonPolicy` that is its switch.
    label : str
        The question that it settles, for people.
    default : str
        What is assumed unless the caller says otherwise, in words.
    rationale : str
        Why this reading is the default.
    alternatives : mapping of str to object
        Other readings: a name for people, and the value of the field.

    Examples
    --------
    >>> switch = ASSUMPTIONS["about-width"]
    >>> switch.label, list(switch.alternatives)
    ('How wide is “about”?', ['five-per-cent', 'twenty-five-per-cent'])
    """

    field: str
    label: str
    default: str
    rationale: str
    alternatives: Mapping[str, object]

    def alternatives_to(self, policy: ComparisonPolicy) -> dict[str, object]:
        """Return the readings that a policy does not hold: the alternatives, and the default if it is one of them.

        Parameters
        ----------
        policy : ComparisonPolicy
            What is assumed.

        Returns
        -------
        dict of str to object
            The value of the field, by the name of the setting.
        """
        check_type("policy", policy, ComparisonPolicy)
        known = {"by-default": getattr(DEFAULT_POLICY, self.field), **self.alternatives}
        return {name: value for name, value in known.items() if value != getattr(policy, self.field)}


def _assumption(
    field: str, label: str, default: str, rationale: str, **alternatives: object
) -> tuple[str, PolicySwitch]:
    other = MappingProxyType({name.replace("_", "-"): value for name, value in alternatives.items()})
    switch = PolicySwitch(field=field, label=label, default=default, rationale=rationale, alternatives=other)
    if getattr(DEFAULT_POLICY, field) in other.values():
        raise ValueError(
            f"assumption {field!r}: expected alternatives to the default, found the default itself"
        )
    return field.replace("_", "-"), switch


#: Every assumption of :class:`ComparisonPolicy`, by name.
ASSUMPTIONS: Mapping[str, PolicySwitch] = MappingProxyType(
    dict(
        (
            _assumption(
                "about_width",
                "How wide is “about”?",
                "ten per cent each way",
                "No source says; ten per cent is common in work on hedged numbers, and both neighbours are tried.",
                five_per_cent=0.05,
                twenty_five_per_cent=0.25,
            ),
            _assumption(
                "vague_low",
                "How many are “hundreds” at least?",
                "two hundred",
                "The plural says more than one.",
                one_hundred=1.0,
                three_hundred=3.0,
            ),
            _assumption(
                "vague_high",
                "How many are “hundreds” at most?",
                "no upper bound",
                "Fifty thousand are also thousands; that the writer would then have used the larger word is a guess.",
                below_one_thousand=10.0,
            ),
            _assumption(
                "compound_high",
                "How many are “tens of thousands” at most?",
                "fewer than a hundred thousand, and “hundreds of thousands” fewer than a million",
                "Who counts the thousands by tens and by hundreds has chosen between the two.",
                no_upper_bound=math.inf,
            ),
            _assumption(
                "least_quantity",
                "Can a quantity be below zero?",
                "no",
                "What is counted is not less than nothing; a balance or a temperature can be.",
                yes=-math.inf,
            ),
            _assumption(
                "approximate_dates",
                "How far does “about” reach in a date?",
                "by one year, month or day each way, whichever is marked",
                "Who says “about 1988” does not exclude 1989; no source says how far it reaches, and both neighbours "
                "are tried.",
                not_at_all=0,
                five_units=5,
            ),
            _assumption(
                "end_years",
                "Does the year that ends a period belong to it?",
                "yes",
                "A period is written with the last year that it covers.",
                no="exclusive",
                it_may_or_may_not="either",
            ),
            _assumption(
                "unstated_year_fits",
                "Does a date without a year fit every year?",
                "yes",
                "What a source leaves open excludes nothing.",
                no=False,
            ),
            _assumption(
                "unstated_scope_fits",
                "Does an answer without a scope of its own speak of the same as every other answer?",
                "yes",
                "The question itself has a scope, and such an answer takes it over.",
                no=False,
            ),
            _assumption(
                "related_scopes_are_one",
                "Is a part the same thing as its whole, when answers are compared?",
                "no",
                "A count of a part says only that the whole is not smaller.",
                yes=True,
            ),
            _assumption(
                "broader_terms_fit",
                "Can a term and a broader term that includes it both be right?",
                "yes",
                "The narrower one says the same more exactly.",
                no=False,
            ),
            _assumption(
                "variants_are_one",
                "Are two forms of a name that belong to one entity one answer?",
                "no",
                "Where the question is what something is called, its forms are the answers.",
                yes=True,
            ),
            _assumption(
                "demands_are_separate",
                "Is a demand left out of comparison with a statement?",
                "yes",
                "Who asks for a thing does not say that it is so.",
                no=False,
            ),
            _assumption(
                "inferred_count",
                "Do answers count that the coder inferred from the words?",
                "yes",
                "They are marked as inferred, and the reader can set them aside.",
                no=False,
            ),
        )
    )
)
