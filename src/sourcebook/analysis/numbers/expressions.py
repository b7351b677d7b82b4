"""Numbers that an author computes from other numbers, such as ``count.claims - headline.single_source``."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Iterable, Mapping

from sourcebook.analysis.numbers.named_number import NamedNumber, format_value, near_names
from sourcebook.core.errors import ParseError

__all__ = ["evaluate", "is_expression", "names_in"]

_TOKEN = re.compile(r"\s*(?:(?P<name>[A-Za-z_][\w.-]*)|(?P<number>\d+(?:\.\d+)?)|(?P<sign>[-+*/()]))")
#: Names, numbers and operators of an expression, at most.
_LONGEST = 100
_OPERATORS: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def is_expression(text: str) -> bool:
    """Return whether a text computes something, rather than only names a number.

    An operator has a space before it, since names may hold hyphens.

    Examples
    --------
    >>> is_expression("source.turan-2024-12.words"), is_expression("count.claims - count.demands")
    (False, True)
    """
    return bool(re.search(r"(?:^|\s)[-+*/(]", text.strip()))


def names_in(expression: str) -> list[str]:
    """Return the names of an expression, each once, in order.

    Examples
    --------
    >>> names_in("(count.a + count.b) / count.a")
    ['count.a', 'count.b']
    """
    return list(dict.fromkeys(text for kind, text in _tokens(expression) if kind == "name"))


def evaluate(expression: str, numbers: Mapping[str, NamedNumber]) -> NamedNumber:
    """Compute an expression of names, whole or decimal numbers, ``+ - * /`` and parentheses.

    Parameters
    ----------
    expression : str
        Operators have spaces around them.
    numbers : mapping of str to NamedNumber
        The numbers that it may name.

    Returns
    -------
    NamedNumber
        Named by the expression; described by it, with the descriptions of its numbers; its evidence is that of
        every number in it.

    Raises
    ------
    ParseError
        If it cannot be read, names no number or an unknown one, names a date or a hedged quantity, or divides
        by zero.

    Examples
    --------
    >>> three = NamedNumber("a", "3", ("a.1", "a.2", "a.3"), "rows of a")
    >>> one = NamedNumber("b", "1", ("b.1",), "rows of b")
    >>> found = evaluate("a - b", {"a": three, "b": one})
    >>> found.formatted, found.evidence, found.description
    ('2', ('a.1', 'a.2', 'a.3', 'b.1'), '“rows of a” - “rows of b”')
    """
    tokens = _tokens(expression)
    names = names_in(expression)
    if not names:
        raise ParseError(f"{expression!r}: expected the name of a number in it, found none")
    unknown = [name for name in names if name not in numbers]
    if unknown:
        told = ", ".join(f"{name!r}{near_names(name, numbers)}" for name in unknown)
        raise ParseError(f"{expression!r}: the dataset has no number {told}")
    if len(tokens) > _LONGEST:
        raise ParseError(f"{expression[:40]!r} …: expected at most {_LONGEST} names, numbers and operators")
    code = " ".join(f"n{names.index(text)}" if kind == "name" else text for kind, text in tokens)
    try:
        tree = ast.parse(code, mode="eval").body
    except SyntaxError:
        raise ParseError(f"{expression!r}: expected names and numbers joined by + - * /") from None
    values = {f"n{i}": numbers[name].value for i, name in enumerate(names)}
    try:
        formatted = format_value(_compute(tree, values))
    except ZeroDivisionError:
        raise ParseError(f"{expression!r}: divides by zero") from None
    except ParseError:
        raise
    except (OverflowError, ValueError):
        raise ParseError(f"{expression!r}: the result is too large") from None
    normal = _join(text for _, text in tokens)
    description = _join(f"“{numbers[text].description}”" if kind == "name" else text for kind, text in tokens)
    evidence = dict.fromkeys(row for name in names for row in numbers[name].evidence)
    return NamedNumber(normal, formatted, tuple(evidence), description)


def _tokens(expression: str) -> list[tuple[str, str]]:
    tokens, at, text = [], 0, expression.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise ParseError(
                f"{expression!r}: expected a name, a number or an operator at {text[at:].strip()!r}"
            )
        tokens.append((match.lastgroup, match[match.lastgroup]))
        at = match.end()
    return tokens


def _join(parts: Iterable[str]) -> str:
    return re.sub(r"\( | \)", lambda match: match[0].strip(), " ".join(parts))


def _compute(node: ast.expr, values: Mapping[str, float]) -> float:
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        return _OPERATORS[type(node.op)](_compute(node.left, values), _compute(node.right, values))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_compute(node.operand, values)
    if isinstance(node, ast.Name):
        return values[node.id]
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return node.value
    raise ParseError("expected names and numbers joined by + - * /")
