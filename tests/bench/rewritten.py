"""Pairs of texts with planted passages whose places are known, in the folder layout of the PAN text-alignment task.

Hosts and sources are drawn from different halves of a text in the public domain. A passage of the source is
rewritten in one of several ways and put between two sentences of the host:

- ``none``: as it stands
- ``light``: one word in ten replaced by a word of like meaning, dropped or followed by another
- ``ocr``: letters misread, line ends in words
- ``random``: words shuffled within short windows, replaced, dropped and inserted
- ``translation``: little words changed, most words of meaning replaced or inflected, neighbours swapped
- ``summary``: a long passage of the source, of which one sentence in four is left, shortened and lightly edited

    python tests/bench/rewritten.py 200 --seed 1        # writes _build/bench/rewritten/200-1/
"""

import argparse
import random
import re
import sys
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

from plagdet import Case

SOURCE = Path(__file__).parent / "text" / "workshop.txt"
FOLDER = Path(__file__).resolve().parents[2] / "_build" / "bench" / "rewritten"
KINDS = ("none", "light", "ocr", "random", "translation", "summary", "")
CONFUSED = {"e": "c", "l": "1", "o": "0", "m": "rn", "h": "b", "i": "l", "s": "5", "u": "v"}
ALIKE = """
big large great huge|small little minor slight|show display present exhibit|use employ apply utilize
make produce create build|begin start open commence|end finish close conclude|say state note remark
think believe consider hold|help aid assist support|need require demand want|give provide supply offer
get obtain acquire gain|keep retain preserve maintain|change alter modify vary|find discover locate detect
important significant major key|problem difficulty issue trouble|work labor effort task|text document writing
library archive collection|image picture scan|project program plan scheme|user reader patron|cost price expense
new recent novel fresh|old former early|many numerous several various|also too likewise|however yet still
because since as|quickly rapidly fast soon|material matter content|information data knowledge|people persons
group set team|result outcome effect product|way method manner means|part portion section piece
question query matter|answer reply response|system structure arrangement|electronic digital computerized
describe depict outline report|discuss debate examine treat|include contain comprise involve
develop evolve grow expand|allow permit enable let|different distinct other diverse|whole entire complete full
book volume|paper article essay|page leaf sheet|study research inquiry|school college university
computer machine|network web grid|standard norm rule|copy duplicate reproduce|quality grade level
""".replace("\n", "|")
LITTLE = {
    "the": "this", "a": "one", "of": "from", "in": "within", "to": "toward", "and": "plus", "is": "was",
    "that": "which", "for": "on behalf of", "with": "along with", "on": "upon", "by": "through", "not": "never",
    "are": "were", "at": "near", "it": "this one", "from": "out of", "as": "like",
}  # fmt: skip


@cache
def thesaurus() -> dict[str, list[str]]:
    """Return words of like meaning, the project's own list."""
    groups = [group.split() for group in ALIKE.split("|") if group.split()]
    return {word: [w for w in group if w != word] for group in groups for word in group}


