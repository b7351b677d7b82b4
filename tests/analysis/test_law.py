"""What is said of the law beside the law, and how states stand to it: mini-frames with answers by hand."""

import pandas as pd

from sourcebook.analysis.law import check_elements, compare_wording, participation_by_state

INSTRUMENTS = pd.DataFrame(
    [
        ["decl", "Declaration", "declaration", "not binding", "", "whole"],
        ["pact", "Pact", "treaty", "binding on parties", "", "whole"],
        ["either", "Either", "declaration", "not binding", "decl;pact", "none"],
    ],
    columns=["instrument_id", "short_name", "kind", "binding", "candidates", "provisions_read"],
)
ELEMENTS = pd.DataFrame([["exit", "leaving"], ["home", "a home"]], columns=["element", "label"])
PROVISIONS = pd.DataFrame(
    [
        ["decl", "art. 1", "exit", "All may leave."],
        ["decl", "art. 2", "home", "All have a home."],
        ["pact", "", "exit", "Parties let people leave."],
    ],
    columns=["instrument_id", "provision", "element", "paraphrase"],
)


def citation(instrument_id, pinpoint, elements):
    row = ["s.l001", "s", instrument_id, pinpoint, elements, "the text", "does it"]
    columns = ["citation_id", "source_id", "instrument_id", "pinpoint", "elements", "exact", "effect"]
    return pd.DataFrame([row], columns=columns)


def beside(cited):
    checks = check_elements(cited, PROVISIONS, INSTRUMENTS)
    return compare_wording(checks, cited, PROVISIONS, ELEMENTS, INSTRUMENTS)


def test_the_contents_of_the_place_named_stand_beside_what_is_said():
    out = beside(citation("decl", "art. 1", "home"))
    said, unsaid = out.to_dict("records")
    assert (said["element"], said["finding"], said["there"]) == ("a home", "stated and not there", "")
    assert (said["contains"], said["elsewhere"]) == ("", "art. 2")
    assert (unsaid["element"], unsaid["finding"]) == ("leaving", "there and not stated")
    assert (unsaid["there"], unsaid["contains"]) == ("art. 1", "All may leave.")
    assert said["exact"] == "the text" and said["instrument"] == "Declaration"


def test_a_candidate_is_named_even_where_its_provision_has_no_number():
    (said, _) = beside(citation("either", "", "exit")).to_dict("records")
    assert said["there"] == "Declaration art. 1; Pact"
    assert said["contains"] == "All may leave. Parties let people leave."


def test_steps_of_states_in_words():
    steps = pd.DataFrame(
        [
            ["pact", "A", "signed", "2001-01-25", "", "given"],
            ["pact", "A", "ratified", "2002-04-26", "2002-05", "given"],
            ["pact", "B", "party", "", "2002-04-15", "inferred"],
            ["decl", "A", "not applicable", "", "", "nothing to ratify"],
        ],
        columns=["instrument_id", "state", "step", "date", "in_force", "basis"],
    )
    out = participation_by_state(steps, INSTRUMENTS).set_index("instrument_id")
    assert list(out.index) == ["decl", "pact"]
    assert out.loc["pact", "A"] == "signed 25 January 2001; ratified 26 April 2002, in force May 2002"
    assert out.loc["pact", "B"] == "party from 15 April 2002"
    assert out.loc["decl", "B"] == "no step recorded"
    assert out.loc["pact", "basis"] == "given; inferred"
