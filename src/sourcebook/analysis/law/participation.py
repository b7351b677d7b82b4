"""Which states take part in which instruments, and since when."""

from __future__ import annotations

import pandas as pd

from sourcebook.parsing.dates import format_date

__all__ = ["participation_by_state"]


def participation_by_state(participation: pd.DataFrame, instruments: pd.DataFrame) -> pd.DataFrame:
    """Return in words the steps of each state towards each instrument.

    Parameters
    ----------
    participation : DataFrame
        ``instrument_id, state, step, date, in_force`` (EDTF) and ``basis``.
    instruments : DataFrame
        ``instrument_id, short_name, kind, binding``.

    Returns
    -------
    DataFrame
        All columns str: ``instrument_id, short_name, kind, binding``, one column for each state (its steps in
        words, joined by ``;``; "no step recorded" where there is none) and ``basis`` (how the days follow).

    Examples
    --------
    >>> steps = pd.DataFrame([["t", "A", "acceded", "1993-06-23", "1993-09-23", "Art. 9"]],
    ...     columns=["instrument_id", "state", "step", "date", "in_force", "basis"])
    >>> known = pd.DataFrame([["t", "T", "treaty", "yes"]],
    ...     columns=["instrument_id", "short_name", "kind", "binding"])
    >>> participation_by_state(steps, known)["A"][0]
    'acceded 23 June 1993, in force 23 September 1993'
    """
    steps = participation.assign(
        words=[
            _step(step, date, in_force)
            for step, date, in_force in zip(
                participation["step"], participation["date"], participation["in_force"], strict=True
            )
        ]
    )
    cells = steps.groupby(["instrument_id", "state"], sort=False)["words"].agg("; ".join)
    wide = cells.unstack(fill_value="no step recorded").reset_index()
    wide.columns.name = None
    basis = steps.groupby("instrument_id")["basis"].agg(lambda b: "; ".join(dict.fromkeys(filter(None, b))))
    about = instruments[["instrument_id", "short_name", "kind", "binding"]]
    out = about.merge(wide, on="instrument_id", validate="one_to_one")
    return out.assign(basis=out["instrument_id"].map(basis))


def _step(step: str, date: str, in_force: str) -> str:
    """Return one step of a state in words: a step without a day of its own begins with its entry into force."""
    if not date:
        return f"{step} from {format_date(in_force)}" if in_force else step
    return f"{step} {format_date(date)}" + (f", in force {format_date(in_force)}" if in_force else "")
