"""How two claims on one proposition relate, and the rule that decided.

Scope comes first: two claims that count or date different things are not comparable, whatever their
values. Then the kind of the proposition picks the rule. Every result names its rule by a code of
:data:`RULES` and gives the reason as a sentence about the two values; of dates it names Allen's relation.

What the rules assume beyond the words is declared in ``ASSUMPTIONS``, each assumption with the field of
:class:`ComparisonPolicy` that switches it and with the alternatives to it; :func:`find_relation_changes` returns
the relations that change with each.
"""

from sourcebook.analysis.relations.all_pairs import (
    differences,
    relate_all,
    relate_parts,
    self_contradictions,
)
from sourcebook.analysis.relations.assumptions import ASSUMPTIONS, PolicySwitch
from sourcebook.analysis.relations.authority import Authority, authority_of
from sourcebook.analysis.relations.pairs import relate
from sourcebook.analysis.relations.records import Claim, Proposition, Relation
from sourcebook.analysis.relations.relation_changes import (
    apply_assumption,
    assumption_table,
    find_relation_changes,
    sensitive_to,
)
from sourcebook.analysis.relations.rules import DEFAULT_POLICY, LIST_RULES, RULES, ComparisonPolicy

__all__ = [
    "ASSUMPTIONS",
    "DEFAULT_POLICY",
    "LIST_RULES",
    "RULES",
    "Authority",
    "Claim",
    "ComparisonPolicy",
    "PolicySwitch",
    "Proposition",
    "Relation",
    "apply_assumption",
    "assumption_table",
    "authority_of",
    "differences",
    "find_relation_changes",
    "relate",
    "relate_all",
    "relate_parts",
    "self_contradictions",
    "sensitive_to",
]
