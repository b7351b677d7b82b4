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


def named(x):
    """Return values as text, "" where missing."""
    words = np.array(["", *(chr(ord("a") + i) for i in range(26))])
    return words[np.where(np.isnan(x), 0, x + 1).astype(np.int64)]


def ours(case):
    from sourcebook.reliability import krippendorff_alpha

    x = np.ascontiguousarray(matrix(case).T)
    if case.get("text"):
        x = named(x)
    if case.get("frame"):
        import pandas as pd

        x = pd.DataFrame(x, columns=[f"coder {i}" for i in range(x.shape[1])])
    return lambda: krippendorff_alpha(x, metric=case["metric"]).value


def interval(case):
    from sourcebook.reliability import bootstrap_interval

    x = np.ascontiguousarray(matrix(case).T)
    return lambda: bootstrap_interval(x, metric=case["metric"], resamples=case["resamples"]).low


def krippendorff(case):
    import krippendorff

    x = matrix(case)
    domain = None
    if case.get("text"):
        x = named(x)
        x = np.where(x == "", "nan", x)
        domain = sorted(set(x.ravel()) - {"nan"})
    return lambda: float(
        krippendorff.alpha(reliability_data=x, level_of_measurement=case["metric"], value_domain=domain)
    )


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
    if case.get("resamples"):
        return "has no intervals"
    return "" if case["units"] <= 2_000 and case["values"] != "real" else "not run: counts pairs one by one"


def only_categories(case):
    if case.get("text") or case.get("resamples"):
        return "not run"
    if case["metric"] != "nominal":
        return "other weights than Krippendorff's"
    return "" if case["units"] <= 100_000 else "not run: minutes"


def square(case):
    if case.get("resamples"):
        return "has no intervals"
    return "not run: a matrix of distinct values squared" if case["values"] == "real" else ""


CONTENDERS = [
    Contender(
        "sourcebook",
        lambda case: interval(case) if "resamples" in case else ours(case),
        packages=("sourcebook", "numpy", "pandas"),
    ),
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
    "1 million units, nominal, frame": {**MILLION, "metric": "nominal", "frame": True},
    "1 million units, nominal, text": {**MILLION, "metric": "nominal", "text": True},
    "1 million units, ordinal": {**MILLION, "metric": "ordinal"},
    "1 million units, interval": {**MILLION, "metric": "interval"},
    "1 million units, interval, real numbers": {**MILLION, "values": "real", "metric": "interval"},
    "1 million units, ordinal, real numbers": {**MILLION, "values": "real", "metric": "ordinal"},
    "1 million units, interval, real numbers, frame": {
        **MILLION,
        "values": "real",
        "metric": "interval",
        "frame": True,
    },
    "1 million units, ratio": {**MILLION, "metric": "ratio"},
    "2,000 units of 600 values, interval": {**SMALL, "units": 2_000, "values": 600, "metric": "interval"},
    "1,000 units, nominal, 2,000 resamples": {**SMALL, "metric": "nominal", "resamples": 2_000},
    "1,000 units, ordinal, 2,000 resamples": {**SMALL, "metric": "ordinal", "resamples": 2_000},
}

if __name__ == "__main__":
    report.main(__doc__, CONTENDERS, CASES, repeats=3, limits=Limits(seconds=300, memory_mb=8_000))
