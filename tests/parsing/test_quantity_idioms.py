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


SHARES = {
    "seven out of ten Armenians": "0.7",
    "one out of three": "1/3",
    "7 out of the 10 people": "7; 10",
    "two or three out of ten": "0.2..0.3",
    "one person in four": "0.25",
    "nine people in ten said": "0.9",
    "one officer in 5 Baker Street": "1",
    "one person in 2003": "1",
    "one house in 3 km": "1; 3 km",
    "5 people in 12 villages": "5; 12",
    "one in four or five houses": "",
    "one in five, or 20 per cent": "0.2; 20 %",
    "one in ten to one in five": "0.1..0.2",
    "two to three in ten years": "2..3; 10 year",
    "between a third and half of the houses": "1/3..0.5",
    "half to two-thirds of the men": "0.5..2/3",
    "more than a third but less than half of the members": ">1/3..<0.5",
}


@pytest.mark.parametrize("words", SHARES)
def test_a_share_has_both_its_numbers(words):
    assert read(words) == SHARES[words]


RANGES = {
    "a third, or 33 per cent, of them": "1/3; 33 %",
    "12, or 40 per cent, were women": "12; 40 %",
    "a third or 400 people": "1/3; 400",
    "5, 10 or 15%": "5 %; 10..15 %",
    "temperatures between -5 and +5 °C": "-5..5 °C",
    "+5 °C to +15 °C": "5..15 °C",
    "between minus 5 and plus 10 degrees": "-5..10 °",
    "minus five to minus ten degrees": "-10..-5 °",
    "from −20 to minus 10 °C": "-20..-10 °C",
    "5 to +2": "5; 2",
}


@pytest.mark.parametrize("words", RANGES)
def test_the_ends_of_a_range_are_of_one_kind(words):
    assert read(words) == RANGES[words]


PARTS = {
    "the one hundred and fiftieth anniversary": "",
    "the hundred and first day": "",
    "one-hundred-and-fiftieth of it": "",
    "a hundred and a third": "301/3",
    "the one-millionth visitor": "",
    "one-millionth of the cost": "0.000001",
    "one-thousandth second": "0.001",
    "one and three-quarter miles": "1.75 mile",
    "a three-quarter majority": "0.75",
    "nine-tenths of the land": "0.9",
    "5 ten-thousandths": "",
    "two ten-millionths": "0.0000002",
    "three twenty-fifths": "0.12",
    "ten thousandths of an inch": "0.01 in",
    "100 millionths of a gram": "0.0001 g",
}


@pytest.mark.parametrize("words", PARTS)
def test_a_part_of_two_words_is_no_part_of_one(words):
    assert read(words) == PARTS[words]


def test_an_ordinal_after_and_says_which():
    (found,) = scan_quantities("the one hundred and fiftieth anniversary", ordinals=True)
    assert (found.exact, found.ordinal) == ("one hundred and fiftieth", 150)


ARTICLES = {
    "a year and six months in prison": "1.5 year",
    "more than a year and 3 months": ">1.25 year",
    "an hour and twenty minutes": "4/3 h",
    "a mile and three quarters": "1.75 mile",
    "a week and two days": "",
    "£500 a year and six months in prison": "500 GBP; 6 month",
    "twice a year and six months later": "6 month",
    "a man and 3 women": "3",
    "about a week or two later": "~1..2 week",
    "a man or two": "1..2",
    "a boy or two girls": "2",
    "a week or two-day trips": "2 day",
    "a million or two": "1000000..2000000",
    "a thousand or two hundred": "1000; 200",
}


@pytest.mark.parametrize("words", ARTICLES)
def test_an_article_lends_its_one(words):
    assert read(words) == ARTICLES[words]


WHOLE = {
    "the houses stand close to one another": "",
    "EIN 64-6221541, or Tel -1-4426597": "",
    "Call 020 7946 0958 or (022) 917 9000 before 5 pm.": "",
    "It lies at 40°23'N, 12 miles from 49° 52′ E.": "12 mile",
    "They left at 2300 hours: 40 men took the 5.15 train.": "40",
    "2300 hours of work": "2300 h",
    "The Group of 77 met, and a group of 77 farmers.": "77",
    "Ireland v. the United Kingdom (1978) 2 EHRR 25 has 300 pages.": "300",
    "tens, perhaps hundreds, of thousands of people": "",
    "200, if not 300, people": "",
    "all but 300 of the 500 men": "500",
    "a 6-foot-2 man of 12 stone 6 lb": "",
    "half or one per cent": "",
    "fourscore and seven years ago": "",
    "five pounds, ten shillings and sixpence": "",
    "five pounds and ten men": "5 pound; 10",
    "a baker's dozen": "",
    "a five-figure sum": "",
}


@pytest.mark.parametrize("words", WHOLE)
def test_numbers_that_say_no_more_than_a_name_are_left_whole(words):
    assert read(words) == WHOLE[words]
