"""One sentence and its copy in other forms of its words: one passage, and near-duplicates."""

import unicodedata

import pytest

from sourcebook.analysis.relations.term_rules import relate_names
from sourcebook.reuse import near_duplicates, shared_passages

PLAIN = (
    "Qərbi Azərbaycan İcması declared in 1988 that a guaranteed right of return for all refugees and the restoration"
    " of the deported communities remain conditions of any lasting peace"
)
WORDS = len(PLAIN.split())
FORMS = {
    "decomposed": unicodedata.normalize("NFD", PLAIN),
    "soft hyphens": PLAIN.replace("guaranteed", "guaran\u00adteed").replace(
        "communities", "commu\u00adnities"
    ),
    "line ends": PLAIN.replace("guaranteed", "guaran-\nteed").replace("restoration", "resto-\r\nration"),
    "other hyphens": PLAIN.replace("guaranteed", "guaran\u2010\nteed").replace(
        "restoration", "resto¬\nration"
    ),
    "page break": PLAIN.replace("guaranteed", "guaran-\n\f\nteed").replace("lasting", "last\u00ad\fing"),
    "zero width": PLAIN.replace("right", "ri\u200bght")
    .replace("all", "a\u2060ll")
    .replace("peace", "pea\ufeffce"),
    "full width": PLAIN.replace("1988", "１９８８").replace("return", "ｒｅｔｕｒｎ"),
    "tags": PLAIN.replace("return", "<i>return</i>").replace("deported", "<span>deport</span>ed"),
    "emphasis": PLAIN.replace("right of return", "_right of return_").replace("deported", "**de**ported"),
    "capitals": PLAIN.replace("i", "İ").upper(),
    "entities": PLAIN.replace("guaranteed", "guaran&shy;teed").replace("right of", "right&nbsp;of"),
    "spaces": PLAIN.replace(" ", "\u00a0"),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_sentence_in_another_form_is_one_passage_and_a_duplicate(form):
    texts = {"a": PLAIN, "b": f"It was said: {FORMS[form]}, he added."}
    found = shared_passages(texts)
    assert found[["words", "kind", "exact_a", "exact_b"]].to_numpy().tolist() == [
        [WORDS, "verbatim", PLAIN, FORMS[form]]
    ]
    assert near_duplicates({"a": PLAIN, "b": FORMS[form]})["similarity"].tolist() == [1.0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "在西阿塞拜疆的人民有权返回他们的家园并且得到所有的保证",
            "在西阿塞拜疆的人民有权返回他们的故园并且得到所有的保证",
        ),
        (
            "すべての人は自分の家に帰る権利を持っているのである",
            "すべての人は自分の国に帰る権利を持っているのである",
        ),
    ],
)
def test_texts_without_spaces_that_differ_in_one_letter_are_near_duplicates(one, other):
    (similarity,) = near_duplicates({"a": one, "b": other}, threshold=0.4)["similarity"]
    assert 0.5 < similarity < 1


@pytest.mark.parametrize(
    "sentence",
    ["สิทธิในการกลับบ้านของผู้ลี้ภัย", "ສິດທິໃນການກັບຄືນບ້ານ", "សិទ្ធិត្រឡប់ទៅផ្ទះវិញ", "အိမ်ပြန်ခွင့်ရှိသည်", "人類命運共同体研究院"],
)
def test_a_sentence_without_spaces_inside_another_is_a_passage(sentence):
    found = shared_passages({"a": sentence, "b": f"ก {sentence} ข昔"}, min_words=6)
    assert found["exact_a"].tolist() == [sentence]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("QƏRBİ AZƏRBAYCAN İCMASI", "Qərbi Azərbaycan İcması"), ("BİNƏ", "Binə"), ("İCMA", "icma"),
        ("HACI İSMAYIL", "Hacı İsmayıl"), ("IĞDIR", "Iğdır"), ("İREVAN", "Irevan"), ("ŞUŞA", "Şuşa"),
        ("Widlo\u0308cher", "WIDLÖCHER"), ("STRASSE", "Straße"), ("Ｂａｋｕ", "Baku"),
    ],
)  # fmt: skip
def test_a_name_in_capitals_of_any_language_is_that_name(one, other):
    assert relate_names((one, ""), (other, ""), "one").relation == "agree"
