"""The code stays small enough to read: no long module, no long function, every public name described."""

import ast
import importlib
import inspect
import re
from pathlib import Path

import pytest
from hypothesis import settings

import sourcebook

CODE = Path(sourcebook.__file__).parent
MODULES = {path.relative_to(CODE).as_posix(): path for path in sorted(CODE.rglob("*.py"))}
LONGEST_MODULE, LONGEST_FUNCTION = 400, 50

#: Parts of one public function, which has the example: that of the numbers by name.
WITHOUT_EXAMPLES = ("analysis/numbers/from_",)

FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef


def code_lines(function):
    """Return how many lines a function takes, its docstring left out."""
    lines = function.end_lineno - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function, clean=False) is not None:
        lines -= first.end_lineno - first.lineno + 1
    return lines


def exported(tree):
    """Return the functions and classes of a module that its ``__all__`` names."""
    names = next(
        (
            ast.literal_eval(node.value)
            for node in tree.body
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__"
        ),
        (),
    )
    return [node for node in tree.body if getattr(node, "name", None) in names]


@pytest.fixture(scope="module")
def trees():
    return {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}


def test_a_module_fits_into_four_hundred_lines():
    lines = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in MODULES.items()}
    assert not {name: n for name, n in lines.items() if n > LONGEST_MODULE}


def test_a_function_fits_into_fifty_lines(trees):
    lines = {
        f"{name}:{node.name}": code_lines(node)
        for name, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, FUNCTION)
    }
    assert len(lines) > 500
    assert not {name: n for name, n in lines.items() if n > LONGEST_FUNCTION}


def test_every_exported_function_and_class_has_a_docstring(trees):
    names = [
        (f"{name}:{node.name}", ast.get_docstring(node)) for name in trees for node in exported(trees[name])
    ]
    assert len(names) > 200
    assert not [name for name, text in names if not text]


def test_every_exported_function_of_the_analysis_has_an_example(trees):
    functions = [
        (f"{name}:{node.name}", ast.get_docstring(node) or "")
        for name in trees
        if name.startswith("analysis/") and not name.startswith(WITHOUT_EXAMPLES)
        for node in exported(trees[name])
        if isinstance(node, FUNCTION)
    ]
    assert len(functions) > 20
    assert not [name for name, text in functions if ">>>" not in text]


@pytest.mark.parametrize(
    "room",
    [
        *("parsing.dates", "parsing.law", "parsing.quantities", "reliability", "sources.documents"),
        *(f"text.{part.stem}" for part in sorted((CODE / "text").glob("[!_]*.py"))),
    ],
)
def test_every_exported_function_of_a_room_has_an_example(room):
    package = importlib.import_module(f"sourcebook.{room}")
    functions = [getattr(package, name) for name in package.__all__]
    functions = [function for function in functions if inspect.isfunction(function)]
    assert functions
    assert not [function.__name__ for function in functions if ">>>" not in (function.__doc__ or "")]


def test_every_function_of_the_public_face_has_an_example():
    things = [getattr(sourcebook, name) for name in sourcebook.__all__ if name != "__version__"]
    assert not [thing.__name__ for thing in things if ">>>" not in (thing.__doc__ or "")]


def test_markup_is_made_by_templates(trees):
    """A template escapes what it prints; an f-string or a join does not."""
    tag = re.compile(r"</?[a-z]+[ >/]")
    wrong = [
        f"{name}:{node.lineno}"
        for name, tree in trees.items()
        if name.startswith(("render/", "book/"))
        for node in ast.walk(tree)
        if (isinstance(node, ast.JoinedStr) and any(tag.search(part.value) for part in literals(node)))
        or (isinstance(node, ast.Attribute) and ast.unparse(node) == "html.escape")
    ]
    assert not wrong


def literals(joined):
    """Return the parts of an f-string that are typed."""
    return [part for part in joined.values if isinstance(part, ast.Constant)]


def test_no_example_of_a_property_is_timed():
    """On a machine under load an example takes as long as it takes."""
    assert settings().deadline is None
