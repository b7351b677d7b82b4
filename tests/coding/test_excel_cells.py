"""Text in a cell of Excel, and back: tabs, the sign that shows them, and characters by number."""

from hypothesis import example, given
from hypothesis import strategies as st

from sourcebook.coding.excel_cells import TAB, escaped, unescaped


@given(st.text(alphabet="\t\u2409\ufe0e\ufe0f_x0059Da\n", max_size=12))
@example("_x0009_\t_x2409_\u2409")
@example("a\t\ufe0e\u2409\ufe0f\t\u2409")
def test_every_text_comes_back(text):
    shown = escaped(text)
    assert "\t" not in shown
    assert unescaped(shown) == text


def test_a_tab_can_be_seen_and_typed():
    assert escaped("a\tb") == f"a{TAB}b"
    assert unescaped("a\tb") == unescaped(f"a{TAB}b") == "a\tb"
