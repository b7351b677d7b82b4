"""Krippendorff's alpha of many units, beside the packages that compute it."""

import numpy as np
import report
from report import Contender, Limits


def matrix(case):
    """Return values, shape (coders, units), of which a share is missing (NaN)."""
    rng = np.random.default_rng(case["seed"])
    shape = case["coders"], case["units"]
    if case["values"] == "real":
        truth = rng.normal(size=shape[1])
        x = truth + rng.normal(size=shape) / 3
    else:
        truth = rng.integers(0, case["values"], shape[1])
        x = np.where(rng.random(shape) < 0.8, truth, rng.integers(0, case["values"], shape)).astype(
            np.float64
        )
    x[rng.random(shape) < case["missing"]] = np.nan
    return x


def ours(case):
    from sourcebook.reliability import krippendorff_alpha

    x = np.ascontiguousarray(matrix(case).T)
    return lambda: krippendorff_alpha(x, metric=case["metric"]).value


def krippendorff(case):
    import krippendorff

    x = matrix(case)
    return lambda: float(krippendorff.alpha(reliability_data=x, level_of_measurement=case["metric"]))


def irrcac(case):
    import pandas as pd
    from irrCAC.raw import CAC

    frame = pd.DataFrame(matrix(case).T)
    return lambda: float(CAC(frame).krippendorff()["est"]["coefficient_value"])


def nltk(case):
    from nltk.metrics import agreement, binary_distance, interval_distance

    distance = {"nominal": binary_distance, "interval": interval_distance}[case["metric"]]
    x = matrix(case)
    rows = [(f"c{c}", str(u), x[c, u]) for c, u in np.argwhere(~np.isnan(x))]
    return lambda: float(agreement.AnnotationTask(data=rows, distance=distance).alpha())


def too_many_for_pairs(case):
    return "" if case["units"] <= 2_000 and case["values"] != "real" else "not run: counts pairs one by one"


def only_categories(case):
    if case["metric"] != "nominal":
        return "other weights than Krippendorff's"
    return "" if case["units"] <= 100_000 else "not run: minutes"


def square(case):
    return "not run: a matrix of distinct values squared" if case["values"] == "real" else ""


CONTENDERS = [
    Contender("sourcebook", ours, packages=("sourcebook", "numpy", "pandas")),
    Contender("krippendorff", krippendorff, peer=True, packages=("krippendorff",), skip=square),
    Contender("irrCAC", irrcac, peer=True, packages=("irrCAC",), skip=only_categories),
    Contender("nltk", nltk, peer=True, packages=("nltk",), skip=too_many_for_pairs),
]
SMALL = {"units": 1_000, "coders": 5, "values": 5, "missing": 0.1, "seed": 1}
MILLION = {**SMALL, "units": 1_000_000}
CASES = {
    "1,000 units, nominal": {**SMALL, "metric": "nominal"},
    "1 million units, nominal, complete": {**MILLION, "missing": 0.0, "metric": "nominal"},
    "1 million units, nominal, 10 % missing": {**MILLION, "metric": "nominal"},
    "1 million units, ordinal": {**MILLION, "metric": "ordinal"},
    "1 million units, interval": {**MILLION, "metric": "interval"},
    "1 million units, interval, real numbers": {**MILLION, "values": "real", "metric": "interval"},
    "1 million units, ordinal, real numbers": {**MILLION, "values": "real", "metric": "ordinal"},
    "1 million units, ratio": {**MILLION, "metric": "ratio"},
    "2,000 units of 600 values, interval": {**SMALL, "units": 2_000, "values": 600, "metric": "interval"},
}

if __name__ == "__main__":
    report.main(__doc__, CONTENDERS, CASES, repeats=3, limits=Limits(seconds=300))
