"""Every page is HTML without errors, by the Nu Html Checker of the W3C.

The checker is a program for Java: ``npm install --prefix _build/tools vnu-jar`` puts it where this test looks, or
``VNU_JAR`` names the file. Without either the test skips.
"""

import json
import os
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from building import ROOT

JAR = Path(os.environ.get("VNU_JAR") or ROOT / "_build/tools/node_modules/vnu-jar/build/dist/vnu.jar")


def html_errors(folder: Path) -> list[tuple[str, int, str]]:
    """Return page, line and message of every error in the pages of a folder."""
    command = [
        "java",
        "-Xss8m",
        "-jar",
        str(JAR),
        "--errors-only",
        "--skip-non-html",
        "--format",
        "json",
        folder,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = json.loads(done.stderr)["messages"]
    return [
        (
            Path(m["url"].removeprefix("file:")).relative_to(folder).as_posix(),
            m.get("lastLine", 0),
            m["message"],
        )
        for m in messages
    ]


@pytest.fixture(scope="module", autouse=True)
def _checker():
    if not shutil.which("java"):
        pytest.skip("the Nu Html Checker needs Java, which is not on this machine")
    if not JAR.is_file():
        pytest.skip(f"no Nu Html Checker at {JAR}: npm install --prefix _build/tools vnu-jar")


def test_the_checker_finds_an_error(tmp_path):
    page = '<!doctype html><html lang="en"><title>t</title><p id="a"></p><p id="a"></p></html>'
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    assert [(name, line) for name, line, _ in html_errors(tmp_path)] == [("page.html", 1)]


def test_every_page_is_html_without_errors(html):
    errors = html_errors(html)
    kinds = Counter(message for *_, message in errors)
    first = {message: f"{name}:{line}" for name, line, message in reversed(errors)}
    assert not errors, "\n".join(f"{n} × {kind} (first at {first[kind]})" for kind, n in kinds.most_common())
