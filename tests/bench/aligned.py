"""Text alignment in the manner of PAN: suspicious texts with passages of several sources, rewritten in several ways.

Unlike `rewritten.py`, whose pairs are given, all texts are looked at, and a suspicious text has passages of several
sources. Passages have 50 to 1,000 words. What is done to them:

- ``none``: nothing
- ``shuffled``: words change places within short windows, one in seven is replaced, dropped or followed by another
- ``random``: nearly all windows are shuffled, also long ones, and two words in five are touched
- ``synonym``: one word in four to two in three of those of some length is replaced, the others stay in their order

Texts are a ``walk`` through the words of a text in the public domain, each following one that it follows there,
or drawn by Zipf's law (``zipf``, as in `corpora.py`); or one's own: a folder of text files.

    python tests/bench/aligned.py walk --seed 1      # writes _build/bench/aligned/walk-1/
"""

import argparse
import random
import re
import sys
from functools import cache
from itertools import pairwise
from pathlib import Path

import corpora
import rewritten
from plagdet import Case

FOLDER = Path(__file__).resolve().parents[2] / "_build" / "bench" / "aligned"
WAYS = ("none", "shuffled", "random", "synonym")
SENTENCE = re.compile(r"(?<=[.!?])\s+")
LONG = 4  # letters of a word from which on it may be replaced


@cache
def followers() -> tuple[list[str], dict[str, list[str]]]:
    """Return the words of the text, and those that follow each."""
    words = corpora.SOURCE.read_text(encoding="utf-8").split()
    found: dict[str, list[str]] = {}
    for one, other in pairwise(words):
        found.setdefault(one, []).append(other)
    return words, found


def walk(rng: random.Random, size: int) -> str:
    """Return a text of about so many characters."""
    words, following = followers()
    word, out, length = rng.choice(words), [], 0
    while length < size:
        out.append(word)
        length += len(word) + 1
        # Now and then the walk begins anew, so that no two follow the same way for long.
        word = rng.choice(following.get(word, words)) if rng.random() < 0.8 else rng.choice(words)
    return " ".join(out)


def documents(kind: str, seed: int, count: int, size: int) -> list[list[str]]:
    """Return the sentences of texts: of a kind, or of the files of a folder, cut to about so many characters."""
    rng = random.Random(f"{kind}-{seed}")
    lengths = [int(size * rng.uniform(0.4, 1.6)) for _ in range(count)]
    if kind == "walk":
        texts = [walk(rng, length) for length in lengths]
    elif kind == "zipf":
        texts = list(corpora.sample(count, seed, median=size / 6, spread=0.4))
    else:
        texts = [path.read_text(encoding="utf-8") for path in sorted(Path(kind).rglob("*.txt"))]
    cut = []
    for text in texts:
        sentences, low = SENTENCE.split(text), 0
        while low < len(sentences):
            high, length, wanted = low, 0, lengths[len(cut) % count]
            while high < len(sentences) and length < wanted:
                length += len(sentences[high])
                high += 1
            cut.append(sentences[low:high])
            low = high
    cut = [each for each in cut if sum(map(len, each)) > size / 4]
    rng.shuffle(cut)
    return cut[:count]


def touched(words: list[str], rng: random.Random, pool: list[str], rate: float) -> list[str]:
    """Return words of which some are replaced, dropped or followed by another."""
    out = []
    for word in words:
        lot = rng.random()
        if lot < rate * 0.4:
            out.append(rewritten.other_word(word, rng, pool))
        elif lot > rate * 0.7:
            out.append(word)
            if lot < rate:
                out.append(rng.choice(pool))
    return out or words[:1]


def shuffled(words: list[str], rng: random.Random, longest: int, share: float) -> list[str]:
    """Return words of which a share of windows, up to the longest, is out of order."""
    out, low = [], 0
    while low < len(words):
        window = words[low : low + rng.randint(3, longest)]
        low += len(window)
        if rng.random() < share:
            rng.shuffle(window)
        out += window
    return out


