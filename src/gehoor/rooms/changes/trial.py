"""Before deciding, ask ten: does this help? Ten of those who asked, fairly drawn, and their answers in their words."""

import secrets
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from django.db import transaction

from gehoor.kernel.errors import NotAllowed, NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.changes.asked import bases, said_for
from gehoor.rooms.changes.askers import askers_of, living
from gehoor.rooms.changes.composing import check_filled
from gehoor.rooms.changes.log import standing_of
from gehoor.rooms.changes.models import Change, Says, Telling, TellingKind, TrialAnswer
from gehoor.rooms.changes.standing import Stage
from gehoor.rooms.changes.telling import ON_BEHALF, asked_in
from gehoor.rooms.people.models import Person
from gehoor.rooms.people.reach import reaches
from gehoor.rooms.privacy.audit import do_log
from gehoor.rooms.sending.models import Delivery, State
from gehoor.rooms.sending.runs import do_make_run, do_word
from gehoor.rooms.voices.models import Voice

TEN = 10
_SEEDS = 1_000_000

SAYS_NAMES = {
    Says.HELPS: sentence("helps"),
    Says.PARTLY: sentence("helps a little"),
    Says.NOT: sentence("does not help"),
    Says.UNCLEAR: sentence("unclear"),
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """Who was drawn, from how many who asked and had not been asked before."""

    persons: tuple[int, ...]
    drawn_from: int


def pool(change: Change) -> list[int]:
    """Everyone who asked and was not drawn for this change before, in a fixed order."""
    said = said_for(bases([change.pk]))[change.pk]
    people = {each.person for each in said if each.person is not None} | askers_of(change)
    before = Delivery.objects.filter(run__telling__change=change, run__telling__kind=TellingKind.TRIAL)
    asked = set(living(set(before.values_list("person_id", flat=True))).values())
    return sorted(people - asked)


def draw(people: Sequence[int], seed: int, count: int = TEN) -> Drawn:
    """``count`` of these persons, everyone who can be reached and does not refuse with the same chance.

    Everyone is put in the order that the seed gives, and the first who can be reached are taken; so that only as many
    addresses are looked up as needed.
    """
    order = [people[place] for place in places_in_order(len(people), seed)]
    taken: list[int] = []
    start, step = 0, 4 * count
    while len(taken) < count and start < len(order):
        some = order[start : start + step]
        ways = reaches(some)
        taken += [person for person in some if ways[person].channel]
        start, step = start + step, 2 * step
    return Drawn(tuple(taken[:count]), len(people))


def places_in_order(units: int, seed: int) -> list[int]:
    """The places 0 to ``units`` in the order of a fair draw: the first n are those that ``draw_equally`` takes for n
    with this seed."""
    keys = np.random.PCG64(seed).random_raw(units)
    found: list[int] = np.argsort(keys, kind="stable").tolist()
    return found


def do_ask_ten(*, change: Change, texts: dict[str, str], actor: User, seed: int | None = None) -> Telling:
    """Draw ten and make a run that asks them whether it helps; nothing goes out before it is started.

    Raises Refused when it is done already, when nobody who asked can be reached, or when something is left to be
    written.
    """
    check_filled(texts)
    seed = secrets.randbelow(_SEEDS) if seed is None else seed
    if standing_of(change).stage == Stage.DONE:
        raise Refused(why=sentence("it is done already; whether it helped is measured"))
    drawn = draw(pool(change), seed)
    if not drawn.persons:
        raise Refused(why=sentence("nobody who asked can be reached, or all of them were asked already"))
    with transaction.atomic():
        wording = do_word(actor=actor, texts=texts)
        run = do_make_run(
            actor=actor,
            name=change.name,
            wording=wording,
            persons=drawn.persons,
            on_behalf=(ON_BEHALF, change.public_id),
            asked=asked_in(change, drawn.persons),
        )
        telling = Telling.objects.create(
            change=change, run=run, kind=TellingKind.TRIAL, seed=seed, drawn_from=drawn.drawn_from, by=actor
        )
        do_log(actor=actor, action="change.ask", what="change", public_id=change.public_id)
    return telling


@dataclass(frozen=True, slots=True)
class One:
    """One of those who were drawn: whether asked, what was answered, and what came in that may be an answer."""

    delivery: Delivery
    person: Person
    answer: TrialAnswer | None
    proposed: tuple[Voice, ...]

    @property
    def asked(self) -> bool:
        """Whether the question reached this person."""
        return self.delivery.state == State.SENT

    @property
    def may_answer(self) -> bool:
        """Whether an answer can be noted now."""
        return self.asked and self.answer is None


@dataclass(frozen=True, slots=True)
class Trial:
    """One trial with everyone in it. ``counts`` is what was answered, in the order of ``Says``."""

    telling: Telling
    people: list[One]

    @property
    def asked(self) -> int:
        """How many the question reached."""
        return sum(each.asked or each.answer is not None for each in self.people)

    @property
    def answered(self) -> int:
        """How many answered."""
        return sum(each.answer is not None for each in self.people)

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many said what; what nobody said is left out."""
        found = Counter(each.answer.says for each in self.people if each.answer is not None)
        return [(SAYS_NAMES[says], found[says]) for says in Says if found[says]]


def trial(telling: Telling) -> Trial:
    """A trial as it stands; a fixed number of queries."""
    deliveries = list(telling.run.deliveries.select_related("person", "reply").order_by("pk"))
    answers: dict[int, TrialAnswer] = {}
    for answer in telling.answers.filter(undone=False).select_related("voice", "by").order_by("pk"):
        answers[answer.person_id] = answer
    judged = {answer.voice_id for answer in answers.values()}
    came = _came_back(deliveries)
    return Trial(
        telling,
        [
            One(
                each,
                each.person,
                answers.get(each.person.pk),
                tuple(voice for voice in came.get(each.pk, ()) if voice.pk not in judged),
            )
            for each in deliveries
            if each.person is not None
        ],
    )


def _came_back(deliveries: Collection[Delivery]) -> dict[int, list[Voice]]:
    """Voices in the conversation of our question, by delivery: what may be an answer to it."""
    talks = {each.reply.conversation_id: each for each in deliveries if each.reply and each.reply.conversation_id}
    found: dict[int, list[Voice]] = {}
    said = Voice.objects.filter(conversation__in=talks.keys()).order_by("said_at", "pk")
    for voice in said:
        delivery = talks[voice.conversation_id or 0]
        if voice.pk != delivery.voice_id and _after(voice, delivery):
            found.setdefault(delivery.pk, []).append(voice)
    return found


def _after(voice: Voice, delivery: Delivery) -> bool:
    return voice.said_at is None or delivery.told_at is None or voice.said_at >= delivery.told_at


def do_note_answer(
    *, telling: Telling, person: Person, says: str, actor: User, words: str = "", voice: Voice | None = None
) -> TrialAnswer:
    """Say what someone answered: as noted on the phone (``words``), or in a voice that came in."""
    if not (actor.may(May.SEE_CHANGES) and actor.may(May.SEE_PEOPLE)):
        raise NotAllowed()
    if says not in Says.values:
        raise Refused(why=sentence("say whether it helps, helps a little, does not help, or is unclear"))
    delivery = telling.run.deliveries.filter(person=person, state=State.SENT).first()
    if telling.kind != TellingKind.TRIAL or delivery is None:
        raise Refused(why=sentence("this customer was not asked yet"))
    with transaction.atomic():
        Telling.objects.select_for_update().get(pk=telling.pk)
        if telling.answers.filter(person=person, undone=False).exists():
            raise Refused(why=sentence("an answer was noted already; undo that first"))
        answer = TrialAnswer.objects.create(
            telling=telling, person=person, says=says, words=words.strip(), voice=voice, by=actor
        )
        do_log(actor=actor, action="change.answer", what="change", public_id=telling.change.public_id)
    return answer


def do_undo_answer(*, answer: TrialAnswer, actor: User) -> None:
    """What was noted was wrong."""
    if not (actor.may(May.SEE_CHANGES) and actor.may(May.SEE_PEOPLE)):
        raise NotAllowed()
    with transaction.atomic():
        if not TrialAnswer.objects.filter(pk=answer.pk, undone=False).update(undone=True):
            raise Refused(why=sentence("it was undone already"))
        do_log(actor=actor, action="change.undo_answer", what="change", public_id=answer.telling.change.public_id)


def access_answer(public_id: UUID) -> TrialAnswer:
    """One answer; raises NotFound."""
    found = TrialAnswer.objects.select_related("telling__change", "telling__run").filter(public_id=public_id).first()
    if found is None:
        raise NotFound(what=sentence("answer"))
    return found
