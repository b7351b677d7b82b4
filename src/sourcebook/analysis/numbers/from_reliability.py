"""The consistency of re-coding: coefficients of agreement between coding passes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from sourcebook.analysis.numbers.named_number import NamedNumber

__all__ = ["reliability_numbers"]


def reliability_numbers(derived: Mapping[str, pd.DataFrame]) -> Iterator[NamedNumber]:
    """Count the coding passes, and give the consistency of re-coding, variable by variable."""
    passes = derived["reliability_data"]["coder"].nunique()
    yield NamedNumber(
        "count.passes", str(passes), (), "passes of coding that are compared, the first included"
    )
    for row in derived["reliability"].to_dict("records"):
        name = f"alpha.{row['variable']}"
        how = f"consistency of re-coding, Krippendorff's alpha of “{row['variable']}”"
        for column in ("alpha", "low", "high"):
            text = "undefined" if pd.isna(row[column]) else f"{row[column]:.2f}"
            label = name if column == "alpha" else f"{name}.{column}"
            yield NamedNumber(label, text, (), f"{how}: {column}")
        yield NamedNumber(f"{name}.units", f"{row['units']:,}", (), "units that two passes coded")
        yield NamedNumber(
            f"{name}.disagreements", f"{row['disagreements']:,}", (), "units on which the passes differ"
        )
