"""Which pages use which rows."""

import pickle
from types import SimpleNamespace

from sourcebook.book.backlinks import Backlink, find_backlinks, find_disagreements, use_id
from sourcebook.book.state import BookState, state_of
from sourcebook.render.addresses import value_id


def state(**values):
    """Return the state of a book whose pages print values, by page."""
    made = BookState()
    for page, printed in values.items():
        made.page(page).values |= printed
    return made


def test_a_row_is_used_directly_or_as_one_of_several():
    book = state(b={"count.claims": "2", "claim.x.c001": "1"}, a={"count.claims": "2", "none": "0"})
    book.page("a").passages.add("x.c002")
    rows = {"count.claims": ("x.c001", "x.c002"), "claim.x.c001": ("x.c001",), "none": ()}
    assert find_backlinks(book, rows) == {
        "x.c001": [
            Backlink(page="b", fragment="use-claim.x.c001", is_direct=True),
            Backlink(page="a", fragment="use-count.claims", is_direct=False),
        ],
        "x.c002": [
            Backlink(page="a", fragment="use-x.c002", is_direct=True),
            Backlink(page="b", fragment="use-count.claims", is_direct=False),
        ],
    }


def test_a_row_quoted_on_a_purged_page_has_no_backlink():
    book = state(a={"v": "1"}, b={"v": "1"})
    book.page("a").passages.add("r")
    book.purge("a")
    assert find_backlinks(book, {"v": ("x",)}) == {
        "x": [Backlink(page="b", fragment="use-v", is_direct=True)]
    }


def test_one_state_a_build_that_the_environment_stores():
    env = SimpleNamespace()
    book = state_of(env)
    book.page("a").errors.append((3, "wrong"))
    assert state_of(env) is book
    assert state_of(pickle.loads(pickle.dumps(env))) == book


def test_addresses_of_uses():
    assert use_id("alpha.demand, which") == "use-alpha.demand-which"
    assert value_id("alpha.demand, which") == "value-alpha.demand-which"


def test_pages_that_print_one_name_differently_are_reported_with_both():
    book = state(old={"n": "9"}, new={"n": "10", "same": "1"})
    assert list(find_disagreements(book, {"n": "10", "same": "1"})) == [
        (
            "old",
            "two values of one name: 'n' is printed as '10' on new, '9' on old; expected '10', as the page of "
            "values has it now; build again from clean",
        )
    ]
    book.purge("old")
    assert list(find_disagreements(book, {"n": "10", "same": "1"})) == []


def test_a_printed_name_that_the_table_no_longer_has():
    ((page, message),) = find_disagreements(state(page={"gone": "9"}), {})
    assert page == "page" and "expected None" in message
