"""Names of legal instruments in text: ours beside ahocorasick_rs itself and a regular expression for each name.

The texts are drawn words with a name after every fifth stretch of thirty. Ours gives places of whole words, in any
case and with any white space; the automaton alone gives those of exact strings. In the dense text every stretch of
twelve words ends with a citation of an article; ``right`` is the share of the places that are found, beside the
automaton with a regular expression for the article next to a name. The hostile text repeats what is hard to read; its
time grows with the text and not faster.

    python tests/bench/bench_names.py --only 10
"""

import random
import re
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from report import Contender, main

NAMES = [
    f"{kind} on the {part} of {whom}"
    for kind in ("Convention", "Declaration", "Protocol", "Covenant", "Treaty", "Statute")
    for part in ("Protection", "Rights", "Status", "Return")
    for whom in ("Refugees", "Bridges", "Minorities", "Children", "Rivers")
] + ["UDHR", "ICCPR", "CERD", "ECHR"]
SENTENCE = (
    "the committee notes that parties have not yet agreed to article paragraph of their report on rights — and"
    " recommends a return of persons in safety under the treaty, which “all states” signed in 1951."
)
CASES = {f"{size} MB": {"characters": size * 1_000_000, "seed": 7} for size in (1, 10)} | {
    "1 MB, dense with pinpoints": {"characters": 1_000_000, "seed": 7, "pinpoints": True},
    **{
        f"{size:g} MB, hostile": {"characters": int(size * 1_000_000), "hostile": True}
        for size in (0.05, 0.5, 5)
    },
}
#: Each is repeated by itself: courts without their convention, lone articles, protocols, nouns and open brackets.
HOSTILE = (
    "The European Court of Human Rights found Article 3 violated, under Article 5. ",
    "see Article 5, and Article 6 of his. ",
    "Protocol No. 1 to the ECHR and that to the CEDAW, the one on children. ",
    "the Convention on the Rights of the of the and ",
    "the covenants, ICCPR and ICESCR, ",
    "under Chapter VII, ",
    "paragraph 5 of the report of the ",
    "Article 5 (Article 6 (",
    "under the Convention, as the States agreed with ",
    "In Article 5 of the Convention the Human Rights Committee and the Committee against Torture met. ",
    "in resolution 48/13, and the General Assembly ",
    "Article 5 of the ECHR. And (1) so. And [2] Article 6. ",
    "Article 7 talks had begun, the first use of a procedure under the Treaty on European Union.\n\n",
    "Article 12. It is of no treaty, paragraph 4 of that article, common Article 3. ",
)


def written(case):
    draw, words = random.Random(case["seed"]), SENTENCE.split()
    parts, length = [], 0
    while length < case["characters"]:
        part = " ".join(draw.choices(words, k=30)) + (
            f" {draw.choice(NAMES)} " if draw.random() < 0.2 else " "
        )
        parts.append(part)
        length += len(part)
    return "".join(parts)


def ours(case):
    from sourcebook.parsing.name_finder import NameFinder

    text, finder = written(case), NameFinder(NAMES)
    finder.find("x")
    return lambda: {"names": len(finder.find(text))}


def instruments(case):
    import pandas as pd

    from sourcebook import find_instruments

    text = written(case)
    table = pd.DataFrame({"instrument_id": [f"i{n}" for n in range(len(NAMES))], "variants": NAMES})
    find_instruments("x", table)
    return lambda: {"names": len(find_instruments(text, table))}


def automaton(case):
    import ahocorasick_rs

    text, finder = written(case), ahocorasick_rs.AhoCorasick(NAMES)
    return lambda: {"names": len(finder.find_matches_as_indexes(text))}


def expressions(case):
    text = written(case)
    patterns = [re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE) for name in NAMES]
    return lambda: {"names": sum(1 for pattern in patterns for _ in pattern.finditer(text))}


DENSE = [
    ("Article {n} of the {name}", "{n}"),
    ("the {name}, Articles {n} and {m}", "{n} {m}"),
    ("{name} (art. {n})", "{n}"),
    ("Article {n}, paragraph 2, of the {name}", "{n}(2)"),
    ("articles {n} ({p}) and {m} of the {name}", "{n}({p}) {m}"),
    ("§ 2 of Article {n} of the {name}", "{n}(2)"),
]


def cited(case):
    """Return a text of citations with pinpoints, and the places that they name, in order."""
    draw, words = random.Random(case["seed"]), SENTENCE.replace("article paragraph ", "").split()
    parts, places, length = [], [], 0
    while length < case["characters"]:
        form, place = draw.choice(DENSE)
        numbers = {"n": draw.randint(1, 15), "m": draw.randint(16, 30), "p": draw.randint(1, 4)}
        parts.append(" ".join(draw.choices(words, k=12)))
        parts.append(form.format(name=draw.choice(NAMES), **numbers) + ".")
        places += place.format(**numbers).split()
        length += len(parts[-1]) + len(parts[-2]) + 2
    return " ".join(parts), places


def right(places, found):
    """Return how many places were found, and the share of those named that are among them."""
    left = Counter(found)
    return {"found": len(found), "right": round((left & Counter(places)).total() / len(places), 3)}


def pinpoints(case):
    import pandas as pd

    from sourcebook.parsing.law import Authority, scan_citations

    text, places = cited(case)
    table = pd.DataFrame({"instrument_id": [f"i{n}" for n in range(len(NAMES))], "variants": NAMES})
    authority = Authority.of(table)
    scan_citations("x", authority)
    return lambda: right(
        places, [p.removeprefix("art. ") for each in scan_citations(text, authority) for p in each.pinpoint]
    )


def names_and_expressions(case):
    """Return names by the automaton, and next to each a number after the word article by an expression."""
    import ahocorasick_rs

    text, places = cited(case)
    finder = ahocorasick_rs.AhoCorasick(NAMES)
    article = re.compile(r"\b(?:articles?|art\.)\s+(\d+(?:\s?\(\d+\))?)", re.IGNORECASE)

    def work():
        found = []
        for _, start, end in finder.find_matches_as_indexes(text):
            found += article.findall(text, max(0, start - 40), min(len(text), end + 40))[:1]
        return right(places, [place.replace(" ", "") for place in found])

    return work


def hostile(case):
    from sourcebook.parsing.law import library_authority, scan_citations

    authority, size = library_authority(), case["characters"] // len(HOSTILE)
    text = "\n\n".join(unit * (size // len(unit)) for unit in HOSTILE)
    scan_citations("x", authority)
    return lambda: {"citations": len(scan_citations(text, authority))}


def of_names(case):
    return "" if case.get("seed") and not case.get("pinpoints") else "names only"


def of_pinpoints(case):
    return "" if case.get("pinpoints") else "with pinpoints only"


def of_hostile(case):
    return "" if case.get("hostile") else "hostile only"


CONTENDERS = [
    Contender("sourcebook, names", ours, skip=of_names),
    Contender("sourcebook, find_instruments", instruments, skip=of_names),
    Contender("ahocorasick_rs alone", automaton, packages=("ahocorasick_rs",), skip=of_names),
    Contender("re, one for each name", expressions, skip=of_names),
    Contender("sourcebook, scan_citations", pinpoints, packages=("sourcebook",), skip=of_pinpoints),
    Contender("names and an expression for articles", names_and_expressions, skip=of_pinpoints),
    Contender("sourcebook, hostile", hostile, packages=("sourcebook",), skip=of_hostile),
]

if __name__ == "__main__":
    main(__doc__, CONTENDERS, CASES, usual=[*CASES])