def rewrite(way: str, words: list[str], rng: random.Random, pool: list[str]) -> list[str]:
    """Return words rewritten in one of the ways."""
    if way == "shuffled":
        return touched(shuffled(words, rng, 8, 0.3), rng, pool, 0.15)
    if way == "random":
        return touched(shuffled(words, rng, 30, 0.9), rng, pool, 0.4)
    if way == "synonym":
        rate = rng.choice([0.25, 0.45, 0.65])
        return [rng.choice(pool) if len(w) >= LONG and rng.random() < rate else w for w in words]
    return words


def plan(
    sources: list[list[str]], hosts: int, passages: int, rng: random.Random
) -> dict[int, list[tuple[int, int, int, str]]]:
    """Return for each host what goes into it: number of a source, range of its sentences, and the way."""
    chosen: dict[int, list[tuple[int, int, int, str]]] = {host: [] for host in range(hosts)}
    taken: dict[int, list[tuple[int, int]]] = {}
    for number in range(passages):
        while True:
            source = rng.randrange(len(sources))
            wanted = rng.choice([50, 100, 200, 400, 800]) * rng.uniform(1.0, 1.25)
            low, high = rewritten.stretch(sources[source], int(wanted), rng)
            long = sum(len(each.split()) for each in sources[source][low:high]) >= wanted
            if long and all(high <= a or b <= low for a, b in taken.get(source, [])):
                break
            if rng.random() < 0.001:  # the sources are full
                raise ValueError("passages: expected fewer or shorter ones for texts of this size")
        taken.setdefault(source, []).append((low, high))
        chosen[rng.randrange(hosts)].append((source, low, high, WAYS[number % len(WAYS)]))
    return chosen


def corpus(
    kind: str, seed: int, *, texts: int = 65, passages: int = 93, size: int = 40_000
) -> tuple[dict[str, str], dict[str, list[Case]]]:
    """Return texts by name, and the planted passages by the way they were rewritten."""
    rng = random.Random(f"plan-{kind}-{seed}")
    given = documents(kind, seed, texts, size)
    sources, hosts = given[: len(given) * 3 // 5], given[len(given) * 3 // 5 :]
    pool = [word for host in hosts for each in host[:20] for word in each.split()]
    out = {f"source-document{n:05}": " ".join(each) for n, each in enumerate(sources)}
    cases: dict[str, list[Case]] = {way: [] for way in WAYS}
    for number, pieces in plan(sources, len(hosts), passages, rng).items():
        name, host = f"suspicious-document{number:05}", hosts[number]
        slots = sorted(rng.sample(range(1, len(host)), len(pieces)))
        text, begin = "", 0
        for slot, (source, low, high, way) in zip(slots, pieces, strict=True):
            text += "".join(each + " " for each in host[begin:slot])
            begin = slot
            copied = " ".join(rewrite(way, " ".join(sources[source][low:high]).split(), rng, pool))
            first = sum(len(each) + 1 for each in sources[source][:low])
            last = first + len(" ".join(sources[source][low:high]))
            place = (len(text), len(text) + len(copied))
            cases[way].append(Case(name, *place, f"source-document{source:05}", first, last))
            text += copied + " "
        out[name] = text + " ".join(host[begin:])
    return out, cases


def write(kind: str, seed: int) -> Path:
    """Write a corpus as a folder with susp/, src/ and pairs, each suspicious text with each source; return it."""
    texts, _ = corpus(kind, seed)
    folder = FOLDER / f"{Path(kind).name}-{seed}"
    for part, start in (("susp", "susp"), ("src", "source")):
        (folder / part).mkdir(parents=True, exist_ok=True)
        for name in (each for each in texts if each.startswith(start)):
            (folder / part / f"{name}.txt").write_text(texts[name], encoding="utf-8", newline="")
    suspicious, sources = ([each for each in texts if each.startswith(start)] for start in ("susp", "source"))
    lines = [f"{one}.txt {other}.txt\n" for one in suspicious for other in sources]
    (folder / "pairs").write_text("".join(lines), encoding="utf-8")
    return folder


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kind", help="walk, zipf, or a folder of text files")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    sys.stdout.write(f"{write(options.kind, options.seed)}\n")
