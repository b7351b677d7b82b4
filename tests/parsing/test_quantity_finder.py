"""Quantities found in text: what is read, what is refused, what counts, and how it is told."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.core.errors import ParseError
from sourcebook.parsing.quantities import (
    find_quantities,
    parse_notation,
    read_grammar,
    scan_quantities,
)
from sourcebook.parsing.quantities.grammar import default_grammar


def notations(text, **options):
    return [found.notation for found in scan_quantities(text, **options)]


VALUES = {
    "a comma after a grouped number is punctuation": [
        ("Over 300,000, mostly women, left.", [">300000"]),
        ("about 20,000,", ["~20000"]),
        ("1,500, 2,000 and 3,000", ["1500", "2000", "3000"]),
        ("300,000,000, nearly", ["300000000"]),
    ],
    "fractions before a magnitude": [
        ("a quarter of a million people", ["250000"]),
        ("a third of a million", ["1000000/3"]),
        ("one and a half million", ["1500000"]),
        ("1½ million", ["1500000"]),
        ("more than two and a half million", [">2500000"]),
        ("nearly a quarter of a million", ["<~250000"]),
        ("one billion and a half million", ["1000500000"]),
        ("3 million and a quarter", ["3250000"]),
    ],
    "fractions and mixed numbers": [
        ("two thirds of the population", ["2/3"]),
        ("roughly two-thirds", ["~2/3"]),
        ("one hundred and three and two thirds", ["311/3"]),
        ("half of the 200,000 refugees", ["0.5", "200000"]),
        ("more than half", [">0.5"]),
        ("half an hour", ["0.5"]),
        ("a year and a half", ["1.5"]),
        ("two years and a half", ["2.5"]),
        ("three-and-a-half years", ["3.5"]),
        ("2 1/4 inches", ["2.25"]),
        ("a third of the houses", ["1/3"]),
        ("three quarters of a century", ["0.75"]),
        ("one in five people", ["0.2"]),
        ("one fifth of it", ["0.2"]),
    ],
    "words with and without their tens": [
        ("hundred and twenty", ["120"]),
        ("hundred and fifty thousand", ["150000"]),
        ("thousand and one", ["1001"]),
        ("five hundred and two thousand", ["502000"]),
        ("two thousand and three million", ["2000", "3000000"]),
        ("a million million", ["1000000000000"]),
        ("one hundred million billion", ["100000000000000000"]),
        ("3 hundred and 21", ["321"]),
        ("nought point nought three", ["0.03"]),
        ("one million, two hundred thousand people", ["1200000"]),
        ("two and three quarter million", ["2750000"]),
        ("thirty (30) days", ["30"]),
        ("a hundred or so", ["~100"]),
    ],
    "signs": [
        ("minus ten", ["-10"]),
        ("negative five", ["-5"]),
        ("−5 °C", ["-5"]),
        ("-5 to 10 °C", ["-5..10"]),
        ("−27.2 to −23.1‰", ["-27.2..-23.1"]),
    ],
    "hedges after a number": [
        ("200 at least", [">=200"]),
        ("200 or over", [">=200"]),
        ("200 or greater", [">=200"]),
        ("200+ villages", [">=200"]),
        ("200-plus villages", [">=200"]),
        ("20-odd thousand people", ["~20000"]),
        ("10 million-plus people", [">=10000000"]),
        ("10 people at most", ["<=10"]),
        ("200 people or more", [">=200"]),
        ("10 miles or more", [">=10"]),
    ],
    "hedges before a number": [
        ("upward of 200", [">200"]),
        ("just shy of 200", ["<~200"]),
        ("less than or equal to 100", ["<=100"]),
        ("not more than 300", ["<=300"]),
        ("better than 50 %", [">50"]),
        ("over another 200 people", [">200"]),
        ("over the 200 people", ["200"]),
        ("a mere 20", ["20"]),
        ("at least about 300", [">=~300"]),
        ("up to some 300", ["<=~300"]),
        ("about 900 or more", [">=~900"]),
        ("over $200, more than € 5", [">200", ">5"]),
    ],
    "ranges share their magnitude": [
        ("two to three hundred", ["200..300"]),
        ("between two and three hundred thousand", ["200000..300000"]),
        ("one to two million", ["1000000..2000000"]),
        ("between ten and twenty thousand", ["10000..20000"]),
        ("300–400,000", ["300000..400000"]),
        ("5 to 6 million", ["5000000..6000000"]),
        ("five to two hundred", ["5..200"]),
        ("1 to 10,000", ["1..10000"]),
        ("$5–10 million", ["5000000..10000000"]),
        ("two or three hundred people", ["200..300"]),
    ],
    "unlike and falling numbers are two": [
        ("from 300 to 200 people", ["300", "200"]),
        ("output rose from 15 to 20 tonnes", ["15", "20"]),
        ("5 km to 10 miles", ["5", "10"]),
        ("a 3-2 vote", ["3", "2"]),
        ("two beds, or three", ["2", "3"]),
        ("51 of 57 states", ["51", "57"]),
    ],
    "a range under a hedge": [
        ("about 5,000 to 6,000", ["~5000..6000"]),
        ("at least 10 to 15 people", [">=10"]),
        ("up to 10–15 people", ["<=15"]),
    ],
    "groups by every mark": [
        ("816 000 tonnes", ["816000"]),
        ("816\u00a0000 tonnes", ["816000"]),
        ("816\u202f000 tonnes", ["816000"]),
        ("816\u2009000 tonnes", ["816000"]),
        ("1.000.000 people", ["1000000"]),
        ("1'000'000 people", ["1000000"]),
        ("5,00,000 rupees", ["500000"]),
        ("1.234,56 euros", ["1234.56"]),
        ("sales rose 6 . 2 %", ["6.2"]),
    ],
    "magnitudes in short": [
        ("25 lakh, 1 crore", ["2500000", "10000000"]),
        ("300k people, 200K", ["300000", "200000"]),
        ("2.5m people in 2.5 m", ["2500000", "2.5"]),
        ("€3bn, €10M, $2.5bn", ["3000000000", "10000000", "2500000000"]),
        ("USD1,700 and 18 500 EUR", ["1700", "18500"]),
        ("12.3m tonnes", ["12300000"]),
        ("30 MUSD", ["30000000"]),
        ("about US$ 5bn", ["~5000000000"]),
        ("1.5×10^6, 1.3x10^6, 1e6, 6 × 10⁻²", ["1500000", "1300000", "1000000", "0.06"]),
    ],
    "numbers without a number": [
        ("several hundred thousand refugees", ["100000s"]),
        ("a couple of hundred people", ["~200"]),
        ("tens of thousands, dozens", ["10000s", "12s"]),
    ],
    "units of two numbers": [
        ("thirteen dollars forty-five cents", ["13.45"]),
        ("he is 5 ft 2 in", ["31/6"]),
        ("5 feet and 2 inches", ["31/6"]),
        ("12 m 2 dm", ["12", "2"]),
    ],
}


@pytest.mark.parametrize(
    ("text", "expected"), [pytest.param(*case, id=case[0]) for cases in VALUES.values() for case in cases]
)
def test_values(text, expected):
    assert notations(text) == expected


MORE = r"""
three quarters of a million=>750000
a fifth of the 5,000 members=>0.2|5000
one-and-a-half times=>1.5
two and three quarter million=>2750000
half-a-million refugees=>500000
half a billion dollars=>500000000
quarter of a million=>250000
a tenth of a percent=>0.1
one third=>1/3
¾ of the land=>0.75
2½ million=>2500000
5½%=>5.5
three-fifths majority=>0.6
1/3 of the members=>1/3
9/11 attacks=>
24/7 service=>
hundred or so people=>~100
a thousand two hundred=>1200
twelve hundred people=>1200
nineteen hundred and eighteen people=>1918
two hundred fifty thousand=>250000
a hundred and one thousand=>101000
twenty-one thousand five hundred and six=>21506
one million, two hundred thousand people=>1200000
ten thousand million=>10000000000
no more than twenty-five=><=25
not fewer than ten=>>=10
not exceeding 50=><=50
not over 200=><=200
not even 200=><200
not quite 200=><~200
nowhere near 200=>
far fewer than 200=><200
well over 200=>>200
over and above 200=>>200
200 or thereabouts=>~200
200 give or take=>~200
200 plus=>>=200
200-odd=>~200
200ish=>~200
200 and counting=>>200
200 or less=><=200
200 or fewer people=><=200
200 or more people=>>=200
200 people and more=>>=200
two hundred or more=>>=200
two hundred-plus=>>=200
a few hundred=>100s
a couple hundred=>~200
many thousands=>1000s
several dozen=>12s
hundreds of millions of dollars=>100000000s
over a hundred=>>100
almost one thousand=><~1000
just under a million=><~1000000
at least a dozen=>>=12
up to half a million=><=500000
between a half and two thirds=>0.5..2/3
from 5 to 10 percent=>5..10
5 to 10 per cent=>5..10
5 percent to 10 percent=>5..10
from five up to ten people=>5..10
10 to 5 people=>10|5
5,000-10,000=>5000..10000
5–10,000=>5000..10000
200-300 thousand=>200000..300000
1.5-2m people=>1500000..2000000
€5m-€10m=>5000000..10000000
$5m to $10m=>5000000..10000000
£5-10m=>5000000..10000000
between €5 and €10 million=>5000000..10000000
USD 5 to 10 million=>5000000..10000000
5 to 10 USD=>5..10
5 km to 10 km=>5..10
5% to 10 km=>5|10
US$1.2 billion=>1200000000
US$ 1,200.50=>1200.5
1,200.50 USD=>1200.5
$1,200,000=>1200000
-$500=>-500
$-500=>-500
minus $5 million=>-5000000
€ -5=>-5
Rs. 5 lakh=>500000
₹5 crore=>50000000
HK$10.05bn=>10050000000
CHF 10,000=>10000
10.000 EUR=>10
EUR 10.000,50=>10000.5
10 000 000 euros=>10000000
1 234 567=>1234567
12 345 678,90=>12345678.9
1,23,45,678=>12345678
1’234’567=>1234567
3,000,000,000 years=>3000000000
1.2.3=>
10.000.000=>10000000
100m people=>100000000
100m race=>100
100 m people=>100000000
5m copies=>5000000
5m long=>5
2.5k=>2500
2.5K followers=>2500
10bn=>10000000000
10 bn=>10000000000
10tn dollars=>10000000000000
$3.5 trn=>3500000000000
5mn tonnes=>5000000
300 thousand=>300000
5x10^3=>5000
5×10⁻³=>0.005
5 x 10-3=>0.005
2.5E-4=>0.00025
10^9=>1000000000
-0.5=>-0.5
+5 °C=>5
minus 0.5%=>-0.5
sub-zero=>
plus 5=>5
−5 to −10 °C=>-10..-5
as many as 500=><=500
as few as 5=>>=5
as much as half=><=0.5
half as many as 200=>
three times as much as 50=>
twice 300=>
double the 300=>
10 more than 300=>10
300 times=>300
300-fold=>300
a 300% rise=>300
ten-fold=>10
1 in 4=>0.25
one out of four=>0.25
3 of 10=>3|10
the first of 5=>5
the 5th of 10=>10
fifth=>
chapter 5, page 10=>
paragraph 5 (2)=>
section 9=>
s. 14=>
Article 5 § 1=>
Act of 1998=>
1998 people=>1998
2,000 people=>2000
2000 people=>2000
in 2000=>
in 2000 people=>
the year 2000=>
1914-18=>
1914–1918=>
1,914–1,918 people=>1914..1918
May 2000=>
12 May=>
May 12=>
12.5.2000=>
12/5/2000=>
5:30=>
5.30 pm=>
12 noon=>12
room 12=>
12 rooms=>12
no. 5=>
number 5=>
the number of people is 5=>5
zero=>
0 people=>0
one another=>
someone=>
one day=>1
at one=>
two-thirds=>2/3
the 2nd=>
2 nd=>2
100%=>100
100 %=>100
100 per cent=>100
100-percent=>100
per 100 people=>
5 per 100=>5
200, 300 and 400 people=>200|300|400
200 and 300 people=>200|300
either 5 or 10=>5..10
5 or 6 of them=>5..6
5 and a half years=>5.5
five and a half=>5.5
five years and six months=>5.5
6ft 2in=>37/6
6'2"=>
2h 30min=>2.5
10 lb 8 oz=>10.5
£5 and 20 pence=>5.2
5 dollars 20 cents=>5.2
1,5 million=>1500000
3,5 %=>3.5
0,5=>0.5
.5=>0.5
5.=>5
5, 6=>5|6
(5)=>
5 people (6 men)=>5|6
~5=>~5
≈ 5=>~5
≥5=>>=5
>= 5=>>=5
<5=><5
> 5 and < 10=>>5..<10
5+=>>=5
5±1=>4..6
5 +/- 1=>4..6
5 plus or minus 1=>4..6
"""


@pytest.mark.parametrize("line", MORE.strip().splitlines())
def test_more_values(line):
    """What is read, after the arrow: a bar between two quantities, nothing where none is read."""
    text, expected = line.split("=>", 1)
    assert "|".join(notations(text)) == expected


REFUSED = [
    "nineteen eighty-eight",
    "twenty twenty-four",
    "nineteen ninety",
    "twice as many as 200",
    "rather than 200 people",
    "not 300 people",
    "1994^3",
    "80 , 000 spectators",
    "twenty-something people",
    "double 300",
    "up to several hundred people",
    "umpteen thousand",
    "1,500,2,000",
    "5/17/2018",
    "1.2.3",
    "000",
    "one of the largest",
    "the first half",
    "a third party",
    "the twenty-fifth house",
    "a multi-million-dollar deal",
    "mid-thirties",
]


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_understood_to_its_end_is_not_read_in_part(text):
    assert notations(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Article 12, Figures 3 and 4, Resolution 1325 (2000), pp. 5–7, Section 4.1 and No. 9 say so.",
        "See Fig. 3A and Figures 3B and 4C [4], [5–7] and [26,29]; one of them (Smith et al., 2009).",
        "In 1988, 1987–1991, 1987/88, since 2003 and by 1990; the 1998 Act; the 1990s.",
        "On 5 December 2024, December 5, 2024, 22 to 24 November, 2016-11-07, 5.12.2024 and the 7th day of May.",
        "At 10:30, at 6 pm and at 11 a.m.",
        "COVID-19, F-16, UTF-8, G20, H2O, Mg(ClO4)2, SCP-173 and the Nikkei 225.",
        "Call +1-222-2222 or 020-7946-0018.",
        "Articles 5, 8 and 14, Chapter Two and World War Two.",
        "",
    ],
)
def test_numbers_that_name_things_are_left_out(text):
    assert notations(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In 1988 there were 1905 people.", ["1905"]),
        ("On 5 December 2024, 30 people met.", ["30"]),
        ("In Baku 300 people met; in Article 5, 200 states agreed.", ["300", "200"]),
        ("The number is from 1000 to 5000.", ["1000..5000"]),
        ("12 per 100,000 inhabitants", ["12"]),
        ("one person, at least one, one percent", ["1", ">=1", "1"]),
    ],
)
def test_a_number_that_counts_next_to_one_that_does_not(text, expected):
    assert notations(text) == expected


def test_the_record_tells_unit_what_is_counted_the_whole_and_the_bounds():
    text = "Over 200 young women paid €3bn; two thirds of the population and 5 km of road; some 12% of all states."
    women, euros, share, road, percent = scan_quantities(text, doc="a")
    assert (women.doc, women.kind, women.exact, women.pattern) == ("a", "quantity", "Over 200", "over")
    assert (women.low, women.high, women.low_closed, women.counted, women.unit) == (
        200,
        math.inf,
        False,
        "young women",
        "",
    )
    assert (euros.notation, euros.unit, euros.counted) == ("3000000000", "EUR", "")
    assert (share.low, share.whole, share.pattern) == (pytest.approx(2 / 3), "the population", "fraction")
    assert (road.unit, road.counted) == ("km", "road")
    assert (percent.unit, percent.whole, percent.mods) == ("%", "all states", ("IsApproximate",))


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("approximately 250,000 Azerbaijanis were expelled", "Azerbaijanis"),
        ("hundreds of thousands of displaced families left", "displaced families"),
        ("51 countries", "countries"),
        ("5 crises", "crises"),
        ("the crisis of 5", ""),
    ],
)
def test_what_is_counted_is_a_plural_that_follows(text, counted):
    (found,) = scan_quantities(text)
    assert found.counted == counted


def test_units_are_composed():
    units = [
        found.unit
        for found in scan_quantities("20 m s−1, 5 mg/l, 3 kg ha−1, 4 km per hour, 7 cm2, 6 °C, 10 us dollars")
    ]
    assert units == ["m/s", "mg/L", "kg/ha", "km/h", "cm2", "°C", "USD"]


def test_what_a_value_leaves_out_is_told():
    lossy = {
        found.exact: found.lossy
        for found in scan_quantities("up to 10–15 people; 5 or 6 others; 300–400,000 left")
    }
    assert lossy["up to 10–15"] == "the greatest number itself is given as 10 to 15"
    assert lossy["5 or 6"] == "one of two numbers"
    assert lossy["300–400,000"].startswith("the first number")


def test_ordinals_are_kept_apart():
    text = "The third of 5 houses, the 11th and the one hundred twenty-fifth."
    assert notations(text) == ["5"]
    found = scan_quantities(text, ordinals=True)
    assert [(q.ordinal, q.notation) for q in found] == [(3, ""), (None, "5"), (11, ""), (125, "")]


def test_no_quantity_is_read_in_places_that_are_taken():
    text = "Over 200 people left 5 towns in 30 days."
    assert notations(text, taken=[(21, 28)]) == [">200", "30"]
    assert notations(text, taken=[(32, 39), (0, 3)]) == ["200", "5"]
    assert notations(text, taken=[(0, len(text))]) == []


def test_the_table_has_a_column_for_each_attribute_also_when_empty():
    empty, found = find_quantities(""), find_quantities("Over 200 people and 5.5 km.")
    assert list(empty.columns) == list(found.columns)
    assert list(found.columns)[:8] == ["doc", "kind", "start", "end", "exact", "pattern", "lossy", "notation"]
    for frame in (empty, found):
        kinds = {name: str(frame[name].dtype) for name in ("start", "exact", "notation", "low", "low_closed")}
        assert kinds == {
            "start": "int64",
            "exact": "str",
            "notation": "str",
            "low": "float64",
            "low_closed": "bool",
        }


def test_found_quantities_have_spans_notation_and_modifiers():
    text = "Over 200 guests from 51 states; nearly 20,000 homes, about 5 km, 12% to 15% of it, tens of thousands."
    found = find_quantities(text)
    assert list(found["exact"]) == [
        "Over 200", "51", "nearly 20,000", "about 5 km", "12% to 15%", "tens of thousands",
    ]  # fmt: skip
    assert list(found["notation"]) == [">200", "51", "<~20000", "~5", "12..15", "10000s"]
    assert list(found["mods"]) == [
        ("IsRange",), (), ("IsApproximate",), ("IsApproximate",), ("IsRange",), ("IsApproximate",),
    ]  # fmt: skip


# The files of the grammar


@pytest.mark.parametrize("pattern", default_grammar().patterns, ids=lambda pattern: pattern["name"])
def test_every_pattern_has_an_example_and_a_counter_example(pattern):
    ordinals = pattern["name"] == "ordinal"
    example = scan_quantities(pattern["example"], ordinals=ordinals)
    counter = scan_quantities(pattern["counter"], ordinals=ordinals)
    if pattern["kind"] == "skip":
        assert example == [] and counter
        return
    assert pattern["read"] in [found.notation for found in example if found.pattern == pattern["name"]]
    assert pattern["name"] not in [found.pattern for found in counter]


def test_every_unit_is_read_by_each_of_its_words_and_signs():
    units = default_grammar().units
    missed = []
    for written, unit in itertools.chain(units.words.items(), units.signs.items()):
        found = scan_quantities(f"It was that (1 {written}).")
        if [(q.unit, q.notation) for q in found] != [(unit.name, str(unit.factor))]:
            missed.append((written, unit.name, [(q.unit, q.notation) for q in found]))
    assert missed == []


def test_every_sign_of_a_currency_stands_before_a_number_too():
    before = default_grammar().units.before
    wrong = [
        sign
        for sign, unit in before.items()
        if [q.unit for q in scan_quantities(f"({sign}7)")] != [unit.name]
    ]
    assert wrong == []


SPANISH = """
decimal = ","

