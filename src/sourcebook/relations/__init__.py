"""How two claims on one proposition relate, and the rule that decided.

Scope comes first: two claims that count or date different things are not comparable, whatever their
values. Then the kind of the proposition picks the rule. Every result names its rule by a code of
:data:`RULES` and gives the reason as a sentence about the two values; of dates it names Allen's relation.

What the rules assume beyond the words is declared in ``ASSUMPTIONS``, each assumption with the field of
:class:`Policy` that switches it and with the alternatives to it; :func:`flips` says which relations hang on which.
"""

from sourcebook.relations.assumptions import ASSUMPTIONS, Assumption
from sourcebook.relations.flips import assumption_table, flips, hangs_on, under
from sourcebook.relations.pairs import Authority, relate
from sourcebook.relations.rules import DEFAULT_POLICY, LIST_RULES, RULES, Policy, Relation
from sourcebook.relations.tables import (
    Engine,
    authority_of,
    contradictions_within,
    differences,
    relate_all,
    relate_parts,
)

__all__ = [
    "ASSUMPTIONS",
    "DEFAULT_POLICY",
    "LIST_RULES",
    "RULES",
    "Assumption",
    "Authority",
    "Engine",
    "Policy",
    "Relation",
    "assumption_table",
    "authority_of",
    "contradictions_within",
    "differences",
    "flips",
    "hangs_on",
    "relate",
    "relate_all",
    "relate_parts",
    "under",
]
