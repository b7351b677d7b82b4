"""Every public name exists and is documented."""

import importlib
import inspect
import pkgutil
import re

import pytest

import sourcebook

MODULES = sorted(
    info.name
    for info in pkgutil.walk_packages(sourcebook.__path__, "sourcebook.")
    if not any(part.startswith("_") for part in info.name.split("."))
)


def public(module_name):
    module = importlib.import_module(module_name)
    return [(name, getattr(module, name)) for name in getattr(module, "__all__", [])]


#: Rooms that are one package, with their names in the room itself.
PACKAGES = {"sourcebook.coding", "sourcebook.reliability", "sourcebook.reuse"}

#: What a reader imports from: modules and packages that lie in a room, not the parts that a package is made of.
FRONT = [
    name
    for name in MODULES
    if name in PACKAGES or (name.count(".") == 2 and name.rpartition(".")[0] not in PACKAGES)
] + ["sourcebook.coding.answers", "sourcebook.coding.passes"]


def functions():
    """Yield every public function and public method that is defined in the package, once."""
    seen = set()
    for module_name in FRONT:
        for name, thing in public(module_name):
            members = [(name, thing)]
            if inspect.isclass(thing):
                members = [(f"{name}.{n}", m) for n, m in vars(thing).items() if not n.startswith("_")]
            for label, member in members:
                if inspect.isfunction(member) and member not in seen:
                    seen.add(member)
                    yield pytest.param(member, id=f"{module_name}.{label}")


def parameters(function, *, positional=False):
    found = inspect.signature(function).parameters.values()
    return [p.name for p in found if p.name != "self" and not (positional and p.kind is p.KEYWORD_ONLY)]


@pytest.mark.parametrize("module_name", MODULES)
def test_every_module_has_a_docstring_and_a_list_of_names(module_name):
    module = importlib.import_module(module_name)
    assert module.__doc__
    room = module_name.count(".") == 1 and hasattr(module, "__path__")
    assert room or hasattr(module, "__all__")


@pytest.mark.parametrize("module_name", ["sourcebook", *MODULES])
def test_every_name_exists_and_is_documented(module_name):
    names = getattr(importlib.import_module(module_name), "__all__", [])
    assert len(names) == len(set(names))
    for name, thing in public(module_name):
        if inspect.isclass(thing) or inspect.isfunction(thing):
            own = (thing.__doc__ or "").strip()
            assert own, f"{module_name}.{name} has no docstring"
            assert own.splitlines()[0].rstrip().endswith((".", ":")), (
                f"{module_name}.{name}: {own.splitlines()[0]}"
            )


def sections(function):
    text = inspect.cleandoc(function.__doc__ or "")
    return dict(
        re.findall(r"^(\w[\w ]+)\n-{3,}\n(.*?)(?=^\w[\w ]+\n-{3,}\n|\Z)", text, re.MULTILINE | re.DOTALL)
    )


@pytest.mark.parametrize("function", list(functions()))
def test_parameters_that_are_described_are_those_of_the_function(function):
    """A section of parameters names each of them and nothing else."""
    described = sections(function).get("Parameters")
    if described is not None:
        heads = re.findall(r"^(\*{0,2}\w[\w*, ]*?)(?: : .*)?$", described, re.MULTILINE)
        named = [name.strip().lstrip("*") for head in heads for name in head.split(",")]
        assert sorted(named) == sorted(parameters(function))


@pytest.mark.parametrize("function", list(functions()))
def test_functions_say_what_they_take_and_return(function):
    """What takes three things or more has sections for them; one or two can be said in the first line."""
    if len(parameters(function, positional=True)) > 2:
        assert {"Parameters", "Returns"} & set(sections(function)), function.__qualname__


FACE = {
    *("load", "build", "read", "Dataset", "__version__"),
    *("find_quote", "parse_date", "find_dates", "parse_quantity", "find_quantities", "find_instruments"),
    *("relate", "krippendorff_alpha", "shared_passages", "near_duplicates"),
}
ROOMS = {"analysis", "book", "coding", "core", "exchange", "parsing", "pipeline"} | {
    *("reliability", "render", "reuse", "sources", "text"),
}


def test_the_package_shows_what_a_notebook_wants_and_nothing_else():
    assert set(sourcebook.__all__) == FACE
    assert set(dir(sourcebook)) == FACE | ROOMS
    for name in dir(sourcebook):
        assert getattr(sourcebook, name) is not None
    from sourcebook.pipeline import store

    assert sourcebook.load is store.load
    with pytest.raises(AttributeError, match="loda"):
        _ = sourcebook.loda


@pytest.mark.parametrize("name", sorted(FACE - {"__version__"}))
def test_every_name_of_the_face_has_an_example(name):
    assert ">>> " in (getattr(sourcebook, name).__doc__ or ""), f"sourcebook.{name} has no example"


def test_modules_are_attributes_all_the_way_down():
    import subprocess
    import sys

    code = "import sourcebook; print(sourcebook.analysis.relations.rules.__name__, sourcebook.core.errors.__name__)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["sourcebook.analysis.relations.rules", "sourcebook.core.errors"]


def test_importing_a_low_module_does_not_import_the_whole():
    import subprocess
    import sys

    code = (
        "import sys, sourcebook, sourcebook.cli; light = 'pandas' not in sys.modules;"
        "import sourcebook.parsing.dates;"
        "print(light, [m for m in sys.modules if m.startswith(('sourcebook.pipeline', 'pandera', 'matplotlib'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True []"
