"""Suites of tests by what they try, each run by pytest: how many cases passed.

The suites of others are cases after their rules or examples, or comparisons with their packages; the rest is
the project's own. ``--only`` takes parts of their names; those that build a book or open a browser take minutes.
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

from report import ROOT, Contender, main

DATES, KINDS = "tests/parsing/test_dates.py", "tests/text/test_sentence_kinds.py"
CASES = {
    "EDTF: examples of the specification": [f"{DATES}::test_examples_of_the_specification"],
    "EDTF: what is no date of it": [f"{DATES}::test_refused_with_string_position_and_expectation"],
    "EDTF: as the package edtf reads it": [f"{DATES}::test_agrees_with_the_edtf_library"],
    "sentences: a case for each rule that pySBD calls golden": [
        f"{KINDS}::test_the_rules_that_pysbd_calls_golden"
    ],
    "reliability: published examples, other packages, properties": ["tests/reliability"],
    "words: in Python and in the search of the page": ["tests/text/test_words.py"],
    "words: planted in disguise, and found": ["tests/text/test_disguises.py"],
    "quotes: strict, near, refused": ["tests/text/test_quote_doors.py", "tests/text/test_quotes.py"],
    "tables and texts: damaged, told with cause and place": [
        "tests/core/test_bad_tables.py",
        "tests/core/test_declared_tables.py",
        "tests/coding/test_told_once.py",
        "tests/coding/test_coded_tables.py",
        "tests/sources/test_documents.py",
        "tests/reuse/test_texts_of_files.py",
    ],
    "files: killed, full disk, read only, two at once": [
        "tests/core/test_files.py",
        "tests/pipeline/test_builds_and_kills.py",
        "tests/pipeline/test_full_and_closed_disks.py",
    ],
    "readers: inputs that once failed, and made-up ones": ["tests/project/test_fuzz.py"],
    "pages: a hostile book in a browser": ["tests/site/test_inert.py"],
}


def run(case):
    """Return what runs the tests of a suite and counts how they ended."""

    def work():
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "suite.xml")
            command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={path}"]
            done = subprocess.run(
                [*command, *case["tests"]], cwd=ROOT, capture_output=True, text=True, check=False
            )
            if done.returncode not in (0, 1):
                raise SystemExit(done.stdout.strip().splitlines()[-1])
            (suite,) = ElementTree.parse(path).iter("testsuite")
        cases, skipped = int(suite.get("tests")), int(suite.get("skipped"))
        failed = int(suite.get("failures")) + int(suite.get("errors"))
        return {"cases": cases, "passed": cases - skipped - failed, "failed": failed, "skipped": skipped}

    return work


if __name__ == "__main__":
    main(
        __doc__,
        [Contender("sourcebook", run, packages=("pytest", "hypothesis"))],
        {name: {"tests": tests} for name, tests in CASES.items()},
        repeats=1,
    )
