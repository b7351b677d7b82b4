"""Wordings of the press, of reports and of old books: what is a number there, and what only looks like one."""

import pytest

from sourcebook.parsing.quantities import scan_quantities


def read(words):
    return "; ".join(f"{found.notation} {found.unit}".strip() for found in scan_quantities(words))


YEARS_AND_DASHES = {
    "Exports rose in 2004 to $986m": "986000000 dollar",
    "It rose in 2004 to 986 people": "986",
    "fell since 1990 to 30 million": "30000000",
    "By 2010 to 40 percent": "40 %",
    "in 2004 to 2006": "",
    "In 2004–05 the war began": "",
    "in 1200 to 1500 villages": "1200..1500",
    "It held 1990–3000 books": "1990..3000",
    "$250 MM": "250000000 dollar",
    "$250MM": "250000000 dollar",
    "250 mm of rain": "250 mm",
    "the age of five – 1,000 days of life": "5; 1000 day",
    "5 – 10 people": "5..10",
    "two – three people": "2..3",
    "five-10 people": "5..10",
    "five to 1,000 people": "5..1000",
}


@pytest.mark.parametrize("words", YEARS_AND_DASHES)
def test_a_year_or_another_clause_is_no_end_of_a_range(words):
    assert read(words) == YEARS_AND_DASHES[words]


SAID = {
    "Police say 12 people died": "12",
    "witnesses say at least 30": ">=30",
    "they say over 4,000 homes": ">4000",
    "Officials say some 200 are missing": "~200",
    "Critics say, 12 people died": "12",
    "Take, say, 40 people": "~40",
    "in, say, 12 years": "~12 year",
    "Say 40 people come": "~40",
    "of say 12 people": "~12",
    "It weighs as much as 12 elephants": "12",
    "as it weighed as much as a dozen elephants": "12",
    "It weighed as much as 300 kg": "<=300 kg",
    "cost as much as $40": "<=40 dollar",
    "It holds as much as 40 litres": "<=40 L",
}


@pytest.mark.parametrize("words", SAID)
def test_a_hedge_is_told_from_a_report_and_a_comparison(words):
    assert read(words) == SAID[words]


NONE = (
    "paid 2s. 6d. for it",
    "cost 2s. 6½d. each",
    "45s. a quarter",
    "at 6d. a pound",
    "a loss of (1.2) million",
    "genotype 1, 2, 4, or 6",
    "Blocks 1 and 2",
    "Blocks 1, 2 and 3 of the prison",
    "types 1 and 2",
    "Units 1 and 2",
    "at six o'clock",
    "about one o’clock",
    "at 5 in the morning",
    "at 1993 international prices",
    "from 2010 levels",
    "at constant 2015 dollars",
    "in 2006 dollars",
    "adjusted for inflation to 2006 dollars",
    "(2015 US dollars)",
    "29 B.C.",
    "A.D. 68. Galba marched",
    "in AD 14",
    "(753 BC-509 BC)",
    "500 AD",
    "In 67 Nero ordered it",
    "in '88",
    "in ’88 he left",
    "the '88 Games",
    "second quarter 2008 results",
    "the 23d day",
    "the 2d of May",
    "on the 3d instant",
    "the 2d Regiment",
)


@pytest.mark.parametrize("words", NONE)
def test_old_money_labels_years_and_hours_are_no_quantities(words):
    assert read(words) == ""


COUNTED = {
    "3,000 horse and 12,000 foot": "3000",
    "two thousand horse and four thousand foot": "2000",
    "12,000 foot wells": "12000 ft",
    "The army has 12 blocks and 3 units": "12; 3",
    "at 5 in the village": "5",
    "cost 2015 dollars": "2015 dollar",
    "Gold rose to 1950 dollars": "1950 dollar",
    "the AD 12 patients": "12",
    "In 150 BC towns": "150",
    "In 67 Chinese towns": "67",
    "In 20 Chinese occupied villages": "20",
    "'88 people died'": "88",
    "in '88 per cent'": "88 %",
    "23 d": "23 day",
    "2.3 d": "2.3 day",
}


@pytest.mark.parametrize("words", COUNTED)
def test_what_stands_beside_such_words_still_counts(words):
    assert read(words) == COUNTED[words]


