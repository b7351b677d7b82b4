"""Texts of other kinds than those of `corpora.py`, for answers that must hold for any: sentences by kind and seed.

- ``workshop``: the text in the public domain as it stands
- ``legal``: clauses of made-up treaties and statutes, in which the same formulas come back
- ``wire``: reports from templates, with names, places and numbers
- ``letters``: short sentences of little words
- ``ocr``: the workshop, badly read: one word in three is wrong or torn
- ``cyrillic``, ``greek``, ``devanagari``: the workshop in the letters of other scripts
- ``han``: the workshop written without spaces, one sign for each syllable or so
"""

import random
import re

import rewritten

KINDS = ("workshop", "legal", "wire", "letters", "ocr", "cyrillic", "greek", "devanagari", "han")
SCRIPTS = {
    "cyrillic": dict(zip("abcdefghijklmnopqrstuvwxyz", "абцдефгхийклмнопярстувъжыз", strict=True)),
    "greek": dict(zip("abcdefghijklmnopqrstuvwxyz", "αβκδεφγηιϊκλμνοπθρστυωώξψζ", strict=True)),
    "devanagari": dict(zip("abcdefghijklmnopqrstuvwxyz", "ािकदेफगहीजकलमनोपखरसतुवौषयझ", strict=True)),
}
NAMES = "Alden Berry Castor Dunmore Everly Farrow Granby Holt Ives Jessop Kerr Lyle Marsh Norby Orme Pryor"
PLACES = "Ashford Brant Corley Denby Elmton Fenwick Garth Harrow Ilford Kelso Larch Malton Newby Oakham"
THINGS = (
    "wheat copper timber shipping textiles coal barley glass paper cement rubber sugar wool tin cotton fish "
    "bridge harbour railway canal library hospital school mill market museum tunnel ferry dam orchard"
)
ACTS = (
    "approved rejected postponed announced reviewed completed suspended extended financed sold bought merged "
    "inspected repaired expanded closed opened measured audited insured licensed leased"
)
LAW = {
    "who": "the Parties|each Party|the competent authority|the Council|a claimant|the registrar|the tribunal|"
    "an owner of land|the depositary|any State|the carrier|the trustee",
    "must": "shall|may|shall not|is required to|may, on application,|shall without delay",
    "do": "notify|examine|transmit|register|recognise|suspend|restore|publish|restrict|compensate|exempt|certify|"
    "revoke|amend|terminate|enforce|withhold|grant",
    "what": "the instrument of accession|any claim for damages|a certificate of title|the annual statement|"
    "measures of a temporary nature|the boundary so marked|the goods in transit|a right of passage|the award|"
    "the list of properties|evidence of residence|the schedule of fees|vessels engaged in fishing",
    "when": "within thirty days|in accordance with Article {n}|unless otherwise agreed|subject to paragraph {n}|"
    "to the extent that national law permits|after consultation with the Committee|upon payment of the fee|"
    "where public order so demands|before the entry into force of this Agreement|for a period of {n} years|"
    "without prejudice to section {n}|on the proposal of one third of the members",
}
REPORT = {
    "who": "{a} and Sons|shares of {a} {other}|officials in {place}|the {place} exchange|a spokesman for {a}|traders|"
    "{a} {b}, who chairs the {other} board,|analysts at {b} House|unions|the ministry|two directors of {a}|growers",
    "what": "{act} the {thing} at {place}|expect {thing} to fall by {m} pct|reported {n} tonnes of {thing}|"
    "rose {m} points to {n}|declined to comment on {thing}|will build a {thing} near {place}|lost {n} mln on {other}|"
    "said {thing} stocks were {act}|agreed to buy {m} pct of {b}|set a {thing} quota of {n}|see no {thing} shortage",
    "how": "after the talks|against {m} thousand a year earlier|before {b} has {act} the {other}|in the first quarter|"
    "for {n} million crowns|as the dollar weakened|despite rain in {place}|to cover its debts|by the end of May|"
    "with effect from Monday|in a letter to holders",
    "more": "and the {other} is next|while {b} waits|which {a} denies|a source close to the {thing} said|"
    "its first such step in {m} years|and cut its dividend to {m} cents",
}
LITTLE = (
    "I you he she we they it was is had have been will would could not never always often to of in on at by the a my "
    "your his her our mother father brother sister letter house garden rain snow summer winter money train dog cat "
    "bread tea room door window road river hill book song work sleep day night morning evening week year went came "
    "saw heard told asked gave took found lost made wrote read sent waited walked sat stood ran and but so then "
    "when because"
)


def legal(rng: random.Random) -> str:
    """Return a clause."""
    chosen = {name: rng.choice(each.split("|")) for name, each in LAW.items()}
    more = rng.choice(LAW["when"].split("|"))
    text = f"{chosen['who']} {chosen['must']} {chosen['do']} {chosen['what']} {chosen['when']}"
    if rng.random() < 0.6:
        text += f", and {rng.choice(LAW['do'].split('|'))} {rng.choice(LAW['what'].split('|'))} {more}"
    text = re.sub(r"\{n\}", lambda _: str(rng.randint(2, 90)), text)
    return text[0].upper() + text[1:] + "."


