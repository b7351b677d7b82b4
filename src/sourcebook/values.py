"""Every number that a chapter may print, under a name, with the coded rows behind it.

Names are paths: ``headline.single_source``, ``source.<id>.sentences``, ``claim.<id>``,
``proposition.<id>.sources``, ``term.<id>.total``. The table is computed from the dataset by general
rules, so that a second corpus has the same names for its own numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

import pandas as pd

from sourcebook.agreement import origins, summary
from sourcebook.dates import format_date, parse_edtf
from sourcebook.quantities import format_quantity

__all__ = ["VALUE_COLUMNS", "display_claim", "values"]

VALUE_COLUMNS = ("name", "display", "rows", "how")

_Row = tuple[str, str, str, str]

#: Tables whose rows are counted, with the column that identifies a row.
_COUNTED = {
    "claims": "claim_id",
    "mentions": "mention_id",
    "citations": "citation_id",
    "frames": "frame_id",
    "demands": "demand_id",
    "term_uses": "use_id",
    "heritage": "heritage_id",
}

#: Tables that are counted by a label: name of the value, table, column of the label.
_LABELLED = (
    ("term", "term_uses", "term_id"),
    ("instrument", "citations", "instrument_id"),
    ("function", "frames", "function"),
    ("frame", "frames", "frame"),
    ("addressee", "demands", "addressee"),
    ("action", "demands", "action"),
    ("object", "heritage", "object"),
    ("treatment", "heritage", "treatment"),
    ("entity", "mentions", "entity_id"),
    ("voice", "claims", "voice"),
    ("modality", "claims", "modality"),
)

_HEADLINES = {
    "claims": "claims",
    "propositions": "propositions that at least one source answers",
    "single_source": "propositions that exactly one source answers",
    "shared": "propositions that two or more sources answer",
    "with_contradiction": "propositions on which two sources contradict each other",
    "all_agree": "propositions on which all claims of different sources agree",
    "within_contradiction": "propositions on which one source contradicts itself",
    "two_origins": "propositions that two or more origins answer",
    "agreed_by_two_origins": "propositions on which two or more origins give an agreeing claim",
}


def display_claim(kind: str, value: str) -> str:
    """Return the value of a claim in words.

    Examples
    --------
    >>> display_claim("quantity", ">200")
    'over 200'
    """
    if kind == "quantity":
        return format_quantity(value)
    return format_date(value) if kind == "date" else value


def _count(name: str, ids: Iterable[str], how: str) -> _Row:
    listed = list(ids)
    return name, f"{len(listed):,}", ";".join(listed), how


def _tables(tables: Mapping[str, pd.DataFrame]) -> Iterator[_Row]:
    for name, key in _COUNTED.items():
        frame = tables[name]
        yield _count(f"count.{name}", frame[key], f"rows of {name}")
        for source in tables["sources"]["source_id"]:
            rows = frame.loc[frame["source_id"] == source, key]
            yield _count(f"count.{name}.{source}", rows, f"rows of {name} from {source}")
    for label, table, column in _LABELLED:
        frame, key = tables[table], _COUNTED[table]
        yield from _spread(label, frame, column, len(tables["sources"]))
        for value, group in frame.groupby(column, sort=True):
            yield _count(f"{label}.{value}.total", group[key], f"rows of {table} with {column} {value}")
            holders = group["source_id"].unique()
            yield (
                f"{label}.{value}.sources",
                str(len(holders)),
                ";".join(group.groupby("source_id", sort=False)[key].first()),
                f"sources with a row of {table} with {column} {value}",
            )
            for source in tables["sources"]["source_id"]:
                rows = group.loc[group["source_id"] == source, key]
                yield _count(f"{label}.{value}.{source}", rows, f"the same, from {source}")
    for name in ("sources", "propositions", "events", "entities", "instruments", "context"):
        if name in tables:
            yield f"count.{name}", f"{len(tables[name]):,}", "", f"rows of {name}"


def _spread(label: str, frame: pd.DataFrame, column: str, sources: int) -> Iterator[_Row]:
    """Count the different labels of a table, and those in one source and in every source."""
    holders = frame.groupby(column)["source_id"].nunique()
    yield f"{label}.distinct", f"{len(holders):,}", "", f"different values of {column}"
    yield f"{label}.single_source", f"{int((holders == 1).sum()):,}", "", f"{column}s that one source has"
    yield (
        f"{label}.every_source",
        f"{int((holders == sources).sum()):,}",
        "",
        f"{column}s that every source has",
    )


def _sentences(derived: Mapping[str, pd.DataFrame]) -> Iterator[_Row]:
    cover = derived["coverage"]
    groups = [("coverage", cover), *((f"source.{s}", g) for s, g in cover.groupby("source_id", sort=False))]
    words = (
        derived["sentences"].groupby("source_id")["text"].agg(lambda t: int(t.str.split().str.len().sum()))
    )
    for name, group in groups:
        yield f"{name}.sentences", f"{len(group):,}", "", "sentences, titles and headings included"
        for status in ("coded", "uncoded"):
            n = int((group["status"] == status).sum())
            yield f"{name}.{status}", f"{n:,}", "", f"sentences with status {status}"
        share = (group["status"] == "coded").mean()
        yield f"{name}.share", f"{100 * share:.0f} %", "", "share of sentences that carry a coding"
    for source, n in words.items():
        yield f"source.{source}.words", f"{n:,}", "", "words of the normalised text"


def _propositions(tables: Mapping[str, pd.DataFrame], derived: Mapping[str, pd.DataFrame]) -> Iterator[_Row]:
    claims = tables["claims"]
    kinds = dict(zip(tables["propositions"]["proposition_id"], tables["propositions"]["kind"], strict=True))
    for row in claims.itertuples():
        shown = display_claim(kinds[row.proposition_id], row.value)
        yield f"claim.{row.claim_id}", shown, row.claim_id, f"value of claim {row.claim_id}"
    ids = claims.groupby("proposition_id")["claim_id"].agg(";".join).to_dict()
    agreed = derived["corroboration"].groupby("proposition_id")[["sources", "origins"]].max()
    for row in derived["standing"].itertuples():
        name, behind = f"proposition.{row.proposition_id}", ids[row.proposition_id]
        yield f"{name}.sources", str(row.sources), behind, "sources that answer"
        yield f"{name}.claims", str(row.claims), behind, "claims"
        yield f"{name}.standing", row.standing, behind, "gravest relation between two sources"
        yield (
            f"{name}.contradict",
            str(row.contradict),
            behind,
            "contradicting pairs of claims between sources",
        )
        distinct = claims.loc[claims["proposition_id"] == row.proposition_id, "value"].nunique()
        yield f"{name}.values", str(distinct), behind, "different values"
        mine = claims[claims["proposition_id"] == row.proposition_id]
        for source, group in mine.groupby("source_id", sort=False):
            told = str(group["value"].nunique()), ";".join(group["claim_id"])
            yield f"{name}.values.{source}", *told, f"different values in {source}"
        for what in ("sources", "origins"):
            n = int(agreed.loc[row.proposition_id, what])
            yield f"{name}.agreeing_{what}", str(n), behind, f"most {what} behind one answer"


def _rows_behind(tables: Mapping[str, pd.DataFrame], derived: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """Return the claims behind each headline that counts propositions."""
    table = derived["standing"].set_index("proposition_id")
    first = tables["claims"].groupby("proposition_id", sort=False)["claim_id"].agg(list)
    pick = {
        "single_source": table["sources"] == 1,
        "shared": table["sources"] > 1,
        "with_contradiction": table["contradict"] > 0,
        "within_contradiction": table["within"] > 0,
    }
    return {name: ";".join(c for p in table.index[mask] for c in first[p]) for name, mask in pick.items()}


def _origins(tables: Mapping[str, pd.DataFrame]) -> Iterator[_Row]:
    """Count the origins for every set of kinds of links that could merge sources."""
    links = tables["links"]
    kinds = sorted(set(links["kind"]))
    for size in range(1, len(kinds) + 1):
        for chosen in combinations(kinds, size):
            merged = origins(tables["sources"], links, merging=chosen)
            yield (
                f"origins.by_{'all' if size == len(kinds) else '_'.join(chosen)}",
                str(merged["origin"].nunique()),
                ";".join(links.loc[links["kind"].isin(chosen), "link_id"]),
                f"origins if only links of these kinds merge: {', '.join(chosen)}",
            )


def _headlines(tables: Mapping[str, pd.DataFrame], derived: Mapping[str, pd.DataFrame]) -> Iterator[_Row]:
    claims, relations = tables["claims"], derived["relations"]
    behind = _rows_behind(tables, derived)
    full = summary(claims, relations, derived["origins"])
    for name, n in full.items():
        yield f"headline.{name}", f"{n:,}", behind.get(name, ""), _HEADLINES[name]
    for by in ("source", "origin"):
        table = derived[f"without_{by}"]
        for row in table.to_dict("records"):
            for left in [c for c in table.columns if c not in {"headline", "all"}]:
                name = f"headline.{row['headline']}.without_{by}.{left}"
                yield name, f"{int(row[left]):,}", "", f"{_HEADLINES[row['headline']]}, without {by} {left}"
    yield "origins.count", str(derived["origins"]["origin"].nunique()), "", "origins after merging"
    yield from _origins(tables)
    for relation, n in relations["relation"].value_counts(sort=False).items():
        yield f"relations.{relation}", f"{n:,}", "", f"pairs of claims that {relation}"
    for relation in derived["relations"]["relation"].unique():
        between = relations[
            (relations["relation"] == relation) & (relations["source_a"] != relations["source_b"])
        ]
        yield f"relations.{relation}.between", f"{len(between):,}", "", "the same, between two sources"
    yield "relations.count", f"{len(relations):,}", "", "pairs of claims on one proposition"
    for silence, n in derived["silences"]["silence"].value_counts(sort=False).items():
        yield f"silence.{silence}", f"{n:,}", "", f"silences of type {silence}"
    yield "silence.count", f"{len(derived['silences']):,}", "", "propositions on which a source is silent"


def _reliability(derived: Mapping[str, pd.DataFrame]) -> Iterator[_Row]:
    for row in derived["reliability"].to_dict("records"):
        name = f"alpha.{row['variable']}"
        for column in ("alpha", "low", "high"):
            text = "undefined" if row[column] == "" or pd.isna(row[column]) else f"{float(row[column]):.2f}"
            label = name if column == "alpha" else f"{name}.{column}"
            yield label, text, "", f"Krippendorff's alpha of “{row['variable']}”: {column}"
        yield f"{name}.units", f"{int(row['units']):,}", "", "units that two passes coded"
        yield (
            f"{name}.disagreements",
            f"{int(row['disagreements']):,}",
            "",
            "units on which the passes differ",
        )


def _framing(derived: Mapping[str, pd.DataFrame]) -> Iterator[_Row]:
    checked = derived["element_checks"]
    for finding, group in checked.groupby("finding"):
        slug = str(finding).replace(" ", "-")
        ids = group["citation_id"].drop_duplicates() if slug.startswith("stated") else []
        yield f"elements.{slug}", str(len(group)), ";".join(ids), f"elements that are {finding}"
    passages = derived["shared_passages"]
    yield "shared.passages", str(len(passages)), "", "passages that two sources share"
    for kind, group in passages.groupby("kind"):
        yield f"shared.{kind}", str(len(group)), "", f"shared passages of kind {kind}"


def _law(tables: Mapping[str, pd.DataFrame], derived: Mapping[str, pd.DataFrame]) -> Iterator[_Row]:
    cited, known = tables["citations"], tables["instruments"]
    pinned = cited[cited["pinpoint"] != ""]
    yield _count("pinpoint.total", pinned["citation_id"], "citations that name an article or paragraph")
    named = cited.merge(known[["instrument_id", "kind"]], on="instrument_id", how="left")
    for kind, group in known.groupby("kind"):
        name, of_kind = f"instrument_kind.{_slug(kind)}", named[named["kind"] == kind]
        first = of_kind.drop_duplicates("instrument_id")["citation_id"]
        yield _count(f"{name}.invoked", first, f"different instruments of kind {kind} that a source invokes")
        left = derived["uninvoked"]["kind"].eq(kind).sum()
        yield (
            f"{name}.uninvoked",
            str(left),
            "",
            f"relevant instruments of kind {kind} that no source invokes",
        )
        yield f"{name}.known", str(len(group)), "", f"instruments of kind {kind} in the reference table"
    yield "uninvoked.count", str(len(derived["uninvoked"])), "", "relevant instruments that no source invokes"
    for (citation, finding), group in derived["element_checks"].groupby(["citation_id", "finding"]):
        yield f"elements.{citation}.{finding}", str(len(group)), str(citation), f"elements that are {finding}"
    for row in known.to_dict("records"):
        if row["adopted"]:
            yield (
                f"adopted.{row['instrument_id']}",
                format_date(row["adopted"]),
                "",
                f"{row['short_name']} adopted",
            )
    yield from _in_force(tables["participation"], derived["timeline"])


def _in_force(participation: pd.DataFrame, dated: pd.DataFrame) -> Iterator[_Row]:
    """Give the days of steps and entries into force, and how many of these came by the end of each event."""
    for row in participation.to_dict("records"):
        name = f"{row['instrument_id']}.{_slug(row['state'])}.{_slug(row['step'])}"
        for label, column in (("step", "date"), ("in_force", "in_force")):
            if row[column]:
                how = (
                    f"{row['instrument_id']}, {row['state']}, {row['step']}: {row['basis'] or 'as recorded'}"
                )
                yield f"{label}.{name}", format_date(row[column]), "", how
    began = [d for cell in participation["in_force"] if cell and (d := parse_edtf(cell).earliest) is not None]
    yield "in_force.count", str(len(began)), "", "entries into force for a state, with their day"
    if began:
        first = min(participation["in_force"][participation["in_force"] != ""], key=_first_day)
        yield "in_force.first", format_date(first), "", "the earliest of them"
    for event, group in dated[dated["end_latest"] != ""].groupby("event_id"):
        end = max(group["end_latest"], key=_first_day)
        n = sum(day <= _first_day(end) for day in began)
        yield (
            f"in_force.by.{event}",
            str(n),
            "",
            f"entries into force by {end}, the latest end that a source allows",
        )


def _first_day(date: str) -> int:
    return parse_edtf(date).earliest or 0


def _slug(words: object) -> str:
    return "-".join(str(words).lower().split())


def _context(tables: Mapping[str, pd.DataFrame]) -> Iterator[_Row]:
    for row in tables["context"].to_dict("records"):
        name, said = f"context.{row['fact_id']}", f"{row['stated_by']}: {row['statement']}"
        if row["value"]:
            yield name, format_quantity(row["value"]), "", said
        if row["date"]:
            yield f"{name}.date", format_date(row["date"]), "", f"date of the fact. {said}"
    for row in tables["publishers"].to_dict("records"):
        if row["founded"]:
            yield (
                f"publisher.{row['publisher_id']}.founded",
                format_date(row["founded"]),
                "",
                f"{row['name']} founded",
            )


def _sources(tables: Mapping[str, pd.DataFrame], derived: Mapping[str, pd.DataFrame]) -> Iterator[_Row]:
    for row in derived["writing"].to_dict("records"):
        yield f"source.{row['source_id']}.written", row["display"], "", "date that the text carries"
    heads = derived["sentences"].query("kind == 'heading'")["source_id"].value_counts()
    for source in tables["sources"]["source_id"]:
        yield f"source.{source}.headings", str(heads.get(source, 0)), "", "headings in the text"
    for publisher, group in tables["sources"].groupby("publisher", sort=False):
        yield f"publisher.{publisher}.sources", str(len(group)), "", f"sources that {publisher} issued"
    for proposition, group in derived["silences"].groupby("proposition_id"):
        how = f"sources that do not answer “{proposition}”"
        yield f"silent.{proposition}", str(len(group)), "", how
    for upstream, group in tables["links"].groupby("upstream"):
        first = group.drop_duplicates("source_id")
        yield (
            f"upstream.{upstream}.sources",
            str(len(first)),
            ";".join(first["link_id"]),
            f"sources linked to {first['upstream_label'].iloc[0]}",
        )
    for pair, group in derived["shared_passages"].groupby(["source_a", "source_b"]):
        name, what = ".".join(map(str, pair)), f"passages that {' and '.join(map(str, pair))} share"
        yield f"shared.{name}", str(len(group)), "", what


def values(tables: Mapping[str, pd.DataFrame], derived: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return every named value.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The coded and reference tables.
    derived : mapping of str to DataFrame
        The derived tables that stand before this one.

    Returns
    -------
    DataFrame
        ``name, display`` (as printed), ``rows`` (ids of the coded rows behind it, joined by ``;``; empty
        where the number is computed from all rows), ``how`` (what was counted or read). Names are unique.
    """
    rows = [
        *_headlines(tables, derived),
        *_tables(tables),
        *_sentences(derived),
        *_propositions(tables, derived),
        *_reliability(derived),
        *_framing(derived),
        *_law(tables, derived),
        *_context(tables),
        *_sources(tables, derived),
    ]
    frame = pd.DataFrame(rows, columns=list(VALUE_COLUMNS), dtype="str")
    return frame.drop_duplicates("name", ignore_index=True)
