"""Files of other tools, damaged and twisted: what every importer reads or refuses, and nothing else.

    python tests/mutated.py                           # 100,000 files for each format, on all cores
    python tests/mutated.py --files 2000 --format refi-qda --processes 1

A file is one that the format writes of a small project, or one that is given here for what its writer does not write,
changed in its bytes, in its JSON values, or within its archive. Its number and the seed make it again. A reader fails
if it raises anything that it does not document, writes a file, or takes more than a bound of time or memory. What
became of the files is written as a report of the benches, a row for each format.
"""

import argparse
import io
import json
import random
import resource
import sys
import tempfile
import time
import zipfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "bench"))

import report

from sourcebook.coding import workbook
from sourcebook.core.errors import SourcebookError
from sourcebook.exchange.formats import every_format, format_named
from sourcebook.exchange.model import Annotation, Code, Document, Project

SECONDS = 5.0  # of CPU for one file
MEMORY_MB = 2048  # of data for a process that reads
TEXT = "The bridge 🌉 was flooded on 4 March 2021.\r\nAbout 150 residents were cut off, e\u0301 said.\n" * 3
PIECES = [
    *(
        b"<",
        b">",
        b"&amp;",
        b"&x;",
        b"<!DOCTYPE a>",
        b"<!--",
        b"]]>",
        b"</Project>",
        b'"',
        b"'",
        b"\x00",
        b"\xff",
    ),
    *(
        b"\xf0\x9f",
        b"{",
        b"}",
        b"[",
        b"]",
        b",",
        b":",
        b"null",
        b"NaN",
        b"1e999",
        b"-1",
        b"9" * 30,
        b"\\ud800",
    ),
    *(b"..", b"/", b"\\", b"\t", b"\r\n", b"internal://", b"T1\tX 0 5\t", b"\xef\xbb\xbf"),
]
VALUES = [
    None,
    True,
    -1,
    0,
    1.5,
    10**30,
    "",
    "x",
    "\ud83c",
    [],
    {},
    [[]],
    {"a": None},
    ["x", 1],
    "http://e.org/",
]


def project():
    """Return a small project with everything that a format may hold."""
    spans = [(4, 10), (11, 12), (13, 24), (45, 64), (0, len(TEXT))]
    return Project(
        documents=(
            Document(
                document_id="mill", text=TEXT, title="The mill", address="http://e.org/mill", language="en"
            ),
            Document(document_id="empty", text=""),
        ),
        codes=(
            Code(code_id="a", name="flood", description="Use for floods.", colour="#ff0000"),
            Code(code_id="b", name="deep", parent="a"),
        ),
        annotations=tuple(
            Annotation(
                annotation_id=f"mill.c{number:03d}",
                document_id="mill",
                start=start,
                end=end,
                exact=TEXT[start:end],
                prefix=TEXT[max(0, start - 9) : start],
                suffix=TEXT[end : end + 9],
                codes=("a", "b")[: number % 3],
                note="look: here\n" * (number % 2),
                coder=("Anna", "Ben")[number % 2],
                created="2024-05-06T07:08:09Z",
                fields={"table": "claims", "value": "150"} if number % 2 else {},
            )
            for number, (start, end) in enumerate(spans)
        ),
    )


