"""Every number that a chapter may print, with its name and the coded rows behind it.

Names are paths: ``headline.single_source``, ``source.<id>.sentences``, ``claim.<id>``,
``proposition.<id>.sources``, ``term.<id>.total``. They are computed from the dataset by general rules, so that a
second corpus has the same names for its own numbers. A book adds numbers of its own: by an expression
(:func:`evaluate`), or by :func:`number` in a cell of a chapter.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sourcebook.analysis.numbers.expressions import evaluate, is_expression
from sourcebook.analysis.numbers.formats import FORMS, in_form, split_form
from sourcebook.analysis.numbers.from_answers import answer_numbers, headline_numbers
from sourcebook.analysis.numbers.from_assumptions import assumption_numbers
from sourcebook.analysis.numbers.from_coding import coded_numbers, sentence_numbers
from sourcebook.analysis.numbers.from_dependence import (
    corroboration_numbers,
    independence_numbers,
    sensitivity_numbers,
    silence_numbers,
)
from sourcebook.analysis.numbers.from_law import element_numbers, law_numbers, provision_numbers
from sourcebook.analysis.numbers.from_reliability import reliability_numbers
from sourcebook.analysis.numbers.from_sources import context_numbers, occurrence_numbers, source_numbers
from sourcebook.analysis.numbers.named_number import NamedNumber, number, numbers_by_name
from sourcebook.core.schemas import Schemas

__all__ = [
    "FORMS",
    "NamedNumber",
    "evaluate",
    "in_form",
    "is_expression",
    "named_numbers",
    "number",
    "split_form",
]


def named_numbers(
    tables: Mapping[str, pd.DataFrame], derived: Mapping[str, pd.DataFrame], schemas: Schemas
) -> dict[str, NamedNumber]:
    """Compute every number that a chapter may print.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The coded and reference tables.
    derived : mapping of str to DataFrame
        The derived tables.
    schemas : sourcebook.core.schemas.Schemas
        The tables that the data folder can have.

    Returns
    -------
    dict of str to NamedNumber
        By name.

    Raises
    ------
    DataError
        If two rules give one name two values, with every such name.

    Examples
    --------
    >>> import sourcebook
    >>> data = sourcebook.load()
    >>> named_numbers(data.tables, data.derived, data.schemas)["count.sources"].value
    5
    """
    return numbers_by_name(
        [
            *headline_numbers(tables, derived),
            *coded_numbers(tables, schemas),
            *sentence_numbers(derived),
            *answer_numbers(tables, derived),
            *reliability_numbers(derived),
            *assumption_numbers(derived),
            *element_numbers(derived),
            *provision_numbers(derived),
            *law_numbers(tables, derived),
            *context_numbers(tables),
            *occurrence_numbers(tables),
            *source_numbers(tables, derived),
            *silence_numbers(derived),
            *corroboration_numbers(derived),
            *independence_numbers(derived),
            *sensitivity_numbers(derived),
        ]
    )
