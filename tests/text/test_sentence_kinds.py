"""Where sentences end, by kind of doubt: abbreviations, note marks, items, ellipses, quotations, blank lines."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sourcebook.text.normalise import normalise
from sourcebook.text.segments import sentences
from sourcebook.text.sentences import ends_sentence, goes_on, sentence_starts


def cut(text):
    return [text[a:b].strip() for a, b in pairwise([*sentence_starts(text), len(text)])]


def in_file(raw):
    return sentences(normalise(raw), "x").text.tolist()


# One case for each English rule that pySBD calls golden, "|" where a sentence ends.
GOLDEN = [
    "The mill stood. The mayor was Anna.",
    "Who is the mayor? The mayor is Anna.",
    "There is the mill! We saw it.",
    "The mayor is Anna B. Miller.",
    "Turn to p. 12.",
    "Did Anna and co. come to the mill?",
    "They sold it to Ray, Miller & Co. at noon.",
    "Let us ask Anna and co. They will know.",
    "They sold it to Ray, Miller & Co. It was late.",
    "We saw Mt. Ararat from there.",
    "St. Mary's Church is on 3rd st. near the mill.",
    "This is Lee Jr.'s mill.",
    "She left the U.S.A. last winter.",
    "She lives in the E.U. How is it there?",
    "She lives in the U.S. What about Anna?",
    "He worked for the U.S. Government in Ohio.",
    "He lived in the U.S. for five years.",
    "The mill cost $250.00 in spring.",
    "The mill cost $250.00. It was cheap.",
    "She taught (She had been a miller for years.) at the old school.",
    "Write to Anna.Lee@example.org. She will answer.",
    "The page is https://www.example.5.org/new/mill_one.html. Look there.",
    "He turned to her, 'It is old.' he said.",
    'He turned to her, "It is old." he said.',
    'He turned to her, "It is old." He showed her the mill.',
    "Stop!! There is a mill.",
    "What?? Who is it?",
    "What!? Is it Anna?",
    "What?! Is it Anna?",
    "1.) The first mill 2.) The second mill",
    "1.) The first mill. 2.) The second mill.",
    "1) The first mill 2) The second mill",
    "1) The first mill. 2) The second mill.",
    "1. The first mill 2. The second mill",
    "1. The first mill. 2. The second mill.",
    "• 9. The first mill • 10. The second mill",
    "⁃9. The first mill ⁃10. The second mill",
    "a. The first mill b. The second mill c. The third mill",
    "The deed is N°. 3041.22.7. There it says so.",
    "He was with Hello! in the sales office.",
    "They came, Anna and I. Was it Anna I. Miller you saw?",
    "She writes that in time “the mills of the town will grind more slowly. . . .”",
    '"The mill [...] had a set of parallel stones [...]" (Miller 12).',
    "Where words are left out at the end, write three stops and then a fourth one . . . . Then go on.",
    "He never said that.... She went home.",
    "It was ... well, as I say...see . . . what they mean, the point is . . . I did not mean it.",
    "One mill that was older . . . was that of the council. . . . The mill was not sold. . . .",
]
ENDS = {
    **dict.fromkeys((0, 1, 2, 7, 8, 13, 14, 18, 20, 21, 24, 25, 26, 27, 28), 2),
    **dict.fromkeys((29, 30, 31, 32, 33, 34, 35, 36, 38, 40, 43, 44, 46), 2),
    37: 3,
}


@pytest.mark.parametrize(("number", "text"), list(enumerate(GOLDEN)))
def test_the_rules_that_pysbd_calls_golden(number, text):
    pieces = cut(text)
    assert len(pieces) == ENDS.get(number, 1), pieces
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_each_golden_list_begins_with_its_number():
    for number in range(29, 38):
        firsts = [piece.lstrip("•⁃ ")[0] for piece in cut(GOLDEN[number])]
        assert firsts in (["1", "2"], ["9", "1"], ["a", "b", "c"])


@pytest.mark.parametrize(
    "text",
    """They saw Mt. Ararat.
