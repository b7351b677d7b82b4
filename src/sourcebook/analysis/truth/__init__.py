"""Methods that choose one answer to each question from the answers of many sources.

They are for corpora of many sources, most of them independent, that answer the same questions with answers
that can be compared as they stand. On a handful of dependent sources the answer that they choose is the
one that the most repeated origin gives; the functions of :func:`compare` and :func:`repeat` show how far.
A choice is not a finding about what is so.
"""

from sourcebook.analysis.truth.copies import accucopy, copying
from sourcebook.analysis.truth.demonstration import METHODS, compare, repeat
from sourcebook.analysis.truth.observers import dawid_skene, error_rates
from sourcebook.analysis.truth.votes import accuracies, truthfinder, vote

__all__ = [
    "METHODS",
    "accucopy",
    "accuracies",
    "compare",
    "copying",
    "dawid_skene",
    "error_rates",
    "repeat",
    "truthfinder",
    "vote",
]
