"""How the answers of two coders to one question differ."""

import pytest

from sourcebook.coding.answer_differences import ANSWER_DIFFERENCES, answer_difference

NAMES, TERMS = ("name", "name"), ("category", "category")
CASES = [
    (["Mill House"], ["“the mill house”"], NAMES, "equal"),
    (["The"], ["The"], NAMES, "equal"),
    (["b", "a"], ["a", "b", "a"], TERMS, "equal"),
    (["the-mill"], ["mill"], TERMS, "other"),
    (["a"], ["a", "b"], TERMS, "more"),
    (["a", "b"], ["a"], TERMS, "more"),
    (["a", "b"], ["a", "c"], TERMS, "other"),
    (["Miller"], ["Miller, of the mill", "Smith"], NAMES, "other"),
    (["Miller"], ["Miller", "Smith"], NAMES, "more"),
    (["Miller and Smith"], ["a Smith", "the Miller"], NAMES, "extent"),
    (["Mill"], ["Miller"], NAMES, "other"),
    (["north mill"], ["north old mill"], NAMES, "other"),
    (["1918"], ["1918/1920"], ("date", "date"), "other"),
    (["yes"], ["no"], ("presence", "presence"), "opposite"),
    (["yes"], ["yes"], ("presence", "presence"), "equal"),
    (["yes"], ["Mill"], ("presence", "name"), "form"),
]


@pytest.mark.parametrize(("first", "second", "kinds", "expected"), CASES)
def test_a_difference_has_its_kind_from_either_side(first, second, kinds, expected):
    assert answer_difference(first, second, kinds=kinds) == expected
    assert answer_difference(second, first, kinds=kinds[::-1]) == expected


def test_each_kind_is_explained_and_occurs():
    assert {case[-1] for case in CASES} == set(ANSWER_DIFFERENCES)


def test_no_answer_and_a_text_for_answers_are_refused():
    with pytest.raises(ValueError, match="second: expected at least one value"):
        answer_difference(["a"], [])
    with pytest.raises(TypeError, match="first: expected several values, found the text 'a'"):
        answer_difference("a", ["a"])
