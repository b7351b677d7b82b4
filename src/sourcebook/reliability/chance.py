"""The coefficients of the form (observed - chance) / (1 - chance), for the data and for draws of their units."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sourcebook.reliability.draws import OfDraws, totals_of_draws
from sourcebook.reliability.layouts import FloatArray
from sourcebook.reliability.ratings import (
    NO_DATA,
    NO_PAIRS,
    NO_VARIATION,
    OK,
    ONE_CODER,
    Ratings,
    degenerate_status,
)
from sourcebook.reliability.weights import Scale

__all__ = ["KERNELS", "AgreementResult", "Kernel"]

NOT_TWO = "not two coders"
ROUNDING = 1e-12


@dataclass(frozen=True, kw_only=True)
class AgreementResult:
    """A coefficient of agreement and what it was computed from.

    Attributes
    ----------
    name : str
        Name of the coefficient.
    value : float or None
        The coefficient; None where the data do not define it.
    observed, expected : float or None
        Observed agreement, and the agreement that the coefficient expects by chance (0 for percent
        agreement), both as shares from 0 to 1.
    n_units, n_pairable, n_coders : int
        Units with at least two values, values on them, coders with at least one value.
    status, note : str
        As in :class:`~sourcebook.reliability.AlphaResult`; also "not two coders" for Cohen's kappa and
        Scott's pi.
    """

    name: str
    value: float | None
    observed: float | None
    expected: float | None
    n_units: int
    n_pairable: int
    n_coders: int
    status: str
    note: str


@dataclass(frozen=True, kw_only=True)
class Kernel:
    """A coefficient: its name, its agreement by chance, and whether it takes two coders only.

    With two coders only, chance is what the units that both coded give.
    """

    name: str
    chance: Callable[[Ratings, Scale], OfDraws]
    two_coders: bool = False

    def compute(self, ratings: Ratings, scale: Scale) -> AgreementResult:
        """Return the coefficient of the data."""
        status, note = degenerate_status(ratings)
        paired = ratings.pairable()
        value = observed = expected = None
        if status not in (NO_DATA, ONE_CODER, NO_PAIRS):
            once = np.ones((1, ratings.n_units))
            observed = float(_observed(ratings, scale)(once)[0])
            if self.two_coders and ratings.n_coders != 2:
                status, note = NOT_TWO, f"Needs two coders; there are {ratings.n_coders}."
            else:
                expected = float(self._chance(ratings, scale)(once)[0])
                value = (observed - expected) / (1 - expected) if 1 - expected > ROUNDING else None
                if value is None and status == OK:
                    status, note = NO_VARIATION, "Chance alone would give complete agreement."
        return AgreementResult(
            name=self.name,
            value=value,
            observed=observed,
            expected=expected,
            n_units=paired.n_units,
            n_pairable=int(paired.code.size),
            n_coders=ratings.n_coders,
            status=status,
            note=note,
        )

    def of_draws(self, ratings: Ratings, scale: Scale) -> OfDraws:
        """Return a function from draws of units to the coefficient, NaN where a draw leaves it undefined."""
        observed, chance = _observed(ratings, scale), self._chance(ratings, scale)

        def compute(times: FloatArray) -> FloatArray:
            expected = chance(times)
            room = 1 - expected
            defined = room > ROUNDING
            value = np.divide(observed(times) - expected, room, out=np.full_like(room, np.nan), where=defined)
            return np.asarray(value)

        return compute

    def _chance(self, ratings: Ratings, scale: Scale) -> OfDraws:
        if not self.two_coders:
            return self.chance(ratings, scale)
        kept = np.flatnonzero(ratings.sizes() >= 2)
        of_paired = self.chance(ratings.pairable(), scale)
        return lambda times: of_paired(times[:, kept])


def _observed(ratings: Ratings, scale: Scale) -> OfDraws:
    """Return the agreement of two values on one unit, averaged over the units with two values or more."""
    sizes = ratings.sizes()
    compared = (sizes >= 2).astype(np.float64)
    pairs = np.maximum(sizes * (sizes - 1), 1)
    if scale.kind == "identity":
        cell_unit, _, counts = ratings.cell_counts()
        agreeing = np.bincount(cell_unit, weights=counts * (counts - 1), minlength=sizes.size) / pairs
    else:
        agreeing = compared - 2.0 * _apart(ratings, scale) / (pairs * scale.largest())

    def mean(times: FloatArray) -> FloatArray:
        units = times @ compared
        return np.asarray(
            np.divide(times @ agreeing, units, out=np.full_like(units, np.nan), where=units > 0)
        )

    return mean


def _apart(ratings: Ratings, scale: Scale) -> FloatArray:
    """Return the summed distances of the pairs of values on each unit."""
    sizes = ratings.sizes()
    position = scale.place[ratings.code]
    disagreement = np.zeros(sizes.size)
    for shift in range(1, int(sizes.max()) if sizes.size else 0):
        left = np.flatnonzero(ratings.unit[shift:] == ratings.unit[:-shift])
        distances = scale.distance(position[left], position[left + shift])
        disagreement += np.bincount(ratings.unit[left], weights=distances, minlength=sizes.size)
    return disagreement


def _shares(ratings: Ratings, scale: Scale) -> OfDraws:
    """Return the share of each value, every unit counting alike, shape (n_draws, n_points)."""
    weights = 1.0 / ratings.sizes()[ratings.unit]
    totals = totals_of_draws(
        ratings.unit, scale.place[ratings.code], weights, n_units=ratings.n_units, width=scale.size
    )

    def shares(times: FloatArray) -> FloatArray:
        drawn = times.sum(axis=1, keepdims=True)
        found = totals(times)
        return np.asarray(np.divide(found, drawn, out=np.full_like(found, np.nan), where=drawn > 0))

    return shares


def _none(_ratings: Ratings, _scale: Scale) -> OfDraws:
    return lambda times: np.zeros(times.shape[0])


def _fleiss(ratings: Ratings, scale: Scale) -> OfDraws:
    shares = _shares(ratings, scale)
    largest = scale.largest()

    def chance(times: FloatArray) -> FloatArray:
        share = shares(times)
        return 1.0 - scale.total(share, share) / largest

    return chance


def _mean_weight(scale: Scale) -> float:
    """Return the mean weight of two values drawn from the whole scale, each as likely as the others."""
    every = np.ones((1, scale.size))
    return (
        1.0 - float(scale.total(every, every)[0]) / (scale.size**2 * scale.largest()) if scale.size else 1.0
    )


def _gwet(ratings: Ratings, scale: Scale) -> OfDraws:
    shares = _shares(ratings, scale)
    q = scale.size
    factor = _mean_weight(scale) * q / (q - 1) if q > 1 else 0.0

    def chance(times: FloatArray) -> FloatArray:
        share = shares(times)
        spread = (share * (1 - share)).sum(axis=1)
        return np.asarray(factor * spread) if q > 1 else np.ones(times.shape[0])

    return chance


def _uniform(_ratings: Ratings, scale: Scale) -> OfDraws:
    level = _mean_weight(scale)
    return lambda times: np.full(times.shape[0], level)


def _conger(ratings: Ratings, scale: Scale) -> OfDraws:
    """Return the mean over ordered pairs of coders of the agreement that their own shares give."""
    width = scale.size
    coders, coder = np.unique(ratings.coder, return_inverse=True)
    totals = totals_of_draws(
        ratings.unit,
        coder * width + scale.place[ratings.code],
        np.ones(ratings.code.size),
        n_units=ratings.n_units,
        width=int(coders.size) * width,
    )
    largest = scale.largest()

    def chance(times: FloatArray) -> FloatArray:
        counts = totals(times).reshape(times.shape[0], coders.size, width)
        given = counts.sum(axis=2, keepdims=True)
        share = np.divide(counts, given, out=np.zeros_like(counts), where=given > 0)
        pooled = share.sum(axis=1)
        own = np.zeros(times.shape[0])
        for each in range(coders.size):
            own += scale.total(share[:, each], share[:, each])
        r = np.count_nonzero(given[:, :, 0], axis=1).astype(np.float64)
        pairs = r * (r - 1)
        disagreement = scale.total(pooled, pooled) - own
        mean = np.divide(disagreement, pairs * largest, out=np.full_like(pairs, np.nan), where=pairs > 0)
        return np.asarray(1.0 - mean)

    return chance


KERNELS: dict[str, Kernel] = {
    "percent_agreement": Kernel(name="percent agreement", chance=_none),
    "cohen_kappa": Kernel(name="Cohen's kappa", chance=_conger, two_coders=True),
    "conger_kappa": Kernel(name="Conger's kappa", chance=_conger),
    "scott_pi": Kernel(name="Scott's pi", chance=_fleiss, two_coders=True),
    "fleiss_kappa": Kernel(name="Fleiss' kappa", chance=_fleiss),
    "gwet_ac1": Kernel(name="Gwet's AC1", chance=_gwet),
    "gwet_ac2": Kernel(name="Gwet's AC2", chance=_gwet),
    "brennan_prediger": Kernel(name="Brennan–Prediger", chance=_uniform),
}
