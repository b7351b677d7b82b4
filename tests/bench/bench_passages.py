"""Passages: ours beside text-matcher and a plain search for equal stretches; growth to a million texts.

Planted cases hold pairs of texts with rewritten passages (`rewritten.py`); every contender returns spans in both texts,
and plagdet is that of `plagdet.py`. The cases ``walk`` and ``zipf`` (`aligned.py`) are 65 texts with
93 passages, all against all. The cases ``1k`` to ``1M`` are those of `bench_duplicates.py`, all texts against
all: ours alone, with the recall of the pairs whose word 5-grams overlap by half. For a million texts passages have
twelve words. passim 2 by David Smith cannot be a peer
here: it is not on PyPI, where the package of this name (0.1.0) is another one.

    python tests/bench/bench_passages.py --only planted
    python tests/bench/bench_passages.py --only 1M --repeats 1
"""

import contextlib
import io
import re
import sys
from difflib import SequenceMatcher
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import aligned
import rewritten
from bench_duplicates import CASES as TEXTS
from bench_duplicates import known
from plagdet import Case, score
from report import Contender, main

CASES = {
    **{
        f"{kind}, seed {seed}": {"kind": kind, "seed": seed}
        for kind in ("walk", "zipf")
        for seed in (1, 2, 3)
    },
    **{f"planted, seed {seed}": {"pairs": 140, "seed": seed} for seed in (1, 2, 3)},
    **TEXTS,
    "1M": {**TEXTS["1M"], "min_words": 12, "memory": "1GB"},
}
WORD = re.compile(r"\w+")
LEAST = 8  # words of an equal stretch


def measured(found, cases):
    result = score([case for each in cases.values() for case in each], found)
    return {
        name: round(value, 3) for name, value in zip(("plagdet", "prec", "rec", "gran"), result, strict=True)
    }


def ours(mode):
    def prepare(case):
        if "count" in case:
            return at_scale(case)
        if "kind" in case:
            return all_against_all(mode, case)
        texts, pairs, cases = rewritten.corpus(case["pairs"], case["seed"])

        def work():
            from sourcebook.reuse import shared_passages

            rows = shared_passages(texts, pairs=pairs, mode=mode, min_words=20)
            columns = ["source_a", "start_a", "end_a", "source_b", "start_b", "end_b"]
            return measured([Case(*row) for row in rows[columns].itertuples(index=False, name=None)], cases)

        return work

    return prepare


def all_against_all(mode, case):
    texts, cases = aligned.corpus(case["kind"], case["seed"])

    def work():
        from sourcebook.reuse import shared_passages

        columns = ["source_a", "start_a", "end_a", "source_b", "start_b", "end_b"]
        rows = shared_passages(texts, mode=mode)[columns].itertuples(index=False, name=None)
        found = [Case(*row) if row[0].startswith("susp") else Case(*row[3:], *row[:3]) for row in rows]
        return measured(found, cases)

    return work


def at_scale(case):
    path, truth = known(case)
    settings = {name: case[name] for name in ("min_words", "memory") if name in case}

    def work():
        from sourcebook.reuse import passage_blocks

        rows, found = 0, set()
        for block in passage_blocks(path, **settings):
            rows += len(block)
            found.update(zip(block["source_a"], block["source_b"], strict=True))
        sides = {(min(a, b), max(a, b)) for a, b in found}
        return {"recall": len(sides & truth) / len(truth), "true": len(truth), "passages": rows}

    return work


def text_matcher(case):
    texts, pairs, cases = rewritten.corpus(case["pairs"], case["seed"])

    def work():
        from text_matcher.matcher import Matcher, Text

        found = []
        with contextlib.redirect_stdout(io.StringIO()):
            # Its list of stop words is a download of its own, so they stay in.
            known_texts = {name: Text(text, name, removeStopwords=False) for name, text in texts.items()}
            for a, b in pairs:
                _, here, there = Matcher(known_texts[a], known_texts[b]).match()
                found += [Case(a, *one, b, *other) for one, other in zip(here, there, strict=True)]
        return measured(found, cases)

    return work


def equal_stretches(case):
    texts, pairs, cases = rewritten.corpus(case["pairs"], case["seed"])

    def work():
        found = []
        for a, b in pairs:
            one, other = (list(WORD.finditer(texts[name].lower())) for name in (a, b))
            matcher = SequenceMatcher(None, [m[0] for m in one], [m[0] for m in other], autojunk=False)
            for x, y, size in matcher.get_matching_blocks():
                if size >= LEAST:
                    spans = (
                        one[x].start(),
                        one[x + size - 1].end(),
                        other[y].start(),
                        other[y + size - 1].end(),
                    )
                    found.append(Case(a, *spans[:2], b, *spans[2:]))
        return measured(found, cases)

    return work


def no_pairs(case):
    return "" if "pairs" in case else "only pairs of texts"


def only_verbatim(case):
    return "verbatim passages are enough for whole texts" if "count" in case else ""


CONTENDERS = [
    Contender(
        "sourcebook, paraphrase",
        ours("paraphrase"),
        packages=("numpy", "pandas", "numba"),
        skip=only_verbatim,
    ),
    Contender("sourcebook, edited", ours("edited"), packages=("numpy", "pandas", "numba")),
    Contender("sourcebook, verbatim", ours("verbatim")),
    Contender("text-matcher", text_matcher, peer=True, packages=("text-matcher",), skip=no_pairs),
    Contender("difflib, equal stretches", equal_stretches, peer=True, skip=no_pairs),
]

if __name__ == "__main__":
    main(__doc__, CONTENDERS, CASES, usual=["planted, seed 1", "walk, seed 1", "1k", "18k"])
