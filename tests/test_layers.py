"""Who may import whom: imports only go down this table, and siblings do not import each other."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "sourcebook"

LAYERS = [
    {"errors", "vocab", "prose", "palette", "numerals"},
    {"text", "dates", "quantities", "tables", "likeness", "truth", "drawings"},
    {"documents", "anchors", "instruments", "schemas"},
    {"claims", "dictionary"},
    {"relations", "reuse", "reliability", "timeline", "framing", "context", "display"},
    {"agreement", "figures", "passes"},
    {"values", "strict"},
    {"edition", "evidence", "suggest", "exchange", "bare_numbers"},
    {"project", "notebooks", "colophon", "bibliography", "theme", "uses"},
    {"opened"},
    {"pages"},
    {"editions"},
    {"cli", "book"},
]
LAYER = {module: number for number, modules in enumerate(LAYERS) for module in modules}
TOP = LAYERS[-1]


def module_of(path: Path) -> str:
    """Return the module or sub-package of the package that a file belongs to; '' for the package itself."""
    name = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return "" if name == "__init__" else name


def imported(source: str, *, inside: str) -> set[str]:
    """Return the modules of sourcebook that a source imports anywhere in it, relative imports included.

    ``inside`` is the dotted package that holds the file.
    """
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = inside.split(".")[: len(inside.split(".")) - node.level + 1]
                base = ".".join([*above, *filter(None, [node.module])])
            names |= {f"{base}.{alias.name}" for alias in node.names}
    parts = [name.split(".") for name in names]
    return {part[1] for part in parts if part[0] == "sourcebook" and len(part) > 1 and part[1] in MODULES}


FILES = sorted(PACKAGE.rglob("*.py"))
MODULES = {module_of(path) for path in FILES} - {""} | set(LAYER)


def test_reading_of_imports():
    source = (
        "import sourcebook.text\ndef f():\n    from sourcebook import dates, __version__\nfrom . import vocab"
    )
    assert imported(source, inside="sourcebook") == {"text", "dates", "vocab"}
    assert imported("from ..errors import ParseError\nfrom .edtf import x", inside="sourcebook.dates") == {
        "errors",
        "dates",
    }
    assert imported("import numpy.text\nfrom text import x", inside="sourcebook") == set()


def test_no_module_stands_twice():
    assert sum(len(modules) for modules in LAYERS) == len(LAYER)


@pytest.mark.parametrize("module", sorted({module_of(path) for path in FILES} - {""}))
def test_every_module_has_a_layer(module):
    assert module in LAYER, f"add {module!r} to the layer of LAYERS in {__file__} where it belongs"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_only_go_down(path):
    module = module_of(path)
    inside = ".".join(["sourcebook", *path.relative_to(PACKAGE).parts[:-1]])
    others = imported(path.read_text(encoding="utf-8"), inside=inside) - {module}
    if not module:
        assert not others & TOP, f"the package imports {sorted(others & TOP)}, which nobody may import"
        return
    if module not in LAYER:
        pytest.skip("has no layer yet: test_every_module_has_a_layer fails for it")
    wrong = [
        f"{module} (layer {LAYER[module]}) imports {other} (layer {LAYER[other]})"
        for other in sorted(others & set(LAYER))
        if LAYER[other] >= LAYER[module]
    ]
    assert not wrong, "; ".join(wrong)
