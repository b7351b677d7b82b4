"""Turns of phrase that change what a number says: one more among others, results, hedges before a mixed number."""

import pytest

from sourcebook.parsing.quantities import scan_quantities


def read(words):
    return "; ".join(f"{found.notation} {found.unit}".strip() for found in scan_quantities(words))


ORDINALS = {
    "Gold rose for a fourth day": "",
    "Shares fell for a third day.": "",
    "He stayed a third day": "",
    "a third hour of talks": "",
    "in a third month of strikes": "",
    "for a fifth year running": "",
    "a tenth month in a row": "",
    "a fourth night of riots": "",
    "a third of a day": "1/3 day",
    "a fifth": "0.2",
    "A third.": "1/3",
    "A third man.": "",
    "a quarter hour": "0.25 h",
    "a three-year deal with an option for a fourth": "3 year",
    "Two men died and a third was injured": "2",
    "Three were killed and a fourth is missing": "3",
    "He scored two goals and missed a third": "2",
    "They won 2 games and lost a third.": "2",
    "Two blasts were followed by a third.": "2",
    "He saw two towns and went on to a third.": "2",
    "One bomb exploded and a third was defused": "",
    "is seeking a third": "",
    "a third was destroyed": "",
    "to a third and final term": "",
    "perhaps a third, fourth or fifth time": "",
    "about a third was destroyed": "~1/3",
    "two firms fell by a third": "2; 1/3",
    "a third were women": "1/3",
    "a third of them": "1/3",
    "The shares lost a third.": "1/3",
    "Prices fell a third in May": "1/3",
    "accounting for a third": "1/3",
}


@pytest.mark.parametrize("words", ORDINALS)
def test_one_more_among_others_is_no_part(words):
    assert read(words) == ORDINALS[words]


MIXED = {
    "Perhaps as many as a million and a half Armenians": "<=~1500000",
    "more than a million and a half": ">1500000",
    "nearly a million and a half": "<~1500000",
    "no fewer than a million and a half": ">=1500000",
    "at least a million and a quarter": ">=1250000",
    "about a billion and a quarter": "~1250000000",
    "as much as a billion and a half dollars": "<=1500000000 dollar",
    "over a dozen and a half": ">18",
    "about a million and a half of them": "~1500000",
    "a million and a quarter of them": "1000000; 0.25",
    "more than a year and a half": ">1.5 year",
    "several million and a half": "",
    "a couple of million and a half": "",
    "$7.29 3/4 a bushel": "",
    "$14.40 1/4": "",
    "$4.02-1/2": "",
    "$7.29¾": "",
    "1,200 1/2 acres": "1200.5 acre",
    "five milliards of francs": "",
    "2 milliards of francs": "",
}


@pytest.mark.parametrize("words", MIXED)
def test_a_mixed_number_is_read_with_its_hedge_or_not_at_all(words):
    assert read(words) == MIXED[words]


RESULTS = {
    "Barcelona beat Rayo 3-1": "3; 1",
    "Lyon beat Nice 3-0": "3; 0",
    "Brazil 2-1 Italy": "2; 1",
    "beat Li Na 6-2, 6-3": "6; 2; 6; 3",
    "beat Li 3-6, 6-4": "3; 6; 6; 4",
    "They came with Challenger 3-1.": "",
    "He won 4-6, 3-6, 6-4": "4; 6; 3; 6; 6; 4",
    "Arsenal lost 2-3 to Chelsea": "2; 3",
    "They were beaten 0–3": "0; 3",
    "went down 1-2 to Brazil": "1; 2",
    "the first set 6-7": "6; 7",
    "a record of 3-5": "3; 5",
    "The measure failed 47-53": "47; 53",
    "it lost 4-5 in the vote": "4; 5",
    "the vote was 4-5": "4; 5",
    "defeat by 48-52": "48; 52",
    "a 1-3 defeat": "1; 3",
    "lost 2-3 days": "2..3 day",
    "They lost 78-81 men": "78..81",
    "They lost 200-300 in the war": "200..300",
    "down 1-2 percent": "1..2 %",
    "aged 5-10": "5..10",
    "Sharapova lost 6-7 (4-7), 3-6 to Serena": "6; 7; 3; 6",
}


@pytest.mark.parametrize("words", RESULTS)
def test_a_result_is_two_numbers_and_no_range(words):
    assert read(words) == RESULTS[words]


SHARES = {
    "shrank by a fifth while imports rose": "0.2",
    "fell by a third after the war": "1/3",
    "fell by a third since May": "1/3",
    "Exports fell by a quarter last year": "0.25",
    "accompanied by a third man": "",
    "half of them children": "0.5",
    "half of whom fled": "0.5",
    "half of those killed were children": "0.5",
    "the other half of them": "",
    "the first half of those talks": "",
    "Peacekeepers number 6,500": "6500",
    "They numbered 6,500": "6500",
    "lottery number 6,500": "",
    "the tickets numbered 6,500": "",
}


@pytest.mark.parametrize("words", SHARES)
def test_a_share_or_a_count_is_read_by_the_words_about_it(words):
    assert read(words) == SHARES[words]


COMPOUND = {
    "three twenty firsts": "1/7",
    "three twenty-firsts": "1/7",
    "five twenty-fourths of the land": "5/24",
    "twenty twenty fifths": "0.8",
    "one hundred thirty-two fifths": "26.4",
    "one one hundred fifth": "1/105",
    "one hundred thirty fifths": "",
    "one hundred one thousand fifths": "",
    "two thirds": "2/3",
    "two hundred thousandths": "",
    "two hundred-thousandths": "",
    "five thousandths": "0.005",
    "twenty hundredths": "0.2",
    "the one hundred fifth": "",
}


@pytest.mark.parametrize("words", COMPOUND)
def test_a_fraction_of_several_words_is_read_where_they_part_in_one_way(words):
    assert read(words) == COMPOUND[words]


POWERS = {
    "1.1^23": "8.95430243255237372246531",
    "2.5^-1": "0.4",
    "-2500^-1": "-0.0004",
    "-2.5^-1": "-0.4",
    "2^10 cells": "1024",
    "10**6 cells": "1000000",
    "in 1994^3 he said": "",
    "12^3": "",
    "0^-1": "",
    "2^9999": "",
    "2^10.5": "",
}


@pytest.mark.parametrize("words", POWERS)
def test_a_power_is_read_where_it_cannot_be_a_mark_of_a_note(words):
    assert read(words) == POWERS[words]


FROM_ONE = {
    "sentenced to a year to two years in prison": "1..2 year",
    "an hour to two hours": "1..2 h",
    "from a day to three days": "1..3 day",
    "between a year and two years": "1..2 year",
    "about a year to three years": "~1..3 year",
    "more than a year to two years": "",
    "a month to six weeks": "",
    "a few days to two weeks": "",
    "reduced from a year to six months": "",
    "he added a year to two contracts": "2",
    "gave a day to 20 people": "20",
}


@pytest.mark.parametrize("words", FROM_ONE)
def test_a_range_that_begins_with_an_article_is_read_whole_or_refused(words):
    assert read(words) == FROM_ONE[words]