#: Files with what the writers do not write, by format.
MORE = {
    "web-annotation": {
        "a.json": json.dumps(
            {
                "@context": "http://www.w3.org/ns/anno.jsonld",
                "id": "http://e.org/1",
                "type": "Annotation",
                "motivation": ["tagging", "commenting"],
                "creator": [{"id": "http://e.org/u", "name": ["A", "B"]}, "http://e.org/v"],
                "body": [
                    "http://e.org/b",
                    {"type": "Choice", "items": [{"type": "TextualBody", "value": "one"}, "http://e.org/c"]},
                    {"source": {"id": "http://e.org/s"}, "purpose": "tagging", "selector": "http://e.org/x"},
                ],
                "target": {
                    "type": "List",
                    "items": [
                        "http://e.org/p",
                        {
                            "source": "http://e.org/q",
                            "selector": {
                                "type": "FragmentSelector",
                                "value": "char=1,9",
                                "refinedBy": {
                                    "type": "TextQuoteSelector",
                                    "exact": "bridge",
                                    "refinedBy": {"type": "TextPositionSelector", "start": 1, "end": 3},
                                },
                            },
                        },
                    ],
                },
            }
        ).encode()
    },
    "webanno-tsv": {
        "a.tsv": (
            "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Claim|comment|value\n"
            "#T_SP=custom.Frame|FE|ROLE_custom.Frame:Roles_custom.FrameRolesLink|custom.Lu\n"
            "#T_CH=custom.Link|referenceType|referenceRelation\n#T_RL=custom.Rel|label|BT_custom.Claim\n\n\n"
            "#Text=Ms. 🌉\n#Text=plays.\n"
            "1-1\t0-3\tMs.\t*[1]|hm[2]\tPER[1]|a\\|b[2]\t_\t_\t_\tpr[1]\tcoref->1-1\tkind\t1-1[2_1]\t\n"
            "1-2\t4-6\t🌉\t*[1]\tPER[1]\tmove\tseller;goods\t1-1;1-2[1]\t_\t_\t_\t_\t\n"
            "1-3\t7-13\tplays.\t_\t_\t_\t_\t_\tpr[1]\t*->1-2\t_\t_\t\n"
            "1-3.1\t7-11\tplay\t*\tX\t_\t_\t_\t_\t_\t_\t_\t\n"
        ).encode()
    },
    "taguette": {"a.csv": 'id,document,tag,content\n1,mill.html,flood.deep,bridge 🌉\n1,m,b,"a\nb"\n'.encode()},
    "hypothesis": {
        "a.json": json.dumps(
            {
                "rows": [
                    {"id": "1", "uri": "http://e.org", "user": "acct:a@h", "tags": ["x"], "text": "t", "target": []},
                    {"id": "2", "references": ["1"], "text": "reply", "user_info": {"display_name": "B"}},
                    {"id": "3", "document": {"title": ["T"]}, "target": [{"source": "u", "selector": [
                        {"type": "RangeSelector", "startContainer": "/div", "endContainer": "/div", "startOffset": 1},
                        {"type": "TextPositionSelector", "start": 4, "end": 7},
                        {"type": "TextQuoteSelector", "exact": "Two", "prefix": "One ", "suffix": " Three"}]}]},
                ]
            }
        ).encode()
    },
}  # fmt: skip


@cache
def seeds(name):
    """Return the files from which those of a format are made: each as its parts by name."""
    form, found = format_named(name), []
    workbook._SPARE = 2  # rows that nobody has filled in take most of the time of a workbook
    with tempfile.TemporaryDirectory() as folder:
        for suffix in form.suffixes or ("",):
            if form.write is not None:
                path = Path(folder) / f"a{suffix}"
                form.write(project(), path)
                found.append(parts(path))
    return [*found, *([MORE[name]] if name in MORE else [])]


def parts(path):
    """Return the files of a folder, or the one file, by name."""
    if path.is_file():
        return {path.name: path.read_bytes()}
    return {f"{path.name}/{p.relative_to(path)}": p.read_bytes() for p in path.rglob("*") if p.is_file()}


def changed(data, draw):
    """Return bytes with some changes."""
    data = bytearray(data)
    for _ in range(draw.choice([1, 1, 2, 4, 16])):
        at = draw.randrange(len(data) + 1)
        end = min(len(data), at + draw.choice([1, 2, 8, 40]))
        kind = draw.randrange(5)
        if kind == 0:
            data[at:end] = b""
        elif kind == 1:
            data[at:at] = draw.choice(PIECES)
        elif kind == 2:
            data[at:end] = bytes(draw.randrange(256) for _ in range(end - at))
        elif kind == 3:
            data[at:at] = data[at:end] * draw.choice([1, 3, 50])
        else:
            data = data[: max(at, 1)]
    return bytes(data)


def twisted(value, draw):
    """Return a value of JSON of which one part is another."""
    if not isinstance(value, dict | list) or not value or draw.random() < 0.15:
        return draw.choice(VALUES)
    keys = list(value) if isinstance(value, dict) else range(len(value))
    key = draw.choice(keys)
    made = dict(value) if isinstance(value, dict) else list(value)
    if isinstance(made, dict) and draw.random() < 0.1:
        del made[key]
    else:
        made[key] = twisted(made[key], draw)
    return made


