"""Quantities in text: ours beside quantulum3 and Recognizers-Text, on the same text in the same run.

The text is drawn sentences, every other one with a quantity whose value is known. ``right`` is the share of those
values that are among the values found; a hedge counts for nothing here. The text of 5 MB is read by ours alone, and
shows that time grows with the text and not faster, beside a text made to be hard to read.

    python tests/bench/bench_quantities.py --only "50 kB"
"""

import random
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from report import Contender, main

KNOWN = [
    ("Over 200 delegates came from the towns of the north.", 200),
    ("The council paid nearly €18.5m for the bridge.", 18_500_000),
    ("Some two thirds of the houses were empty that spring.", 2 / 3),
    ("About one and a half million people crossed the river.", 1_500_000),
    ("The harvest came to 816 000 tonnes of grain.", 816_000),
    ("It lies 12.5 km to the south of the lake.", 12.5),
    ("Fewer than 1,250 families have returned since then.", 1_250),
    ("The loan was $3bn, and it was repaid in time.", 3_000_000_000),
    ("A hundred and twenty villages were named in the list.", 120),
    ("Prices rose by 4.5 per cent in the same months.", 4.5),
]
PLAIN = [
    "The committee notes that parties have not yet agreed to the terms of their report on rights.",
    "A return of persons in safety was asked for by all who spoke, and by the mayor of the town.",
    "The treaty was read aloud before the market, as the custom of the country had it.",
]
CASES = {
    "50 kB": {"characters": 50_000, "seed": 5},
    "5 MB": {"characters": 5_000_000, "seed": 5},
    "5 MB, magnitudes repeated": {
        "characters": 5_000_000,
        "hostile": "1 trillion hundred thousand and a half of ",
    },
}


def written(case):
    """Return the text of a case, and the values that it states."""
    if "hostile" in case:
        return (case["hostile"] * (case["characters"] // len(case["hostile"]))), []
    draw, parts, values, length = random.Random(case["seed"]), [], [], 0
    while length < case["characters"]:
        sentence, value = draw.choice(KNOWN)
        parts += [draw.choice(PLAIN), sentence]
        values.append(value)
        length += len(parts[-1]) + len(parts[-2]) + 2
    return " ".join(parts), values


def share(values, found):
    """Return how many quantities were found, and the share of the known values among them."""
    left = Counter(round(float(value), 4) for value in found)
    right = (left & Counter(round(value, 4) for value in values)).total()
    return {"found": left.total(), "right": round(right / len(values), 3) if values else None}


def scanned(case):
    from sourcebook.parsing.quantities import parse_notation, scan_quantities

    text, values = written(case)
    scan_quantities("5")

    def work():
        read = (parse_notation(q.notation) for q in scan_quantities(text))
        return share(values, [q.lower if q.nominal is None else q.nominal for q in read])

    return work


def framed(case):
    from sourcebook import find_quantities

    text, _ = written(case)
    find_quantities("5")
    return lambda: {"found": len(find_quantities(text))}


def quantulum(case):
    from quantulum3 import parser

    text, values = written(case)
    parser.parse("5 km")
    return lambda: share(values, [q.value for q in parser.parse(text)])


def recognizers(case):
    from recognizers_number import Culture, recognize_number

    text, values = written(case)
    recognize_number("5", Culture.English)

    def work():
        read = recognize_number(text, Culture.English)
        return share(values, [q.resolution["value"] for q in read if q.resolution["value"] is not None])

    return work


def too_long(case):
    return "over 50 kB" if case["characters"] > 50_000 else ""


CONTENDERS = [
    Contender("sourcebook, scan_quantities", scanned, packages=("sourcebook",)),
    Contender("sourcebook, find_quantities", framed),
    Contender(
        "Recognizers-Text", recognizers, peer=True, packages=("recognizers-text-number",), skip=too_long
    ),
    Contender("quantulum3", quantulum, peer=True, packages=("quantulum3",), skip=too_long),
]

if __name__ == "__main__":
    main(__doc__, CONTENDERS, CASES)
