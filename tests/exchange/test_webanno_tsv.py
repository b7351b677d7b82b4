"""WebAnno's TSV 3: the examples of its documentation, escapes, stacks, and files that are none."""

import pytest
from small_projects import sample

from sourcebook.core.errors import DataError
from sourcebook.exchange import webanno_tsv

HEAD = """\
#FORMAT=WebAnno TSV 3.3
#T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue
#T_SP=webanno.custom.Claim|comment|value
#T_SP=webanno.custom.Frame|FE|ROLE_webanno.custom.Frame:Roles_webanno.custom.FrameRolesLink|webanno.custom.Lu
#T_CH=de.tudarmstadt.ukp.dkpro.core.api.coref.type.CoreferenceLink|referenceType|referenceRelation
#T_RL=webanno.custom.Rel|label|BT_webanno.custom.Claim


"""
BODY = (
    "#Sentence.id=s1\n"
    "#Text=Ms. Haag 🌉\n"
    "#Text=plays.\n"
    "1-1\t0-3\tMs.\tNNP\t*[1]|hm[2]\tPER[1]|PERpart[2]\t_\t_\t_\tpr[1]\tcoref->1-1\t_\t_\t\n"
    "1-2\t4-8\tHaag\tNNP\t*[1]\tPER[1]\t_\t_\t_\t_\t_\tkind\t1-1[2_1]\t\n"
    "1-3\t9-11\t🌉\tNN\t_\t_\tmove\tseller;goods\t1-1;1-2[1]\t_\t_\t_\t_\t\n"
    "1-4\t12-18\tplays.\tVB\t_\t_\t_\t_\t_\tpr[1]\t*->1-2\t_\t_\t\n"
    "1-4.1\t12-16\tplay\t_\t*\ta\\|b\\[1\\]\\_\\n\t_\t_\t_\t_\t_\t_\t_\t\n"
    "\n"
    "#Text=End.\n"
    "2-1\t20-24\tEnd.\t_\t*\t*\t_\t_\t_\t_\t_\t_\t_\t\n"
)


@pytest.fixture
def file(tmp_path):
    def write(text, name="doc.tsv"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        return path

    return write


def test_stacks_units_and_escapes(file):
    project = webanno_tsv.read(file(HEAD + BODY))
    assert project.documents[0].text == "Ms. Haag 🌉\nplays.\n End."
    found = [(each.exact, each.codes, each.note, dict(each.fields)) for each in project.annotations]
    assert found == [
        ("Ms. Haag", ("Claim/PER",), "", {}),
        ("Ms.", ("Claim/PERpart",), "hm", {}),
        ("Ms.", ("CoreferenceLink/pr",), "", {"referenceRelation": "coref", "chain": "1"}),
        ("🌉", ("Frame/move",), "", {"roles of Roles": "seller;goods", "targets of Roles": "1-1;1-2[1]"}),
        ("plays.", ("CoreferenceLink/pr",), "", {"chain": "1"}),
        ("play", ("Claim/a|b[1]_\n",), "", {}),
        ("End.", ("Claim",), "", {}),
    ]
    assert any("POS" in sentence for sentence in project.told)
    assert any("webanno.custom.Rel" in sentence and sentence.endswith(": 1") for sentence in project.told)
    assert any("gaps between sentences" in sentence for sentence in project.told)


@pytest.mark.parametrize("change", [lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text])
def test_line_ends_and_a_mark_change_nothing(file, change):
    assert webanno_tsv.read(file(change(HEAD + BODY))) == webanno_tsv.read(file(HEAD + BODY))


def test_an_old_version_and_a_layer_without_features(file):
    text = "#FORMAT=WebAnno TSV 3.1\n#T_SP=webanno.custom.Simple|\n\n\n#Text=\\ud83d\\ude0a ok\n"
    text += "1-1\t0-2\t\\ud83d\\ude0a\t*[1]\t\n1-2\t3-5\tok\t*[1]|*[2]\t\n1-2.1\t5-5\t\t*\t\n"
    project = webanno_tsv.read(file(text))
    assert [(each.exact, each.codes) for each in project.annotations] == [
        ("😊 ok", ("Simple",)),
        ("ok", ("Simple",)),
    ]
    assert project.told == ["annotations without words: 1"]


def test_slots_and_chains_are_no_codes(file):
    text = (
        HEAD.partition("\n")[0]
        + "\n#T_SP=custom.Host|ROLE_custom.Host:links_custom.HostLinksLink|uima.tcas.Annotation\n"
    )
    text += "#T_CH=custom.SimpleLink|referenceRelation|referenceType\n\n\n#Text=This is .\n"
    text += "1-1\t0-4\tThis\tpr2;pr1\t1-2[1];1-3\t*->1-1\t*[1]\t\n"
    text += "1-2\t5-7\tis\t_\t_\tcoref->1-2\t*[1]\t\n1-3\t8-9\t.\t_\t_\t_\t_\t\n"
    project = webanno_tsv.read(file(text))
    assert [(each.exact, each.codes) for each in project.annotations] == [
        ("This", ("Host",)),
        ("This", ("SimpleLink",)),
        ("is", ("SimpleLink",)),
    ]


def test_an_exported_project_has_its_coders(file, tmp_path):
    for coder in ("ann", "bob", "INITIAL_CAS"):
        file(HEAD + BODY, f"p/annotation/doc one.txt/{coder}.tsv")
    file(HEAD + BODY, "p/curation/doc one.txt/CURATION_USER.tsv")
    file(HEAD + BODY, "p/source/doc one.tsv")
    project = webanno_tsv.read(tmp_path / "p")
    assert [each.document_id for each in project.documents] == ["doc one.txt"]
    assert {each.coder for each in project.annotations} == {"ann", "bob", "curation"}
    assert len({each.annotation_id for each in project.annotations}) == len(project.annotations) == 21


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("#FORMAT=WebAnno TSV 2\n", 1),
        (HEAD + "#Text=a\n1-1\t0-1\ta\t_\n", 10),
        (HEAD + "#Text=a\nx\n", 10),
        (HEAD + BODY + "\n#Text=b\n3-1\t3-4\tb" + "\t_" * 11 + "\n", 22),
        (HEAD + "#Text=b\n3-1\t999999999-1000000000\tb" + "\t_" * 11 + "\n", 10),
    ],
)
def test_what_is_none_is_refused_with_its_line(file, text, line):
    with pytest.raises(DataError) as error:
        webanno_tsv.read(file(text))
    assert error.value.problems[0].line == line


def test_a_document_of_others():
    project = webanno_tsv.read(sample("webanno-tsv") / "example2.tsv")
    assert [(each.exact, each.codes[0]) for each in project.annotations] == [
        ("Ms. Haag", "NamedEntity/PER"),
        ("Elianti", "NamedEntity/OTH"),
        ("Rolls-Royce Motor", "NamedEntity/ORG"),
        ("U.S.", "NamedEntity/LOC"),
        ("U.S.", "NamedEntity/LOC"),
        ("BELL INDUSTRIES Inc.", "NamedEntity/ORG"),
        ("BELL", "NamedEntity/PER"),
        ("Bell", "NamedEntity/ORG"),
        ("Los Angeles", "NamedEntity/LOC"),
    ]
    assert not any("not in the text" in sentence for sentence in project.told)