DASHES = {
    "prices—more than $40—rose": ">40 dollar",
    "prices--more than $40--rose": ">40 dollar",
    "revenue—about 40 million—fell": "~40000000",
    "a Congress—almost two-thirds Democratic": "<~2/3",
    "sold 20 million—30 percent of all": "20000000; 30 %",
    "at 12—more than half": "12; >0.5",
}


@pytest.mark.parametrize("words", DASHES)
def test_a_glued_dash_leaves_the_hedge_behind_it(words):
    assert read(words) == DASHES[words]


SIZES = {
    "a tenth the temperature": "0.1",
    "It is a third the length of a field": "1/3",
    "a quarter the cost of it": "0.25",
    "One-tenth the price": "0.1",
    "a third the man": "",
    "between 110 and 100 million years ago": "100000000..110000000 year",
    "110 to 100 million years ago": "100000000..110000000 year",
    "from 110 million to 100 million years ago": "100000000..110000000 year",
    "some 3 to 2 million years ago": "~2000000..3000000 year",
    "between 20 and 10 per cent": "10..20 %",
    "the difference between 20 and 10 per cent": "20 %; 10 %",
    "between 200 and 100 million people": "",
    "110 to 100 million people": "",
    "from 500 to 2 million": "500..2000000",
    "the number of poor rose, from 240m to 298m": "240000000; 298000000",
    "it rose from 240m to 298m": "",
    "The figure was 128m (9.9%)": "128000000; 9.9 %",
    "The figure was 12m tall": "12 m",
    "come down to zero by 2050": "0",
    "fell to zero": "0",
    "down to zero tolerance": "",
}


@pytest.mark.parametrize("words", SIZES)
def test_a_share_of_a_size_and_a_falling_range_are_read(words):
    assert read(words) == SIZES[words]


UNITS = {
    "baked at 430C/800F": "430 °C; 800 °F",
    "40C/104F": "40 °C; 104 °F",
    "40C (104F)": "40 °C; 104 °F",
    "to meet a 1.5C limit": "1.5 °C",
    "isotopes 13C/12C": "",
    "in Section 2C": "",
    "a 300bp fragment": "300 bp",
    "and 25 bp": "25 bp",
    "two base pairs": "2 bp",
    "0.4x": "0.4 times",
    "3.5x faster": "3.5 times",
    "3x3 grid": "",
    "1920x1080 pixels": "",
    "half-percentage-point cut": "0.5 percentage point",
}


@pytest.mark.parametrize("words", UNITS)
def test_glued_letters_are_units_where_they_can_be_nothing_else(words):
    assert read(words) == UNITS[words]


TWICE = {
    "Twice during the war": "2 times",
    "twice a week": "2 times",
    "He won twice.": "2 times",
    "He won twice, in 1990 and 1994": "2 times",
    "more than twice a day": ">2 times",
    "1 million square km, or twice the area of Spain": "1000000; 2 times",
    "once or twice the area of Spain": "",
    "once or twice a week": "",
    "He was twice named": "",
    "think twice before it": "",
    "twice 40 people": "",
    "he came twice, perhaps three times": "",
}


@pytest.mark.parametrize("words", TWICE)
def test_twice_counts_where_it_says_how_often(words):
    assert read(words) == TWICE[words]


DESCRIBED = {
    "13 long years": "13 year",
    "two-and-a-half Earth days": "2.5 day",
    "five full days": "5 day",
    "three consecutive weeks": "3 week",
    "ten short miles": "10 mile",
    "three long, hard years": "3 year",
    "two long tons": "2 long ton",
    "six short stories": "6",
    "10 business days": "10",
    "400,000 bpd": "400000 barrel/day",
    "33 million barrels a day": "33000000 barrel/day",
    "33 million barrels per day": "33000000 barrel/day",
    "33 million b/d": "33000000 barrel/day",
    "99.8 mb/d": "99800000 barrel/day",
    "between 32 million and 33 million barrels a day": "32000000..33000000 barrel/day",
    "two gigatonnes": "2 Gt",
    "4 Gt of CO2": "4 Gt",
    "a 66-per cent-or-better chance": ">=66 %",
    "a 30-or-more team": ">=30",
}


@pytest.mark.parametrize("words", DESCRIBED)
def test_a_unit_is_read_behind_an_adjective_and_with_its_rate(words):
    assert read(words) == DESCRIBED[words]


