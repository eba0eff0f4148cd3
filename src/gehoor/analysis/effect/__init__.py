"""Whether a change helped: did fewer people ask afterwards than would have asked anyway?

Give :func:`measure_effect` the asks a week and the week of the change; :func:`explain` says in plain sentences what was
found. "No effect" and "cannot tell" are answers as good as "helped". The method stands in ``docs/effect.md``.
"""

from gehoor.analysis.effect.explaining import explain
from gehoor.analysis.effect.measuring import measure_effect
from gehoor.analysis.effect.result import (
    Assumption,
    Effect,
    Estimate,
    Event,
    Method,
    Reason,
    State,
    Verdict,
    Week,
)

__all__ = [
    "Assumption",
    "Effect",
    "Estimate",
    "Event",
    "Method",
    "Reason",
    "State",
    "Verdict",
    "Week",
    "explain",
    "measure_effect",
]
