"""Edited quotes in 1 MB of text, beside one search of rapidfuzz for each.

A quote of 100 to 300 characters is taken from a text of made-up words, one character in twenty-five to one in
fifty of its plain words is dropped, doubled or replaced, and it is looked for; a lookalike is such a quote with
another number in words, another name, or "not" more. Found are those within three words of their place.
rapidfuzz gives a place and knows no lookalikes. The first quote of ours prepares the text, and is timed with the rest.
"""

import random
import string

from report import Contender, main

CASES = {
    f"{kind}, 1 MB, seed {seed}": {"kind": kind, "seed": seed, "quotes": 145}
    for seed in (1, 2)
    for kind in ("edited", "lookalikes")
}
NUMBERS = [
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "eleven",
    "twelve",
    "twenty",
    "thirty",
    "forty",
    "fifty",
]


def made(seed):
    rng = random.Random(seed)
    syllables = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "ar", "el", "in", "on")]
    words = ["".join(rng.choices(syllables, k=rng.choice((1, 2, 2, 3)))) for _ in range(20_000)]
    names = [word.capitalize() for word in words if len(word) > 4][:1500]
    weights = [1 / (place + 3) for place in range(len(words))]
    text = []
    for number, word in enumerate(rng.choices(words, weights, k=190_000)):
        text.append(
            rng.choice(names) if number % 17 == 5 else rng.choice(NUMBERS) if number % 41 == 7 else word
        )
    return rng, names, " ".join(text)[:1_000_000]


def edited(rng, quote, rate):
    words = []
    for word in quote.split():
        letters = list(word)
        for at in range(len(letters)):
            if word.islower() and word not in NUMBERS and len(word) > 4 and rng.random() < rate:
                letters[at] = rng.choice(("", letters[at] * 2, rng.choice(string.ascii_lowercase)))
        words.append("".join(letters))
    return " ".join(words)


def lookalike(rng, quote, names):
    words = quote.split()
    places = [at for at, word in enumerate(words) if at and (word in NUMBERS or word[0].isupper())]
    at = rng.choice(places) if places else 1
    if words[at] in NUMBERS:
        words[at] = rng.choice([word for word in NUMBERS if word != words[at]])
    elif words[at][0].isupper():
        words[at] = rng.choice([name for name in names if name != words[at]])
    else:
        words.insert(at, "not")
    return " ".join(words)


def quotes(case):
    rng, names, text = made(case["seed"])
    asked = []
    while len(asked) < case["quotes"]:
        start = text.index(" ", rng.randrange(len(text) - 400)) + 1
        end = text.index(" ", start + rng.randint(100, 300))
        quote = text[start:end]
        changed = (
            lookalike(rng, quote, names)
            if case["kind"] == "lookalikes"
            else edited(rng, quote, rng.uniform(0.02, 0.04))
        )
        if changed != quote:
            asked.append((changed, start, end))
    return text, asked


def counted(asked, find):
    right = wrong = 0
    for quote, start, end in asked:
        place = find(quote)
        if place is not None:
            near = abs(place[0] - start) <= 24 and abs(place[1] - end) <= 24
            right, wrong = right + near, wrong + (not near)
    return {"accepted": right, "elsewhere": wrong, "refused": len(asked) - right - wrong}


def ours(case):
    text, asked = quotes(case)
    from sourcebook.core.errors import AnchorError
    from sourcebook.text.normalise import normalise
    from sourcebook.text.quotes import FLOOR, find_quote

    normal = normalise(text)

    def find(quote):
        try:
            anchor = find_quote(normal, quote, floor=FLOOR)
        except AnchorError:
            return None
        return anchor.start, anchor.end

    return lambda: counted(asked, find)


def rapidfuzz(case):
    text, asked = quotes(case)
    from rapidfuzz import fuzz

    def find(quote):
        found = fuzz.partial_ratio_alignment(quote, text, score_cutoff=88)
        return found and (found.dest_start, found.dest_end)

    return lambda: counted(asked, find)


if __name__ == "__main__":
    main(
        __doc__,
        [
            Contender("sourcebook", ours, packages=("sourcebook",)),
            Contender("rapidfuzz", rapidfuzz, packages=("rapidfuzz",)),
        ],
        CASES,
    )
