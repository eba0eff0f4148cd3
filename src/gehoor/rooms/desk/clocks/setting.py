"""Setting the hours that we work, and taking it back."""

from collections.abc import Mapping

from django.db import transaction

from gehoor.analysis.hours import HOLIDAYS, WorkingHours
from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.desk.clocks.keeping import keep_running
from gehoor.rooms.desk.models import ClockKind, Hours
from gehoor.rooms.privacy.audit import do_log

_LONGEST_AIM = 60_000


def do_set_hours(*, hours: WorkingHours, aims: Mapping[str, int], actor: User) -> Hours:
    """Keep a new version of the hours, which counts from now on: for what has not ended too. Raises Refused for an aim
    that cannot be, and for a holiday that nobody knows."""
    if any(not 0 < minutes <= _LONGEST_AIM for minutes in aims.values()):
        raise Refused(why=sentence("an aim is more than none and at most a thousand working hours"))
    if hours.worked - set(HOLIDAYS):
        raise Refused(why=sentence("that is no public holiday of the Netherlands"))
    with transaction.atomic():
        kept = Hours.objects.create(
            week=[[[_said(start), _said(end)] for start, end in day] for day in hours.week],
            holidays=hours.holidays,
            worked=sorted(hours.worked),
            closed=sorted(day.isoformat() for day in hours.closed),
            first_minutes=aims.get(ClockKind.FIRST.value),
            next_minutes=aims.get(ClockKind.NEXT.value),
            resolution_minutes=aims.get(ClockKind.RESOLUTION.value),
            by=actor,
        )
        do_log(actor=actor, action="hours.set", what="hours", public_id=kept.public_id)
        keep_running()
    return kept


def do_undo_hours(*, version: Hours, actor: User) -> None:
    """Take a version back: it never counted. What has not ended is reckoned by the version before."""
    _do_say(version, undone=True, actor=actor)


def do_restore_hours(*, version: Hours, actor: User) -> None:
    """Let a version that was taken back stand again, at its own place among the others."""
    _do_say(version, undone=False, actor=actor)


def _do_say(version: Hours, *, undone: bool, actor: User) -> None:
    with transaction.atomic():
        if Hours.objects.filter(pk=version.pk, undone=not undone).update(undone=undone):
            action = "hours.undo" if undone else "hours.restore"
            do_log(actor=actor, action=action, what="hours", public_id=version.public_id)
            keep_running()


def _said(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
