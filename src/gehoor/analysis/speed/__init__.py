"""Does speed matter here? Signs in what someone says, each with the words it was found in."""

from gehoor.analysis.speed.judging import Judgement, Said, Verdict, judge
from gehoor.analysis.speed.signs import Found, Sign

__all__ = ["Found", "Judgement", "Said", "Sign", "Verdict", "judge"]