def wire(rng: random.Random) -> str:
    """Return a sentence of a report."""
    a, b, place, other = (
        rng.choice(NAMES.split()),
        rng.choice(NAMES.split()),
        rng.choice(PLACES.split()),
        rng.choice(THINGS.split()),
    )
    values = {
        "a": a,
        "b": b,
        "place": place,
        "thing": rng.choice(THINGS.split()),
        "other": other,
        "act": rng.choice(ACTS.split()),
    }
    parts = [rng.choice(each.split("|")) for each in (REPORT["who"], REPORT["what"], REPORT["how"])]
    if rng.random() < 0.4:
        parts.append(rng.choice(REPORT["more"].split("|")))
    text = " ".join(parts).format(**values, n=rng.randint(2, 999), m=rng.randint(2, 99))
    return text[0].upper() + text[1:] + "."


def letters(rng: random.Random) -> str:
    """Return a short sentence of little words."""
    words = [rng.choice(LITTLE.split()) for _ in range(rng.randint(4, 11))]
    return " ".join(words).capitalize() + "."


def misread(sentence: str, rng: random.Random) -> str:
    """Return a sentence as bad character recognition leaves it."""
    out = []
    for word in sentence.split():
        read = "".join(rewritten.CONFUSED.get(c, c) if rng.random() < 0.5 else c for c in word)
        wrong = read if rng.random() < 0.3 else word
        out.append(wrong[:2] + " " + wrong[2:] if len(wrong) > 4 and rng.random() < 0.06 else wrong)
    return " ".join(out)


def han(sentence: str) -> str:
    """Return a sentence without spaces, one sign for every three letters of a word."""
    signs = []
    for word in re.findall(r"\w+", sentence.lower()):
        for k in range(0, len(word), 3):
            code = sum(ord(c) * 31**place for place, c in enumerate(word[k : k + 3]))
            signs.append(chr(0x4E00 + code % 3000))
    return "".join(signs) + "。"


def sentences(kind: str, seed: int, count: int = 3000) -> list[str]:
    """Return sentences of a kind; those made by rule are as many as asked for and differ from one another."""
    rng = random.Random(f"{kind}-{seed}")
    if kind in ("legal", "wire", "letters"):
        make = {"legal": legal, "wire": wire, "letters": letters}[kind]
        return list(dict.fromkeys(make(rng) for _ in range(count)))
    base = [sentence for half in rewritten.halves() for sentence in half]
    start = rng.randrange(len(base))
    base = (base[start:] + base[:start])[:count]
    if kind == "ocr":
        return [misread(each, rng) for each in base]
    if kind == "han":
        return [han(each) for each in base]
    if kind in SCRIPTS:
        table = str.maketrans(SCRIPTS[kind])
        return [each.lower().translate(table) for each in base]
    return base


def halves(kind: str, seed: int) -> tuple[list[str], list[str]]:
    """Return the sentences of hosts and those of sources."""
    found = sentences(kind, seed)
    return found[: len(found) // 2], found[len(found) // 2 :]


def copies(kind: str, seed: int, count: int = 600) -> dict[str, str]:
    """Return texts of which a third are edited copies: words replaced, dropped, inserted, misread, sentences moved."""
    rng = random.Random(f"copies-{kind}-{seed}")
    known = sentences(kind, seed)
    pool = [word for each in rng.sample(known, 40) for word in each.split()]
    texts: list[str] = []
    for _ in range(count):
        if texts and rng.random() < 0.35:
            texts.append(edited(rng.choice(texts), rng, pool))
        else:
            low = rng.randrange(len(known) - 20)
            texts.append(" ".join(known[low : low + rng.choice([1, 2, 4, 8, 16])]))
    return {f"t{number:05}": text for number, text in enumerate(texts)}


def edited(text: str, rng: random.Random, pool: list[str]) -> str:
    """Return a text with some of its words, letters or sentences changed."""
    way, rate = rng.choice(["words", "letters", "order", "end"]), rng.choice([0.0, 0.02, 0.05, 0.1])
    if " " not in text:  # a script without spaces
        signs = [rng.choice(text) if rng.random() < rate / 4 else sign for sign in text]
        return "".join(signs)
    words = text.split()
    if way == "words":
        return " ".join(rewritten.lightly(words, rng, pool, rate))
    if way == "letters":
        return " ".join(word[::-1] if rng.random() < rate / 2 else word for word in words)
    if way == "order":
        parts = re.split(r"(?<=[.।])\s+", text)
        rng.shuffle(parts)
        return " ".join(parts)
    return " ".join(words[: max(1, int(len(words) * (1 - 3 * rate)))])
