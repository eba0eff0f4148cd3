"""Planning to listen, alone or together: making, changing, cancelling and beginning an appointment.

An appointment is never changed: each change is a new arrangement on top of the one before, so that it shows who did
what, and can be undone. Its number is the SEQUENCE of the calendar file.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from gehoor.kernel import clock
from gehoor.kernel.errors import NotAllowed, NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.listening.actions import SEEDS, check_minutes, do_keep_session
from gehoor.rooms.listening.drawing import Drawing, Narrowed, Stack, draw_stack
from gehoor.rooms.listening.models import Appointment, Arrangement, Attending, DrawnBy, Laid, Pool, Session, Sitting
from gehoor.rooms.privacy.audit import do_log
from gehoor.rooms.voices.weight import current_table

WHAT = "appointment"
"""The kind of thing in the audit trail."""
EARLY = timedelta(minutes=30)
"""So long before its time one may begin."""
_LONGEST = timedelta(hours=4)
_FARTHEST = timedelta(days=366)
_MOST_INVITED = 50


@dataclass(frozen=True, slots=True)
class Arranged:
    """What is arranged: when, how the stack is drawn, and with whom. ``days``: only what came in during so many days
    before it is drawn. ``together``: all read the same stack."""

    starts_at: datetime
    minutes: int
    drawn_by: DrawnBy = DrawnBy.MINUTES
    pool: Pool = Pool.UNHEARD
    need: UUID | None = None
    channel: str = ""
    days: int | None = None
    together: bool = False
    invited: tuple[User, ...] = ()


def colleagues(user: User) -> list[User]:
    """Whom this user can invite: everyone else who may listen, by name."""
    others = User.objects.filter(is_active=True).exclude(pk=user.pk).order_by("name", "pk")
    return [each for each in others if each.may(May.LISTEN)]


def do_plan(*, actor: User, arranged: Arranged) -> Appointment:
    """Make an appointment. The one who makes it attends."""
    _check(actor, arranged)
    with transaction.atomic():
        appointment = Appointment.objects.create(organiser=actor, seed=secrets.randbelow(SEEDS))
        _arrange(appointment, 0, arranged, actor)
        do_log(actor=actor, action="plan_session", what=WHAT, public_id=appointment.public_id)
    return appointment


def do_rearrange(*, actor: User, appointment: Appointment, arranged: Arranged) -> Arrangement:
    """Change an appointment of one's own. Those who were invited already keep what they answered, as long as the moment
    stays. Raises Refused when the stack lies there already and would be another."""
    _check(actor, arranged)
    now = _own(actor, appointment)
    if now.cancelled:
        raise Refused(why=sentence("it was cancelled"))
    if appointment.laid_at is not None and _stack_of(arranged) != _stack_of(arranged_in(now)):
        raise Refused(why=sentence("someone began already; the stack lies as it is"))
    return _next(appointment, now, arranged, actor, "change_planned_session")


def do_cancel(*, actor: User, appointment: Appointment) -> Arrangement:
    """Cancel an appointment of one's own."""
    now = _own(actor, appointment)
    if now.cancelled:
        raise Refused(why=sentence("it was cancelled already"))
    return _next(appointment, now, arranged_in(now), actor, "cancel_planned_session", cancelled=True)


def do_undo_arrangement(*, actor: User, appointment: Appointment) -> Arrangement:
    """Undo the last change or cancellation, by arranging as it was before. Undoing that brings the change back."""
    now = _own(actor, appointment)
    before = appointment.arrangements.filter(number=now.number - 1).first()
    if before is None:
        raise Refused(why=sentence("nothing was changed yet"))
    if appointment.laid_at is not None and _stack_of(arranged_in(before)) != _stack_of(arranged_in(now)):
        raise Refused(why=sentence("someone began already; the stack lies as it is"))
    return _next(appointment, now, arranged_in(before), actor, "change_planned_session", cancelled=before.cancelled)


