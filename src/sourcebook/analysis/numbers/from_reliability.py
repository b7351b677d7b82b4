"""Coefficients of agreement, between passes and between sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from sourcebook.analysis.numbers.named_number import Row

__all__ = ["coefficient_rows", "reliability_rows"]


def reliability_rows(derived: Mapping[str, pd.DataFrame]) -> Iterator[Row]:
    """Count the coding passes, and give their agreement, variable by variable."""
    passes = derived["reliability_data"]["coder"].nunique()
    yield "count.passes", str(passes), "", "passes of coding that are compared, the first included"
    for row in derived["reliability"].to_dict("records"):
        name = f"alpha.{row['variable']}"
        for column in ("alpha", "low", "high"):
            text = "undefined" if row[column] == "" or pd.isna(row[column]) else f"{float(row[column]):.2f}"
            label = name if column == "alpha" else f"{name}.{column}"
            yield label, text, "", f"Krippendorff's alpha of “{row['variable']}”: {column}"
        yield f"{name}.units", f"{int(row['units']):,}", "", "units that two passes coded"
        yield (
            f"{name}.disagreements",
            f"{int(row['disagreements']):,}",
            "",
            "units on which the passes differ",
        )


def coefficient_rows(derived: Mapping[str, pd.DataFrame]) -> Iterator[Row]:
    """Give the agreement of the sources read as raters."""
    for row in derived["coefficients"].to_dict("records"):
        name = f"coefficient.{row['coefficient']}.{row['raters']}"
        how = f"{str(row['coefficient']).replace('_', ' ')} with the {row['raters']} as raters"
        for column in ("value", "low", "high", "lowest", "highest"):
            text = "undefined" if row[column] == "" or pd.isna(row[column]) else f"{float(row[column]):.2f}"
            yield name if column == "value" else f"{name}.{column}", text, "", f"{how}: {column}"
        yield (
            f"{name}.units",
            f"{int(row['units']):,}",
            "",
            "questions with one answer that two raters answer",
        )
