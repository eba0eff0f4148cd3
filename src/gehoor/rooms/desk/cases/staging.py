"""The stage of cases: voices that wait become cases, replies from elsewhere end the waiting, what was put off comes
back, and what stayed solved is closed."""

from datetime import timedelta

from django.db.models import QuerySet

from gehoor.kernel.clock import now
from gehoor.kernel.language import sentence
from gehoor.rooms.desk.cases.acts import hold, in_turn, note_act
from gehoor.rooms.desk.cases.beginning import kinds_of, look_at
from gehoor.rooms.desk.cases.replying import look_at_replies
from gehoor.rooms.desk.cases.states import do_set_state
from gehoor.rooms.desk.clocks.keeping import keeping_together
from gehoor.rooms.desk.models import Case, LookedAtReply, LookedAtVoice, State
from gehoor.rooms.intake.stages import Stage
from gehoor.rooms.voices.models import Reply, Voice

CLOSES_AFTER = timedelta(days=14)
"""A case that stayed solved for so long is closed; a new voice then begins a new one."""
_AT_ONCE = 20
"""So many voices in one transaction: who watches the list sees them soon, and nobody waits long for the database."""


def _voices() -> QuerySet[Voice]:
    return Voice.objects.filter(looked_at=None, attribution__isnull=False, understanding__isnull=False)


def _replies() -> QuerySet[Reply]:
    return Reply.objects.filter(looked_at=None)


def _put_off() -> QuerySet[Case]:
    return Case.objects.filter(snoozed_until__lte=now())


def _solved() -> QuerySet[Case]:
    return Case.objects.filter(state=State.SOLVED, state_since__lt=now() - CLOSES_AFTER)


def pending() -> int:
    """How many voices, replies and cases wait to be looked at."""
    return _voices().count() + _replies().count() + _put_off().count() + _solved().count()


def drain(limit: int) -> int:
    """Look at ``limit`` of them at most: voices first."""
    done = 0
    while done < limit:
        did = _some_voices(min(_AT_ONCE, limit - done)) or _some_replies(min(_AT_ONCE, limit - done))
        if not did:
            break
        done += did
    return done or _come_back(limit) or _close(limit)


def _some_voices(limit: int) -> int:
    with in_turn(), keeping_together():
        voices = list(_voices().select_related("understanding").order_by("pk")[:limit])
        look_at(voices, kinds_of(voices))
    return len(voices)


def _some_replies(limit: int) -> int:
    with in_turn():
        replies = list(_replies().order_by("pk")[:limit])
        look_at_replies(replies)
    return len(replies)


def _come_back(limit: int) -> int:
    cases = list(_put_off().order_by("pk")[:limit])
    for case in cases:
        do_wake(case)
    return len(cases)


def do_wake(case: Case) -> None:
    """The time until which a case was put off is over: it is back."""
    with in_turn():
        hold(case)
        until = case.snoozed_until
        if until is None or until > now():
            return
        case.snoozed_until = None
        case.save(update_fields=["snoozed_until"])
        note_act(case, "snooze", by=None, values={"was": until.isoformat(), "is": None})


def _close(limit: int) -> int:
    cases = list(_solved().order_by("pk")[:limit])
    for case in cases:
        with in_turn():
            hold(case)
            if case.state == State.SOLVED:
                do_set_state(case, State.CLOSED, None)
    return len(cases)


def forget() -> None:
    """Look at everything again; cases stay, since people worked in them."""
    LookedAtVoice.objects.all().delete()
    LookedAtReply.objects.all().delete()


STAGE = Stage(
    name="cases",
    # Who waits needs no vectors and no needs: that someone waits is seen before what it is like is made out.
    order=24,
    title=sentence("Finding out who waits for us"),
    pending=pending,
    drain=drain,
    forget=forget,
)
