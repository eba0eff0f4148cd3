"""The assumptions under which the figures are right, each held against the data where the data can say something."""

from gehoor.analysis.effect.estimating import Estimation
from gehoor.analysis.effect.result import Assumption, State, Verdict
from gehoor.analysis.effect.series import YEAR, Given, weeks_before
from gehoor.kernel.language import sentence

_SEASON = sentence("There is a whole year before the change, so that the season cannot pass for an effect.")
_SEASON_FIGURE = sentence("{weeks} weeks before the change; a season takes {needed}.")
_BESIDE = sentence("The season moves the comparison too, so it cannot pass for an effect.")


def check_assumptions(
    given: Given, estimation: Estimation, verdict: Verdict, smallest: float
) -> tuple[Assumption, ...]:
    """Every assumption, and whether it holds."""
    return (_season(given),)


def _season(given: Given) -> Assumption:
    if given.comparison is not None:
        return Assumption("season", _BESIDE, State.HELD)
    weeks = len(weeks_before(given))
    state = State.HELD if weeks >= YEAR else State.BROKEN
    return Assumption("season", _SEASON, state, _SEASON_FIGURE, {"weeks": weeks, "needed": YEAR})
