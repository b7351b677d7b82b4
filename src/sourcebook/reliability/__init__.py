"""Inter-coder reliability: coefficients, their intervals, and what the disagreements consist of.

Every function reads *reliability data* in long form: one row for each value that one coder gave to one unit. The
coefficients also read a wide frame or an array with units in rows and coders in columns.

========  ====================================================================================
column    meaning
========  ====================================================================================
coder     who coded (text)
unit      what was coded (text or number)
variable  which variable of the codebook; may be left out where the frame holds only one
value     what was coded (text or number); an absent row, an empty string or NaN is missing
========  ====================================================================================

Percent agreement and the coefficients of the kappa family have these parameters in common:

``data``
    Reliability data of one variable: a long frame with the columns coder, unit, value, or a wide frame or an
    array of units × coders.
``weights``
    How much two values that differ count as agreeing, as Gwet (2014) defines them; with identity, not at all.
    "ordinal" is not Krippendorff's ordinal metric.
``categories``
    The values that the codebook offers, from lowest to highest; words count as 1, 2, 3 and so on. By default
    the values that occur, which weights other than identity read as numbers.

``coders``, ``unit``
    Names of columns of one's own: the columns of the coders of a wide frame, or the one that names the coder of a
    long frame; and the one that names the unit.

A coefficient that the data do not define is ``None``, and ``status`` and ``note`` say why; nothing is NaN
without a reason and degenerate data raise no exception.
"""

from sourcebook.reliability.alpha import AlphaResult, Metric, krippendorff_alpha
from sourcebook.reliability.by_variable import (
    agreement_by_variable,
    coincidences,
    disagreements,
    expand_labels,
)
from sourcebook.reliability.chance import AgreementResult
from sourcebook.reliability.gwet import brennan_prediger, gwet_ac1, gwet_ac2
from sourcebook.reliability.kappa import (
    cohen_kappa,
    conger_kappa,
    fleiss_kappa,
    percent_agreement,
    scott_pi,
)
from sourcebook.reliability.resampling import BootstrapResult, bootstrap_interval, jackknife
from sourcebook.reliability.unitizing import (
    UnitizingResult,
    unitizing_alpha,
    unitizing_interval,
    unitizing_jackknife,
)
from sourcebook.reliability.weights import Weights

__all__ = [
    "AgreementResult",
    "AlphaResult",
    "BootstrapResult",
    "Metric",
    "UnitizingResult",
    "Weights",
    "agreement_by_variable",
    "bootstrap_interval",
    "brennan_prediger",
    "cohen_kappa",
    "coincidences",
    "conger_kappa",
    "disagreements",
    "expand_labels",
    "fleiss_kappa",
    "gwet_ac1",
    "gwet_ac2",
    "jackknife",
    "krippendorff_alpha",
    "percent_agreement",
    "scott_pi",
    "unitizing_alpha",
    "unitizing_interval",
    "unitizing_jackknife",
]
