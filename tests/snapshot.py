"""Expected English sentences, in files of their own under ``tests/snapshots``.

A test of a rule compares the relation and the rule; the sentence that gives the reason is compared with its row in the
snapshot. After a change of wording, write the file again and read the difference before you commit it::

    RENEW_SNAPSHOTS=1 python -m pytest tests/analysis/test_relations.py
    git diff tests/snapshots

The whole test file must run, since rows of cases that do not occur are dropped.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path

RENEW = os.environ.get("RENEW_SNAPSHOTS") == "1"
_HELP = "; if the new wording is meant: RENEW_SNAPSHOTS=1 python -m pytest and this file"


class Snapshot:
    """The sentences of one file, by case."""

    def __init__(self, name):
        self.path = Path(__file__).parent / "snapshots" / f"{name}.csv"
        with self.path.open(encoding="utf-8", newline="") as file:
            self.expected = {row["case"]: row["sentence"] for row in csv.DictReader(file)}
        self.seen = {}

    def check(self, case, sentence):
        """Compare a sentence with the one that is expected, or keep it to be written."""
        assert self.seen.setdefault(case, sentence) == sentence, f"{case}: two sentences for one case"
        if not RENEW:
            assert case in self.expected, f"{case}: a new case{_HELP}"
            assert sentence == self.expected[case], f"{case}{_HELP}"

    def close(self):
        """Write the file again, if that was asked for."""
        if RENEW:
            with self.path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(["case", "sentence"])
                writer.writerows(self.seen.items())
