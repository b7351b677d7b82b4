"""The nearest passage, and where two texts part."""

from sourcebook.text.similarity import best_match, difference, shortened


def test_the_nearest_passage_goes_from_word_to_word():
    text = "At noon the ship left the harbour, and rain began."
    score, start, end = best_match("the shipp left teh harbour", text)
    assert text[start:end] == "the ship left the harbour"
    # 26 and 25 characters; 24 are shared in order: 2 * 24 / 51
    assert round(score, 6) == round(100 * 48 / 51, 6)


def test_equal_words_score_100():
    assert best_match("b c", "a b c d") == (100.0, 2, 5)


def test_words_longer_than_the_text_are_compared_with_all_of_it():
    assert best_match("one two three", "one two")[1:] == (0, 7)


def test_nothing_to_compare():
    assert best_match("", "text") is None
    assert best_match("words", " \0 ") is None or best_match("words", "  ") is None
    assert best_match("words", "  ") is None


def test_the_difference_is_cut_to_its_surroundings():
    assert difference("abcdef", "abcxef", reach=2) == ("'…bcde…'", "'…bcxe…'")
    assert difference("ab", "abc", reach=5) == ("'ab'", "'abc'")


def test_long_words_lose_their_middle():
    assert shortened("a" * 10, width=4) == repr("aa … aa")
    assert shortened("aaaa", width=4) == repr("aaaa")
