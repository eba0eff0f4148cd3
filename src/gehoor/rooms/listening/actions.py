"""What is written in this room: a session that starts, and the seconds that someone listened."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from gehoor.kernel import clock
from gehoor.kernel.errors import NotAllowed, NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.listening.drawing import WHOLE, Drawing, Narrowed, Stack, draw_stack
from gehoor.rooms.listening.models import Clock, Drawn, DrawnBy, Heard, ListenedDay, Pool, Session, SessionDay
from gehoor.rooms.listening.pace import reading_seconds, seconds_to_hear
from gehoor.rooms.privacy.audit import do_log
from gehoor.rooms.voices.models import Voice
from gehoor.rooms.voices.weight import current_table

LONGEST_BEAT = 15.0
"""Seconds that one beat can be worth; the page beats every ten."""
SEEDS = 1_000_000
_LONGEST_SESSION = 240


def do_start_session(
    *,
    actor: User,
    minutes: int,
    drawn_by: DrawnBy,
    pool: Pool,
    seed: int | None = None,
    narrowed: Narrowed = WHOLE,
) -> Session:
    """Draw a stack for so many minutes. Raises Refused when there is nothing to draw from."""
    if not actor.may(May.LISTEN):
        raise NotAllowed()
    check_minutes(minutes)
    seed = secrets.randbelow(SEEDS) if seed is None else seed
    table = current_table()
    wanted = Drawing(pool, drawn_by, minutes, narrowed)
    return do_keep_session(
        actor=actor, wanted=wanted, stack=draw_stack(wanted, seed=seed, table=table), seed=seed, table=table.name
    )


def check_minutes(minutes: int) -> None:
    """Raises Refused for a sitting that is no sitting."""
    if not 1 <= minutes <= _LONGEST_SESSION:
        raise Refused(why=sentence("a session takes 1 to 240 minutes"))


def do_keep_session(*, actor: User, wanted: Drawing, stack: Stack, seed: int, table: str) -> Session:
    """Keep a stack that was drawn as a sitting of ``actor``. Raises Refused when it is empty."""
    if not stack.voices:
        raise Refused(why=sentence("there is nothing to draw from; every voice was heard already, or none came in yet"))
    with transaction.atomic():
        session = Session.objects.create(
            listener=actor,
            planned_minutes=wanted.minutes,
            seed=seed,
            drawn_by=wanted.drawn_by,
            pool=wanted.pool,
            need=wanted.narrowed.need,
            channel=wanted.narrowed.channel,
            since=wanted.narrowed.since,
            drawn_from=stack.drawn_from,
            table=table,
        )
        drawn = enumerate(zip(stack.voices, stack.probabilities, strict=True), start=1)
        Drawn.objects.bulk_create(
            Drawn(session=session, voice_id=voice, position=position, probability=probability)
            for position, (voice, probability) in drawn
        )
        do_log(actor=actor, action="start_session", what="listening_session", public_id=session.public_id)
    return session


def access_session(*, actor: User, public_id: UUID) -> Session:
    """One's own session; anybody else's is not there."""
    session = Session.objects.filter(public_id=public_id, listener=actor).first()
    if session is None:
        raise NotFound(what=sentence("listening session"))
    return session


@dataclass(frozen=True, slots=True)
class Shown:
    """A voice was put before a listener at this moment, in a session or elsewhere."""

    voice: int
    session: int | None
    at: datetime


def do_listen(*, actor: User, shown: Shown, seconds: float | None) -> float:
    """Count time that ``actor`` gave to one voice; returns the seconds that were counted.

    With a script in the page ``seconds`` are those in which it saw someone there; at most 15 a beat. Without (None),
    all time since the page was shown counts, but at most one and a half times what reading takes, and ten seconds.
    Either way only time counts that really passed since the page was shown and that was not counted yet for this
    listener, in any tab: sending the same thing again, reading in two tabs, or a clock that goes back add nothing.

    It leaves no line in the audit trail: that would be one every ten seconds of a colleague's day, and tell no more.
    """
    if not actor.may(May.LISTEN):
        raise NotAllowed()
    voice = Voice.objects.filter(pk=shown.voice).only("pk", "words", "duration_seconds").first()
    if voice is None:
        raise NotFound(what=sentence("voice"))
    with transaction.atomic():
        kept, _ = Clock.objects.select_for_update().get_or_create(listener=actor, defaults={"until": shown.at})
        now = clock.now()
        passed = max(0.0, (now - max(kept.until, shown.at)).total_seconds())
        counted = min(passed, _most(voice, seconds))
        if kept.until != now:
            Clock.objects.filter(pk=kept.pk).update(until=now)
        if counted > 0:
            do_keep_heard(listener=actor, voice=voice, seconds=counted, at=now)
            if shown.session is not None:
                _keep_sitting(shown.session, voice, counted, now)
    return counted


def _keep_sitting(session: int, voice: Voice, seconds: float, at: datetime) -> None:
    """Count seconds to the sitting in which the voice was shown: by voice, and by day."""
    if Drawn.objects.filter(session=session, voice=voice).update(seconds=F("seconds") + seconds):
        day, _ = SessionDay.objects.get_or_create(session_id=session, day=timezone.localdate(at))
        SessionDay.objects.filter(pk=day.pk).update(seconds=F("seconds") + seconds)


def _most(voice: Voice, seconds: float | None) -> float:
    if seconds is None:
        return 1.5 * reading_seconds(voice.words, voice.duration_seconds) + 10
    return min(max(seconds, 0.0), LONGEST_BEAT)


def do_keep_heard(*, listener: User, voice: Voice, seconds: float, at: datetime) -> None:
    """Keep that ``listener`` gave these seconds, the last of them at ``at``, to a voice: by voice, and by day."""
    with transaction.atomic():
        first = at - timedelta(seconds=seconds)
        heard, _ = Heard.objects.get_or_create(
            voice=voice, listener=listener, defaults={"first_at": first, "last_at": at}
        )
        heard.seconds += seconds
        heard.last_at = max(heard.last_at, at)
        heard.enough = heard.seconds >= seconds_to_hear(voice)
        heard.save(update_fields=["seconds", "last_at", "enough"])
        day, _ = ListenedDay.objects.get_or_create(listener=listener, day=timezone.localdate(at))
        ListenedDay.objects.filter(pk=day.pk).update(seconds=F("seconds") + seconds)