[ones]
un = 1
una = 1
dos = 2
tres = 3
cinco = 5
quince = 15
doscientos = 200
doscientas = 200

[tens]
veinte = 20
treinta = 30
cincuenta = 50

[magnitudes]
cien = 100
mil = 1000
"millón" = 1000000
millones = 1000000

[words]
and = ["y"]
and_in_tens = ["y"]
of = ["de"]
one = ["un", "una"]

[[hedge]]
name = "over"
sign = ">"
before = ["más de"]

[[hedge]]
name = "about"
sign = "~"
before = ["unos", "unas", "cerca de"]

[[range]]
name = "between"
open = ["entre"]
link = ["y"]

[[vague]]
name = "plural"
plural = { miles = 1000, cientos = 100 }

[[currency]]
name = "EUR"
words = ["euros"]

[nouns]
stops = ["de", "y", "en", "con"]
plurals = []
singular = []
with_one = []
determiners = ["la", "los", "las", "el"]
"""


def test_another_language_needs_a_file_and_no_code(tmp_path):
    path = tmp_path / "patterns.es.toml"
    path.write_text(SPANISH, encoding="utf-8")
    spanish = read_grammar(path)
    text = (
        "Más de doscientas personas, unos 1.500 euros, entre 100 y 200 casas; "
        "treinta y cinco mil libros, 2,5 km, miles."
    )
    found = scan_quantities(text, grammar=spanish)
    assert [q.notation for q in found] == [">200", "~1500", "100..200", "35000", "2.5", "1000s"]
    assert [q.unit for q in found] == ["", "EUR", "", "", "km", ""]
    assert found[0].counted == "personas" and found[0].pattern == "over"


def test_a_unit_of_ones_own_needs_a_file_and_no_code(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(
        '[[unit]]\nname = "verst"\nwords = ["verst", "versts"]\n[[currency]]\nname = "thaler"\nsigns = ["Th."]\n',
        "utf-8",
    )
    own = read_grammar(units=[path])
    found = scan_quantities("Some 30 versts for Th. 5 and 7 km", grammar=own)
    assert [(q.notation, q.unit) for q in found] == [("~30", "verst"), ("5", "thaler"), ("7", "km")]
    assert [q.unit for q in scan_quantities("Some 30 versts")] == [""]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[[unit]]\nwords = ['x']\n", "mine.toml.*a name for each unit"),
        ("[[unit]]\nname = 'x'\nprefixes = ['q']\n", "mine.toml: x: expected a prefix of k, M"),
        ("[[unit", "mine.toml: expected a TOML file"),
    ],
)
def test_a_wrong_file_is_refused_by_name(tmp_path, content, message):
    path = tmp_path / "mine.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ParseError, match=message):
        read_grammar(units=[path])


def test_a_wrong_language_is_refused(tmp_path):
    path = tmp_path / "patterns.xx.toml"
    path.write_text('[words]\n[[hedge]]\nname = "over"\nsign = "!"\n', encoding="utf-8")
    with pytest.raises(ParseError, match="hedge over: expected a sign of"):
        read_grammar(path)
    path.write_text("decimal = ','\n", encoding="utf-8")
    with pytest.raises(ParseError, match="expected 'words', found none"):
        read_grammar(path)


# Whatever the text


words = st.sampled_from(
    [
        *(
            "over",
            "nearly",
            "~",
            ">",
            "0",
            "12",
            "1,000",
            "1.5",
            "million",
            "dozen",
            "a",
            "half",
            "between",
            "and",
            "of",
        ),
        *(
            "to",
            "from",
            "–",
            "±",
            "%",
            "km",
            "+",
            "or more",
            "²",
            "٣",
            "-",
            "10",
            "x10-3",
            "one",
            "10",
            "third",
            "thirds",
        ),
        *(
            "$",
            "€",
            "hundreds",
            "m",
            "point",
            "twenty",
            "year",
            "in",
            "½",
            "İ",
            "ﬁ",
            "×",
            "per",
            "first",
            "May",
            "1988",
        ),
    ]
)


@given(
    st.lists(words, max_size=9).map(" ".join)
    | st.lists(words, max_size=9).map("".join)
    | st.text(max_size=30)
)
def test_found_quantities_are_ordered_slices_and_valid(text):
    last = 0
    for found in scan_quantities(text):
        assert last <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.exact
        interval = parse_notation(found.notation)
        assert (found.low, found.high) == (interval.lower, interval.upper)
        last = found.end


HOSTILE = [
    "1" + " trillion" * 26,
    "1" + " trillion" * 20_000,
    "hundreds of " * 2150,
    "thousands of millions of " * 500,
    "9" + ",000" * 103,
    "9" + ",000" * 5_000,
    "9" * 29,
    "9" * 5000,
    "1." + "3" * 5000,
    "one hundred " * 5000,
    "nought point" + " one" * 5000,
    "one" + " and one" * 5000,
    "a million" + " and a half" * 5000,
    "half of a million " * 3000,
    "5 ± " + "9" * 400,
    "over " + "1" * 310 + " people",
    "2" + "0" * 40,
    "1e999 1e-999 10^999 5×10^999",
    "at least " * 5000 + "5",
    "5 to " * 5000,
    "5-" * 5000,
    "(" * 5000 + "5",
    "1/2/" * 3000,
    "Article 5, " * 3000,
    "$" * 5000 + "5",
    "twenty-" * 5000,
    "1 in 2 or " * 5000,
    "two-to-" * 5000,
    "5m-" * 5000,
    "2 hours 3 minutes " * 2000,
    "fell by 5 to " * 2000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:24])
def test_a_number_that_arithmetic_does_not_keep_is_no_quantity(text):
    found = notations(text)
    assert [notation for notation in found if len(notation) > 40] == []
    for notation in found:
        parse_notation(notation)


def test_half_a_pair_of_surrogates_hides_nothing():
    assert notations("\ud800 over two hundred people\udfff, 5 km") == [">200", "5"]


def test_a_long_number_is_read_digit_by_digit_or_not_at_all():
    digits = "1234567890123456789012345678"
    assert notations(f"{digits} people") == [digits]
    assert notations(f"{digits}9 people") == []


def read(text):
    return [(q.notation, q.unit or q.counted) for q in scan_quantities(text)]


@pytest.mark.parametrize("unit", ["km", "tonnes", "%", "kg", "villages", "people"])
@pytest.mark.parametrize("join", ["{}, {} and {} {unit}", "{}, {} or {} {unit}", "{}, {}, and {} {unit}"])
def test_the_members_of_a_list_share_the_unit_of_the_last(join, unit):
    found = scan_quantities(f"It was {join.format(3, 14, 25, unit=unit)} there.")
    assert len({(each.unit, each.counted) for each in found}) == 1
    assert [each.low for each in found] in ([3, 14, 25], [3, 14])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3 and 5 km", [("3", "km"), ("5", "km")]),
        ("3, 4 and 5 million people", [(f"{n}000000", "people") for n in (3, 4, 5)]),
        ("2 million, 3 million and 5 million", [("2000000", ""), ("3000000", ""), ("5000000", "")]),
        ("3, 4 and $5", [("3", ""), ("4", ""), ("5", "dollar")]),
        ("5 m and 6 km", [("5", "m"), ("6", "km")]),
        ("of the 200, 5 km away", [("200", ""), ("5", "km")]),
        ("10, 20 and 30", [("10", ""), ("20", ""), ("30", "")]),
        ("5, 10 or 15%", [("5", "%"), ("10..15", "%")]),
        ("~ 20 and 30 km", [("~20", "km"), ("30", "km")]),
        ("between 3 and 5 km", [("3..5", "km")]),
        ("twelve, three and five villages", [("12", "villages"), ("3", "villages"), ("5", "villages")]),
    ],
)  # fmt: skip
def test_a_list_shares_no_more_than_its_unit(text, found):
    assert read(text) == found


@pytest.mark.parametrize("upper", [1, 3, 17, 250, 2000])
@pytest.mark.parametrize("lower", [4, 20, 125])
def test_a_number_over_another_is_a_fraction(upper, lower):
    (found,) = read(f"It is {upper} over {lower}.")
    assert parse_notation(found[0]).nominal == pytest.approx(upper / lower)
    assert read(f"They scored {upper} over {lower} games.") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("one over twenty", [("0.05", "")]),
        ("It lost 3 over 20 years", [("3", ""), ("20", "year")]),
        ("The bank won over 20 clients.", [(">20", "clients")]),
        ("negative one over 20.", [("-0.05", "")]),
        ("≳ 10 km", [(">=~10", "km")]),
        ("≲ 10 km", [("<=~10", "km")]),
        ("θ ≈ − 10 km", [("~-10", "km")]),
        ("x = - 10 km", [("-10", "km")]),
        ("it rose - 10 km", [("10", "km")]),
        ("on average 12 people", [("12", "people")]),
    ],
)
def test_over_after_a_number_is_no_hedge(text, found):
    assert read(text) == found


WHOLE_OR_REFUSED = {
    "one out of every five households": "0.2",
    "one of every three houses": "1/3",
    "between a third and a half of the houses": "1/3..0.5",
    "from a quarter to a third": "0.25..1/3",
    "between a hundred and two hundred": "100..200",
    "two hundred and three hundred": "200; 300",
    "two hundred and three thousand": "203000",
    "twenty-some men": "~20",
    "neither 300 nor 400 people": "",
    "20 degrees below zero": "-20",
    "£5 10s 6d": "",
    "call +994 12 555 12 34": "",
    "10.000 people": "10000",
    "12.500 internally displaced": "12500",
    "12.500 km": "12.5",
    "1 million 500 thousand": "1500000",
    "1 million 500 houses": "1000000; 500",
    "1.5 bln": "1500000000",
    "1.5 mill. kroner": "1500000",
}


@pytest.mark.parametrize("words", WHOLE_OR_REFUSED)
def test_a_number_is_read_whole_or_refused(words):
    assert "; ".join(q.notation for q in scan_quantities(words)) == WHOLE_OR_REFUSED[words]
