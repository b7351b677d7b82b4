"""Corpora of any size whose answers are known, drawn from a text in the public domain.

The texts resemble those of a news agency: lengths are log-normal around 130 words, words follow Zipf's law, stock
phrases come back, some texts end in boilerplate, some are short and full of numbers. `write_corpus` plants
families of near-duplicates: copies of one text, edited by replaced, moved, inserted and dropped words, by dropped
sentences and by errors of character recognition. A corpus is a function of its size and seed; blocks of it are
drawn one at a time, so that a million texts need little memory.

    python tests/bench/corpora.py 100000 --seed 1      # writes _build/bench/corpora/100000-1.jsonl
"""

import argparse
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np

SOURCE = Path(__file__).parent / "text" / "workshop.txt"
FOLDER = Path(__file__).resolve().parents[2] / "_build" / "bench" / "corpora"
BLOCK = 10_000
INVENTED = 40_000  # words that are made up, so that the vocabulary is as large as that of a newspaper
PHRASES = 30_000
BOILERPLATE = (
    "This report may not be published broadcast rewritten or redistributed without the consent of the agency.",
    "For the full text of the statement see the page of the press office. All rights reserved.",
    "The company said the figures are preliminary and subject to audit at the end of the fiscal year.",
)
CONFUSED = {"e": "c", "l": "1", "o": "0", "m": "rn", "h": "b", "i": "l", "s": "5", "u": "v"}


