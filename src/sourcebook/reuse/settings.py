"""Settings that a caller gives: each in its range, or all that are wrong together."""

from __future__ import annotations

import math
from collections.abc import Mapping

__all__ = ["check_settings"]

#: No setting counts more words than this.
MOST = 2**31 - 1


def check_settings(whole: Mapping[str, tuple[object, int]], shares: Mapping[str, object]) -> None:
    """Refuse settings outside their range.

    Parameters
    ----------
    whole : mapping of str to (value, least)
        Whole numbers, each with the least that it may be.
    shares : mapping of str to value
        Numbers above 0 and at most 1.

    Raises
    ------
    ValueError
        With everything that is wrong.

    Examples
    --------
    >>> check_settings({"ngram": (2.5, 1)}, {"threshold": 2})
    Traceback (most recent call last):
    ValueError: ngram: expected a whole number of at least 1; found 2.5; threshold: expected above 0 and at most 1; \
found 2
    """
    wrong = []
    for name, (got, least) in whole.items():
        if not hasattr(got, "__index__") or isinstance(got, bool):
            wrong.append(f"{name}: expected a whole number of at least {least}; found {got!r}")
        elif int(got) < least:
            wrong.append(f"{name}: expected at least {least}; found {got}")
        elif int(got) > MOST:
            wrong.append(f"{name}: expected at most {MOST:,}; found {got!s:.40}")
    for name, share in shares.items():
        number = float(share) if hasattr(share, "__float__") else math.nan
        if not 0 < number <= 1:
            wrong.append(f"{name}: expected above 0 and at most 1; found {share!r}")
    if wrong:
        raise ValueError("; ".join(wrong))