def do_say_coming(*, actor: User, appointment: Appointment, comes: bool) -> None:
    """Say as an invited colleague whether one comes; it can be said again."""
    said = Attending.objects.filter(arrangement__appointment=appointment, arrangement__stands=True, attendee=actor)
    if actor.pk == appointment.organiser_id or not said.update(comes=comes):
        raise NotFound(what=sentence("invitation"))


def do_begin(*, actor: User, appointment: Appointment) -> Session:
    """Begin to listen: the session of this attendee, which is the same when one begins twice."""
    if not actor.may(May.LISTEN):
        raise NotAllowed()
    with transaction.atomic():
        appointment = Appointment.objects.select_for_update().get(pk=appointment.pk)
        now = standing(appointment)
        if now.cancelled:
            raise Refused(why=sentence("it was cancelled"))
        begun = Session.objects.filter(sitting__appointment=appointment, listener=actor).first()
        if begun is not None:
            return begun
        if clock.now() < now.starts_at - EARLY:
            raise Refused(why=sentence("it is not time yet"))
        wanted, seed = _drawing(now), appointment.seed
        if now.together:
            stack, table = _laid(appointment, wanted)
        else:
            seed, found = secrets.randbelow(SEEDS), current_table()
            stack, table = draw_stack(wanted, seed=seed, table=found), found.name
        session = do_keep_session(actor=actor, wanted=wanted, stack=stack, seed=seed, table=table)
        Sitting.objects.create(appointment=appointment, session=session)
    return session


def access_appointment(*, actor: User, public_id: UUID) -> Appointment:
    """An appointment that one made or is invited to; any other is not there."""
    own = Attending.objects.filter(arrangement__appointment=OuterRef("pk"), arrangement__stands=True, attendee=actor)
    found = Appointment.objects.select_related("organiser").filter(Q(organiser=actor) | Exists(own))
    appointment = found.filter(public_id=public_id).first()
    if appointment is None:
        raise NotFound(what=sentence("appointment"))
    return appointment


def standing(appointment: Appointment) -> Arrangement:
    """How the appointment is arranged now."""
    return appointment.arrangements.prefetch_related(_WHO).get(stands=True)


_WHO = Prefetch("attending", Attending.objects.select_related("attendee").order_by("attendee__name", "pk"))


def ahead(user: User) -> QuerySet[Arrangement]:
    """The appointments of this user that are not over: cancelled ones and those that one declined stay out. First the
    nearest; each with ``appointment``, its organiser, and who attends."""
    now = clock.now()
    own = Attending.objects.filter(arrangement=OuterRef("pk"), attendee=user).exclude(comes=False)
    found = Arrangement.objects.filter(
        Exists(own), stands=True, cancelled=False, starts_at__gte=now - timedelta(hours=4)
    )
    return found.select_related("appointment__organiser").prefetch_related(_WHO).order_by("starts_at", "pk")


def not_over(arrangement: Arrangement, now: datetime) -> bool:
    """Whether it is still to be begun, or going on."""
    return now < arrangement.starts_at + timedelta(minutes=arrangement.minutes)


def arranged_in(arrangement: Arrangement) -> Arranged:
    """What an arrangement says."""
    attendees = [each.attendee for each in arrangement.attending.select_related("attendee")]
    return Arranged(
        starts_at=arrangement.starts_at,
        minutes=arrangement.minutes,
        drawn_by=DrawnBy(arrangement.drawn_by),
        pool=Pool(arrangement.pool),
        need=arrangement.need,
        channel=arrangement.channel,
        days=arrangement.days,
        together=arrangement.together,
        invited=tuple(each for each in attendees if each.pk != arrangement.appointment.organiser_id),
    )


def _stack_of(arranged: Arranged) -> tuple[object, ...]:
    """All that decides which stack is drawn."""
    how = (arranged.minutes, arranged.drawn_by, arranged.pool, arranged.need, arranged.channel, arranged.days)
    return (*how, arranged.together)


