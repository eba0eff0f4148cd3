"""The forty minutes that the example organisation listened, mostly to what is easy to read."""

import re
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from gehoor.analysis.needs.sentences import sentences
from gehoor.demo import words
from gehoor.demo.moments import Days, acting_at
from gehoor.demo.people import colleague, voices
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import Role
from gehoor.rooms.listening.actions import Shown, do_keep_heard, do_listen, do_start_session
from gehoor.rooms.listening.appointments import Arranged, do_plan
from gehoor.rooms.listening.drawing import Drawing, Narrowed, candidates, stack_from
from gehoor.rooms.listening.handing import Passage, do_hand_on
from gehoor.rooms.listening.marking import do_mark
from gehoor.rooms.listening.models import DrawnBy, Handing, Heard, Pool, Session
from gehoor.rooms.listening.noting import do_note
from gehoor.rooms.listening.pace import reading_seconds
from gehoor.rooms.listening.rhythm import Pace, do_set_rhythms
from gehoor.rooms.voices.models import Voice
from gehoor.rooms.voices.weight import current_table

MINUTES = 40
_POSTS = 9
_POST_SHARE = 0.50
_SEEDS = 1_000
_SATURDAY = 5
_WAITING = re.compile(r"factu|betaal|invoice|paid|depot|rekening", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sitting:
    """One session: so many days ago, of how long, through which channel, and by what it was drawn. ``holds`` are voices
    of which one lay in the stack; ``share`` is its part of the minutes."""

    ago: int
    hour: int
    minutes: int
    channel: str
    drawn_by: DrawnBy
    share: float
    takeaway: str
    holds: tuple[str, ...] = ()


_SITTINGS = (
    Sitting(5, 15, 10, "letter", DrawnBy.MINUTES, 0.25, words.TAKEAWAY, words.TOLD_OF_DEPOSIT),
    Sitting(2, 16, 5, "survey", DrawnBy.VOICES, 0.25, words.TAKEAWAY_SURVEY),
)


def listen_a_little(days: Days) -> None:
    """Log the minutes: posts by the marketer, two sittings of the manager. Doing it twice changes nothing."""
    with transaction.atomic():
        if Heard.objects.exists():
            return
        marketer, manager = colleague("marleen.visser"), colleague("ruud.van.dam")
        _read_posts(marketer, days)
        for sitting in _SITTINGS:
            _sit(manager, sitting, days)
        _agree(manager, marketer, days)


def _read_posts(marketer: User, days: Days) -> None:
    """A glance at what is public, every day."""
    found = Voice.objects.filter(channel="x").order_by("-said_at", "id")[:_POSTS]
    for ago, voice in enumerate(found, start=2):
        seconds = MINUTES * 60 * _POST_SHARE / _POSTS
        do_keep_heard(listener=marketer, voice=voice, seconds=seconds, at=days.moment(ago, 9))


def _sit(listener: User, sitting: Sitting, days: Days) -> None:
    start = days.moment(sitting.ago, sitting.hour)
    with acting_at(start):
        session = do_start_session(
            actor=listener,
            minutes=sitting.minutes,
            drawn_by=sitting.drawn_by,
            pool=Pool.UNHEARD,
            seed=_seed(sitting, days),
            narrowed=Narrowed(channel=sitting.channel),
        )
    heard = _read_through(session, sitting, days)
    with acting_at(start + timedelta(seconds=MINUTES * 60 * sitting.share)):
        do_note(session=session, text=sitting.takeaway, begun_from="", shared=True)
        _keep_what_struck(session, sitting, heard)


def _seed(sitting: Sitting, days: Days) -> int:
    """A draw that could have been drawn on that day, and in which one of those voices is that it is about."""
    wanted = Drawing(Pool.UNHEARD, sitting.drawn_by, sitting.minutes, Narrowed(channel=sitting.channel))
    later = set(Voice.objects.filter(said_at__gte=days.moment(sitting.ago)).values_list("pk", flat=True))
    holds = {voice.pk for voice in voices(sitting.holds)}
    table = current_table()
    found = candidates(wanted.pool, table, wanted.narrowed)
    for seed in range(_SEEDS):
        drawn = stack_from(found, wanted, seed=seed, table=table).voices
        if later.isdisjoint(drawn) and (not holds or holds & set(drawn)):
            return seed
    return 0


def _read_through(session: Session, sitting: Sitting, days: Days) -> list[Voice]:
    """Read one after the other, each for its part of the time; what was read."""
    stack = [each.voice for each in session.stack.select_related("voice").order_by("position")]
    takes = [reading_seconds(voice.words, voice.duration_seconds) for voice in stack]
    begins = days.moment(sitting.ago, sitting.hour)
    for voice, share in zip(stack, takes, strict=True):
        ends = begins + timedelta(seconds=MINUTES * 60 * sitting.share * share / sum(takes))
        with acting_at(ends):
            do_listen(actor=session.listener, shown=Shown(voice.pk, session.pk, begins), seconds=None)
        begins = ends
    return stack


def _keep_what_struck(session: Session, sitting: Sitting, heard: list[Voice]) -> None:
    """A sentence of what was read, and of the sitting that is about something: handing it on. Nobody took it up."""
    about = {voice.pk for voice in voices(sitting.holds)}
    striking = next((voice for voice in heard if voice.pk in about), heard[0])
    passage = _striking_sentence(striking.text)
    do_mark(actor=session.listener, voice=striking, passage=passage, session=session)
    if about:
        do_hand_on(
            actor=session.listener,
            kind=Handing.CHANGE,
            voice=striking,
            text=words.HANDED_ON,
            passage=passage,
            session=session,
        )


def _striking_sentence(text: str) -> Passage:
    """The longest that is about waiting for money, else the longest."""
    found = list(sentences(text))
    waiting = [(start, end) for start, end in found if _WAITING.search(text[start:end])]
    start, end = max(waiting or found, key=lambda each: each[1] - each[0])
    return Passage(start, end)


def _on_a_working_day(days: Days, ago: int) -> int:
    """So many days ago, or the first day after it that is no weekend."""
    while days.day(ago).weekday() >= _SATURDAY:
        ago -= 1
    return ago


def _agree(manager: User, marketer: User, days: Days) -> None:
    """How often they will listen from now on, and when first."""
    with days.acting(3, 11):
        do_set_rhythms(
            actor=manager,
            agreed={Role.MANAGER: Pace(40, 2), Role.MARKETER: Pace(40, 1), Role.ADVISER: Pace(20, 2)},
        )
        starts = days.moment(_on_a_working_day(days, -6), 14)
        planned = Arranged(starts, 40, invited=(marketer, colleague("femke.smit")), together=True)
        do_plan(actor=manager, arranged=planned)
