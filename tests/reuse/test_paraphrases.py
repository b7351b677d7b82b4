"""Sentences that say the same in other words, and sentences that only look alike."""

import numpy as np
import pytest

from sourcebook.core.errors import DataError
from sourcebook.reuse import shared_passages
from sourcebook.reuse.paraphrase_sentences import split_sentences
from sourcebook.reuse.stemming import stem

ONE = (
    "The mill by the river burned down in the night before the harvest feast. "
    "Villagers carried water from the well until dawn, but the roof had already fallen. "
    "Nobody could explain who had left a lantern among the dry sacks of grain."
)
REWORDED = (
    "Before the harvest feast, in the night, down burned the river mill. "
    "The roof had fallen already, although until dawn villagers were carrying water from the well. "
    "Who left lanterns among dry grain sacks, nobody could explain."
)
HOST = (
    "My grandmother kept a diary about her garden and the weather. "
    "She counted roses every June, and the wasps in August. "
)
END = " After that summer the pages are empty. I never asked her for a reason."
OTHER = (
    "Trains to the coast run twice a day in winter. Tickets are sold at the counter and in two shops. "
    "Dogs travel free of charge when they are small."
)


def paraphrased(a, b, **settings):
    return shared_passages({"a": a, "b": b}, mode="paraphrase", **settings)


def test_a_reworded_passage_is_found_at_its_place():
    a, b = HOST + ONE + END, REWORDED + " " + OTHER
    found = paraphrased(a, b)
    assert found["kind"].tolist() == ["reworded"]
    row = found.loc[0]
    assert row["exact_a"] == a[row["start_a"] : row["end_a"]] == ONE[:-1]
    assert row["exact_b"] == b[row["start_b"] : row["end_b"]] == REWORDED[:-1]
    assert row["words"] >= 30
    assert 0.6 < row["similarity"] < 1
    assert shared_passages({"a": a, "b": b}, mode="verbatim").empty


def test_texts_without_a_sentence_in_common_have_no_passage():
    assert paraphrased(HOST + END, OTHER).empty
    assert paraphrased("", OTHER).empty
    assert paraphrased("One two.", "Three.").empty


def test_a_verbatim_passage_keeps_its_exact_ends():
    a = HOST + "As we heard, " + ONE.lower() + END
    found = paraphrased(a, ONE)
    assert found[["exact_b", "kind"]].to_numpy().tolist() == [[ONE[:-1], "verbatim"]]


def test_swapping_the_texts_swaps_the_sides():
    there, back = paraphrased(HOST + ONE, REWORDED + OTHER), paraphrased(REWORDED + OTHER, HOST + ONE)
    columns = ["start_a", "end_a", "start_b", "end_b", "words", "similarity"]
    swapped = ["start_b", "end_b", "start_a", "end_a", "words", "similarity"]
    assert there[columns].to_numpy().tolist() == back[swapped].to_numpy().tolist()


def test_excluded_phrases_are_no_content():
    assert paraphrased(ONE, REWORDED, exclude=[ONE]).empty


def test_among_many_texts_the_reworded_pair_is_a_candidate():
    rng = np.random.default_rng(2)
    texts = {f"t{k}": " ".join(f"word{n}" for n in rng.integers(0, 3000, 60)) + "." for k in range(80)}
    texts["t11"] += " " + ONE
    texts["t70"] = REWORDED + " " + texts["t70"]
    found = shared_passages(texts, mode="paraphrase")
    assert found[["source_a", "source_b"]].to_numpy().tolist() == [["t11", "t70"]]


def test_settings_and_pairs_are_checked():
    with pytest.raises(
        ValueError, match="mode: expected one of edited, verbatim, paraphrase; found 'strong'"
    ):
        shared_passages({}, mode="strong")
    with pytest.raises(DataError, match=r"pairs:1:source_id.*'c'"):
        shared_passages({"a": ONE, "b": ONE}, pairs=[("a", "c")])


def test_sentences_are_of_a_bearable_length():
    text = (
        "Short one. "
        + " ".join(f"w{n}" for n in range(200))
        + "\n\nA heading\n\nThe last sentence stands here."
    )
    (found,) = split_sentences([text])
    sizes = np.diff(found.firsts)
    assert sizes.sum() == found.stems.size == 209
    assert sizes.min() >= 4
    assert sizes.max() <= 60


@pytest.mark.parametrize(
    "forms",
    [("carry", "carries", "carried"), ("burn", "burned", "burning", "burns"), ("harvest", "harvests")],
)
def test_forms_of_a_word_have_one_stem(forms):
    assert len({stem(form) for form in forms}) == 1
