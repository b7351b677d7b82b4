"""Quantities as newspapers put them: shared magnitudes, bounds that are passed, times, degrees, names."""

import pytest

from sourcebook.parsing.quantities import scan_quantities


def read(words):
    return "; ".join(f"{found.notation} {found.unit}".strip() for found in scan_quantities(words))


def check(table):
    return pytest.mark.parametrize(("words", "expected"), table.items(), ids=list(table))


@check(
    {
        "rising from 2.5 to 2.8 million": "2500000; 2800000",
        "rose from five to six hundred": "500; 600",
        "fell from 12 to 9 billion dollars": "12000000000; 9000000000 dollar",
        "cut from $3 to $2 million": "3000000 dollar; 2000000 dollar",
        "fell from 50 to 2 hundred": "5000; 200",
        "fell from 2,000 to one thousand": "2000; 1000",
        "fell from 200 to a hundred": "200; 100",
        "fell from 2 to 9 billion": "",
        "rose from 500 to 2.8 million": "500; 2800000",
        "rose from $500 to $2.8 million": "500 dollar; 2800000 dollar",
        "rose from 12 to 9 billion": "",
        "went from 500 to 2.8 million": "",
        "from 12 to 9 billion": "",
        "between 12 and 9 billion": "",
        "between 2.5 and 2.8 million": "2500000..2800000",
        "from 500 to 2.8 million": "500..2800000",
        "grew from 2.5 million to 2.8 million": "2500000; 2800000",
        "Sales fell to 2.5 from 2.8 million.": "2500000; 2800000",
        "Profit rose to $12 from $9 billion.": "12000000000 dollar; 9000000000 dollar",
        "fell to 500 from 2.8 million": "500; 2800000",
        "rose to 2 from 3 million": "",
        "rose to 12 percent from 3 million": "12 %; 3000000",
        "rose from 18 to two dozen": "18; 24",
        "rose from 30 to two hundred": "30; 200",
        "fell to 40 from 50": "40; 50",
        "fell from 3.1 percent to 2.8 million": "3.1 %; 2800000",
    }
)
def test_a_number_shares_the_magnitude_of_the_next_where_the_words_agree(words, expected):
    assert read(words) == expected


@check(
    {
        "Eggs have climbed past $4.": ">4 dollar",
        "The toll rose past 2,000.": ">2000",
        "He climbed past 3 guards": "3",
        "a row over more than $19 million": ">19000000 dollar",
        "spread over at least 200 miles": ">=200 mile",
        "well over 200 miles": ">200 mile",
        "a couple of hundred men": "~200",
        "a couple of dozen men": "~24",
        "the next couple of thousand years": "~2000 year",
        "at least a couple of million": ">=~2000000",
        "a couple of hundred and fifty": "",
        "a couple of hundreds": "100s",
    }
)
def test_a_bound_and_a_couple_are_read_with_their_words(words, expected):
    assert read(words) == expected


@check(
    {
        "(minus 201 C)": "-201 °C",
        "minus 330 degrees F": "-330 °F",
        "to keep warming below 1.5C": "<1.5 °C",
        "a heat of 104F": "104 °F",
        "in room 104F": "",
        "He bought 10 C batteries in the cold.": "10",
        "2 hours 35 seconds": "1447/720 h",
        "2 hours, 5 minutes and 6 seconds": "2.085 h",
        "hundreds of miles": "100s mile",
        "dozens of years": "12s year",
        "hundreds of bus drivers": "100s",
        "418 million crowns": "418000000 crown",
        "613 billion won": "613000000000 KRW",
        "2 million won the prize": "2000000",
        "613 won": "613",
        "30 km from the city of 1.2m": "30 km; 1200000",
    }
)
def test_a_unit_is_read_to_its_end(words, expected):
    assert read(words) == expected


@check(
    {
        "Apple unveiled the iPhone 15 in September.": "",
        "the iPhone 15 handsets": "",
        "exhibit 41 and exhibits 42 and 43": "",
        "R.S.C. 1985, c. 42": "",
        "S.C. 1992, c. 20, s. 4": "",
        "c. 42 of the Revised Statutes": "",
        "c. 42 men": "~42",
        "a pH 7 buffer": "7",
        "The hall seats 300.": "300",
    }
)
def test_a_number_of_a_name_does_not_count(words, expected):
    assert read(words) == expected


@check(
    {
        "about twice the size of Earth": "~2 times",
        "almost twice the limit of 80": "<~2 times; 80",
        "nearly triple its low estimate of 7 million": "<~3 times; 7000000",
        "more than double the national average": ">2 times",
        "13 times as much as ours": "13 times",
        "less than half as much as before": "<0.5 times",
        "twice as many seats as his rivals": "2 times",
        "twice that of France": "2 times",
        "half as much again": "",
        "half as many as 200": "",
        "twice as many as the 200 who came": "200",
        "three times as much as 50": "",
        "double the 200": "",
        "double or triple the number": "",
        "not twice the number": "",
        "named twice as captain": "",
        "a double murder, twice a week": "2 times",
    }
)
def test_a_word_that_multiplies_is_read_where_it_stands_with_what_it_multiplies(words, expected):
    assert read(words) == expected