PRICES = {
    "$62.06 per barrel": "62.06 dollar/barrel",
    "$66.66 per acre": "66.66 dollar/acre",
    "nearly $49/bbl (£37.2/bbl)": "<~49 dollar/barrel; 37.2 GBP/barrel",
    "10 cents per pound": "10 cent/pound",
    "$50 to $60 per barrel": "50..60 dollar/barrel",
    "from $50 per barrel to $60 per barrel": "50..60 dollar/barrel",
    "$50-60 per barrel": "50..60 dollar/barrel",
    "rose by $5 to $45 per barrel": "5 dollar; 45 dollar/barrel",
    "£5 per hour or more": ">=5 GBP/h",
    "$62 or more per barrel": ">=62 dollar/barrel",
    "$5 per person": "5 dollar",
    "$5 per 100 kg": "5 dollar/100 kg",
    "$5/m": "5 dollar",
    "1.25 USD/EUR": "1.25 USD",
}


@pytest.mark.parametrize("words", PRICES)
def test_a_price_has_what_it_is_for(words):
    assert read(words) == PRICES[words]


CAREFUL = {
    "It failed, say three officials": "3",
    "after a while, say 20 minutes": "~20 min",
    "I'd say 40 people": "~40",
    "between 10 and 6 at night": "10; 6",
    "from 6 to 10 p.m.": "",
    "6-10 pm": "",
    "they lost 3-1 years ago": "3; 1 year",
    "110–100 million years ago": "100000000..110000000 year",
    "45 AD and 40 control subjects": "45; 40",
    "five AM stations": "5",
    "species numbers decline at 1500m": "",
    "$40 per second-hand car": "40 dollar",
    "three week-long trips": "3",
    "three short week-long trips": "3",
    "a three-week-long trip": "3 week",
    "Of the studies 12 were excluded": "12",
    "Books 1 and 2": "",
}


@pytest.mark.parametrize("words", CAREFUL)
def test_words_alike_are_kept_apart(words):
    assert read(words) == CAREFUL[words]


MORE = {
    "the half-point cut": "0.5",
    "half-time": "",
    "twice or three times": "",
    "twice, perhaps three times": "",
    "once or twice": "",
    "12 foot soldiers": "12",
    "a 12 foot wall": "12 ft",
    "3,000 foot pounds": "3000 foot-pound",
    "his 2d term": "",
}


@pytest.mark.parametrize("words", MORE)
def test_points_feet_and_twice_or_more(words):
    assert read(words) == MORE[words]


@pytest.mark.parametrize(
    ("text", "notation"),
    [
        ("a sentence not to exceed 5 years", "<=5"),
        ("It cannot exceed 5 kg.", "<=5"),
        ("The term shall not exceed 10 years.", "<=10"),
        ("without exceeding 5 kg", "<=5"),
        ("It cannot be more than 5 kg.", "<=5"),
        ("The fine may not be less than 500 euros.", ">=500"),
        ("not to be less than 5 kg", ">=5"),
        ("without going below 5 kg", ">=5"),
        ("It may exceed 5 kg.", ">5"),
        ("It may be less than 5 kg.", "<5"),
    ],
)
def test_a_bound_that_is_denied_is_the_other_one(text, notation):
    assert [found.notation for found in scan_quantities(text)] == [notation]


ASIDES = {
    "5 (maybe 6) million": "",
    "5 (perhaps six) hundred": "",
    "5 million (maybe 6)": "5000000; ~6",
    "5(2) kg": "",
    "5 (2) kg": "",
    "three times 200 people": "",
    "1.234(5) kg": "",
    "5.0 ± 0.2 million": "4800000..5200000",
    "5 million ± 0.2 million": "4800000..5200000",
}


@pytest.mark.parametrize("words", ASIDES)
def test_brackets_between_a_number_and_its_size_leave_no_part_of_it(words):
    assert read(words) == ASIDES[words]


@pytest.mark.parametrize(
    ("words", "note"),
    [
        ("±5", "±"),
        ("an error of ±5%", "±"),
        ("5 ± 2 kg", ""),
        ("$5 per share", "per share"),
        ("$5 a day", ""),
        ("(1,000?) people", "?"),
        ("Did he say 1,000? He did.", ""),
        ("5 per cent", ""),
        ("800 to 1.2 million people", "the size of the first number"),
        ("800,000 to 1.2 million people", ""),
        ("5 to 6 million", ""),
    ],
)
def test_what_is_not_in_the_value_is_told(words, note):
    assert [found.lossy for found in scan_quantities(words)] == [note]
