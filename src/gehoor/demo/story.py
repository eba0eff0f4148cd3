"""The story of the example: what its people did with what they heard, told once its needs are there.

It is a stage at the end of the way, so it is done wherever the rest of the way is: by the worker while someone looks
on, or by the command that fills. It is one transaction: killed half way it is told anew, whole.
"""

from datetime import date

from django.db import transaction

from gehoor.demo import at_the_desk, words
from gehoor.demo.decided import do_change_things
from gehoor.demo.fill import filled, filled_on, recalled, remember
from gehoor.demo.moments import Days
from gehoor.demo.wished import do_write_down_wishes
from gehoor.kernel.language import sentence
from gehoor.rooms.changes.models import Change
from gehoor.rooms.intake import stages
from gehoor.rooms.needs.recount import current_generation

TITLE = sentence("Telling what the example organisation did with it")
_ORDER = 70


def pending() -> int:
    """1 while the story is still to be told and everything that it is about is there."""
    return int(filled() and not _told() and current_generation() is not None)


def drain(limit: int) -> int:
    """Tell it."""
    del limit
    if not pending():
        return 0
    tell(filled_on())
    return 1


def tell(today: date) -> None:
    """What was done with what was heard, each thing on its day before ``today``."""
    days = Days(today)
    with transaction.atomic():
        do_write_down_wishes(days)
        do_change_things(days)
    remember(told=True)


STAGE = stages.Stage("story", _ORDER, TITLE, pending, drain)


def register() -> None:
    """Add the story, and what was done at the desk, to the way of a voice; again changes nothing."""
    for stage in (STAGE, at_the_desk.STAGE):
        if stage not in stages.stages():
            stages.register(stage)


def _told() -> bool:
    """Also where it was killed between the last row and the note of it."""
    return bool(recalled().get("told")) or Change.objects.filter(name=words.LETTER).exists()
