"""Which pages use which rows."""

from types import SimpleNamespace

from sourcebook.book.backlinks import Use, Uses, places, rows_of_values, use_id, value_id


def test_a_row_is_used_directly_or_as_one_of_several():
    record = Uses()
    record.values = {"count.claims": {"a", "b"}, "claim.x.c001": {"b"}}
    record.passages = {"x.c002": {"a"}}
    rows = rows_of_values(
        {"count.claims": {"rows": "x.c001;x.c002"}, "claim.x.c001": {"rows": "x.c001"}, "none": {"rows": ""}}
    )
    assert places(record, rows) == {
        "x.c001": [
            Use(page="b", fragment="use-claim.x.c001", direct=True),
            Use(page="a", fragment="use-count.claims", direct=False),
        ],
        "x.c002": [
            Use(page="a", fragment="use-x.c002", direct=True),
            Use(page="b", fragment="use-count.claims", direct=False),
        ],
    }


def test_what_a_page_printed_is_forgotten():
    record = Uses()
    record.values, record.passages, record.late = {"v": {"a", "b"}}, {"r": {"a"}}, {"a"}
    record.forget("a")
    assert (record.values, record.passages, record.late) == ({"v": {"b"}}, {}, set())


def test_one_record_a_build():
    env = SimpleNamespace()
    assert Uses.of(env) is Uses.of(env)


def test_addresses_of_uses():
    assert use_id("alpha.demand, which") == "use-alpha.demand-which"
    assert value_id("alpha.demand, which") == "value-alpha.demand-which"


def test_pages_that_print_one_name_differently_are_told_with_both():
    record = Uses()
    record.print_value("old", "n", "9")
    record.print_value("new", "n", "10")
    record.print_value("new", "same", "1")
    assert list(record.disagreements({"n": "10", "same": "1"})) == [
        (
            "old",
            "two values of one name: 'n' is printed as '10' on new, '9' on old; expected '10', as the table of "
            "values has it now; build again from clean",
        )
    ]
    record.forget("old")
    assert list(record.disagreements({"n": "10", "same": "1"})) == []


def test_a_printed_name_that_the_table_no_longer_has():
    record = Uses()
    record.print_value("page", "gone", "9")
    ((page, message),) = record.disagreements({})
    assert page == "page" and "expected None" in message
