"""A corpus of many sources of which everything is known: facts, errors, copies, silences.

Everything is drawn from a seed. What is expected of the library is written down while the corpus is made,
from what was planted, and never by asking the library.
"""

import hashlib
import random
import shutil
from dataclasses import dataclass, field
from itertools import combinations

import pandas as pd

from sourcebook.core.csvfiles import write_table
from sourcebook.core.schemas import DECLARATIONS, read_schemas
from sourcebook.pipeline.folders import default_folder


def _words(text):
    return text.split()


NOUNS = _words(
    """
    harbour meadow kettle ladder orchard lantern saddle cellar granary chimney bucket thimble anvil
    bellows compass gutter hinge jug kiln ledge mortar needle oar pillar quilt rafter shovel trestle urn
    valve wagon yoke apron basin canvas dowel easel ferry gable hamper inkwell jetty knapsack loom mallet
    niche oven parcel quarry ribbon spindle turret veranda whistle zither acorn barrel cradle drawer
    ember fiddle goblet hedge
    """
)
VERBS = _words(
    """
    carried mended painted counted measured borrowed returned sheltered polished gathered repaired lifted
    lowered covered cleaned watched guarded traded sorted stacked folded emptied filled opened closed
    marked
    """
)
ADJECTIVES = _words(
    """
    narrow crooked pale heavy hollow brittle smooth rusty gentle idle noisy patient quiet restless sturdy
    tidy uneven vivid wooden amber bitter coarse damp eager faint glossy humble jagged keen lofty mellow
    nimble oval plain rough silent tender upright weary
    """
)
ADVERBS = _words(
    """
    slowly gladly rarely twice seldom quietly often daily hastily calmly neatly badly kindly loudly
    meekly openly proudly safely warmly wisely
    """
)
#: Words of the questions: each stands for one of them and nowhere else.
KEYS = _words(
    """
    barges beacons bakers bellmen boatmen brewers carters chandlers clerks cobblers coopers dyers
    farriers fishers fullers glaziers grocers heralds jurors joiners lockmen masons millers minstrels
    nailers orators pedlars pilots potters reapers sawyers scribes smiths tanners thatchers tinkers
    turners vintners weavers wheelers
    """
)


def _ask(questions):
    """Have a word for each of so many questions: beyond those above, one that is made up."""
    rng = random.Random(5)
    while len(KEYS) < questions:
        word = "".join(rng.choice("bcdfglmnprstvz") + rng.choice("aeiou") for _ in range(4)) + "n"
        if word not in KEYS:
            KEYS.append(word)


#: What many of the sources say in the same words, of which none has it from another.
FORMULA = "This tale was told in the old town and whoever hears it may tell it again to all who come by"

#: Kinds of questions in turn: kind, cardinality, time_type, how many false answers there are.
KINDS = [
    ("quantity", "one", "", 5),
    ("date", "one", "instant", 5),
    ("category", "one", "", 5),
    ("quantity", "one", "", 5),
    ("presence", "one", "", 1),
    ("date", "one", "interval", 5),
    ("category", "many", "", 5),
    ("name", "one", "", 5),
]


@dataclass
class Source:
    name: str
    day: str
    sentences: list = field(default_factory=list)
    answers: dict = field(default_factory=dict)
    upstream: str = ""
    way: str = ""


@dataclass
class Sentence:
    words: str
    question: int = -1  # what it answers
    answer: tuple = ()  # value, scope, entity, modality, class
    mentions: int = -1  # the question whose word it holds without an answer


@dataclass
class Planted:
    sources: list
    questions: list
    facts: dict
    texts: dict
    claims: pd.DataFrame
    relations: dict
    silences: dict
    copies: set
    tables: dict


def _filler(rng, key=""):
    """Return a sentence of random words; no two are likely to share six in a row."""
    noun = [rng.choice(NOUNS) for _ in range(4)]
    adjective = [rng.choice(ADJECTIVES) for _ in range(3)]
    verb = [rng.choice(VERBS) for _ in range(2)]
    if key:
        noun[rng.randrange(4)] = key
    shapes = (
        f"A {adjective[0]} {noun[0]} {verb[0]} the {adjective[1]} {noun[1]} {rng.choice(ADVERBS)} near one "
        f"{adjective[2]} {noun[2]} and {verb[1]} some {noun[3]}",
        f"{rng.choice(ADVERBS).capitalize()} {adjective[2]} {noun[0]} {verb[0]} {noun[1]} with {adjective[0]} "
        f"{noun[2]} while {adjective[1]} {noun[3]} {verb[1]} it",
        f"Every {adjective[0]} {noun[0]} beside this {noun[1]} {rng.choice(ADVERBS)} {verb[0]} {adjective[1]} "
        f"{noun[2]} and {verb[1]} {adjective[2]} {noun[3]}",
    )
    return rng.choice(shapes)


