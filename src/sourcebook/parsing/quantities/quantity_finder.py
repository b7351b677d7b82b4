"""The table of quantities found in a text."""

from __future__ import annotations

import pandas as pd

from sourcebook.parsing.findings import as_frame
from sourcebook.parsing.quantities.found_quantity import FoundQuantity
from sourcebook.parsing.quantities.grammar import QuantityGrammar
from sourcebook.parsing.quantities.quantity_scanner import scan_quantities

__all__ = ["find_quantities"]


def find_quantities(
    text: str, *, grammar: QuantityGrammar | None = None, ordinals: bool = False
) -> pd.DataFrame:
    """Find the quantities of a text by rules, as a table.

    A number that does not say how many is none: years, days, times of day, numbers of articles, figures, pages and
    names. What is not understood to its end is left out and never read in part.

    Parameters
    ----------
    text : str
    grammar : QuantityGrammar, optional
        Of another language or with further units; see :func:`read_grammar`. English where it is left out.
    ordinals : bool
        Whether to give ordinals too ("the third"); not by default.

    Returns
    -------
    pandas.DataFrame
        One row for each quantity, in order, without overlaps; a column for each attribute of :class:`FoundQuantity`.

    Notes
    -----
    Use :func:`scan_quantities` for a list of records, or to leave out places that are dates or citations.

    Examples
    --------
    >>> found = find_quantities("Over 200 participants from 51 states spent some €1.5m, two thirds of the budget.")
    >>> found[["exact", "notation", "unit", "counted", "whole"]].values.tolist()[2:]
    [['some €1.5m', '~1500000', 'EUR', '', ''], ['two thirds', '2/3', '', '', 'the budget']]
    """
    return as_frame(scan_quantities(text, grammar=grammar, ordinals=ordinals), FoundQuantity)
