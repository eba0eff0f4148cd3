"""One's own log: what was counted, day by day and session by session, and taking off what was too much.

A log is corrected downwards only, and each correction can be undone. Nobody else sees it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count, F, Q, Sum

from gehoor.kernel import clock
from gehoor.kernel.errors import NotAllowed, NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.listening.models import Drawn, Heard, ListenedDay, Session, SessionDay
from gehoor.rooms.listening.pace import seconds_to_hear

_DAYS = 62
"""How far back the log shows at once."""


@dataclass(frozen=True, slots=True)
class DayLog:
    """One day: what counts, what was taken off, and the sittings of that day. ``elsewhere``: the seconds that were
    read outside any sitting, on the page of a voice."""

    day: date
    seconds: float
    taken_off: float
    sittings: Sequence[SessionDay]

    @property
    def elsewhere(self) -> float:
        """What is left when the sittings are taken from the day; nothing where the day was corrected below them."""
        return max(0.0, self.seconds - sum(each.seconds for each in self.sittings))


def own_log(listener: User, before: date | None = None) -> list[DayLog]:
    """The days on which something was counted, newest first, from ``before`` (not itself) back."""
    days = ListenedDay.objects.filter(Q(seconds__gt=0) | Q(taken_off__gt=0), listener=listener)
    if before:
        days = days.filter(day__lt=before)
    found = list(days.order_by("-day")[:_DAYS])
    if not found:
        return []
    sittings: dict[date, list[SessionDay]] = {}
    rows = SessionDay.objects.filter(session__listener=listener, day__gte=found[-1].day, day__lte=found[0].day)
    for each in rows.select_related("session").order_by("session__started_at"):
        sittings.setdefault(each.day, []).append(each)
    return [DayLog(each.day, each.seconds, each.taken_off, sittings.get(each.day, [])) for each in found]


def do_take_off(*, actor: User, day: date, at_most: float) -> float:
    """Say that one listened at most so many seconds that day. Returns what was taken off. Raises Refused when that is
    no less than what counts."""
    with transaction.atomic():
        kept = ListenedDay.objects.select_for_update().filter(listener=actor, day=day).first()
        if kept is None:
            raise NotFound(what=sentence("day in your log"))
        too_much = kept.seconds - max(0.0, at_most)
        if too_much <= 0:
            raise Refused(why=sentence("a log can only become shorter"))
        ListenedDay.objects.filter(pk=kept.pk).update(
            seconds=F("seconds") - too_much, taken_off=F("taken_off") + too_much
        )
    return too_much


def do_put_back_day(*, actor: User, day: date) -> None:
    """Undo what was taken off a day, but for what belongs to sittings that were someone else's."""
    with transaction.atomic():
        kept = ListenedDay.objects.select_for_update().filter(listener=actor, day=day).first()
        if kept is None:
            raise NotFound(what=sentence("day in your log"))
        others = SessionDay.objects.filter(session__listener=actor, day=day, session__disowned_at__isnull=False)
        not_own = min(others.aggregate(all=Sum("taken_off"))["all"] or 0.0, kept.taken_off)
        ListenedDay.objects.filter(pk=kept.pk).update(
            seconds=F("seconds") + kept.taken_off - not_own, taken_off=not_own
        )


def do_disown(*, actor: User, session: Session) -> None:
    """Say that a whole sitting was not oneself: its seconds go from the log, and what was heard in it alone counts as
    heard no longer."""
    _check_own(actor, session)
    with transaction.atomic():
        if not Session.objects.filter(pk=session.pk, disowned_at=None).update(disowned_at=clock.now()):
            raise Refused(why=sentence("that was said already"))
        for drawn in session.stack.filter(seconds__gt=0).select_related("voice"):
            _shift_heard(actor, drawn, -drawn.seconds)
        session.stack.update(taken_off=F("taken_off") + F("seconds"), seconds=0)
        for each in session.days.all():
            _shift_day(actor, each, each.seconds)


def do_own_again(*, actor: User, session: Session) -> None:
    """Undo that: it was oneself after all."""
    _check_own(actor, session)
    with transaction.atomic():
        if not Session.objects.filter(pk=session.pk, disowned_at__isnull=False).update(disowned_at=None):
            raise Refused(why=sentence("nothing was taken off it"))
        for drawn in session.stack.filter(taken_off__gt=0).select_related("voice"):
            _shift_heard(actor, drawn, drawn.taken_off)
        session.stack.update(seconds=F("seconds") + F("taken_off"), taken_off=0)
        for each in session.days.all():
            _shift_day(actor, each, -each.taken_off)


def _check_own(actor: User, session: Session) -> None:
    if session.listener_id != actor.pk:
        raise NotAllowed()


def _shift_heard(actor: User, drawn: Drawn, seconds: float) -> None:
    """Count seconds to what this listener heard of a voice, or take them off."""
    heard = Heard.objects.select_for_update().filter(voice=drawn.voice_id, listener=actor).first()
    if heard is None:
        now = clock.now()
        heard = Heard(voice=drawn.voice, listener=actor, first_at=drawn.session.started_at, last_at=now)
    heard.seconds = max(0.0, heard.seconds + seconds)
    if heard.seconds < 0.05:
        if heard.pk:
            heard.delete()
        return
    heard.enough = heard.seconds >= seconds_to_hear(drawn.voice)
    heard.save()


def _shift_day(actor: User, sitting: SessionDay, off: float) -> None:
    """Move seconds of a sitting's day off its log, or (when ``off`` is negative) back. A day that was made shorter
    already does not go below nothing."""
    day = ListenedDay.objects.select_for_update().filter(listener=actor, day=sitting.day).first()
    SessionDay.objects.filter(pk=sitting.pk).update(seconds=F("seconds") - off, taken_off=F("taken_off") + off)
    if day is None:
        return
    moved = min(off, day.seconds) if off > 0 else -min(-off, day.taken_off)
    ListenedDay.objects.filter(pk=day.pk).update(seconds=F("seconds") - moved, taken_off=F("taken_off") + moved)


def own_sessions(listener: User, most: int = 50) -> list[Session]:
    """The newest sittings in which something was read, each with ``heard_voices`` and ``spent``."""
    found = Session.objects.filter(listener=listener).annotate(
        heard_voices=Count("stack", filter=Q(stack__seconds__gt=0)), spent=Sum("stack__seconds")
    )
    return list(found.filter(spent__gt=0).order_by("-started_at", "-pk")[:most])
