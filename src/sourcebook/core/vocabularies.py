"""Controlled terms that the library itself reasons with, each with its definition.

Terms that depend on the corpus (topics, voices, addressees, scopes …) are data, in
``data/coded/codebook.csv``. The terms here are those that a rule of the library tests for. A list whose order
matters says so; :func:`ordered_dtype` gives the dtype of a column of its terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import pandas as pd

__all__ = [
    "AGREEMENT_STATUSES",
    "BASES",
    "CARDINALITIES",
    "CLAIM_KINDS",
    "CODEBOOK_VOCABULARIES",
    "COMPARISONS",
    "ELEMENT_FINDINGS",
    "ENTITY_KINDS",
    "FACT_STATUSES",
    "LINK_KINDS",
    "MODALITIES",
    "QUESTION_CLASSES",
    "RELATIONS",
    "REPORTING_ORDERS",
    "SILENCES",
    "STATES",
    "TIME_TYPES",
    "UNCODED_REASONS",
    "ZONES",
    "ordered_dtype",
]


def _terms(**terms: str) -> Mapping[str, str]:
    return MappingProxyType({name.replace("_", "-"): text for name, text in terms.items()})


def ordered_dtype(terms: Iterable[str]) -> pd.CategoricalDtype:
    """Return the dtype of a column of terms that have an order: it sorts and compares by their places.

    Parameters
    ----------
    terms : iterable of str
        The terms, in order.

    Returns
    -------
    pandas.CategoricalDtype

    Examples
    --------
    >>> relations = pd.Series(["agree", "contradict"], dtype=ordered_dtype(RELATIONS))
    >>> relations.sort_values().tolist(), relations.min()
    (['contradict', 'agree'], 'contradict')
    """
    return pd.CategoricalDtype(list(terms), ordered=True)


#: Kinds of answers.
CLAIM_KINDS = _terms(
    quantity="How many or how much; the value is a hedged number, read as an interval.",
    date="When; the value is an EDTF string, read as an interval.",
    category="Which of several terms of the codebook.",
    name="What something or somebody is called; the value is the name as printed.",
    presence="Whether something is said to be so; the value is yes or no.",
)

#: What a question is about. Substance and event are counted as findings; wording and text are not.
QUESTION_CLASSES = _terms(
    substance="What the texts claim about the matter itself.",
    event="What the texts report of an event: its days, people, programme and outcome.",
    wording="Which words and names the texts use; different answers are variants.",
    text="A text by itself: its title, date, author and form.",
)

#: Whether one answer excludes another.
CARDINALITIES = _terms(
    one="Only one answer can be right, so two different answers are set against each other.",
    many="Several answers can be right at once, so two different answers are compatible.",
)

#: What a date says.
TIME_TYPES = _terms(
    instant="The date says when, within its bounds, something happened.",
    interval="The date says from when to when something lasted; both ends are claimed.",
)

#: How a voice commits itself to a statement.
MODALITIES = _terms(
    asserts="The voice states it as a fact.",
    reports="The voice passes on what another is said to have stated.",
    hedges="The voice states it with a reservation (appears, is believed, may).",
    demands="The voice asks for it; it is not said to be so.",
)

#: Where a coded answer comes from.
BASES = _terms(
    stated="The quoted words say it.",
    inferred="The coder inferred it: the quoted words do not say it in so many words; the note says how it follows.",
)

#: Kinds of named things.
ENTITY_KINDS = _terms(
    person="A named human being.",
    organisation="A body with a name: community, office, agency, institute, court, party.",
    state="A state or a former state.",
    place="A named place or region that is not named as a state.",
    event="A named event.",
    text="A named text that is not a legal instrument.",
    group="A named group of people that is not a body.",
)

#: Why a sentence carries no coding.
UNCODED_REASONS = _terms(
    heading="A heading or label that makes no statement of its own.",
    rhetoric="An appeal or image with nothing that another source could confirm or deny.",
    restatement="Says again, in the same source, what a coded sentence already says.",
    transition="Leads from one passage to the next.",
    furniture="Belongs to the page, not to the text.",
    not_on_my_questions="Answers none of the questions that are asked; so counts each sentence without a coding, "
    "where a data folder does not say that it codes exhaustively.",
)

#: How two claims on one proposition relate; in order, of several between two sources the first one counts.
RELATIONS = _terms(
    contradict="The two claims cannot both be true as coded.",
    compatible="The two claims differ, and both can be true.",
    variant="The two claims are forms or renderings of one name, or differ in wording alone.",
    agree="The two claims have the same value.",
    not_comparable="The two claims do not speak of the same thing, so neither bears on the other.",
)

#: How the sources agree on a proposition, by the first relation between two of them, in order.
AGREEMENT_STATUSES = (*RELATIONS, "single source")

#: Whether the sources could disagree on a question. Only of could-differ is agreement counted.
COMPARISONS = _terms(
    could_differ="Two or more sources answer of one thing, and one answer excludes another.",
    mention="A question of yes or no that two or more sources answer, and none of them with no.",
    several_answers="Several answers can be right, so that two different ones do not disagree.",
    different_things="The answers of different sources speak of different things or state nothing.",
    wording="The question is about words and names; different answers are variants.",
    single_source="Only one source answers.",
    unanswered="No source answers.",
)

#: Why a source has no claim on a proposition, in order from the most that follows from it to nothing.
SILENCES = _terms(
    searched_absent="The whole source is coded, the declared words were looked for, and none was found.",
    mentioned="The declared words occur, but the source makes no claim on the question.",
    out_of_scope="The question lies outside what a text of this genre sets out to treat.",
    before_event="The source was written before what the question asks about took place.",
    not_coded="The source has not been fully coded, so nothing follows.",
)

#: How the answer of a source relates to those of others, or how the source is silent; in order.
STATES = MappingProxyType({**RELATIONS, "only": "The source answers, and no other source does.", **SILENCES})

#: When what a claim dates ended, against when its source was written; in the order of time.
REPORTING_ORDERS = ("before writing", "on the day", "may end after writing")

#: How what a source says of a provision compares with its contents.
ELEMENT_FINDINGS = _terms(
    stated_and_there="The source says that the provision contains the element, and it does.",
    stated_and_not_there="The source says that the provision contains the element; the provision does not.",
    there_and_not_stated="The provision contains the element; the source does not mention it.",
    not_checked="The contents of the provision are not in the reference table.",
)

#: How two sources depend on the same upstream.
LINK_KINDS = _terms(
    author="Both texts are signed by the same author.",
    publisher="Both texts are issued by the same publisher.",
    owner="The publishers of both texts belong to the same owner.",
    quotes="One text quotes or reports the other; the upstream is the id of the text that it quotes.",
    speech="Both texts report the same speech or message.",
    document="Both texts draw on the same document.",
    event="Both texts report the same event.",
    person="Both texts present the same person's doings, told from that person's side.",
)

#: Stretches of a raw file that are not body text.
ZONES = _terms(
    letterhead="Printed matter of the publisher above the text.",
    title="The title of the text.",
    byline="Who signs the text, and in what role.",
    dateline="When or where the text says it was written or published.",
    furniture="Page marks and site texts that are no part of the text.",
)

#: How a reference fact is known.
FACT_STATUSES = _terms(
    seen="Read on a page that the reference names.",
    computed="Worked out from facts that were seen, by the rule in the row.",
)

#: The lists that the codebook of every corpus fills; a data folder declares more for tables of its own.
CODEBOOK_VOCABULARIES = _terms(
    topic="What a proposition is about.",
    voice="Who asserts a thing within a source.",
    unit="What a quantity counts.",
    scope="What exactly is counted or dated, where two sources may mean different things.",
    category="Answers to questions of kind category.",
    event_kind="Kinds of events.",
    genre="Kinds of sources.",
)
