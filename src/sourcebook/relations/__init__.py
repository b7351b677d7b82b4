"""How two claims on one proposition relate, and the rule that decided.

Scope comes first: two claims that count or date different things are not comparable, whatever their
values. Then the kind of the proposition picks the rule. Every result names its rule by a code of
:data:`RULES` and gives the reason as a sentence about the two values.
"""

from sourcebook.relations.pairs import differences, relate, relate_all
from sourcebook.relations.rules import DEFAULT_POLICY, LIST_RULES, RULES, Policy, Relation

__all__ = [
    "DEFAULT_POLICY",
    "LIST_RULES",
    "RULES",
    "Policy",
    "Relation",
    "differences",
    "relate",
    "relate_all",
]
