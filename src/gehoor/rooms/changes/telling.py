"""Telling everyone who asked what became of it, each in the own favourite channel, and nobody the same answer twice."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce

from gehoor.kernel.errors import NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.changes.asked import asked_for, bases, said_for
from gehoor.rooms.changes.askers import askers_of, do_note_askers, living
from gehoor.rooms.changes.composing import check_filled
from gehoor.rooms.changes.log import standing_of
from gehoor.rooms.changes.models import Asker, Change, Telling, TellingKind
from gehoor.rooms.changes.standing import Stage, Standing
from gehoor.rooms.privacy.audit import do_log
from gehoor.rooms.sending.models import Delivery, RunState, State
from gehoor.rooms.sending.runs import do_make_run, do_word
from gehoor.rooms.sending.states import OPEN

ON_BEHALF = "change"


def answer_of(now: Standing) -> str:
    """The answer that holds: yes, no or later; empty while nothing is decided. Doing and done are a yes."""
    return "" if now.decision is None else now.decision.kind


@dataclass(frozen=True, slots=True)
class Circle:
    """Everyone who is to be told of one change, and how far that is. ``told`` have heard the answer that holds now;
    ``otherwise`` heard another one from us before, and not yet this one. ``waiting`` stand in a run that goes on,
    ``out_of_reach`` in one that could not reach them. ``left`` are in no run yet."""

    asked: int
    anonymous: int
    told: int
    otherwise: int
    waiting: int
    out_of_reach: int
    left: tuple[int, ...]


def circle(change: Change, now: Standing) -> Circle:
    """How far telling is, person by person."""
    answer = answer_of(now)
    here, before = _states(change, answer), _told_otherwise(change, answer)
    people = askers_of(change)
    told = {person for person, states in here.items() if State.SENT in states}
    waiting = {person for person, states in here.items() if states & OPEN} - told
    left = sorted(people - here.keys())
    return Circle(
        asked=len(people | told),
        anonymous=asked_for([change.pk])[change.pk].anonymous,
        told=len(told),
        otherwise=len(before & set(left)),
        waiting=len(waiting),
        out_of_reach=len(here.keys() - told - waiting),
        left=tuple(left),
    )


def _states(change: Change, answer: str) -> dict[int, set[str]]:
    """The states of everyone in a run that tells this answer."""
    rows = Delivery.objects.filter(
        run__telling__change=change, run__telling__kind=TellingKind.TELLING, run__telling__answer=answer
    ).values_list("person_id", "state")
    found = list(rows)
    now = living({person for person, _ in found})
    states: dict[int, set[str]] = {}
    for person, state in found:
        states.setdefault(now[person], set()).add(state)
    return states


def _told_otherwise(change: Change, answer: str) -> set[int]:
    rows = Delivery.objects.filter(
        run__telling__change=change, run__telling__kind=TellingKind.TELLING, state=State.SENT
    ).exclude(run__telling__answer=answer)
    return set(living(set(rows.values_list("person_id", flat=True))).values())


def asked_in(change: Change, persons: Collection[int]) -> dict[int, int]:
    """For each of these persons the voice in which they asked for it last, so that a mail answers that mail."""
    wanted = set(persons)
    latest: dict[int, tuple[float, int]] = {}
    for said in said_for(bases([change.pk]))[change.pk]:
        if said.person in wanted:
            key = (said.at.timestamp() if said.at else 0.0, said.voice)
            latest[said.person] = max(latest.get(said.person, key), key)
    return {person: voice for person, (_, voice) in latest.items()}


def do_tell(*, change: Change, texts: Mapping[str, str], actor: User) -> Telling:
    """Make a run for everyone who asked and was not told yet; nothing goes out before it is started.

    Raises Refused while nothing is decided, when everyone was told, or when something is left to be written.
    """
    check_filled(texts)
    with transaction.atomic():
        Change.objects.select_for_update().get(pk=change.pk)
        now = standing_of(change)
        if now.stage == Stage.ASKED:
            raise Refused(why=sentence("nothing is decided yet, so there is nothing to tell"))
        do_note_askers(change=change)
        left = circle(change, now).left
        if not left:
            raise Refused(why=sentence("everyone who asked stands in a run already"))
        wording = do_word(actor=actor, texts=texts)
        run = do_make_run(
            actor=actor,
            name=change.name,
            wording=wording,
            persons=left,
            on_behalf=(ON_BEHALF, change.public_id),
            asked=asked_in(change, left),
        )
        telling = Telling.objects.create(
            change=change, run=run, kind=TellingKind.TELLING, answer=answer_of(now), by=actor
        )
        do_log(actor=actor, action="change.tell", what="change", public_id=change.public_id)
    return telling


def access_telling(change: Change, run: UUID) -> Telling:
    """One run of a change, by the run's public id; raises NotFound."""
    found = Telling.objects.select_related("run__wording", "change", "by").filter(change=change, run__public_id=run)
    telling = found.first()
    if telling is None:
        raise NotFound(what=sentence("run"))
    return telling


def tellings(change: Change, kind: TellingKind) -> list[Telling]:
    """The runs of a change of one kind, newest first."""
    return list(Telling.objects.filter(change=change, kind=kind).select_related("run", "by").order_by("-pk"))


def begun(telling: Telling) -> bool:
    """Whether anything of it may have gone out."""
    return telling.run.state not in {RunState.DRAFT, RunState.READY}


@dataclass(frozen=True, slots=True)
class Reached:
    """Of one change on the board: how many stand written down, were told, wait in a run, or stand in any run."""

    askers: int = 0
    told: int = 0
    waiting: int = 0
    in_runs: int = 0

    @property
    def left(self) -> int:
        """How many are in no run yet."""
        return max(0, self.askers - self.in_runs)

    @property
    def all_told(self) -> bool:
        """Whether someone was told, and nobody is left or waits."""
        return self.told > 0 and not self.waiting and not self.left


def reached(answers: Mapping[int, str]) -> dict[int, Reached]:
    """How far telling is for many changes (primary key to the answer that holds); two queries.

    Two who turned out to be one count once.
    """
    who = Coalesce("person__merged_into", "person")
    askers = dict(
        Asker.objects.filter(change__in=answers)
        .annotate(who=who)
        .values_list("change_id")
        .annotate(n=Count("who", distinct=True))
        .order_by()
    )
    rows = (
        Delivery.objects.filter(run__telling__change__in=answers, run__telling__kind=TellingKind.TELLING)
        .annotate(who=who, change=F("run__telling__change"), answer=F("run__telling__answer"))
        .values_list("change", "answer")
        .annotate(
            told=Count("who", filter=Q(state=State.SENT), distinct=True),
            waiting=Count("who", filter=Q(state__in=OPEN), distinct=True),
            all=Count("who", distinct=True),
        )
        .order_by()
    )
    found = {change: Reached(askers.get(change, 0)) for change in answers}
    for change, answer, told, waiting, everyone in rows:
        if answers[change] == answer:
            found[change] = Reached(askers.get(change, 0), told, waiting, everyone)
    return found


def heard_from_us(person: int, changes: Iterable[int]) -> dict[int, str]:
    """What this person (with all former selves) was told of each change: the answer told last."""
    rows = Delivery.objects.filter(
        Q(person=person) | Q(person__merged_into=person),
        run__telling__change__in=list(changes),
        run__telling__kind=TellingKind.TELLING,
        state=State.SENT,
    ).order_by("told_at")
    return dict(rows.values_list("run__telling__change", "run__telling__answer"))
