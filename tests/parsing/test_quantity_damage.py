"""Numbers in texts with tags, entities, soft hyphens and signs of notes, and numbers that are torn."""

import pytest

from sourcebook.parsing.quantities import scan_quantities
from sourcebook.parsing.quantities.damage import mended


def read(words):
    return "; ".join(f"{found.notation} {found.unit}".strip() for found in scan_quantities(words))


NOTED = {
    "5 million¹": "5000000",
    "5 million² people": "5000000",
    "$5 million³": "5000000 dollar",
    "20%1": "20 %",
    "20%1, 30%2 and 40%": "20 %; 30 %; 40 %",
    "20%¹": "20 %",
    "20%[1]": "20 %",
    "5 kg¹": "5 kg",
    "5 kilograms²": "5 kg",
    "1,234[3] people": "1234",
    "1,234[3][4] people": "1234",
    "1,234[note 2]": "1234",
    "1,234¹": "1234",
    "5 million<ref>Smith 2001</ref> people": "5000000",
    "5 million<sup>2</sup> people": "5000000",
    "5 million<sup>[2]</sup>": "5000000",
    "5 km²": "5 km2",
    "5 m³": "5 m3",
    "3 m s⁻¹": "3 m/s",
    "10⁶ cells": "1000000",
    "5² million": "",
    "20 %1": "20 %",
    "5 million&sup1;": "5000000",
    "5 m&sup2;": "5 m2",
    "5 millionᵃ": "5000000",
    "5 kgᵇ": "5 kg",
    "5ᵃ million": "5000000",
    "5<sup>a</sup> million": "5000000",
    "5<sup>*</sup> kg": "5 kg",
}


@pytest.mark.parametrize("words", NOTED)
def test_a_sign_of_a_note_is_no_part_of_a_number(words):
    assert read(words) == NOTED[words]


DAMAGED = {
    "5&nbsp;million": "5000000",
    "5&#160;000 people": "5000",
    "5&#xa0;kg": "5 kg",
    "5&thinsp;000": "5000",
    "<b>5</b> people": "5",
    '<span class="x">5</span> million': "5000000",
    "<i>5</i> million": "5000000",
    "&lt;5": "<5",
    "&gt;5 kg": ">5 kg",
    "&lt;b&gt;5": "5",
    "5&ndash;6 kg": "5..6 kg",
    "5&plusmn;1": "4..6",
    "&pound;5": "5 GBP",
    "&euro;5 million": "5000000 EUR",
    "5&frac12; kg": "5.5 kg",
    "5 km<sup>2</sup>": "5 km2",
    "3 m s<sup>-1</sup>": "3 m/s",
    "2 × 10<sup>6</sup>": "2000000",
    "5<sup>2</sup>": "",
    "5 t CO<sub>2</sub>": "5 t",
    "the 5<sup>th</sup> man": "",
    "<td>5</td><td>600</td>": "5; 600",
    "a <5 b and >6": "<5; >6",
    "p<b 5": "5",
    "1\u00ad234 people": "1234",
    "1,\u200b234 people": "1234",
    "thir\u00adty people": "30",
    "5\u200b million": "5000000",
    "5\ufeff million": "5000000",
    "5\u2060 kg": "5 kg",
    "5 mil\u00adlion": "5000000",
    "5\u00a0000 people": "5000",
    "5\u2009million": "5000000",
    "5\nmillion": "5000000",
    "AT&T has 5 lines": "5",
    "&amp; 5 more": "5",
    "5&amp;nbsp;million": "5000000",
    '<img src="5.png" width=5> 6 people': "6",
    "<!-- 5 --> 6 people": "6",
    "**5 million** people": "5000000",
    "**5** people": "5",
    "10**6 cells": "1000000",
    "5**million**": "",
    "__5__ million": "",
    "5~million": "5000000",
    "5~kg": "5 kg",
    "5\\,000 people": "5000",
    "5\\%": "5 %",
    "5 \\times 10^6": "5000000",
    "5 \\pm 2": "3..7",
    "$5$ people": "5",
    "5 mil-\nlion people": "5000000",
    "two hun-\ndred": "200",
    "fif-\nteen": "15",
    "5 kilo-\nmetres": "5 km",
    "5 per-\ncent": "5 %",
    "twenty-\nfive": "25",
    '<TIMEX3 tid="t2" type="DATE">1939 men</TIMEX3> came': "1939",
    "<article><h1>Two counts</h1></article>": "2",
    "`hundred and twenty`": "120",
    "4 0 0 1": "4; 0; 0; 1",
    "**5** and **6** people": "5; 6",
    "5\u200e million": "5000000",
    "\u202a5\u202c million": "5000000",
    "5&lrm; kg": "5 kg",
    "&lt;p&gt;5 people&lt;/p&gt;": "5",
    "5<sup>1</sup> million": "",
}


