"""What the example organisation changed, and what it did not: one that helped, one that it was proud of and that did
not, a no with its reason, and a later.

The great ask of the example, the slow building deposit, stays where such asks stay: in the hands of someone who heard
it, and nobody took it up.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from gehoor.demo import words
from gehoor.demo.moments import Days
from gehoor.demo.people import colleague, needs_about, voices, voices_about
from gehoor.demo.telling import carry_out, told
from gehoor.rooms.accounts.models import User
from gehoor.rooms.changes.actions import do_decide, do_doing, do_done, do_start_change
from gehoor.rooms.changes.events import Happening, do_add_event
from gehoor.rooms.changes.models import Change, EventKind, Says, StepKind, Telling
from gehoor.rooms.changes.publishing import Text, do_publish
from gehoor.rooms.changes.telling import asked_in, do_tell
from gehoor.rooms.changes.trial import do_ask_ten, do_note_answer, draw, pool
from gehoor.rooms.needs.decisions import do_merge, do_rename
from gehoor.rooms.needs.models import Need
from gehoor.rooms.voices.models import Voice

LETTER_DONE = 170
PORTAL_DONE = 152
OUTAGE = (74, 71)
CAMPAIGN = (333, 320)
_SEEDS = 2_000
_HALF = 0.5
_PROUD = 0.6


@dataclass(frozen=True, slots=True)
class Staff:
    """Who did it."""

    marketer: User
    adviser: User
    manager: User


def staff() -> Staff:
    """The colleagues of the example."""
    names = ("marleen.visser", "femke.smit", "ruud.van.dam")
    return Staff(*(colleague(name) for name in names))


def do_change_things(days: Days) -> None:
    """Everything that was asked, decided, done and told, each on its day."""
    who = staff()
    _record_events(days, who)
    letter = _need(days, "rentebrief", words.LETTER_NEED, who.marketer)
    portal = _need(days, "jaaropgave", words.PORTAL_NEED, who.marketer)
    _change_letter(days, who, letter)
    _renew_portal(days, who, portal)
    _refuse_english(days, who)
    _put_off_messages(days, who)


def _record_events(days: Days, who: Staff) -> None:
    for kind, name, (since, until) in (
        (EventKind.CAMPAIGN, words.CAMPAIGN, CAMPAIGN),
        (EventKind.OUTAGE, words.OUTAGE, OUTAGE),
    ):
        with days.acting(until - 1, 17):
            do_add_event(said=Happening(kind, name, days.day(since), days.day(until)), actor=who.marketer)


def _need(days: Days, subject: str, name: str, actor: User) -> Need | None:
    """The need in which these voices are; where the machine saw more than one, someone put them together."""
    found = needs_about(voices_about(subject, days))
    if not found:
        return None
    first, *others = found
    with days.acting(305, 15):
        for other in others:
            do_merge(need=other, into=first, actor=actor)
        do_rename(need=first, name=name, actor=actor)
    return first


def _started(days: Days, ago: int, name: str, idea: str, need: Need | None, about: Sequence[Voice], by: User) -> Change:
    """A change that rests on a need; on the voices themselves where the machine sees no need in them."""
    with days.acting(ago, 11):
        return do_start_change(
            name=name,
            idea=idea,
            actor=by,
            needs=[] if need is None else [need.public_id],
            voices=about if need is None else (),
        )


def _change_letter(days: Days, who: Staff, need: Need | None) -> None:
    about = voices_about("rentebrief", days)
    change = _started(days, 262, words.LETTER, words.LETTER_IDEA, need, about, who.marketer)
    _ask_ten(days, who, change)
    with days.acting(191, 16):
        do_decide(change=change, kind=StepKind.YES, actor=who.manager, reason=words.LETTER_YES, fewer=_HALF)
    with days.acting(189, 9):
        do_doing(change=change, actor=who.marketer, reason=words.LETTER_DOING, day=days.day(LETTER_DONE))
    with days.acting(LETTER_DONE, 8, 30):
        do_done(change=change, actor=who.marketer, day=days.day(LETTER_DONE), reason=words.LETTER_DID)
    with days.acting(166, 10):
        telling = do_tell(change=change, texts=words.LETTER_TOLD, actor=who.marketer)
    carry_out(telling.run, days, 165, by=who.marketer, callers=[who.adviser, who.marketer])
    with days.acting(150, 10):
        said = Text(
            words.PUBLIC_TITLE_NL, words.PUBLIC_NL, days.day(LETTER_DONE), words.PUBLIC_TITLE_EN, words.PUBLIC_EN, 1
        )
        do_publish(change=change, said=said, actor=who.marketer)


def _ask_ten(days: Days, who: Staff, change: Change) -> None:
    """Ten who had asked by then say whether it helps, before it is decided."""
    ago = 208
    with days.acting(ago + 1, 10):
        seed = _seed_of_then(change, days, ago)
        telling = do_ask_ten(change=change, texts=words.TRIAL, actor=who.marketer, seed=seed)
    carry_out(telling.run, days, ago, by=who.marketer, callers=[who.adviser, who.marketer])
    _note_answers(telling, days, ago - 4, [who.adviser, who.marketer])


def _seed_of_then(change: Change, days: Days, ago: int) -> int:
    """A draw of ten who had asked by then, and nothing since: the others could not have been drawn on that day."""
    people = pool(change)
    latest = {voice.pk: voice.said_at for voice in Voice.objects.filter(pk__in=asked_in(change, people).values())}
    by_then = {
        each
        for each, voice in asked_in(change, people).items()
        if (at := latest[voice]) is not None and at < days.moment(ago)
    }
    return next((seed for seed in range(_SEEDS) if set(draw(people, seed).persons) <= by_then), 0)


def _note_answers(telling: Telling, days: Days, ago: int, by: Sequence[User]) -> None:
    asked = told(telling.run)
    for number, (delivery, (says, text)) in enumerate(zip(asked, words.TRIAL_ANSWERS, strict=False)):
        person = delivery.person
        if person is None:
            continue
        with days.acting(ago - number // 2, 11 + number % 4):
            do_note_answer(telling=telling, person=person, says=Says(says), actor=by[number % len(by)], words=text)


def _renew_portal(days: Days, who: Staff, need: Need | None) -> None:
    about = voices_about("jaaropgave", days)
    change = _started(days, 241, words.PORTAL, words.PORTAL_IDEA, need, about, who.marketer)
    with days.acting(226, 14):
        do_decide(change=change, kind=StepKind.YES, actor=who.marketer, reason=words.PORTAL_YES, fewer=_PROUD)
    with days.acting(220, 9):
        do_doing(change=change, actor=who.marketer, reason=words.PORTAL_DOING, day=days.day(PORTAL_DONE))
    with days.acting(PORTAL_DONE, 12):
        do_done(change=change, actor=who.marketer, day=days.day(PORTAL_DONE), reason=words.PORTAL_DID)


def _refuse_english(days: Days, who: Staff) -> None:
    about = voices(words.ENGLISH_ASKED)
    change = _started(days, 117, words.ENGLISH, words.ENGLISH_IDEA, None, about, who.marketer)
    with days.acting(98, 15):
        do_decide(change=change, kind=StepKind.NO, actor=who.manager, reason=words.ENGLISH_NO)
    with days.acting(5, 11):
        do_tell(change=change, texts=words.ENGLISH_TOLD, actor=who.marketer)


def _put_off_messages(days: Days, who: Staff) -> None:
    about = voices(words.MESSAGES_ASKED)
    change = _started(days, 12, words.MESSAGES, words.MESSAGES_IDEA, None, about, who.marketer)
    with days.acting(8, 10):
        reason, day = words.MESSAGES_LATER, days.day(-45)
        do_decide(change=change, kind=StepKind.LATER, actor=who.manager, reason=reason, day=day)
