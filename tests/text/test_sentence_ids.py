"""Ids of sentences follow the words: what keeps its id, what gets a new one, and that no id is given twice."""

import random

import pytest

from sourcebook.text.sentence_ids import ids_of_sentences, merge_records

TEXTS = [
    "The council met on Monday.",
    "It closed the old bridge for the winter.",
    "Nobody was hurt.",
    "The miller spoke for a long time about the lamp.",
]
RECORDED = [(f"a.s{n:03d}", text) for n, text in enumerate(TEXTS, 1)]


def now(texts):
    return [name.removeprefix("a.s") for name in ids_of_sentences(texts, "a", RECORDED)]


def test_without_a_record_the_sentences_are_counted():
    assert ids_of_sentences(["One.", "Two."], "b") == ["b.s001", "b.s002"]
    assert ids_of_sentences([], "b") == []


@pytest.mark.parametrize(
    ("texts", "names"),
    [
        (TEXTS, "001 002 003 004"),
        (TEXTS[1:], "002 003 004"),
        (TEXTS[:2], "001 002"),
        (["NEWS", *TEXTS], "005 001 002 003 004"),
        ([*TEXTS, "And so on."], "001 002 003 004 005"),
        ([TEXTS[0], TEXTS[3], TEXTS[1], TEXTS[2]], "001 004 002 003"),
        ([f"{TEXTS[0]} {TEXTS[1]}", *TEXTS[2:]], "001 003 004"),
        ([TEXTS[0], "It closed the old bridge", "for the winter.", *TEXTS[2:]], "001 002 005 003 004"),
        ([TEXTS[0], "It closed the old bridge for winter.", *TEXTS[2:]], "001 002 003 004"),
        ([TEXTS[0], "Quite another thing happened in June.", *TEXTS[2:]], "001 005 003 004"),
        ([TEXTS[0], TEXTS[0], *TEXTS[1:]], "005 001 002 003 004"),
        ([], ""),
    ],
)
def test_a_sentence_keeps_its_id(texts, names):
    assert now(texts) == names.split()


def test_the_number_of_a_sentence_that_is_gone_is_not_given_again():
    kept = merge_records(RECORDED, [("a.s001", TEXTS[0])])
    assert kept == RECORDED
    assert ids_of_sentences([TEXTS[0], "A new one came in."], "a", kept) == ["a.s001", "a.s005"]
    assert ids_of_sentences(TEXTS, "a", kept) == [name for name, _ in RECORDED]


def test_any_series_of_edits_gives_each_sentence_one_id_and_keeps_those_that_were_not_touched():
    draw = random.Random(1)
    for _ in range(200):
        recorded, texts = list(RECORDED), list(TEXTS)
        for step in range(6):
            before = dict(zip(ids_of_sentences(texts, "a", recorded), texts, strict=True))
            at = draw.randrange(len(texts) + 1)
            if draw.random() < 0.5 or len(texts) < 2:
                texts.insert(at, f"New words number {draw.random()} and {step}.")
            else:
                texts.pop(min(at, len(texts) - 1))
            after = ids_of_sentences(texts, "a", recorded)
            assert len(set(after)) == len(texts)
            kept = {text: name for name, text in before.items()}
            assert all(kept.get(text, name) == name for name, text in zip(after, texts, strict=True))
            recorded = merge_records(recorded, list(zip(after, texts, strict=True)))
            assert len({name for name, _ in recorded}) == len(recorded)
            assert ids_of_sentences(texts, "a", recorded) == after