def _statement(rng, key, said):
    """Return a sentence that gives an answer, in words that other sources are not likely to have."""
    noun, adjective, verb = rng.sample(NOUNS, 4), rng.sample(ADJECTIVES, 3), rng.sample(VERBS, 2)
    adverb = rng.choice(ADVERBS)
    shapes = (
        f"Of {key} by the {adjective[0]} {noun[0]} one {verb[0]} {said} {adverb} for {adjective[1]} {noun[1]}",
        f"{adverb.capitalize()} those {adjective[0]} {key} {verb[0]} {noun[0]}, {said}, until {noun[1]} {verb[1]}",
        f"When {noun[0]} {verb[0]} {adjective[0]} {noun[1]} our {key} said {said} under {adjective[1]} {noun[2]}",
        f"{adjective[0].capitalize()} {noun[0]} {verb[0]}; {key}: {said}; {adjective[1]} {noun[1]} {adverb} {verb[1]}",
        f"No {noun[0]} {verb[0]} what {adjective[0]} {key} {verb[1]} as {said} from {noun[1]} or {noun[2]}",
        f"{noun[0].capitalize()} {verb[0]} {noun[1]} since {adverb} {said} {key} {verb[1]} {adjective[0]} {noun[2]}",
    )
    return rng.choice(shapes)


def _question(n, kind, cardinality, time_type, false, rng):
    """Return a question with its true and false answers; a class says how an answer is made."""
    term = f"q{n:02d}"
    fact = {
        "quantity": str(rng.randrange(20, 90) * 10),
        "date": f"1990-0{rng.randrange(1, 10)}-1{rng.randrange(10)}"
        if time_type == "instant"
        else "1987/1991",
        "category": f"{term}-true",
        "presence": "yes",
        "name": f"Old {KEYS[n].capitalize()} Hall",
    }[kind]
    wrong = {
        "quantity": [str(int(fact) * 3 + 10 * k) for k in range(false)] if kind == "quantity" else [],
        "date": [
            f"{1991 + k}-11-2{k}" if time_type == "instant" else f"19{70 + k}/199{k + 2}"
            for k in range(false)
        ],
        "category": [f"{term}-false-{k}" for k in range(false)],
        "presence": ["no"],
        "name": [f"{word} Lodge {KEYS[n]}" for word in ("North", "South", "East", "West", "High")][:false],
    }[kind]
    return {
        "n": n,
        "id": term,
        "kind": kind,
        "cardinality": cardinality,
        "time_type": time_type,
        "fact": fact,
        "false": wrong,
    }


def _right(question, rng):
    """Return a right answer: value, scope, entity, modality, class."""
    fact, term = question["fact"], question["id"]
    kind = question["kind"]
    if kind == "quantity":
        pick = rng.random()
        if pick < 0.15:
            return (f">{int(fact) - 50}", "", "", "asserts", "over")
        if pick < 0.3:
            return (f"~{fact}", "", "", "asserts", "about")
        if pick < 0.4:
            return (fact, "elsewhere", "", "asserts", "elsewhere")
        if pick < 0.5:
            return (fact, "", "", "demands", "demand")
    if kind == "date" and question["time_type"] == "instant" and rng.random() < 0.3:
        return (fact[:7], "", "", "asserts", "month")
    if kind == "category" and question["cardinality"] == "one" and rng.random() < 0.3:
        return (f"{term}-broad", "", "", "asserts", "broad")
    if kind == "category" and question["cardinality"] == "many":
        return (rng.choice([f"{term}-true", f"{term}-too"]), "", "", "asserts", "item")
    if kind == "name":
        form = rng.choice([fact, f"Hall of the {KEYS[question['n']].capitalize()}"])
        return (form, "", f"{term}-hall", "asserts", "name")
    return (fact, "", "", "asserts", "exact")


