"""Formulas that both texts repeat, in the same order by chance, are no passage."""

from functools import partial

import kinds
import numpy as np
import rewritten

from sourcebook import reuse
from sourcebook.reuse import matching

shared_passages = partial(reuse.shared_passages, mode="verbatim")

FORMULA_1 = "on the proposal of one third of members"  # 8 words
FORMULA_2 = "before the entry into force of this treaty"  # 8 words


def text(letter):
    """Return a text with each formula twice, whose other words are its own; once they stand near one another."""
    own = [" ".join(f"{letter}{number}{k}" for k in range(12)) for number in "pqr"]
    return f"{own[0]} {FORMULA_1} {letter}x {letter}y {FORMULA_2} {own[1]} {FORMULA_2} {own[2]} {FORMULA_1} end{letter}"


def test_formulas_that_both_texts_repeat_make_no_passage_of_twelve_words():
    """Of 16 common words, each in a shingle that both have twice, 8 are left."""
    texts = {"a": text("m"), "b": text("n")}
    assert shared_passages(texts, min_words=12).empty
    assert set(shared_passages(texts, min_words=8)["words"]) == {8, 16}


def test_formulas_that_one_text_has_once_are_a_passage():
    once = f"start {FORMULA_1} nx ny {FORMULA_2} stop"
    found = shared_passages({"a": text("m"), "b": once}, min_words=12)
    assert found["words"].tolist() == [16]


def test_a_verbatim_stretch_long_enough_is_a_passage_however_often_both_texts_repeat_it():
    refrain = "row the old boat gently down the stream and sing with all the others until night falls"
    one = f"{refrain} for me {refrain}"
    found = shared_passages({"a": f"{one} again {refrain}", "b": f"{one} twice {refrain}"}, min_words=17)
    assert not found.empty


def test_formulas_do_not_depend_on_the_order_of_the_texts():
    one = shared_passages({"a": text("m"), "b": text("n")}, min_words=8)
    other = shared_passages({"b": text("n"), "a": text("m")}, min_words=8)
    spans = ["start_a", "end_a", "start_b", "end_b"]
    mirrored = other[["start_b", "end_b", "start_a", "end_a"]].set_axis(spans, axis=1)
    assert sorted(map(tuple, one[spans].to_numpy().tolist())) == sorted(
        map(tuple, mirrored.to_numpy().tolist())
    )


def test_a_run_that_is_known_only_saves_the_counting(monkeypatch):
    texts, pairs, _ = rewritten.corpus(14, 5, kinds.halves("legal", 5))
    quick = shared_passages(texts, pairs=pairs, min_words=12)
    known = []
    held = matching.holds_run
    monkeypatch.setattr(
        matching, "holds_run", lambda *given: np.zeros_like(known.append(held(*given)) or known[-1])
    )
    counted = shared_passages(texts, pairs=pairs, min_words=12)
    assert np.concatenate(known).any()
    assert counted.equals(quick)
