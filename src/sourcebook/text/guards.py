"""What a near match of a quote must not change: a number, a negation, a name.

A quote with slips of the pen is found nearly; a quote that says something else is refused, however few letters it
takes. Words that state a number, deny, hedge or name, and letters that number, as in "12b" or "(b)", must be the same
in the quote and in the passage, and the passage must have the first and the last word of the quote, lest a negation
was left out next to them. A word that is only misspelt in the quote is the same: a letter or two apart, not itself a
word of the text, and not another of the words that are listed here.
"""

from __future__ import annotations

import re
from collections import Counter

from rapidfuzz.distance import OSA, Levenshtein

from sourcebook.core.number_words import english
from sourcebook.text.searchable import cuts_word

__all__ = ["find_change"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _number_words() -> frozenset[str]:
    words = english()
    cardinals = {*words.ones, *words.tens, *words.magnitudes}
    parts = {*words.parts, *(f"{word}s" for word, of in words.ordinals.items() if of > 2)}
    return frozenset(cardinals | parts | words.ordinals.keys() | {f"{word}s" for word in words.magnitudes})


_NUMBERS = _number_words() | _words(
    "score scores tens twenties thirties forties fifties sixties seventies eighties nineties once twice thrice double "
    "triple single both all most many few several some any each every either january february march april may june "
    "july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday "
    "wednesday thursday friday saturday sunday"
)
# Words that turn the sense where another of them, or nothing, is in their place.
_TURNS = _words(
    "over under above below before after until since more less least fewer about nearly almost approximately roughly "
    "exactly only maximum minimum north south east west northern southern eastern western he she his her him hers "
    "increase decrease increased decreased rose fell up down inside outside century centuries decade decades year "
    "years month months week weeks day days hour hours minute minutes percent kilometre kilometres mile miles metres "
    "km cm mm nm ml cl kg mg ha ft mi lb oz bn mn tn kw mw gw kb mb gb tb hz pa"
)
_NEGATIONS = _words(
    "not no never ever nor neither none nobody nothing nowhere without cannot hardly barely scarcely now nicht kein "
    "keine keinen nie niemals ohne ne pas jamais sans nunca sin senza не нет ни без никогда değil deyil yok yox"
)
# Capitalised words that are no names, at the head of a sentence or of a title.
_PLAIN = _words(
    "a an the of to in on at by for from with into and or but nor as is are was were be been has have had that which "
    "who whose it its their they them this these those there then when while where if so we our you your i my what "
    "how why however also according during between through because although such other its will would can could "
    "should must do does did than"
)
# Names that are close to another name.
_NAMES = _words(
    "albania albanian albanians algeria algerian angola armenia armenian armenians australia australian austria "
    "austrian azerbaijan azerbaijani azerbaijanis bahrain belarus belgium bolivia bosnia brazil britain british "
    "bulgaria burma burundi canada chad chile china chinese colombia columbia congo croatia cuba cyprus czech "
    "denmark dominica dominican ecuador egypt england english eritrea estonia ethiopia finland france french gabon "
    "gambia georgia georgian georgians german germany ghana greece greek guiana guinea guyana haiti honduras hungary "
    "iceland india indian indonesia iran iranian iraq iraqi ireland irish israel italian italy jamaica japan jordan "
    "kazakhstan kenya korea korean kosovo kuwait kyrgyzstan laos latvia lebanon libya lithuania macedonia malawi "
    "malaysia mali malta mauritania mauritius mexico moldova mongolia montenegro morocco myanmar nepal netherlands "
    "niger nigeria nigerian norway oman pakistan palau palestine panama paraguay peru poland polish portugal qatar "
    "romania romanian russia russian russians rwanda samoa senegal serbia serbian slovak slovakia slovene slovenia "
    "slovenian somalia spain spanish sudan suriname sweden swedish swiss switzerland syria syrian syrians taiwan "
    "tajikistan tanzania thailand togo tonga tunisia turkey turkish turkmenistan uganda ukraine ukrainian uruguay "
    "uzbekistan venezuela vietnam yemen zambia zimbabwe africa asia america american europe european martin marvin "
    "john joan jean jane mary marc mark maria mario johnson johnston jackson hansen hanson anderson andersen"
)
_SLIPS = 2  # misspelt words in a quote from which more letters of a name may be wrong
_STRICT = _NUMBERS | _NEGATIONS
_KNOWN = (
    _STRICT
    | _TURNS
    | _NAMES
    | _PLAIN
    | _words("seen seven even note noted knot hot got lot line fire file hive fine sever ten tin tan won own")
)
_PREFIXES = tuple(_words("un in im il ir dis non mis anti counter pro pre post re de under over"))
_AFFIXED = re.compile(rf"(?:{'|'.join(_PREFIXES)})|\w+less$", re.IGNORECASE)
_DIGITS = re.compile(
    r"\d[\d.,:/]*(?:st|nd|rd|th|[a-z]{1,2})?(?![a-z])|\d+|[^\w.,:/'’-]"
)  # with what is attached
_ROMAN = re.compile(r"[IVXLCDM]+")
_LABEL = re.compile(r"(?!a\Z)(?:[ivx]+|[^\W\d_])")  # as in "12 b", "(b)" or "(iv)"; "a" alone is a word
_SIGNS = re.compile(r"[%‰$€£¥°<>≤≥±~=+]|(?<![\w)])[-−–](?=\d)")
_TOKEN = re.compile(rf"\(?\b[a-z]\)|\w*\d\w*(?:[.,:/]\w*\d\w*)*|[^\W\d_](?:\w|['’]\w)*|{_SIGNS.pattern}")


def find_change(quote: str, passage: str, text: str) -> str:
    """Return what a quote changes of the passage that it is nearest to, or nothing.

    Parameters
    ----------
    quote, passage : str
        The words that were looked for and those that were found, both folded.
    text : str
        The whole text, whose words are known not to be misspelt.

    Returns
    -------
    str
        Both words for a message; empty where no number, negation or name differs.

    Examples
    --------
    >>> find_change("three hundred people left", "five hundred people left", "")
    "'three' for 'five'"
    >>> find_change("the town did recognise it", "the town did not recognise it", "")
    "nothing for 'not'"
    >>> find_change("In Azerbajan they met", "In Azerbaijan they met", "")
    ''
    """
    quoted, found = ([match.span() for match in _TOKEN.finditer(words)] for words in (quote, passage))
    ends = [
        [words[slice(*tokens[at])] for at in (0, -1) if tokens]
        for words, tokens in ((quote, quoted), (passage, found))
    ]
    if ends[0] == ends[1] and _watched(quote, quoted) == _watched(passage, found):
        return ""
    groups = [(mine, theirs) for mine, theirs in _groups(quote, quoted, passage, found) if mine != theirs]
    careless = sum(_is_slip(mine, theirs) for mine, theirs in groups) >= _SLIPS
    changed = [
        (mine, theirs)
        for mine, theirs in groups
        if (not theirs and set(mine).intersection(ends[0])) or _changes(mine, theirs, text, careless=careless)
    ]
    if not changed:
        return ""
    written, printed = ([word for pair in changed for word in pair[side]] for side in (0, 1))
    return f"{_shown(written)} for {_shown(printed)}"


def _watched(text: str, tokens: list[tuple[int, int]]) -> list[str]:
    """Return the words that must be the same, and those that an affix may have turned into their opposite."""
    words = [text[start:end] for start, end in tokens]
    return [word.casefold() for word in words if _is_guarded(word) or _AFFIXED.match(word)]


def _is_guarded(word: str) -> bool:
    return _is_strict(word) or word.casefold() in _TURNS or _is_name(word)


def _is_strict(word: str) -> bool:
    """Return whether a word states a number, denies, or is a sign."""
    low = _plain(word)
    return (
        low in _STRICT
        or low.endswith("n't")
        or _LABEL.fullmatch(low) is not None
        or word[-1] == ")"
        or any(sign.isnumeric() for sign in word)
        or not word[0].isalpha()
    )


def _is_name(word: str) -> bool:
    return word[0].isupper() and word.casefold() not in _PLAIN


def _turns(one: str, other: str) -> bool:
    """Return whether one word is the other with a prefix or an ending that can turn it round."""
    short, long = sorted((one, other), key=len)
    return long in {prefix + short for prefix in _PREFIXES} or long in {f"{short}less", f"{short}n't"}


def _is_slip(written: list[str], printed: list[str]) -> bool:
    """Return whether a word that may differ is misspelt."""
    if len(written) != 1 or len(printed) != 1 or _is_guarded(written[0]) or _is_guarded(printed[0]):
        return False
    return 0 < 2 * OSA.distance(written[0], printed[0]) <= len(printed[0])


def _changes(written: list[str], printed: list[str], text: str, *, careless: bool) -> bool:
    """Return whether some words state, deny or name something else than the printed ones."""
    one, other = (_plain("".join(side)) for side in (written, printed))
    if one == other:
        return False
    single = len(written) == len(printed) == 1
    if single and _turns(one, other):
        return True
    if not any(map(_is_guarded, (*written, *printed))):
        return False
    return not _is_misspelt(written, printed, text, careless=careless)


def _is_misspelt(written: list[str], printed: list[str], text: str, *, careless: bool) -> bool:
    """Return whether some words are a misspelling of the printed ones, and no other words; blanks may be misplaced."""
    one, other = (_plain("".join(side)) for side in (written, printed))
    several = max(len(written), len(printed)) > 1
    if not (written and printed):
        return False
    if _DIGITS.findall(one) != _DIGITS.findall(other) or any(map(_ROMAN.fullmatch, printed)):
        return False
    if not several and (any(map(str.isdigit, one + other)) or _LABEL.fullmatch(other)):
        return False
    if OSA.distance(one, other) > max(1, len(other) // (2 if careless else 5 if several else 4)):
        return False
    if several:
        strict = [low for word in (*written, *printed) if (low := _plain(word)) in _STRICT]
        return all(low not in _NEGATIONS and low in one and low in other for low in strict)
    if not _is_guarded(printed[0]):
        return not _is_strict(written[0])
    if other in _TURNS:
        return one not in _STRICT | _TURNS
    if len(other) < (3 if other in _STRICT else 4) or one in _KNOWN:
        return False
    return not any(_has_word(text, form) for form in {written[0], one, one.capitalize()})


def _plain(word: str) -> str:
    return word.casefold().replace("’", "'").removesuffix("'s")


def _has_word(text: str, word: str) -> bool:
    at = text.find(word)
    while at >= 0:
        if not cuts_word(text, at, at + len(word)):
            return True
        at = text.find(word, at + 1)
    return False


def _shown(words: list[str]) -> str:
    return repr(" ".join(words)) if words else "nothing"


def _low(text: str) -> str:
    """Return a text in lower case, character by character."""
    return "".join(low if len(low := sign.lower()) == 1 else sign for sign in text)


def _groups(
    quote: str, quoted: list[tuple[int, int]], passage: str, found: list[tuple[int, int]]
) -> list[tuple[list[str], list[str]]]:
    """Return the words of the quote and of the passage that share most of their letters in place."""
    in_quote, in_passage = (
        {at: number for number, (start, end) in enumerate(tokens) for at in range(start, end)}
        for tokens in (quoted, found)
    )
    shared: Counter[tuple[int, int]] = Counter()
    for block in Levenshtein.editops(_low(quote), _low(passage)).as_matching_blocks():
        for i in range(block.size):
            mine, theirs = in_quote.get(block.a + i), in_passage.get(block.b + i)
            if mine is not None and theirs is not None:
                shared[mine, theirs] += 1
    groups = [({number}, set[int]()) for number in range(len(quoted))]
    groups += [(set[int](), {number}) for number in range(len(found))]
    home = list(range(len(groups)))
    for (mine, theirs), count in shared.items():
        least = min(end - start for start, end in (quoted[mine], found[theirs]))
        into, out = home[mine], home[len(quoted) + theirs]
        if 5 * count >= 3 * least and into != out:
            for side in (0, 1):
                groups[into][side].update(groups[out][side])
            home = [into if group == out else group for group in home]
    return [
        (
            [quote[slice(*quoted[number])] for number in sorted(groups[group][0])],
            [passage[slice(*found[number])] for number in sorted(groups[group][1])],
        )
        for group in dict.fromkeys(home)
    ]