def _check(actor: User, arranged: Arranged) -> None:
    if not actor.may(May.LISTEN):
        raise NotAllowed()
    check_minutes(arranged.minutes)
    now = clock.now()
    if not now - timedelta(minutes=10) <= arranged.starts_at <= now + _FARTHEST:
        raise Refused(why=sentence("it is planned for a moment from now on, within a year"))
    if len(arranged.invited) > _MOST_INVITED:
        raise Refused(why=sentence("at most fifty colleagues listen together"))
    if any(not each.may(May.LISTEN) for each in arranged.invited):
        raise Refused(why=sentence("someone who is invited may not listen"))


def _own(actor: User, appointment: Appointment) -> Arrangement:
    if appointment.organiser_id != actor.pk:
        raise NotAllowed()
    return standing(appointment)


def _next(
    appointment: Appointment,
    now: Arrangement,
    arranged: Arranged,
    actor: User,
    action: str,
    *,
    cancelled: bool = False,
) -> Arrangement:
    said = {each.attendee_id: each.comes for each in now.attending.all()}
    with transaction.atomic():
        if not Arrangement.objects.filter(pk=now.pk, stands=True).update(stands=False):
            raise Refused(why=sentence("it was changed in the meantime"))
        found = _arrange(appointment, now.number + 1, arranged, actor, cancelled=cancelled)
        if arranged.starts_at == now.starts_at:
            for each in found.attending.all():
                Attending.objects.filter(pk=each.pk).update(comes=said.get(each.attendee_id, each.comes))
        do_log(actor=actor, action=action, what=WHAT, public_id=appointment.public_id)
    return found


def _arrange(
    appointment: Appointment, number: int, arranged: Arranged, actor: User, *, cancelled: bool = False
) -> Arrangement:
    found = Arrangement.objects.create(
        appointment=appointment,
        number=number,
        starts_at=arranged.starts_at,
        minutes=arranged.minutes,
        drawn_by=arranged.drawn_by,
        pool=arranged.pool,
        need=arranged.need,
        channel=arranged.channel,
        days=arranged.days,
        together=arranged.together,
        cancelled=cancelled,
        actor=actor,
        at=clock.now(),
    )
    invited = {each.pk: each for each in arranged.invited if each.pk != appointment.organiser_id}
    own = Attending(arrangement=found, attendee=appointment.organiser, comes=True)
    Attending.objects.bulk_create([own, *(Attending(arrangement=found, attendee=each) for each in invited.values())])
    return found


def _drawing(now: Arrangement) -> Drawing:
    since = None if now.days is None else clock.now() - timedelta(days=now.days)
    narrowed = Narrowed(now.need, now.channel, since)
    return Drawing(Pool(now.pool), DrawnBy(now.drawn_by), now.minutes, narrowed)


def _laid(appointment: Appointment, wanted: Drawing) -> tuple[Stack, str]:
    """The one stack of an appointment, drawn now when nobody began yet; without what was erased since."""
    if appointment.laid_at is None:
        table = current_table()
        stack = draw_stack(wanted, seed=appointment.seed, table=table)
        if not stack.voices:
            return stack, table.name
        _lay(appointment, stack.voices, stack.probabilities)
        appointment.laid_at, appointment.drawn_from, appointment.table = clock.now(), stack.drawn_from, table.name
        appointment.save(update_fields=["laid_at", "drawn_from", "table"])
        return stack, table.name
    rows = list(appointment.laid.order_by("position").values_list("voice", "probability"))
    return Stack([voice for voice, _ in rows], [p for _, p in rows], appointment.drawn_from), appointment.table


def _lay(appointment: Appointment, voices: Sequence[int], probabilities: Sequence[float]) -> None:
    Laid.objects.bulk_create(
        Laid(appointment=appointment, voice_id=voice, position=position, probability=probability)
        for position, (voice, probability) in enumerate(zip(voices, probabilities, strict=True), start=1)
    )