The garrison of Ft. Ross left.
The Oil Co. Ltd. Baku branch closed.
Standard Oil Inc. Chairman Lee came.
It took approx. 300 men.
Est. 500 people left.
Lee (b. 1905, d. 1990) wrote it.
It cost Rs. 500 then.
Under Res. 822 it must end.
See Doc. A/48/476 on this.
See Sect. 5 of it.
Lee, Ed. Baku Press, wrote.
Lee and Ray, Eds. Cambridge Press.
See Ibid. 45 for more.
Rev. Lee and Hon. Ray met Brig. Gen. Roe.
It is at Mt. St. Helens and Pt. Reyes.
Cf. Lee, op. cit. 45, and loc. cit. 46.
The G.A. Res. 194 (III) was cited.
See Vol. II, pp. 3–4, Fig. 2 and Tab. 3.
S.C. Res. 853, U.N. Doc. S/RES/853 (July 29, 1993).
Lee et al. (2010) and Ray et al. 2011 agree.
Reg. No. 45 and Ref. No. 9 apply.
The incl. Villages of Baku (pop. 5,000) burned.
Case of Lee v. Ray, App. No. 13216/05, was decided.
See Lee, supra n. 3, at 12.
They left c. 1905 or ca. 1918.
The act (Stat. 33) of Sept. 5 passed.
The Rt. Hon. Lee, M.P. spoke.
They met Maj. Gen. A. B. Lee of the U.N. Mission.
Art. 5. Everyone is free.
Article 12. No one is not.
§ 5. No one may.""".splitlines(),
)
def test_an_abbreviation_of_law_or_maps_does_not_end_a_sentence(text):
    assert cut(text) == [text]


@pytest.mark.parametrize(
    "text",
    """He lived in Washington, D.C. He died there.
