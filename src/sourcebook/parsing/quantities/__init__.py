"""Hedged numbers as intervals: a short notation, its bounds, and quantities found in English text.

"Over 200", "about 460" and "hundreds of thousands" say something definite, though not a number. The
notation below writes down what was written; the bounds follow from it, under assumptions that are declared
in a `QuantityReading` object and can be varied.

========================  ==============================  =====================================
Notation                  Words                           Interval under the default assumptions
========================  ==============================  =====================================
``51``                    51                              51
``>200``                  over, more than 200             above 200
``>=216``                 at least, no fewer than 216     216 and more
``<50``                   under, fewer than 50            0 to below 50
``<=50``                  at most, up to 50               0 to 50
``~460``                  about, some 460                 414 to 506 (10 % each way)
``<~20000``               nearly, almost 20,000           18,000 to below 20,000
``>~20000``               just over 20,000                above 20,000 to 22,000
``>=~300``                at least about 300              270 and more
``<=~300``                up to some 300                  0 to 330
``100..200``              between 100 and 200             100 to 200, both included
``>100..<200``            above 100 and below 200         100 to 200, neither included
``~100..200``             some 100 to 200                 90 to 220
``10s`` ``12s`` ``100s``  tens, dozens, hundreds,         2 times the magnitude and more:
``1000s`` …               thousands …                     ``100s`` is 200 and more
``10000s`` ``100000s`` …  tens of thousands, hundreds of  2 times to below 10 times the magnitude:
                          thousands …                     ``10000s`` is 20,000 to below 100,000
``?``                     a quantity, without a number    above 0
========================  ==============================  =====================================

Numbers are written with digits, an optional minus sign and a decimal point, and without separators or
units: the unit belongs to what is counted, not to the number. A number that no decimal holds is a fraction
of two whole numbers: ``2/3``.

What English says is in files, whose patterns, words, units and currencies :func:`read_grammar` reads:
``patterns.en.toml``, ``units.toml`` and ``currencies.toml``. Each pattern has an example and a counter-example,
which are tests; a file of one's own adds units or another language.
"""

from sourcebook.parsing.quantities.found_quantity import FoundQuantity
from sourcebook.parsing.quantities.grammar import QuantityGrammar, read_grammar
from sourcebook.parsing.quantities.quantity_finder import find_quantities
from sourcebook.parsing.quantities.quantity_format import format_quantity
from sourcebook.parsing.quantities.quantity_interval import (
    DEFAULT,
    HEDGES,
    QuantityInterval,
    QuantityReading,
    contains,
    intersect,
    overlaps,
    parse_notation,
    same,
)
from sourcebook.parsing.quantities.quantity_reader import parse_quantity
from sourcebook.parsing.quantities.quantity_scanner import scan_quantities

__all__ = [
    "DEFAULT",
    "HEDGES",
    "FoundQuantity",
    "QuantityGrammar",
    "QuantityInterval",
    "QuantityReading",
    "contains",
    "find_quantities",
    "format_quantity",
    "intersect",
    "overlaps",
    "parse_notation",
    "parse_quantity",
    "read_grammar",
    "same",
    "scan_quantities",
]
