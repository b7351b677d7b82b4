"""Quantities as reports, newspapers and statutes put them: read to their end, or not at all."""

import pytest

from sourcebook.parsing.quantities import scan_quantities


def read(words):
    return "; ".join(f"{found.notation} {found.unit}".strip() for found in scan_quantities(words))


BOUNDS = {
    "children under the age of five": "<5",
    "persons over the age of 60": ">60",
    "men between the ages of eighteen and forty-five": "18..45",
    "from the age of 6 to 12": "6..12",
    "not under the age of 18": "",
    "those 65 and older were evacuated": ">=65",
    "aged 14 and younger": "<=14",
    "persons aged 65 years and above": ">=65 year",
    "12 boys and older men": "12",
    "200 women and over two hundred men": "200; >200",
    "300 and over a hundred": "300; >100",
    "300 and more than forty": "300; >40",
    "over 200,000 and up to 300,000 people": ">200000..300000",
    "nigh on 300 men": "<~300",
    "little short of 300 men": "<~300",
    "little over 300 men": ">~300",
    "not far off 300 men": "~300",
    "far from 300": "",
    "nothing less than a million": ">=1000000",
    "est. 3 million": "~3000000",
}


@pytest.mark.parametrize("words", BOUNDS)
def test_a_bound_keeps_the_words_that_make_it(words):
    assert read(words) == BOUNDS[words]