The hill is 300 ft. It is small.
They met at 5 p.m. The rain fell.
It was bought by Smith & Co. They paid.
Lee et al. The others went.
It rained, etc. Baku was wet.
It was in No. 5. Then it ended.
It was in 1915. 1.5 million died.
Art. 5. Everyone is free. Art. 6. No one is not.
§ 5. No one may. § 6. Everyone may.
1.1 The first clause. 1.2 The second clause.
Was it so? No.
We chose plan B. It failed.""".splitlines(),
)
def test_a_sentence_after_an_abbreviation_or_number_is_one_of_its_own(text):
    assert len(cut(text)) == 2


MARKS = [
    *(
        "1",
        "12",
        "123",
        "[1]",
        "[12][13]",
        "[^1]",
        "[^note]",
        "¹",
        "¹²",
        "*",
        "**",
        "†",
        "‡",
        "(4)",
        "12, 13",
        "1,2",
    ),
    *(" [1]", " [12]"),
]


@given(
    st.sampled_from(MARKS),
    st.sampled_from(["He ended", "The “quarrel” ended", "They left Baku", "It was so (they said)"]),
    st.sampled_from([".", "!", "?", ".”", '."', "?)", ".'", "…"]),
    st.sampled_from(
        ["Then he went.", "“Then,” he said.", "1988 was cold.", "A man came.", "[Then] it rained."]
    ),
)
@settings(max_examples=200, deadline=None)
def test_a_note_mark_after_the_stop_belongs_to_the_sentence(mark, words, stop, following):
    text = f"{words}{stop}{mark} {following}"
    assert cut(text) == [f"{words}{stop}{mark}", following]


def test_a_note_mark_set_high_belongs_to_the_sentence():
    assert len(in_file("He ended.<sup>1</sup> Then he went.")) == 2
    assert (
        len(in_file("He ended.[^1]\n\nThen he went on to the town and to the harbour and to the mill of it"))
        == 2
    )


@pytest.mark.parametrize(
    "text",
    [
        "It cost 1.5 Dollars.",
        "It rose by 2.75 Points.",
        "See p.5 The same.",
        "See No.1 Court.",
        "It is version 3.1 Beta.",
        "Fig.2 Baku.",
    ],
)
def test_digits_after_a_stop_that_are_no_note(text):
    assert cut(text) == [text]


STYLES = ["{}. ", "{}) ", "({}) ", "{}.) ", "• {}. "]


@given(
    st.sampled_from(STYLES),
    st.sampled_from(["1", "a", "i"]),
    st.lists(st.sampled_from(["The mill", "Baku", "“Peace”", "A new law", "No one"]), min_size=2, max_size=9),
    st.sampled_from(["", ".", ";"]),
)
@settings(max_examples=200, deadline=None)
def test_each_item_of_a_list_is_one_sentence(style, first, items, stop):
    roman = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"]
    counts = {"1": [str(n) for n in range(1, 10)], "a": "abcdefghi", "i": roman}[first]
    expected = [f"{style.format(count)}{item}{stop}" for count, item in zip(counts, items, strict=False)]
    assert cut(" ".join(expected)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "A. Lee met B. Ray.",
        "They want 1. peace; 2. land.",
        "1. He paid for 3. It",
        "I. Lee and V. Ray came.",
        "In 5. 6. and 7. it holds.",
    ],
)
def test_numbers_that_are_no_items_make_no_sentences(text):
    assert len(cut(text)) <= 2 and not any(piece in ("1.", "2.", "3.") for piece in cut(text))


@given(
    st.sampled_from(["({})", "({})"]),
    st.sampled_from(["abcdef", ["i", "ii", "iii", "iv", "v"], "12345"]),
    st.lists(
        st.sampled_from(["Hello world", "the right to return", "Each Party shall"]), min_size=2, max_size=5
    ),
    st.sampled_from([".", ";", ",", ""]),
    st.sampled_from(["\n", "\r\n", "\n\n"]),
)
@settings(max_examples=150, deadline=None)
def test_the_paragraphs_of_a_treaty_are_sentences(style, counts, items, stop, ends):
    expected = [f"{style.format(count)} {item}{stop}" for count, item in zip(counts, items, strict=False)]
    assert in_file(ends.join(expected)) == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("He spoke . . . and left.", 1),
        ("He said ... and then. . . nothing.", 1),
        ("The text ends. . . . The next one begins.", 2),
        ("It ends so . . . . The next one begins.", 2),
        ("Well . . . Lee was there.", 1),
        ("First... then nothing.", 1),
        ("He left.... She stayed.", 2),
        ("The rest [...] Is left out.", 1),
        ("He left. [...] The rest came.", 2),
        ("“He left . . .” and came.", 1),
        ("It was . . . 1988.", 1),
        ("The end . . .", 1),
        (". . . The beginning", 1),
    ],
)
def test_an_ellipsis_is_no_sentence(text, count):
    pieces = cut(text)
    assert len(pieces) == count, pieces
    assert all(any(sign.isalnum() for sign in piece) for piece in pieces)


@given(
    st.sampled_from(
        [
            "The mill stood.",
            "He met Lee et al.",
            "It is in the U.S.",
            "It ended.[1]",
            "He asked “Why?”",
            "So:",
            "Ltd.",
        ]
    ),
    st.sampled_from(["\n\n", "\r\n\r\n", "\n \n", "\n\n\n"]),
    st.sampled_from(["The next one.", "Baku is far.", "“No.”", "1988 was cold.", "and so on."]),
)
@settings(max_examples=100, deadline=None)
def test_a_blank_line_after_a_stop_always_parts(before, ends, after):
    assert in_file(before + ends + after)[0] == before.replace("“", '"').replace("”", '"')


def test_a_blank_line_parts_but_for_a_sentence_that_a_page_has_cut():
    long = "A line of more than eight words that has no stop at its end at all and goes to Baku"
    assert len(in_file(f"{long}\n\nThe next line.")) == 2
    assert len(in_file(f"{long}\n\nand goes on.")) == 1
    assert len(in_file(f"{long} with\n\nAnna.")) == 1
    assert goes_on("They met Mr.", "Lee") and not goes_on("They met.", "and left")
    assert ends_sentence("It ended.1") and ends_sentence("It ended.”[2]") and not ends_sentence("It cost 1.5")


@pytest.mark.parametrize(
    "piece",
    [
        "?!",
        ". ",
        "1. A ",
        "a.",
        "U.S. ",
        "[1]",
        ". . . . ",
        "A. ",
        '."',
        "(5). ",
        "i. X ",
        "ii. X ",
        "[^",
        ".*",
    ],
)
def test_a_repeated_sign_is_read_to_its_end(piece):
    text = piece * 20_000
    starts = sentence_starts(text)
    assert starts == sorted(set(starts)) and starts[0] == 0 and starts[-1] < len(text)


@given(st.text(alphabet='aA1i. "”)([]*?!…¹^•-I\n', max_size=60))
@settings(max_examples=300, deadline=None)
def test_sentences_are_in_order_and_lose_nothing(text):
    starts = sentence_starts(text)
    assert starts[0] == 0 and starts == sorted(set(starts))
    assert all(start < max(1, len(text)) for start in starts)
