"""The stages of given answers: what was asked of us and answered, and whether it agrees."""

from gehoor.kernel.language import sentence
from gehoor.rooms.answers.given import deciding, finding, joining
from gehoor.rooms.answers.models import Given, Joined, Question
from gehoor.rooms.intake.stages import Stage

_JUDGED_AT_ONCE = 200


def pending() -> int:
    """Answers that belong to no question yet, and questions to judge."""
    return joining.pending() + deciding.pending()


def drain(limit: int) -> int:
    """Join everything that waits, at once; else judge some questions."""
    return joining.do_join() or deciding.do_judge_some(min(limit, _JUDGED_AT_ONCE))


def forget() -> None:
    """Join and judge everything again; questions keep their ids, and people's rulings stand."""
    Given.objects.update(joined=Joined.NOT_YET)
    Question.objects.update(verdict="")


STAGES = (
    Stage("given", 75, finding.STAGE_TITLE, finding.pending, finding.drain, finding.forget),
    Stage("agreement", 76, sentence("Comparing what customers were told"), pending, drain, forget),
)
"""``agreement`` counts more as it goes on: what was joined is then to be judged."""


def waiting() -> int:
    """How many answers, and questions, still have to be read, joined or judged."""
    return finding.pending() + pending()