@cache
def halves() -> tuple[list[str], list[str]]:
    """Return the sentences of both halves of the text."""
    text = re.sub(r"\*[ *]+\*", " ", SOURCE.read_text(encoding="utf-8"))
    found = [" ".join(each.split()) for each in re.split(r"(?<=[.!?])\s+|\n\s*\n", text)]
    found = [each for each in found if len(each.split()) > 4]
    return found[: len(found) // 2], found[len(found) // 2 :]


def other_word(word: str, rng: random.Random, pool: list[str]) -> str:
    """Return a word of like meaning or, where none is known, often the word itself or any other."""
    known = thesaurus().get(word.lower().strip(".,;:"))
    if known:
        return rng.choice(known)
    return word if rng.random() < 0.5 else rng.choice(pool)


def lightly(words: list[str], rng: random.Random, pool: list[str], rate: float = 0.1) -> list[str]:
    """Return words of which some are replaced, dropped or followed by another."""
    out = []
    for word in words:
        lot = rng.random()
        if lot < rate * 0.6:
            out.append(other_word(word, rng, pool))
        elif lot < rate * 0.8:
            continue
        else:
            out.append(word)
            if lot > 1 - rate * 0.2:
                out.append(rng.choice(pool))
    return out or words[:1]


def misread(words: list[str], rng: random.Random) -> list[str]:
    """Return words with letters misread and some torn apart."""
    out = []
    for word in words:
        rate = 0.4 if rng.random() < 0.12 else 0.0
        read = "".join(CONFUSED.get(c, c) if rng.random() < rate else c for c in word)
        torn = len(read) > 6 and rng.random() < 0.04
        out.append(read[:3] + "- " + read[3:] if torn else read)
    return out


def shuffled(words: list[str], rng: random.Random, pool: list[str]) -> list[str]:
    """Return words out of order within windows, some of them replaced, dropped or added."""
    out = []
    low = 0
    while low < len(words):
        high = low + rng.randint(4, 40)
        window = words[low:high]
        rng.shuffle(window)
        out += window
        low = high
    if rng.random() < 0.5:  # and the signs between words are lost
        out = [word.lower().strip('.,;:!?()"') or word for word in out]
    return lightly(out, rng, pool, rate=rng.choice([0.35, 0.6]))


def translated(words: list[str], rng: random.Random, pool: list[str]) -> list[str]:
    """Return words as two translations, there and back, might leave them."""
    out = []
    for word in words:
        plain = word.lower()
        if plain in LITTLE and rng.random() < 0.5:
            out.append(LITTLE[plain])
        elif len(plain) > 3 and rng.random() < 0.35:
            out.append(other_word(word, rng, pool))
        elif len(plain) > 4 and rng.random() < 0.2:
            out.append(plain.rstrip("s.,;:") + rng.choice(["s", "ing", "ed"]))
        else:
            out.append(word)
    for k in range(len(out) - 1):
        if rng.random() < 0.15:
            out[k], out[k + 1] = out[k + 1], out[k]
    return out


def rewrite(kind: str, sentences: list[str], rng: random.Random, pool: list[str]) -> str:
    """Return sentences rewritten in one of the ways."""
    if kind == "none":
        return " ".join(sentences)
    if kind == "summary":
        kept = [s for s in sentences if rng.random() < 0.25] or sentences[:2]
        parts = [lightly([w for w in s.split() if rng.random() < 0.8], rng, pool) for s in kept]
        return " ".join(" ".join(part).rstrip(".") + "." for part in parts)
    words = " ".join(sentences).split()
    done = {
        "light": lambda: lightly(words, rng, pool),
        "ocr": lambda: misread(words, rng),
        "random": lambda: shuffled(words, rng, pool),
        "translation": lambda: translated(words, rng, pool),
    }[kind]()
    return " ".join(done)


def stretch(sentences: list[str], words: int, rng: random.Random) -> tuple[int, int]:
    """Return a range of sentences of about so many words."""
    low = rng.randrange(len(sentences))
    high, size = low, 0
    while high < len(sentences) and size < words:
        size += len(sentences[high].split()) if " " in sentences[high] else len(sentences[high]) // 2
        high += 1
    return low, high


def pair(
    name: str, kind: str, rng: random.Random, of: tuple[list[str], list[str]]
) -> tuple[str, str, list[Case]]:
    """Return a suspicious text, a source and the passages planted; ``of`` are the sentences of both sides."""
    hosts, sources = of
    pool = [w for s in rng.sample(hosts, 40) for w in s.split()]
    low, high = stretch(sources[:-40], 400 + int(rng.lognormvariate(6.4, 0.8)), rng)
    high = max(high, low + 12)
    source = sources[low:high]
    starts = [0]
    for each in source:
        starts.append(starts[-1] + len(each) + 1)
    pieces: list[tuple[str, tuple[int, int] | None]] = []
    for part in range(rng.randint(1, 3) if kind and kind != "summary" else int(bool(kind))):
        third = len(source) // 3 or 1
        own = source if kind == "summary" else source[part * third : (part + 1) * third]
        offset = 0 if kind == "summary" else part * third
        a, b = stretch(own, rng.choice([40, 80, 150, 300]) if kind != "summary" else 400, rng)
        a, b = a + offset, b + offset
        if b > a and sum(map(len, source[a:b])) > 150:
            text = rewrite(kind, source[a:b], rng, pool)
            pieces.append((text, (starts[a], starts[b] - 1)))
    text, cases = "", []
    for each, span in [*pieces, ("", None)]:
        a, b = stretch(hosts, rng.choice([60, 150, 400]), rng)
        text += (" " if text else "") + " ".join(hosts[a:b])
        if span:
            text += " "
            cases.append(
                Case(f"suspicious-{name}.txt", len(text), len(text) + len(each), f"source-{name}.txt", *span)
            )
            text += each
    return text, " ".join(source), cases


def corpus(
    count: int, seed: int, of: tuple[list[str], list[str]] | None = None
) -> tuple[dict[str, str], list[tuple[str, str]], dict[str, list[Case]]]:
    """Return texts by file name, the pairs, and the planted passages by kind.

    ``of`` are the sentences of hosts and of sources; by default those of both halves of the text.
    """
    of = of or halves()
    texts, pairs, cases = {}, [], {kind: [] for kind in KINDS}
    for number in range(count):
        rng = random.Random(f"{seed}-{number}")
        kind, name = KINDS[number % len(KINDS)], f"document{number:05}"
        suspicious, source, planted = pair(name, kind, rng, of)
        texts[f"suspicious-{name}.txt"], texts[f"source-{name}.txt"] = suspicious, source
        pairs.append((f"suspicious-{name}.txt", f"source-{name}.txt"))
        cases[kind] += planted
    return texts, pairs, cases


def write(count: int, seed: int) -> Path:
    """Write a corpus as a folder with susp/, src/, pairs and one XML file for each pair."""
    folder = FOLDER / f"{count}-{seed}"
    texts, pairs, cases = corpus(count, seed)
    for part in ("susp", "src", "truth"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        part = "susp" if name.startswith("suspicious") else "src"
        (folder / part / name).write_text(text, encoding="utf-8", newline="")
    (folder / "pairs").write_text("".join(f"{a} {b}\n" for a, b in pairs), encoding="utf-8")
    for suspicious, source in pairs:
        root = ElementTree.Element("document", reference=suspicious)
        for kind, planted in cases.items():
            for case in planted:
                if case.suspicious == suspicious:
                    ElementTree.SubElement(
                        root,
                        "feature",
                        name="plagiarism",
                        obfuscation=kind,
                        this_offset=str(case.start),
                        this_length=str(case.end - case.start),
                        source_reference=source,
                        source_offset=str(case.source_start),
                        source_length=str(case.source_end - case.source_start),
                    )
        path = folder / "truth" / f"{Path(suspicious).stem}-{Path(source).stem}.xml"
        ElementTree.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)
    return folder


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    sys.stdout.write(f"{write(options.count, options.seed)}\n")
