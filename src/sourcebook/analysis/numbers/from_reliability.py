"""Coefficients of agreement, between passes and between sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from sourcebook.analysis.numbers.named_number import NamedNumber

__all__ = ["coefficient_numbers", "reliability_numbers"]


def reliability_numbers(derived: Mapping[str, pd.DataFrame]) -> Iterator[NamedNumber]:
    """Count the coding passes, and give their agreement, variable by variable."""
    passes = derived["reliability_data"]["coder"].nunique()
    yield NamedNumber(
        "count.passes", str(passes), (), "passes of coding that are compared, the first included"
    )
    for row in derived["reliability"].to_dict("records"):
        name = f"alpha.{row['variable']}"
        for column in ("alpha", "low", "high"):
            text = "undefined" if pd.isna(row[column]) else f"{row[column]:.2f}"
            label = name if column == "alpha" else f"{name}.{column}"
            yield NamedNumber(label, text, (), f"Krippendorff's alpha of “{row['variable']}”: {column}")
        yield NamedNumber(f"{name}.units", f"{row['units']:,}", (), "units that two passes coded")
        yield NamedNumber(
            f"{name}.disagreements", f"{row['disagreements']:,}", (), "units on which the passes differ"
        )


def coefficient_numbers(derived: Mapping[str, pd.DataFrame]) -> Iterator[NamedNumber]:
    """Give the agreement of the sources read as raters."""
    for row in derived["coefficients"].to_dict("records"):
        name = f"coefficient.{row['coefficient']}.{row['raters']}"
        how = f"{str(row['coefficient']).replace('_', ' ')} with the {row['raters']} as raters"
        for column in ("value", "low", "high", "lowest", "highest"):
            text = "undefined" if pd.isna(row[column]) else f"{row[column]:.2f}"
            yield NamedNumber(name if column == "value" else f"{name}.{column}", text, (), f"{how}: {column}")
        yield NamedNumber(
            f"{name}.units", f"{row['units']:,}", (), "questions with one answer that two raters answer"
        )
