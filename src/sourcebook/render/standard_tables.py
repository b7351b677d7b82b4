"""Tables and a figure that every book has: its texts, what joins them, what differs, what is cited, what is shared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from sourcebook.render.display import Html, figure, link, quote, quotes, table
from sourcebook.render.figures import plot_shared

if TYPE_CHECKING:
    from sourcebook.pipeline.dataset import Dataset

__all__ = ["citation_table", "contradiction_table", "link_table", "shared_passage_figure", "text_table"]

#: Texts from which on a figure with a lane for each is more than anybody reads.
_LANES = 40


def contradiction_table(data: Mapping[str, pd.DataFrame]) -> Html:
    """Return the answers of different texts that exclude each other, with the reason.

    Answers that exclude others for one reason are in one row.

    Parameters
    ----------
    data : mapping of str to DataFrame
        A dataset with its derived tables.

    Examples
    --------
    >>> import sourcebook
    >>> "No number is both" in str(contradiction_table(sourcebook.load()))
    True
    """
    pairs = data["differences"].query("relation == 'contradict' and not same_source")
    pairs = pairs.groupby(["proposition_id", "reason"], sort=False)[["claim_a", "claim_b"]].agg(list)
    pairs = pairs.reset_index()
    asked = data["propositions"].set_index("proposition_id")
    claims = data["claim_intervals"]
    said = dict(zip(claims["claim_id"].astype("str"), claims["quote"].astype("str"), strict=True))
    label = asked["label"].where(asked["label"] != "", asked["question"])
    shown = pd.DataFrame(
        {
            "question": pairs["proposition_id"].map(label),
            **{side: [quotes(ids, said) for ids in pairs[side]] for side in ("claim_a", "claim_b")},
            "reason": pairs["reason"],
        }
    )
    order = {question: place for place, question in enumerate(shown["question"].unique())}
    return table(
        shown.sort_values("question", key=lambda column: column.map(order), kind="stable"),
        "Answers of different texts that exclude each other: who says what, and why both cannot hold as coded",
        labels={"claim_a": "one answer", "claim_b": "another answer", "reason": "why"},
        empty="No two coded answers of different texts contradict each other.",
    )


def citation_table(data: Mapping[str, pd.DataFrame]) -> Html:
    """Return each citation of law: the words, the place that is named, and what the law is said to do.

    Parameters
    ----------
    data : mapping of str to DataFrame
        A dataset.

    Examples
    --------
    >>> import sourcebook
    >>> "ICCPR" in str(citation_table(sourcebook.load()))
    True
    """
    cited = data["citations"].merge(data["instruments"][["instrument_id", "short_name"]], on="instrument_id")
    cited["words"] = _quoted(cited["citation_id"], cited["exact"])
    cited["pinpoint"] = cited["pinpoint"].replace("", "none")
    return table(
        cited[["short_name", "source_id", "words", "pinpoint", "effect"]].sort_values(
            "short_name", kind="stable"
        ),
        "Each citation of law: its wording, the place named, and what the text says that it does",
        labels={
            "short_name": "law",
            "source_id": "text",
            "words": "in the words",
            "pinpoint": "place",
            "effect": "said to do",
        },
        empty="No citation of a law is coded yet.",
    )


def link_table(data: Mapping[str, pd.DataFrame]) -> Html:
    """Return every link from a text to what it draws on, or has in common with another, with the words that show it.

    Parameters
    ----------
    data : mapping of str to DataFrame
        A dataset.

    Examples
    --------
    >>> import sourcebook
    >>> "Concept of Return" in str(link_table(sourcebook.load()))
    True
    """
    links = data["links"]
    words = _quoted(links["link_id"], links["exact"])
    return table(
        links.assign(words=words)[["source_id", "upstream_label", "kind", "is_named", "words", "note"]],
        "What each text draws on or has in common with another, with the words that show it",
        labels={"source_id": "text", "upstream_label": "draws on", "is_named": "named"},
        empty="No link between the texts is recorded yet.",
    )


def text_table(data: Dataset, columns: Iterable[str], caption: str) -> Html:
    """Return the texts, each with a link to its page, what the registry says of it, and its length.

    Parameters
    ----------
    data : sourcebook.pipeline.dataset.Dataset
        A dataset with its derived tables.
    columns : iterable of str
        Columns of the registry, and ``date``, as far as it is known; in their order.
    caption : str
        What the table shows, in one neutral sentence.

    Examples
    --------
    >>> import sourcebook
    >>> "Turan" in str(text_table(sourcebook.load(), ["date", "genre"], "The texts"))
    True
    """
    dates = data["dating"][["source_id", "display"]].rename(columns={"display": "date"})
    about = data["sources"].merge(dates, on="source_id")
    sentences = data["sentences"]
    words = sentences["text"].map(lambda text: len(text.split())).groupby(sentences["source_id"]).sum()
    about["text"] = about["source_id"].map(lambda s: link(f"{s}.s001", data.source_names[s]))
    about["words"] = about["source_id"].map(words).fillna(0).astype("int64")
    return table(about[["text", *columns, "words"]], caption)


def shared_passage_figure(data: Dataset, *, most: int = 200) -> Html:
    """Return a figure of the places of the longest passages that texts share.

    Parameters
    ----------
    data : sourcebook.pipeline.dataset.Dataset
        A dataset with its derived tables.
    most : int
        So many passages are drawn at most; of more than forty texts forty passages, with the texts that have them.

    Examples
    --------
    >>> import sourcebook
    >>> str(shared_passage_figure(sourcebook.load(), most=2)).count("<svg")
    2
    """
    names = data.source_names
    longest = data["shared_passages"].nlargest(most, "words")
    if len(names) > _LANES:
        longest = longest.head(_LANES)
        names = {
            source: names[source]
            for source in names
            if source in {*longest["source_a"], *longest["source_b"]}
        }
    return figure(
        plot_shared,
        longest,
        lengths={source: len(data.documents[source].raw) for source in names},
        sources=names,
        data=longest[["source_a", "quote_a", "source_b", "quote_b", "words", "kind"]],
        caption="Where does a text repeat another? "
        "Names of persons, bodies and instruments do not count as shared words.",
        empty="No two texts share a passage of eight words or more.",
    )


def _quoted(ids: pd.Series, words: pd.Series) -> pd.Series:
    """Return the words of rows as quotations that lead to their places."""
    linked = [quote(*pair) for pair in zip(ids, words, strict=True)]
    return pd.Series(linked, index=ids.index, dtype="object")
