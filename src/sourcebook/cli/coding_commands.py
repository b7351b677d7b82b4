"""The commands of coders: sentences, anchors, and coding passes."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sourcebook.cli.commands import Command
from sourcebook.cli.options import add_table_output, data_folder, known_source, name_of_person
from sourcebook.cli.outputs import check_output, deliver
from sourcebook.core.errors import DataError, SourcebookError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["COMMANDS"]


def _anchor(options: argparse.Namespace) -> None:
    """Fill in the places of quotes."""
    from sourcebook.coding.anchoring import anchor_tables

    for table in anchor_tables(data_folder(options), options.tables):
        told = f"{table.changed} rows filled in or corrected" if table.changed else "nothing to change"
        print(f"{table.path}: {table.quotes} quotes at their places, {told}")


def _reanchor(options: argparse.Namespace) -> None:
    """Find the quotes of a source in a new text of it."""
    from sourcebook.coding.reanchoring import plan_reanchoring, write_reanchoring
    from sourcebook.starter import put_back

    accept = True if options.accept_changed else tuple(options.accept)
    if accept and not options.write:
        name = "--accept-changed" if options.accept_changed else "--accept"
        raise SourcebookError(f"{name}: expected --write with it, found it alone → add --write")
    check_output(options.output, [options.new])
    folder = data_folder(options)
    if original := put_back(folder / "raw", options.source, options.new):
        told = f"{options.source}: the old text was put back, as it is in {folder / 'raw' / original}"
        print(f"{told}; {options.new} has the change", file=sys.stderr)
    plan = plan_reanchoring(folder, options.source, options.new)
    deliver(plan.report, options, _reanchored)
    if options.write:
        written = write_reanchoring(plan, accept_changed=accept)
        told = (
            "\n".join(f"written: {path}" for path in written) or "the text is the one that is there already"
        )
        print(f"{told}\nWhat to do next: sourcebook check", file=sys.stderr)


def _reanchored(report: pd.DataFrame) -> str:
    """Return for people how many rows of each table are what, and which are changed or lost."""
    from sourcebook.text.similarity import shortened

    if report.empty:
        return "no row quotes this source\n"
    counts = report.groupby(["table", "status"], observed=False, sort=False).size().unstack()
    lines = [counts.rename_axis(index=None, columns=None).to_string()]
    for row in report[report["status"] > "moved"].to_dict("records"):
        words = shortened(row["old"]) if row["old"] else "page"
        now = f" → {shortened(row['new'])}, score {row['score']}" if row["new"] else ""
        note = f" ({row['note']})" if row["note"] else ""
        lines.append(f"{row['table']}:{row['line']} {row['id']}: {row['status']}: {words}{now}{note}")
    return "\n".join(lines) + "\n"


def _sentences(options: argparse.Namespace) -> None:
    """Print the sentences of the sources."""
    from sourcebook.sources.documents import read_documents, sentence_table

    check_output(options.output)
    documents = read_documents(data_folder(options) / "raw")
    for name in options.source:
        known_source(name, documents)
    frame = sentence_table({name: documents[name] for name in options.source or documents})
    deliver(frame, options, _one_a_line)


def _one_a_line(frame: pd.DataFrame) -> str:
    rows = zip(frame["sentence_id"], frame["kind"], frame["text"], strict=True)
    return "".join(f"{name} [{kind}] {text}\n" for name, kind, text in rows)


def _template(options: argparse.Namespace) -> None:
    """Write an empty coding pass."""
    from sourcebook.coding import passes
    from sourcebook.core import csvfiles
    from sourcebook.pipeline import dataset
    from sourcebook.sources.documents import sentence_table

    if options.output.exists():
        raise SourcebookError(f"{options.output}: expected a new file, found one → name another, or move it")
    check_output(options.output)
    data = dataset.read(data_folder(options))
    frame = passes.template(data.tables, sentence_table(data.documents), data.schemas, coder=options.coder)
    csvfiles.write_table(frame, options.output)
    print(f"{options.output}: {len(frame)} cells to fill in")
    print(
        "Write labels into the column “value”, and “;” between several of one cell. "
        "Write “none” where nothing was found, and leave the cell empty where you did not code."
    )


def _reliability(options: argparse.Namespace) -> None:
    """Compare coding passes."""
    from sourcebook.coding import passes
    from sourcebook.coding.coders import coder_problems
    from sourcebook.pipeline import dataset
    from sourcebook.reliability import disagreements
    from sourcebook.sources.documents import sentence_table

    data = dataset.read(data_folder(options))
    sentences = sentence_table(data.documents)
    further = [passes.read_pass(path, data.tables, sentences, data.schemas) for path in options.passes]
    named = dict(zip(map(str, options.passes), further, strict=True))
    kept = {f"coded/passes/record, file {n}": frame for n, frame in enumerate(data.record, 1)}
    first = kept or {"the coded tables": passes.first_pass(data.tables, sentences, data.schemas)}
    if len(named) < len(further):
        raise SourcebookError("PASS.csv: expected each file once, found one twice → name another")
    if problems := coder_problems({**first, **named}):
        raise DataError(problems)
    coded = passes.blind_passes(data.tables, sentences, data.schemas, data.record, further)
    questions = passes.all_questions(data.tables)
    cells = passes.reliability_data(coded, questions, data.schemas)
    if options.units:
        deliver(disagreements(cells), options, _units_apart)
        return
    _print_agreement(passes.agreement(cells), coded, options)


def _print_agreement(measured: pd.DataFrame, coded: list[pd.DataFrame], options: argparse.Namespace) -> None:
    """Print how far coding passes agree, without the variables for which nobody coded anything."""
    import pandas as pd

    unused = {
        name
        for name, of in pd.concat(coded).groupby("variable")
        if of["coder"].nunique() < 2 and of["value"].isin(["", "none"]).all()
    }
    measured = measured[~measured["variable"].isin(unused)].assign(percent=measured["percent"] * 100)
    columns = ["variable", "units", "disagreements", "percent", "alpha", "low", "high", "status"]
    apart = measured["disagreements"].sum()
    hint = "`--units` lists the units on which coders differ, with what each of them coded\n" if apart else ""
    deliver(
        measured[columns],
        options,
        lambda frame: f"{frame.round(3).to_string(index=False, na_rep='–')}\n{hint}",
    )


def _units_apart(frame: pd.DataFrame) -> str:
    """Return for people the units on which coders differ, each in a line with what they coded."""
    if frame.empty:
        return "no unit is coded in two ways\n"
    coders = [name for name in frame.columns if name not in ("variable", "unit")]
    return "".join(
        f"{row['unit']}: {row['variable']}: {'; '.join(f'{name} {row[name]}' for name in coders if row[name])}\n"
        for row in frame.to_dict("records")
    )


def _add_anchor(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "tables",
        nargs="*",
        type=Path,
        metavar="TABLE.csv",
        help="here, or in the data folder (default: all its tables with quotes)",
    )


def _add_reanchor(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="SOURCE", help="id of the source")
    parser.add_argument("new", type=Path, metavar="NEW_FILE", help="its new text, in UTF-8")
    parser.add_argument(
        "--write", action="store_true", help="put the new text into its place, and the rows to theirs"
    )
    parser.add_argument(
        "--accept-changed",
        action="store_true",
        help="with --write: rows whose words changed take the new words",
    )
    parser.add_argument(
        "--accept",
        action="append",
        default=[],
        metavar="ID",
        help="the same for one row, by its id in the report; may be repeated",
    )
    add_table_output(parser)


def _add_sentences(parser: argparse.ArgumentParser) -> None:
    add_table_output(parser)
    parser.add_argument(
        "--source", action="append", default=[], metavar="ID", help="only of this source; may be repeated"
    )


def _add_template(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--coder", required=True, type=name_of_person, help="name of the coder")
    parser.add_argument("output", type=Path, metavar="PASS.csv")


def _add_reliability(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("passes", nargs="+", type=Path, metavar="PASS.csv")
    parser.add_argument(
        "--units", action="store_true", help="list the units on which coders differ, with what each coded"
    )
    add_table_output(parser)


COMMANDS = (
    Command(
        name="sentences",
        group="code",
        text="print the sentences of the sources with their ids",
        example="sentences --source press-release-2023 -o sentences.csv",
        run=_sentences,
        arguments=_add_sentences,
        more="CSV and JSON have the offsets too: start and end in the normalised text, raw_start and raw_end in the "
        "file.",
    ),
    Command(
        name="anchor",
        group="code",
        text="fill in place and sentence of each quote of coded tables, or report those that have none",
        example="anchor claims.csv --data my-data",
        run=_anchor,
        arguments=_add_anchor,
        more="It rewrites the files in place, and none of them where a quote has no place. The ids of the sentences "
        "are kept in raw/sentence_ids.csv, so that they stay when text or layout change.",
    ),
    Command(
        name="reanchor",
        group="code",
        text="find the quotes of a source in a new text of it: kept, moved, changed or lost",
        example="reanchor council-2024-05 corrected.txt --write",
        run=_reanchor,
        arguments=_add_reanchor,
        more="Without --write nothing is written. With it the old text is kept in raw/versions, and every row gets its "
        "new place; if one is lost, or is changed and not accepted, all is left as it is. Look at the values of rows "
        "that take new words: they were coded from the old ones.",
    ),
    Command(
        name="template",
        group="code",
        text="write an empty coding pass",
        example="template --coder anna pass.csv --data my-data",
        run=_template,
        arguments=_add_template,
        more="A row asks for one variable of a sentence, or of an answer of a source. Write labels of the "
        "codebook, or an answer in the notation of the claims, into the column value, several joined by a semicolon; "
        "`none` where you looked and found nothing. Leave it empty where you did not code.",
    ),
    Command(
        name="reliability",
        group="check",
        text="compare coding passes with the first, variable by variable",
        example="reliability pass.csv --data my-data",
        run=_reliability,
        arguments=_add_reliability,
    ),
)
