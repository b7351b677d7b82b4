"""The paths of matplotlib, with relative coordinates of few decimals."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["NUMBER", "Box", "lean_path", "path_box", "written_number"]

NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_TOKEN = re.compile(rf"([A-Za-z])|({NUMBER})")
#: How many points each command of matplotlib takes; a path with others stays as it is.
_POINTS = {"M": 1, "L": 1, "Q": 2, "C": 3, "Z": 0}

#: Least and greatest x, least and greatest y.
Box = tuple[float, float, float, float]
_Point = tuple[int, int]
_Segment = tuple[str, list[_Point]]


def written_number(tenths: int, scale: int) -> str:
    """Return a whole number of parts, so many to a unit, as the shortest decimal."""
    sign, whole, part = "-" * (tenths < 0), *divmod(abs(tenths), scale)
    if not part:
        return f"{sign}{whole}"
    decimals = str(part).rjust(len(str(scale)) - 1, "0").rstrip("0")
    return f"{sign}{whole or ''}.{decimals}"


def _join(numbers: list[str]) -> str:
    """Join numbers with a space only where the next begins with a digit or would continue its neighbour."""
    text = ""
    for number in numbers:
        last = text.rpartition(" ")[2].rpartition("-")[2]
        apart = text and not (number[0] == "-" or (number[0] == "." and "." in last))
        text += (" " if apart else "") + number
    return text


def _segments(d: str, scale: int) -> list[_Segment] | None:
    """Return the commands of a path with their points in parts of a unit; None for one not of matplotlib's kind."""
    rest = [(m[1], m[2]) for m in _TOKEN.finditer(d)]
    found: list[_Segment] = []
    while rest:
        command = rest.pop(0)[0].upper() if rest[0][0] in {"M", "L", "Q", "C", "Z", "z"} else ""
        if not command:
            return None
        while True:
            count = 2 * _POINTS[command]
            numbers = [round(float(number) * scale) for _, number in rest[:count] if number]
            if len(numbers) < count:
                return None
            del rest[:count]
            found.append((command, list(zip(numbers[::2], numbers[1::2], strict=True))))
            if not rest or rest[0][0] or not count:
                break
            command = "L" if command == "M" else command
    return found if found and found[0][0] == "M" else None


def _without_idle(segments: list[_Segment]) -> Iterator[_Segment]:
    """Leave out what draws nothing.

    Lines that lead nowhere, unless they are the first after a move and so draw a dot, and the line that closes
    what is closed anyway.
    """
    here = start = (0, 0)
    drawn = False
    for i, (command, points) in enumerate(segments):
        closes = i + 1 < len(segments) and segments[i + 1][0] == "Z"
        if command == "L" and drawn and (points[0] == here or (closes and points[0] == start)):
            continue
        yield command, points
        if command == "Z":
            here, drawn = start, False
        else:
            here, drawn = points[-1], command != "M"
        start = here if command == "M" else start


def _written(segments: list[_Segment], scale: int) -> str:
    parts: list[str] = []
    here: _Point | None = None
    start, last = (0, 0), ""
    for command, points in _without_idle(segments):
        if command == "Z":
            parts.append("z")
            here, last = start, "z"
            continue
        x, y = here or (0, 0)
        moves = [(px - x, py - y) for px, py in points]
        numbers = [written_number(n, scale) for move in moves for n in move]
        name = "M" if here is None else command.lower()
        if name == "l" and 0 in moves[0]:
            name, numbers = ("h", numbers[:1]) if moves[0][1] == 0 else ("v", numbers[1:])
        # what follows a relative move without a name is a relative line
        repeated = (name == last and name != "m") or (name == "l" and last == "m")
        text = _join(numbers)
        parts.append(((" " if text[0] != "-" else "") if repeated else name) + text)
        here, last = points[-1], name
        start = here if command == "M" else start
    return "".join(parts)


def lean_path(d: str, *, decimals: int = 1) -> str:
    """Return a path with relative coordinates of few decimals.

    Parameters
    ----------
    d : str
        A path of absolute moves, lines, curves and closings, as matplotlib writes them.
    decimals : int
        How many to keep. The absolute positions are rounded, so that no error adds up.

    Returns
    -------
    str
        The path; as it was when it holds other commands.

    Examples
    --------
    >>> lean_path("M -1 26 L 351.21 26 L 351.21 41 L -1 41 z")
    'M-1 26h352.2v15h-352.2z'
    """
    scale = 10**decimals
    segments = _segments(d, scale)
    return d if segments is None else _written(segments, scale)


def path_box(d: str) -> Box | None:
    """Return what a path spans; None for one without points or of another kind."""
    points = [point for _, pair in _segments(d, 10) or [] for point in pair]
    if not points:
        return None
    xs, ys = [x / 10 for x, _ in points], [y / 10 for _, y in points]
    return min(xs), max(xs), min(ys), max(ys)
