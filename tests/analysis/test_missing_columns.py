"""A frame without a column that a function needs is refused by the column's name, never by an error of pandas."""

import functools
import inspect
import pkgutil
import sys
from importlib import import_module

import pandas as pd
import pytest
from bridge import make_corpus

import sourcebook.analysis
from sourcebook.analysis import agreement, relations, timeline
from sourcebook.core.errors import DataError, SourcebookError
from sourcebook.pipeline.build import build

ROOMS = [
    import_module(found.name)
    for found in pkgutil.iter_modules(sourcebook.analysis.__path__, "sourcebook.analysis.")
]
PUBLIC = {
    function
    for room in ROOMS
    for function in map(vars(room).get, getattr(room, "__all__", ()))
    if inspect.isfunction(function)
}


def recorded(monkeypatch, folder):
    """Return the first call of each public function of the analysis while a folder is built."""
    calls = {}

    def record(function):
        @functools.wraps(function)
        def call(*args, **kwargs):
            calls.setdefault(function, inspect.signature(function).bind(*args, **kwargs).arguments)
            return function(*args, **kwargs)

        return call

    recording = {function: record(function) for function in PUBLIC}
    for module in [module for name, module in sys.modules.items() if name.startswith("sourcebook.")]:
        for name, value in list(vars(module).items()):
            if inspect.isfunction(value) and value in recording:
                monkeypatch.setattr(module, name, recording[value])
    build(folder)
    monkeypatch.undo()
    return calls


def called(function, arguments):
    """Call a function with the arguments of a bound signature."""
    bound = inspect.signature(function).bind_partial()
    bound.arguments.update(arguments)
    return function(*bound.args, **bound.kwargs)


def test_every_column_of_every_frame_is_needed_by_name_or_not_at_all(tmp_path, monkeypatch):
    calls = recorded(monkeypatch, make_corpus(tmp_path / "data"))
    assert len(calls) > 20
    raised, refused = [], 0
    for function, arguments in calls.items():
        for parameter, frame in arguments.items():
            for column in frame.columns if isinstance(frame, pd.DataFrame) else ():
                try:
                    called(function, arguments | {parameter: frame.drop(columns=column)})
                except SourcebookError as error:
                    refused += 1
                    assert column in str(error), function.__name__
                except Exception as error:
                    raised.append(f"{function.__name__}({parameter} without {column}): {error!r}")
    assert raised == []
    assert refused > 100


CLAIMS = pd.DataFrame({"claim_id": ["a1", "b1"], "proposition_id": "p", "source_id": ["a", "b"]})
RELATIONS = pd.DataFrame({"claim_a": ["a1"], "claim_b": "b1", "relation": "agree", "rule": "term-same"})


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        (
            lambda: agreement.agreement_status(CLAIMS, RELATIONS, pd.DataFrame({"proposition_id": ["p"]})),
            ["propositions:kind", "propositions:cardinality"],
        ),
        (
            lambda: agreement.agreement_status(
                CLAIMS.drop(columns="source_id"), RELATIONS.drop(columns="rule"), pd.DataFrame()
            ),
            ["claims:source_id", "relations:rule", "propositions:proposition_id"],
        ),
        (lambda: agreement.origins(pd.DataFrame({"id": ["a"]}), pd.DataFrame()), ["sources:source_id"]),
        (lambda: relations.self_contradictions(RELATIONS), ["relations:source_a", "relations:source_b"]),
        (
            lambda: timeline.dating(pd.DataFrame({"source_id": ["a"]})),
            ["sources:date_published", "sources:not_before"],
        ),
    ],
)
def test_what_is_missing_is_told_of_all_frames_at_once(call, expected):
    with pytest.raises(DataError) as caught:
        call()
    told = str(caught.value)
    assert all(f"{place}: expected a column" in told for place in expected)