def expected_relation(question, a, b):
    """Return how two planted answers relate, by how they were made."""
    if "demand" in (a[4], b[4]):
        return _both("demand", a, b) or "not-comparable"
    if "elsewhere" in (a[4], b[4]) and a[1] and b[1]:
        return "agree"
    if a[0] == b[0] and (question["kind"] != "name" or a[2] == b[2]):
        return "agree"
    kinds = {a[4], b[4]}
    if question["cardinality"] == "many":
        return "compatible"
    if question["kind"] == "name":
        return "variant" if kinds == {"name"} else "contradict"
    if "false" in kinds:
        return "compatible" if "over" in kinds else "contradict"
    return "compatible"


def _both(what, a, b):
    return "agree" if a[4] == b[4] == what else ""


def _said(question, answer):
    """Return an answer in words."""
    value = answer[0].replace(">", "over ").replace("~", "about ").replace("/", " to ")
    return f"“{value}”" if question["kind"] == "name" else value.replace("-", " of ")


def _answer(question, rng, accuracy):
    if rng.random() < accuracy:
        return _right(question, rng)
    return (rng.choice(question["false"]), "", "", "asserts", "false")


def _independent(source, questions, rng, accuracy, answered, day):
    """Write a source that copies nobody."""
    for q in questions:
        if q["event"] > day or rng.random() > answered:
            if rng.random() < 0.25:
                source.sentences.append(Sentence(_filler(rng, KEYS[q["n"]]), mentions=q["n"]))
            continue
        # Questions that date an event have no false answers: what came before it must stay known.
        answer = _answer(q, rng, 1.0 if q["dates"] else accuracy)
        source.sentences.append(Sentence(_statement(rng, KEYS[q["n"]], _said(q, answer)), q["n"], answer))
    source.sentences += [Sentence(_filler(rng)) for _ in range(rng.randrange(8, 14))]
    if rng.random() < 0.4:
        source.sentences.append(Sentence(FORMULA))
    rng.shuffle(source.sentences)


def _edited(sentence, rng):
    """Return a copied sentence with a word or two changed, never those of the answer."""
    words = sentence.words.split()
    places = [k for k, word in enumerate(words) if k and word in {*ADJECTIVES, *ADVERBS, *VERBS}]
    for k in rng.sample(places, min(len(places), rng.randrange(3))):
        pool = next(p for p in (ADJECTIVES, ADVERBS, VERBS) if words[k] in p)
        words[k] = rng.choice(pool)
    return Sentence(" ".join(words), sentence.question, sentence.answer, sentence.mentions)


def _copied_text(source, upstream, rng):
    """Put a run of the upstream's sentences into a source, lightly edited."""
    part = rng.uniform(0.3, 0.8)
    size = max(6, int(part * len(upstream.sentences)))
    at = rng.randrange(len(upstream.sentences) - size + 1)
    taken = [_edited(sentence, rng) for sentence in upstream.sentences[at : at + size]]
    own = {s.question for s in taken}
    kept = [s for s in source.sentences if s.question < 0 or s.question not in own]
    source.sentences = [*taken, *kept]


def _copied_answers(source, upstream, questions, rng):
    """Give a source the answers of another, in words of its own."""
    taken = [s for s in upstream.sentences if s.question >= 0 and rng.random() < 0.9]
    own = {s.question for s in taken}
    kept = [s for s in source.sentences if s.question < 0 or s.question not in own]
    told = [
        Sentence(
            _statement(rng, KEYS[s.question], _said(questions[s.question], s.answer)), s.question, s.answer
        )
        for s in taken
    ]
    source.sentences = [*kept, *told]
    rng.shuffle(source.sentences)


