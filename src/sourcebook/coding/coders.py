"""Whether each coding pass has a coder of its own."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sourcebook.core.errors import Problem

__all__ = ["coder_problems"]


def coder_problems(passes: Mapping[str, pd.DataFrame]) -> list[Problem]:
    """Return a problem for each pass whose coder coded cells in an earlier pass too.

    Parameters
    ----------
    passes : mapping of str to DataFrame
        ``coder``, ``unit``, ``variable``, by what a problem calls the pass.

    Examples
    --------
    >>> coded = pd.DataFrame({"coder": ["anna"], "unit": ["a.s001"], "variable": ["frame"]})
    >>> [(problem.file, problem.found) for problem in coder_problems({"a.csv": coded, "b.csv": coded})]
    [('b.csv', "'anna', who has 1 of the same cells in a.csv")]
    """
    problems = []
    cells: dict[str, dict[str, set[tuple[str, str]]]] = {}
    for name, frame in passes.items():
        own: dict[str, set[tuple[str, str]]] = {}
        for coder, unit, variable in zip(frame["coder"], frame["unit"], frame["variable"], strict=True):
            own.setdefault(str(coder), set()).add((str(unit), str(variable)))
        for coder, keys in own.items():
            for earlier, others in cells.items():
                if same := keys & others.get(coder, set()):
                    found = f"{coder!r}, who has {len(same):,} of the same cells in {earlier}"
                    action = "rename the coder of one of them, or leave out the copy"
                    problems.append(
                        Problem(name, 0, "coder", found, "a coder of its own for each pass", action)
                    )
        cells[name] = own
    return problems
