"""Every number that a chapter may print, under a name, with the coded rows behind it.

Names are paths: ``headline.single_source``, ``source.<id>.sentences``, ``claim.<id>``,
``proposition.<id>.sources``, ``term.<id>.total``. The table is computed from the dataset by general
rules, so that a second corpus has the same names for its own numbers.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sourcebook.analysis.numbers.formats import FORMS, in_form, split_form
from sourcebook.analysis.numbers.from_answers import answer_rows, headline_rows
from sourcebook.analysis.numbers.from_assumptions import assumption_rows
from sourcebook.analysis.numbers.from_coding import coded_rows, sentence_rows
from sourcebook.analysis.numbers.from_dependence import (
    corroboration_rows,
    independence_rows,
    sensitivity_rows,
    silence_rows,
)
from sourcebook.analysis.numbers.from_law import element_rows, law_rows, provision_rows
from sourcebook.analysis.numbers.from_reliability import coefficient_rows, reliability_rows
from sourcebook.analysis.numbers.from_sources import context_rows, source_rows
from sourcebook.analysis.numbers.named_number import each_name_once

__all__ = [
    "FORMS",
    "VALUE_COLUMNS",
    "in_form",
    "split_form",
    "values",
]

VALUE_COLUMNS = ("name", "display", "rows", "how")


def values(tables: Mapping[str, pd.DataFrame], derived: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return every named value.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The coded and reference tables.
    derived : mapping of str to DataFrame
        The derived tables that stand before this one.

    Returns
    -------
    DataFrame
        ``name, display`` (as printed), ``rows`` (ids of the coded rows behind it, joined by ``;``; empty
        where the number is computed from all rows), ``how`` (what was counted or read). Names are unique.

    Raises
    ------
    DataError
        If two rules give one name two values, with every such name.
    """
    rows = [
        *headline_rows(tables, derived),
        *coded_rows(tables),
        *sentence_rows(derived),
        *answer_rows(tables, derived),
        *reliability_rows(derived),
        *coefficient_rows(derived),
        *assumption_rows(derived),
        *element_rows(derived),
        *provision_rows(derived),
        *law_rows(tables, derived),
        *context_rows(tables),
        *source_rows(tables, derived),
        *silence_rows(derived),
        *corroboration_rows(derived),
        *independence_rows(derived),
        *sensitivity_rows(derived),
    ]
    return pd.DataFrame(each_name_once(rows), columns=list(VALUE_COLUMNS), dtype="str")
