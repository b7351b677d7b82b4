"""Whether a text is derived from another, on answers whose origin is known."""

import re

import numpy as np
import pandas as pd
import pytest
from corpora import answers
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.core.errors import DataError
from sourcebook.reuse import best_threshold, derivation


@pytest.fixture(scope="module", params=[0, 1, 2])
def scored(request):
    """Return for each task its answers with their level, score and passages."""
    found = []
    for task, original, given_ in answers(seed=request.param):
        frame = derivation(original, pd.DataFrame(given_, columns=["source_id", "level", "text"]))
        levels = [level for _, level, _ in given_]
        found.append(frame.assign(task=task, level=levels, truth=[level != "non" for level in levels]))
    return pd.concat(found, ignore_index=True)


def f1(truth, said):
    return 2 * (truth & said).sum() / (truth.sum() + said.sum())


def test_derived_answers_are_told_with_one_task_left_out_at_a_time(scored):
    said = pd.Series(False, index=scored.index)
    for task in scored["task"].unique():
        others, held = scored[scored["task"] != task], scored["task"] == task
        said[held] = scored["score"][held] >= best_threshold(others["score"], others["truth"])
    assert f1(scored["truth"], said) >= 0.97


def test_the_threshold_that_is_given_suits_them(scored):
    assert f1(scored["truth"], scored["derived"]) >= 0.95


def test_the_more_was_taken_over_the_higher_the_score(scored):
    means = scored.groupby("level")["score"].mean()
    assert means["cut"] > means["light"] > means["heavy"] > means["non"]


def test_copied_answers_show_their_passages(scored):
    shown = scored["passages"].map(len)
    assert (shown[scored["level"].isin(["cut", "light"])] > 0).all()


def test_passages_are_places_in_both_texts():
    original = "One two. The cat sat on the mat, and slept all day; three four."
    text = "I say: the cat SAT on the mat!"
    (found,) = derivation(original, {"a": text}).itertuples(index=False)
    assert [(original[a:b], text[c:d]) for a, b, c, d in found.passages] == [
        ("The cat sat on the mat", "the cat SAT on the mat")
    ]


def test_shares_worked_out_by_hand():
    """Of "aa bb cc dd": aa, bb and dd are known, one pair of three is, and two words are in order."""
    (found,) = derivation("dd x aa bb", {"a": "aa bb cc dd"}).itertuples(index=False)
    assert found.vocabulary == 0.75
    assert found.pairs == pytest.approx((1 / 3) ** 0.5, abs=1e-6)
    assert found.order == 0.5


@given(st.text("ab .", max_size=30), st.text("ab .", max_size=30))
def test_scores_are_shares_and_a_copy_has_1(original, text):
    found = derivation(original, {"copy": original, "text": text})
    assert found["score"].between(0, 1).all()
    if len(re.findall(r"\w+", original)) > 1:
        assert found["score"][0] == 1


def test_wrong_input():
    with pytest.raises(DataError, match="texts:1:text"):
        derivation("a", pd.DataFrame({"source_id": ["a"]}))
    with pytest.raises(ValueError, match="threshold"):
        derivation("a", {}, threshold=2)
    with pytest.raises(ValueError, match="only one"):
        best_threshold([0.1, 0.2], [True, True])


def test_the_best_threshold_is_no_worse_than_any_other():
    rng = np.random.default_rng(0)
    for _ in range(50):
        scores, truth = rng.integers(0, 6, size=12) / 5, np.arange(12) % 3 == 0
        chosen = f1(truth, scores >= best_threshold(scores, truth))
        assert chosen >= max(f1(truth, scores >= cut) for cut in (0.1, 0.3, 0.5, 0.7, 0.9))