@cache
def vocabulary() -> tuple[list[str], np.ndarray, np.ndarray]:
    """Return words by rank, the chance of each, and the source text as ranks."""
    tokens = re.findall(r"[A-Za-z]+(?:'[a-z]+)?", SOURCE.read_text(encoding="utf-8"))
    words, counts = np.unique([token.lower() for token in tokens], return_counts=True)
    ranked = words[np.argsort(-counts, kind="stable")].tolist()
    rank = {word: k for k, word in enumerate(ranked)}
    source = np.array([rank[token.lower()] for token in tokens], dtype=np.int32)
    rng = np.random.default_rng(1)
    stems = [word for word in ranked if len(word) > 3]
    heads = rng.integers(0, len(stems), size=(INVENTED, 2))
    made = {stems[a][: len(stems[a]) // 2 + 1] + stems[b][len(stems[b]) // 2 :] for a, b in heads.tolist()}
    ranked += sorted(made - set(ranked))
    chance = 1 / (np.arange(len(ranked)) + 2.7)
    return ranked, np.cumsum(chance / chance.sum()), source


def draw(
    rng: np.random.Generator, count: int, *, median: float = 118, spread: float = 0.6
) -> list[np.ndarray]:
    """Return texts as arrays of word ranks; a number ``n`` stands as ``-1 - n``."""
    _, cumulated, source = vocabulary()
    lengths = np.maximum(8, rng.lognormal(np.log(median), spread, size=count)).astype(np.int64)
    total = int(lengths.sum())
    ranks = np.searchsorted(cumulated, rng.random(total)).astype(np.int32)
    # Stock phrases: stretches of the source, the first ones far more often than the last.
    pieces = total // 40
    at = rng.integers(0, total - 16, size=pieces)
    start = (PHRASES * rng.random(pieces) ** 3).astype(np.int64)
    for k in range(9):
        inside = rng.integers(3, 10, size=pieces) > k if k > 2 else np.ones(pieces, dtype=bool)
        ranks[at[inside] + k] = source[start[inside] + k]
    numbers = rng.random(total) < 0.03
    ranks[numbers] = -1 - rng.integers(1, 2000, size=int(numbers.sum()))
    return np.split(ranks, np.cumsum(lengths)[:-1])


def spell(text: np.ndarray, *, sentence: int = 21) -> str:
    """Return a text of word ranks as sentences."""
    words, _, _ = vocabulary()
    spelled = [words[k] if k >= 0 else str(-1 - k) for k in text.tolist()]
    for k in range(0, len(spelled), sentence):
        spelled[k] = spelled[k].capitalize()
        spelled[k - 1] += "." if k else ""
    return " ".join(spelled) + "."


def sample(count: int, seed: int = 0, **shape: float) -> Iterator[str]:
    """Yield texts that have nothing in common but phrases and boilerplate."""
    for block in range(-(-count // BLOCK)):
        rng = np.random.default_rng([seed, block])
        some = draw(rng, min(BLOCK, count - block * BLOCK), **shape)
        tails = rng.random(len(some))
        for text, tail in zip(some, tails.tolist(), strict=True):
            yield spell(text) + (" " + BOILERPLATE[int(tail * 1000) % 3] if tail < 0.12 else "")


def edit(rng: np.random.Generator, words: Sequence[str], rate: float, kind: str) -> list[str]:
    """Return a copy of a text with about ``rate`` of its words touched.

    Kinds: ``replace`` (other words in their place), ``insert``, ``drop``, ``move`` (stretches change places), ``ocr``
    (letters misread), ``cut`` (the end is missing), ``mixed``.
    """
    words = list(words)
    _, cumulated, _ = vocabulary()
    ranked = vocabulary()[0]
    for _ in range(max(1, int(rng.poisson(rate * len(words))))):
        if len(words) < 3:
            break
        at = int(rng.integers(0, len(words)))
        one = (
            ("replace", "insert", "drop", "move", "ocr")[int(rng.integers(0, 5))] if kind == "mixed" else kind
        )
        other = ranked[int(np.searchsorted(cumulated, rng.random()))]
        if one == "replace":
            words[at] = other
        elif one == "insert":
            words.insert(at, other)
        elif one == "drop":
            del words[at]
        elif one == "ocr":
            words[at] = (
                "".join(CONFUSED.get(c, c) if k % 3 == 0 else c for k, c in enumerate(words[at])) + "'"
            )
        elif one == "move":
            piece = words[at : at + 9]
            del words[at : at + 9]
            to = int(rng.integers(0, len(words) + 1))
            words[to:to] = piece
        elif one == "cut":
            return words[: max(2, int(len(words) * (1 - min(0.7, 4 * rate))))]
    return words


def families(count: int, seed: int = 0, share: float = 0.15) -> Iterator[tuple[int, str]]:
    """Yield (family, text) for ``count`` texts; of two texts of one family one is a copy, or both are.

    About ``share`` of the texts are copies. Families are whole within a block, and their texts not neighbours.
    """
    family = 0
    for block in range(-(-count // BLOCK)):
        size = min(BLOCK, count - block * BLOCK)
        rng = np.random.default_rng([seed, block, 7])
        originals = list(sample(max(1, round(size * (1 - share))), seed * 1_000_003 + block))
        texts = [(family + k, text) for k, text in enumerate(originals)]
        while len(texts) < size:
            which = int(len(originals) * rng.random() ** 2)
            rate = float(rng.choice([0, 0.01, 0.03, 0.06, 0.1, 0.15]))
            kind = ("replace", "insert", "drop", "move", "ocr", "cut", "mixed")[int(rng.integers(0, 7))]
            words = originals[which].split()
            texts.append((family + which, " ".join(edit(rng, words, rate, kind) if rate else words)))
        family += len(originals)
        for k in rng.permutation(len(texts)).tolist():
            yield texts[k]


def write_corpus(count: int, seed: int = 0) -> Path:
    """Write a corpus as JSON lines (id, family, text) below _build, unless it is there; return its path."""
    path = FOLDER / f"{count}-{seed}.jsonl"
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        with part.open("w", encoding="utf-8") as file:
            for number, (family, text) in enumerate(families(count, seed)):
                file.write(json.dumps({"id": f"t{number:07}", "family": family, "text": text}) + "\n")
        part.rename(path)
    return path


def answers(seed: int = 0, tasks: int = 5) -> Iterator[tuple[int, str, list[tuple[str, str, str]]]]:
    """Yield (task, original, answers) in the manner of a corpus of short answers, each (id, level, text).

    Of the nineteen answers to a task eight are written independently (``non``: other stretches of what the same
    speaker says) and eleven derived: ``cut`` (sentences copied), ``light`` (about a fifth of the words touched) and
    ``heavy`` (nearly half of them, sentences in another order, a third from elsewhere).
    """
    sentences = re.split(r"(?<=[.!?])\s+", " ".join(SOURCE.read_text(encoding="utf-8").split()))
    sentences = [each for each in sentences if 8 <= len(each.split()) <= 60]
    rng = np.random.default_rng([seed, 11])
    starts = 40 + rng.choice((len(sentences) - 120) // 60, size=tasks, replace=False) * 60
    for task, start in enumerate(starts.tolist()):
        original = sentences[start : start + 16]
        near = sentences[start - 36 : start - 2] + sentences[start + 18 : start + 52]
        given = []
        for number, level in enumerate(["non"] * 8 + ["cut"] * 4 + ["light"] * 4 + ["heavy"] * 3):
            own = [near[k] for k in sorted(rng.choice(len(near), size=9, replace=False).tolist())]
            taken = [original[k] for k in sorted(rng.choice(16, size=9, replace=False).tolist())]
            if level == "non":
                chosen = own
            elif level == "cut":
                chosen = [*taken[:8], own[0]]
            elif level == "light":
                chosen = [" ".join(edit(rng, each.split(), 0.2, "mixed")) for each in taken]
            else:
                changed = [" ".join(edit(rng, each.split(), 0.45, "replace")) for each in taken[:6]]
                chosen = [*changed, *own[:3]]
                rng.shuffle(chosen)
            given.append((f"task{task}-{number:02}", level, " ".join(chosen)))
        yield task, " ".join(original), given


def shingle_set(text: str, ngram: int = 5, word: str = r"\w+") -> frozenset[tuple[str, ...]]:
    """Return the word n-grams of a text, written to be obviously right; ``word`` is what a word is."""
    words = [found.casefold() for found in re.findall(word, text)]
    if not words:
        return frozenset()
    return frozenset(tuple(words[k : k + ngram]) for k in range(max(1, len(words) - ngram + 1)))


def jaccard(one: frozenset, other: frozenset) -> float:
    """Return the shared part of two sets."""
    return len(one & other) / len(one | other) if one or other else 0.0


def true_pairs(rows: Iterable[tuple[str, int, str]], threshold: float = 0.5) -> set[tuple[str, str]]:
    """Return the pairs of ids within a family whose Jaccard similarity reaches the threshold."""
    members: dict[int, list[tuple[str, str]]] = {}
    for name, family, text in rows:
        members.setdefault(family, []).append((name, text))
    found = set()
    for each in members.values():
        if len(each) > 1:
            sets = [(name, shingle_set(text)) for name, text in each]
            found |= {
                (min(a, b), max(a, b))
                for k, (a, left) in enumerate(sets)
                for b, right in sets[:k]
                if jaccard(left, right) >= threshold
            }
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    write_corpus(options.count, options.seed)


if __name__ == "__main__":
    main()
