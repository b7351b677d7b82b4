"""Two answers are the same in reliability exactly when the rules of relations call them the same."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sourcebook.analysis.relations import Proposition, relate
from sourcebook.coding.same_answers import check_coders, one_form, trim_labels
from sourcebook.core.errors import DataError

ANSWERS = {
    "quantity": [
        "100",
        "100.0",
        "100..100",
        "~90",
        "90",
        ">200",
        ">=200",
        "200",
        "<5",
        "hundreds",
        "150..160",
        "1e2",
    ],
    "date": [
        "1988",
        "1988-XX",
        "1988~",
        "1988?",
        "1988-01/1988-12",
        "1988-11",
        "198X",
        "XXXX-12-05",
        "1987/1991",
    ],
    "name": [
        "Western Community",
        "western community",
        "“Western” Community",
        "Western  Community",
        "Eastern",
        "West",
    ],
    "category": ["poets", "Poets", "mayors"],
    "presence": ["yes", "no"],
}
PAIRS = [(kind, one, other) for kind, values in ANSWERS.items() for one in values for other in values]


def readable(kind, value):
    try:
        relate(value, value, Proposition(kind))
    except ValueError:
        return False
    return True


@pytest.mark.parametrize(("kind", "one", "other"), PAIRS)
def test_two_answers_are_the_same_exactly_when_the_rules_say_so(kind, one, other):
    if not (readable(kind, one) and readable(kind, other)):
        assert one_form([one, other], kind)[one] in (one, other)
        return
    form = one_form([one, other], kind)
    assert (form[one] == form[other]) == (
        one == other or relate(one, other, Proposition(kind)).relation == "agree"
    )


@given(st.lists(st.integers(1, 999), min_size=1, max_size=6), st.data())
@settings(max_examples=80, deadline=None)
def test_a_number_written_in_several_ways_has_one_form(numbers, data):
    ways = ["{}", "{}.0", "{0}..{0}"]
    labels = [data.draw(st.sampled_from(ways)).format(number) for number in numbers]
    assert len(set(one_form(labels, "quantity").values())) == len(set(numbers))


@given(st.sampled_from(["Anna Lee", "Bəxtiyar Oğlu", "The Old Mill"]), st.data())
@settings(max_examples=80, deadline=None)
def test_a_name_in_other_capitals_blanks_and_signs_has_one_form(name, data):
    blank = data.draw(st.sampled_from([" ", "\u00a0", "  ", "\t"]))
    edge = data.draw(st.sampled_from(["", " ", "\n", "\u00a0"]))
    (label,) = trim_labels(edge + name.replace(" ", blank) + edge)
    written = data.draw(st.sampled_from([label, label.lower(), f"“{label}”", f"{label}."]))
    assert len(set(one_form([name, written], "name").values())) == 1


@given(st.permutations(["a", "b", "c d"]))
def test_the_order_of_labels_and_repeats_mean_nothing(labels):
    assert trim_labels(" ; ".join([*labels, labels[0], ""])) == ["a", "b", "c d"]


def coded(coders):
    return pd.DataFrame({"coder": coders, "unit": [f"s{n}" for n in range(len(coders))], "variable": "frame"})


@pytest.mark.parametrize(
    "other", ["second", "second ", " second", "Second", "sec\u00a0ond".replace("\u00a0", "")]
)
def test_a_coder_of_two_passes_is_told_once(other):
    first = coded(["second"] * 100)
    again = coded([other] * 100)
    first.attrs["file"], again.attrs["file"] = "a.csv", "b.csv"
    with pytest.raises(DataError) as caught:
        check_coders([first, again])
    (problem,) = caught.value.problems
    assert problem.file == "b.csv" and "a.csv" in problem.found and "name of its own" in problem.action


def test_a_coder_named_as_the_coded_tables_is_told_once():
    with pytest.raises(DataError, match="coded tables"):
        check_coders([coded(["first"] * 9), coded(["first"] * 9)])


def test_a_coder_may_answer_other_questions_in_another_pass():
    check_coders([coded(["anna"] * 9), coded(["anna"] * 9).assign(variable="voice")])


def test_a_coder_with_a_trailing_blank_in_some_rows_is_told_once():
    with pytest.raises(DataError) as caught:
        check_coders([coded(["anna", "anna ", "anna "])])
    assert len(caught.value.problems) == 1