def plant(seed, *, sources=200, questions=24, copies=40, secret=12, answered=0.45):
    """Return a corpus of which everything is known.

    ``copies`` sources have sentences of an earlier one, and ``secret`` ones its answers in other words.
    """
    _ask(questions)
    rng = random.Random(seed)
    asked = []
    for n in range(questions):
        question = _question(n, *KINDS[n % len(KINDS)], rng)
        # Every twelfth question is about an event, which the question before it dates.
        dates = question["kind"] == "date" and question["time_type"] == "instant" and n % 16 == 1
        asked.append(question | {"dates": dates, "event": "", "topic": f"topic-{n % 6}"})
    for q in asked:
        if q["dates"]:
            q["event"] = q["fact"]
            asked[q["n"] + 1]["event"] = q["fact"]
    written = [
        f"{1988 + (12 * k // sources) // 3}-{1 + (12 * k // sources) % 3 * 4:02d}-{1 + k % 27:02d}"
        for k in range(sources)
    ]
    written.sort()
    made = [Source(f"source-{k:03d}", day) for k, day in enumerate(written)]
    copiers = rng.sample(range(sources // 4, sources), copies + secret)
    for k, source in enumerate(made):
        weak = k < sources // 4
        accuracy = rng.uniform(0.4, 0.6) if weak else rng.uniform(0.7, 0.95)
        _independent(source, asked, rng, accuracy, answered * (1.3 if weak else 1), source.day)
        if k not in copiers:
            continue
        earlier = [s for s in made[:k] if s.day < source.day]
        if copiers.index(k) < copies:
            upstream, source.way = rng.choice(earlier), "text"
            _copied_text(source, upstream, rng)
        else:
            wrong = {s.name: sum(x.answer[4] == "false" for x in s.sentences if x.answer) for s in earlier}
            best = [s for s in earlier if wrong[s.name] >= 5 and not s.upstream]
            best = best or [max(earlier, key=lambda s: wrong[s.name])]
            upstream, source.way = rng.choice(best), "answers"
            _copied_answers(source, upstream, asked, rng)
        source.upstream = upstream.name
    rng.shuffle(made)
    return _expected(made, asked, rng)


def _expected(made, asked, rng):
    """Write down what must be found, and the tables."""
    unfinished = {s.name: "Only the first page is coded." for s in rng.sample(made, max(len(made) // 20, 1))}
    scopes = {
        (s.name, f"topic-{k}"): "A tale does not treat it."
        for s in made
        for k in range(6)
        if rng.random() < 0.06
    }
    texts, places = {}, []
    for source in made:
        text = ""
        for n, sentence in enumerate(source.sentences, start=1):
            start = len(text)
            text += sentence.words + ".\n"
            places.append((source, sentence, f"{source.name}.s{n:03d}", start, start + len(sentence.words)))
        texts[source.name] = text
    rows = {"claims": [], "uncoded": []}
    counted = dict.fromkeys(texts, 0)
    for source, sentence, sentence_id, start, end in places:
        anchor = _anchor(texts[source.name], start, end) | {
            "source_id": source.name,
            "sentence_id": sentence_id,
        }
        if sentence.question >= 0:
            counted[source.name] += 1
            value, scope, entity, modality, how = sentence.answer
            rows["claims"].append(
                anchor
                | {
                    "claim_id": f"{source.name}.c{counted[source.name]:03d}",
                    "proposition_id": asked[sentence.question]["id"],
                    "value": value,
                    "scope": scope,
                    "entity_id": entity,
                    "modality": modality,
                    "voice": "author",
                    "how": how,
                }
            )
        elif source.name not in unfinished or rng.random() < 0.5:
            rows["uncoded"].append(anchor | {"reason": "rhetoric"})
    claims = pd.DataFrame(rows["claims"], dtype="str")
    return Planted(
        sources=made,
        questions=asked,
        facts={q["id"]: q["fact"] for q in asked},
        texts=texts,
        claims=claims,
        relations=_expected_relations(claims, asked),
        silences=_expected_silences(made, asked, unfinished, scopes),
        copies={(s.name, s.upstream) for s in made if s.upstream},
        tables=_tables(made, asked, texts, rows, unfinished, scopes),
    )


def _anchor(text, start, end):
    cells = {
        "exact": text[start:end],
        "prefix": text[max(0, start - 32) : start],
        "suffix": text[end : end + 32],
    }
    return cells | {"start": str(start), "end": str(end)}


def _expected_relations(claims, asked):
    questions = {q["id"]: q for q in asked}
    answer = ["value", "scope", "entity_id", "modality", "how"]
    found = {}
    for name, group in claims.groupby("proposition_id", sort=False):
        listed = list(zip(group["claim_id"], group[answer].itertuples(index=False, name=None), strict=True))
        for (a, one), (b, other) in combinations(listed, 2):
            found[a, b] = expected_relation(questions[name], one, other)
    return found


def _expected_silences(made, asked, unfinished, scopes):
    found = {}
    for source in made:
        answered = {s.question for s in source.sentences}
        mentioned = {s.mentions for s in source.sentences}
        for q in asked:
            if q["n"] in answered:
                continue
            if source.name in unfinished:
                kind = "not-coded"
            elif q["event"] and source.day < q["event"]:
                kind = "before-event"
            elif (source.name, q["topic"]) in scopes:
                kind = "out-of-scope"
            else:
                kind = "mentioned" if q["n"] in mentioned else "searched-absent"
            found[q["id"], source.name] = kind
    return found


def _tables(made, asked, texts, rows, unfinished, scopes):
    """Return the rows of every table that the corpus has."""
    terms = [("topic", f"topic-{k}", "") for k in range(6)]
    terms += [
        ("voice", "author", ""),
        ("unit", "things", ""),
        ("scope", "here", ""),
        ("scope", "elsewhere", ""),
    ]
    terms += [("event-kind", "fair", ""), ("genre", "tale", "")]
    for q in asked:
        if q["kind"] == "category":
            terms += [
                ("category", f"{q['id']}-broad", ""),
                ("category", f"{q['id']}-true", f"{q['id']}-broad"),
            ]
            terms += [("category", f"{q['id']}-too", "")] + [("category", t, "") for t in q["false"]]
    events = [q for q in asked if q["dates"]]
    of_event = {q["event"]: f"fair-{q['id']}" for q in events}
    return {
        "raw/sources.csv": [
            {
                "source_id": s.name,
                "file": f"{s.name}.txt",
                "sha256": hashlib.sha256(texts[s.name].encode()).hexdigest(),
                "title": f"Tale {s.name}",
                "date_published": s.day,
                "not_before": s.day,
                "not_after": s.day,
                "genre": "tale",
                "language": "en",
                "rights": "none",
            }
            for s in made
        ],
        "coded/codebook.csv": [
            {"vocabulary": v, "term": t, "label": t, "definition": "Planted.", "broader": b}
            for v, t, b in terms
        ],
        "coded/events.csv": [
            {"event_id": event, "label": "Fair", "kind": "fair", "description": "A fair."}
            for event in dict.fromkeys(of_event[q["event"]] for q in events)
        ],
        "coded/entities.csv": [
            {"entity_id": f"{q['id']}-hall", "kind": "place", "name": q["fact"]}
            for q in asked
            if q["kind"] == "name"
        ],
        "coded/propositions.csv": [
            {
                "proposition_id": q["id"],
                "question": f"What of the {KEYS[q['n']]}?",
                "kind": q["kind"],
                "unit": "things" if q["kind"] == "quantity" else "",
                "scope": "Here",
                "topic": q["topic"],
                "event_id": of_event.get(q["event"], ""),
                "cardinality": q["cardinality"],
                "time_type": q["time_type"],
                "search": KEYS[q["n"]],
            }
            for q in asked
        ],
        "coded/claims.csv": [{k: v for k, v in row.items() if k != "how"} for row in rows["claims"]],
        "coded/uncoded.csv": rows["uncoded"],
        "coded/scopes.csv": [{"source_id": s, "topic": t, "reason": r} for (s, t), r in scopes.items()],
        "coded/unfinished.csv": [{"source_id": s, "reason": r} for s, r in unfinished.items()],
    }


def write(folder, planted):
    """Write a planted corpus as a data folder."""
    raw = folder / "raw"
    raw.mkdir(parents=True)
    for name, text in planted.texts.items():
        (raw / f"{name}.txt").write_bytes(text.encode())
    (folder / "coded").mkdir()
    shutil.copy(default_folder() / DECLARATIONS, folder / DECLARATIONS)
    schemas = read_schemas(folder)
    for path, rows in planted.tables.items():
        columns = list(next(t for t in schemas.values() if t.path == path).schema.columns)
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        write_table(pd.DataFrame([dict.fromkeys(columns, "") | row for row in rows], columns=columns), target)
    return folder


def f1(found, expected):
    """Return precision, recall and their harmonic mean."""
    hits = len(found & expected)
    precision, recall = hits / max(len(found), 1), hits / max(len(expected), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-12)
