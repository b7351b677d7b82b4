"""Which pages use which rows."""

from types import SimpleNamespace

from sourcebook.uses import Use, Uses, places, rows_of_values, use_id


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