@pytest.mark.parametrize("words", DAMAGED)
def test_what_printing_leaves_in_a_text_is_no_part_of_a_number(words):
    assert read(words) == DAMAGED[words]


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("We saw <b>5</b> people.", "5"),
        ("We saw over&nbsp;5&nbsp;kg here.", "over&nbsp;5&nbsp;kg"),
        ("We saw 1\u00ad234 people.", "1\u00ad234"),
        ("<p>x</p>\u200b<p>We saw 5 km<sup>2</sup>.</p>", "5 km<sup>2</sup>"),
        ("[1] A[2] saw 5 million¹ men.", "5 million"),
        ("<b>5", "5"),
    ],
)
def test_a_finding_lies_where_it_lies_in_the_text_as_it_is(text, exact):
    (found,) = scan_quantities(text)
    assert (found.exact, text[found.start : found.end]) == (exact, exact)


def test_places_that_are_taken_are_those_of_the_text_as_it_is():
    text = "<b>On 5 May</b>&nbsp;he saw <i>6</i> men and <i>7</i> women."
    taken = [(text.index("On"), text.index("</b>")), (text.index("6"), text.index("6") + 1)]
    assert [found.exact for found in scan_quantities(text, taken=taken)] == ["7"]


def test_every_place_of_a_mended_text_leads_back():
    text = "a&nbsp;b<b>c</b>\u00add[1] 5²"
    whole = mended(text)
    assert whole.text == "a\u00a0bcd 5²"
    assert [text[slice(*whole.source(at, at + 1))] for at in range(len(whole.text))] == [
        "a", "&nbsp;", "b", "c", "d", " ", "5", "²"
    ]  # fmt: skip
    assert [whole.text[whole.place(text.index(sign))] for sign in "bcd5"] == ["b", "c", "d", "5"]
    assert mended("nothing [at all] & 5") is None


TORN = {
    "5 , 000 people": "",
    "5 ,000 people": "",
    "5, 000 people": "",
    "1 . 5": "",
    "1 .5 kg": "",
    "grew 1. 5%": "",
    "costs 1. 5 million": "",
    "1 . 5 %": "1.5 %",
    "He had 5. 10 people came.": "5; 10",
    "in 2010. 5% of them": "5 %",
    "in 2010 . 5 people died": "5",
    "5 × 10 6": "",
    "5 x 10 6 cells": "",
    "5·10 6": "",
    "5 × 10(6)": "",
    "3 × 10(−6)": "",
    "1.2 × 10 5 and 3.4 × 10 6 cells": "",
    "9 x 10 kg": "9; 10 kg",
    "3.4.5 million": "",
    "version 1.2.3 million": "",
    "5.10^6": "",
    "€3/100 kg": "",
    "5  000": "",
    "5\n000 people": "",
    "5,00 0 people": "",
    "5. 000": "",
}


@pytest.mark.parametrize("words", TORN)
def test_a_torn_number_is_read_whole_or_not(words):
    assert read(words) == TORN[words]