@check(
    {
        "its biggest penalty in a decade": "1 decade",
        "It would last a decade.": "1 decade",
        "less than a month before the ballot": "<1 month",
        "more than a week after the storm": ">1 week",
        "nearly a century ago": "<~1 century",
        "about a year ago": "~1 year",
        "for over a year": ">1 year",
        "less than a mile from the border": "<1 mile",
        "He earns $500 a week.": "500 dollar/week",
        "Over a decade, costs rose.": "",
        "a film about a day in the life": "",
        "5 tonnes a year, at most a year-long ban": "5 t/year",
        "more than a year and six months": ">1.5 year",
        "less than a day or two": "<=2 day",
        "a year of war": "",
        "at least a second strategy": "",
    }
)
def test_an_article_counts_a_unit_that_measures(words, expected):
    assert read(words) == expected


@check(
    {
        "a score of men": "20",
        "a score of goals": "",
        "the score of men's teams": "",
        "five and twenty men": "25",
        "five-and-twenty years": "25 year",
        "with five and twenty respectively": "",
        "between five and twenty men": "5..20",
        "three, five and twenty men": "3; 5; 20",
        "5 to 10 out of 100 patients": "0.05..0.1",
        "10 to 15 in 100": "0.1..0.15",
        "12 to 15 out of 20": "12..15; 20",
    }
)
def test_old_numbers_and_shares_of_a_hundred(words, expected):
    assert read(words) == expected


ALONE = {
    "nought is 0": "0; 0",
    "naught": "0",
    "Nil = 0": "0; 0",
    "nil casualties": "0",
    "from nil to 5 per cent": "0..5 %",
    "The efforts came to naught.": "",
    "It was all for naught.": "",
    "They played noughts and crosses.": "",
    "Growth was virtually nil.": "~0",
    "zero tolerance": "",
    "twenty and three and three fifths": "23.6",
    "Twenty and three and a half.": "23.5",
    "It was twenty and three and a half.": "",
    "2⁻³": "0.125",
    "2.5⁻¹ of them": "0.4",
    "12 F-16 jets": "12",
    "2 K-9 units": "2",
    "5 W m-2": "5 W/m2",
    "10 T of load": "10 T",
    "past the 24703 L-202": "",
    "he hit a 9 - iron shot": "",
    "a three-wood from 200 yards": "200 yd",
}


@pytest.mark.parametrize("words", ALONE)
def test_a_number_that_is_all_that_is_said_and_one_that_is_a_code(words):
    assert read(words) == ALONE[words]


RANKS = {
    "I like the first two books.": [1, "2"],
    "I like the first one.": [1],
    "She finished second!": [2],
    "He finished second in the race.": [2],
    "She came first.": [1],
    "The second meeting took one second.": [2, "1"],
    "his second wife": [2],
    "Nineth Meeting of the Platform": [9],
    "the forty-second row": [42],
    "It took a second!": [],
    "Wait a second.": [],
    "the second he left": [],
    "a second later": [],
    "Show me the second to last.": [],
    "At first we met": [],
    "He came first to the village.": [],
    "the first aid": [],
}


@pytest.mark.parametrize("words", RANKS)
def test_first_and_second_are_ordinals_where_they_say_which(words):
    found = scan_quantities(words, ordinals=True)
    assert [q.ordinal or q.notation for q in found] == RANKS[words]
    assert [q.notation for q in scan_quantities(words)] == [n for n in RANKS[words] if isinstance(n, str)]


HEDGED = {
    "the best part of nine hours": "<~9 h",
    "the better part of a decade": "<~1 decade",
    "a whisker under 10 percent": "<~10 %",
    "a touch more than 5 kilometres": ">~5 km",
    "The toll may pass 1,000.": ">1000",
    "Parliament could pass 2,000 laws": "2000",
    "At the very most 20 trucks a day cross the border.": "<=20 /day",
    "20 at the outside": "<=20",
    "Up to and including 50 staff": "<=50",
    "12 people per room at most": "<=12",
    "40 percent, if not higher": ">=40 %",
    "nothing like 60 tents": "",
    "anything but 60 tents": "",
    "between 9,000 and as many as 15,000 were displaced": "9000..15000",
    "between 10 and perhaps as many as 50 people": "10..50",
    "between as few as 10 and as many as 50 cases": "10..50",
    "from as few as 10 to as many as 50 cases": "10..50",
    "one and a half to two million people": "1500000..2000000",
    "a quarter to half a million people": "250000..500000",
    "two and a half to three hundred men": "250..300",
    "three and a half to two million": "",
    "half to two thirds of them": "0.5..2/3",
    "one and a half to two per cent": "1.5..2 %",
    "rose from one and a half to two million": "1500000; 2000000",
}


@pytest.mark.parametrize("words", HEDGED)
def test_a_hedge_or_a_magnitude_is_read_with_all_that_it_holds_for(words):
    assert read(words) == HEDGED[words]