def mutated(data, draw):
    """Return one part of a file, changed as bytes, as JSON, or within its archive."""
    if data[:2] == b"PK" and draw.random() < 0.7:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        name = draw.choice(sorted(members))
        members[name] = mutated(members[name], draw)
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for each, content in members.items():
                archive.writestr(each if draw.random() < 0.97 else f"../{each}", content)
        return target.getvalue()
    if data[:1] in (b"{", b"[") and draw.random() < 0.6:
        lines = data.splitlines(keepends=True) if data.count(b"\n{") else [data]
        at = draw.randrange(len(lines))
        try:
            value = json.loads(lines[at])
        except ValueError:
            return changed(data, draw)
        for _ in range(draw.choice([1, 1, 3])):
            value = twisted(value, draw)
        lines[at] = json.dumps(value).encode() + b"\n"
        return b"".join(lines)
    return changed(data, draw)


def read_mutated(name, key):
    """Read the file of a format that a key makes; raise what its reader raises, or that it wrote something."""
    draw = random.Random(f"{name}-{key}")
    form, files = format_named(name), dict(draw.choice(seeds(name)))
    part = draw.choice(sorted(files))
    files[part] = mutated(files[part], draw)
    with tempfile.TemporaryDirectory(prefix="mutated-") as folder:
        inside = Path(folder) / "in"
        for each, data in files.items():
            path = inside / each
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        before = sorted(Path(folder).rglob("*"))
        try:
            return form.read(next(inside.iterdir()))
        finally:
            assert sorted(Path(folder).rglob("*")) == before


def outcome(name, number, seed=1):
    """Return what became of a file, and where that is a failure, what was raised, or how long it took."""
    started = time.process_time()
    try:
        read_mutated(name, f"{seed}-{number}")
        became = "read"
    except SourcebookError as error:
        str(error).encode()
        became = "refused"
    except Exception as error:
        return "failed", f"{type(error).__name__}: {error}"[:300]
    taken = time.process_time() - started
    return ("failed", f"{taken:.1f} s") if taken > SECONDS else (became, "")


def failure(name, number, seed=1):
    """Return what the reader of a format raised that it does not document, or how long it took, if too long."""
    return outcome(name, number, seed)[1]


def names():
    """Return the formats that are read, as far as there is a file to change."""
    return [form.name for form in every_format() if form.read and (form.write or form.name in MORE)]


def run(name, seed, first, last):
    """Read the files of one stretch; return what became of how many, what failed, and the peak of memory in MB."""
    found = [(number, *outcome(name, number, seed)) for number in range(first, last)]
    failed = [(name, number, what) for number, _, what in found if what]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Counter(became for _, became, _ in found), failed, peak


def bounded():
    """Let no allocation of this process go beyond the bound: past it comes a MemoryError, which nothing documents."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_MB << 20, MEMORY_MB << 20))


def many(name, seed, files, processes):
    """Read so many files of a format; print what failed, and return the row of the report."""
    step, counts, largest = 500, Counter(), 0.0
    firsts = range(0, files, step)
    stretches = [(name, seed, first, min(first + step, files)) for first in firsts]
    cpu, wall = report.used_cpu(), time.perf_counter()
    with ProcessPoolExecutor(processes, initializer=bounded) as pool:
        for became, wrong, peak in pool.map(run, *zip(*stretches, strict=True)):
            counts += became
            largest = max(largest, peak)
            sys.stdout.writelines(f"{json.dumps(one)}\n" for one in wrong)
    result = {"files": files, "seed": seed, **{what: counts[what] for what in ("read", "refused", "failed")}}
    cpu, wall = report.used_cpu() - cpu, time.perf_counter() - wall
    sys.stdout.write(f"{name}: {result}\n")
    sys.stdout.flush()
    return {
        "case": name,
        "contender": "sourcebook",
        "result": result,
        "cpu": cpu,
        "wall": wall,
        "peak_mb": largest,
    }


def main():
    """Read, and print what failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=100_000)
    parser.add_argument("--format", choices=names())
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int)
    options = parser.parse_args()
    formats = [options.format] if options.format else names()
    rows = [many(name, options.seed, options.files, options.processes) for name in formats]
    command = " ".join(["python", "tests/mutated.py", *sys.argv[1:]])
    report.write("mutated", "Damaged and twisted files of other tools", rows, [], command)
    sys.exit(any(row["result"]["failed"] for row in rows))


if __name__ == "__main__":
    main()
