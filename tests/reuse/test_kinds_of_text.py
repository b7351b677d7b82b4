"""Texts of other kinds than news: formulas of law, short sentences, bad readings, other scripts, and hostile ones."""

from collections import defaultdict
from itertools import combinations

import kinds
import pytest
import rewritten
from corpora import jaccard, shingle_set
from plagdet import Case, score

from sourcebook.reuse import near_duplicates, shared_passages
from sourcebook.text.words import fold_words, split_words

pytestmark = pytest.mark.slow

COLUMNS = ["source_a", "start_a", "end_a", "source_b", "start_b", "end_b"]
#: A word of a folded text: what is neither a blank nor a sign of ASCII.
FOLDED = r"[^\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f]+"
EASY = ("none", "light", "ocr")


def joined(texts, threshold=0.5):
    """Return the pairs whose sets of shingles are alike enough, by looking at all that share one."""
    sets = {name: shingle_set(fold_words(text, whole=False), word=FOLDED) for name, text in texts.items()}
    owners = defaultdict(list)
    for name, shingles in sets.items():
        for shingle in shingles:
            owners[shingle].append(name)
    pairs = {pair for names in owners.values() for pair in combinations(sorted(names), 2)}
    return {(a, b) for a, b in pairs if jaccard(sets[a], sets[b]) >= threshold}


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("kind", kinds.KINDS)
def test_near_duplicates_of_any_kind_are_those_of_an_exact_join(kind, seed):
    texts = kinds.copies(kind, seed, 300)
    found = near_duplicates(texts)
    pairs = {tuple(sorted(pair)) for pair in zip(found["source_a"], found["source_b"], strict=True)}
    truth = joined(texts)
    assert len(truth) > 20
    assert 2 * len(pairs & truth) / (len(pairs) + len(truth)) >= 0.995


@pytest.fixture(scope="module", params=kinds.KINDS)
def planted_passages(request):
    return request.param, *rewritten.corpus(21, 4, kinds.halves(request.param, 4))


def measured(texts, pairs, cases, ways, mode):
    rows = shared_passages(texts, pairs=pairs, mode=mode, min_words=20)
    chosen = [case for way in ways for case in cases[way]]
    names = {case.suspicious for case in chosen}
    found = [Case(*row) for row in rows[COLUMNS].itertuples(index=False, name=None)]
    return score(chosen, [each for each in found if each.suspicious in names]).plagdet


def test_copied_passages_are_found_in_texts_of_any_kind(planted_passages):
    _, texts, pairs, cases = planted_passages
    assert measured(texts, pairs, cases, EASY, "verbatim") >= 0.65


def test_rewritten_passages_are_found_in_texts_of_any_kind(planted_passages):
    kind, texts, pairs, cases = planted_passages
    least = 0.65 if kind == "legal" else 0.75  # where clauses are put together from the same formulas
    assert measured(texts, pairs, cases, [way for way in cases if way], "paraphrase") >= least


def test_marks_on_letters_are_parts_of_words():
    assert split_words("हिन्दी में re\u0301sume\u0301").keys == ("हिन्दी", "में", "résumé")


@pytest.mark.parametrize(
    "text", ["", "same", "word " * 900, "The same words in each of them, and no others at all. " * 3]
)
def test_many_equal_texts_with_nothing_rare_in_them(text):
    texts = {f"t{number}": text for number in range(70)}
    assert shared_passages(texts, mode="paraphrase", max_document_frequency=5).empty
    assert len(near_duplicates(texts)) == (70 * 69 // 2 if text else 0)


def test_one_shingle_that_all_texts_have_makes_no_candidates():
    texts = {name: "all of them begin so " + text for name, text in kinds.copies("workshop", 3, 60).items()}
    found = near_duplicates(texts, max_document_frequency=2)
    assert set(found["source_a"]) <= set(near_duplicates(texts)["source_a"])


def test_one_word_over_and_over_is_one_passage_from_end_to_end():
    found = shared_passages(
        {"a": "word " * 20_000, "b": "word " * 15_000}, pairs=[("a", "b")], mode="verbatim"
    )
    assert found["words"].max() == 15_000
