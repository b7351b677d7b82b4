"""Codes of languages: what names and other codes mean, and what a registry may hold."""

import pytest

from sourcebook.core import languages
from sourcebook.core.errors import ParseError
from sourcebook.core.languages import as_language, parse_language


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("English", "en"),
        ("  english ", "en"),
        ("ENGLISH", "en"),
        ("en_GB", "en-GB"),
        ("en_US.UTF-8", "en-US"),
        ("Deutsch", "de"),
        ("ger", "de"),
        ("français", "fr"),
        ("Spanish (Spain)", "es"),
        ("azərbaycanca", "az"),
        ("Русский", "ru"),
        ("cmn", "zh"),
    ],
)
def test_a_name_or_another_code_is_refused_with_the_code_to_write(said, code):
    assert as_language(said) == code
    with pytest.raises(ParseError, match=f"write {code}$"):
        parse_language(said)


@pytest.mark.parametrize("code", ["en", "EN", "pt-BR", "zh-Hans-CN", "de-1996", "ckb", "und", "mul"])
def test_a_code_is_taken_as_it_is(code):
    assert parse_language(code) == code


@pytest.mark.parametrize("said", ["", "xx", "-", "e", "Klingonese", "1", "en GB", "en-", "the house"])
def test_what_is_no_language_is_refused(said):
    assert as_language(said) == ""
    with pytest.raises(ParseError, match="write und where it is not known"):
        parse_language(said)


def test_each_language_is_listed_once_with_its_code():
    codes = list(dict.fromkeys(languages.CODES_OF_THREE.values()))
    assert len(codes) == len(languages._ROWS) and all(len(code) == 2 for code in codes)
    assert [as_language(code) for code in codes] == codes
    assert {as_language(three) for three in languages.CODES_OF_THREE} == set(codes)


def test_a_slip_in_a_name_is_understood():
    with pytest.raises(ParseError, match="write de"):
        parse_language("Germann")
