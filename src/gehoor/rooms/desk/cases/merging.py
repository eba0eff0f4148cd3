"""Several cases one, a voice parted off, two cases kept apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.desk.cases.acts import hold, in_turn, note_act
from gehoor.rooms.desk.cases.beginning import do_begin_case
from gehoor.rooms.desk.cases.queries import person_of, replies_of, voices_of
from gehoor.rooms.desk.cases.states import check_may_answer, may_become, put_in_state
from gehoor.rooms.desk.cases.waiting import said_at
from gehoor.rooms.desk.models import Act, Case, CaseVoice, Complaint, Promise, State
from gehoor.rooms.people.models import Person
from gehoor.rooms.privacy.audit import do_log
from gehoor.rooms.voices.models import Reply, Voice


@dataclass(frozen=True, slots=True)
class Said:
    """A voice or, when ``ours``, a reply. ``moves``: it comes from the case that goes on in the other."""

    thing: Voice | Reply
    at: datetime
    ours: bool
    moves: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What becomes of two cases when they are made one: everything that was said, in order. ``others``: they are of
    different persons, as far as we know."""

    said: list[Said]
    others: bool


def preview(case: Case, into: Case) -> Preview:
    """What merging ``case`` into ``into`` brings about; nothing is changed."""
    found: dict[tuple[bool, int], Said] = {}
    for each in (into, case):
        things: list[Voice | Reply] = [*voices_of(each), *replies_of(each)]
        for thing in things:
            ours = isinstance(thing, Reply)
            at = thing.said_at or thing.heard_at
            found.setdefault((ours, thing.pk), Said(thing, at, ours, each is case))
    said = sorted(found.values(), key=lambda each: (each.at, each.ours, each.thing.pk))
    return Preview(said, _differ(person_of(case), person_of(into)))


def _differ(one: Person | None, other: Person | None) -> bool:
    return one is not None and other is not None and one.pk != other.pk


def check_may_merge(case: Case, into: Case) -> None:
    """Pass where the first can go on in the second; raises Refused."""
    if case.pk == into.pk:
        raise Refused(why=sentence("this is the same case"))
    if not may_become(case.state, State.MERGED):
        raise Refused(why=sentence("a case that is closed, spam or part of another stays as it is"))
    if into.state in {State.MERGED, State.SPAM, State.CLOSED}:
        raise Refused(why=sentence("the other case is closed, spam or part of another; choose one that goes on"))


def do_merge(case: Case, into: Case, actor: User | None) -> Act:
    """Make two cases one: the voices of ``case`` go on in ``into``. Gives the act by which it is undone.

    Where a customer waits in the first, they wait in the second: what was solved or waited for them is open again."""
    check_may_answer(actor)
    with in_turn():
        hold(case)
        hold(into)
        check_may_merge(case, into)
        moved = list(CaseVoice.objects.filter(case=case).order_by("pk").values_list("voice__public_id", flat=True))
        CaseVoice.objects.filter(case=case).update(case=into)
        was, into_was = case.state, into.state
        put_in_state(case, State.MERGED)
        case.merged_into = into
        case.save(update_fields=["merged_into"])
        if case_waits(was) and into.state in {State.SOLVED, State.WAITING_CUSTOMER}:
            put_in_state(into, State.OPEN)
        voices = [str(each) for each in moved]
        away = {"was": was, "is": State.MERGED.value, "into": str(into.public_id), "voices": voices}
        first = note_act(case, "merge", by=actor, values=away)
        values = {"was": into_was, "is": into.state, "from": str(case.public_id), "voices": voices}
        act = note_act(into, "merge", by=actor, values={**values, "other": str(first.public_id)})
        do_log(actor=actor, action="case.merge", what="case", public_id=into.public_id)
    return act


def case_waits(state: str) -> bool:
    """Whether someone waits for us in this state."""
    return state in {State.NEW, State.OPEN, State.WAITING_US}


def undo_merge(case: Case, act: Act, actor: User) -> None:
    """Part again what was merged: ``case`` is the one that went on, ``act`` the line in its log. The voices that came
    with the other go back to it; what came since stays. Needs the turn."""
    other = Case.objects.select_for_update().filter(public_id=act.values["from"]).first()
    first = Act.objects.filter(public_id=act.values["other"]).first()
    if other is None or first is None:
        raise Refused(why=sentence("that case is not kept any more"))
    if other.merged_into_id != case.pk:
        raise Refused(why=sentence("that case went on elsewhere since; undo that first"))
    back = CaseVoice.objects.filter(case=case, voice__public_id__in=act.values["voices"])
    if not back.exists():
        raise Refused(why=sentence("nothing is left of what came with it"))
    back.update(case=other)
    bring_along(case, other, act.values["voices"])
    other.merged_into = None
    other.save(update_fields=["merged_into"])
    put_in_state(other, first.values["was"])
    if case.state == act.values["is"] != act.values["was"]:
        put_in_state(case, act.values["was"])
    first.undone = True
    first.save(update_fields=["undone"])
    note_act(other, "unmerge", by=actor, values={"from": str(case.public_id), "undoes": str(first.public_id)})


def bring_along(case: Case, other: Case, voices: Sequence[str]) -> None:
    """These voices (public ids) go from the first case to the second: what was promised in answer to them, and what
    stands of them in the register of complaints, goes with them."""
    Promise.objects.filter(case=case, reply__answers__public_id__in=voices).update(case=other)
    Complaint.objects.filter(case=case, voice__public_id__in=voices).update(case=other)


def do_part(case: Case, voice: Voice, actor: User) -> tuple[Act, Case]:
    """Part one voice off: it begins a case of its own. Gives the act by which it is undone, and that case."""
    check_may_answer(actor)
    with in_turn():
        hold(case)
        placed = CaseVoice.objects.filter(case=case, voice=voice)
        if not placed.exists():
            raise Refused(why=sentence("this is not part of the case any more"))
        if CaseVoice.objects.filter(case=case).count() < 2:
            raise Refused(why=sentence("it is all there is in this case"))
        placed.delete()
        rename_first(case)
        own = do_begin_case(voice, actor)
        bring_along(case, own, [str(voice.public_id)])
        values = {"voice": str(voice.public_id), "to": str(own.public_id)}
        act = note_act(case, "part", by=actor, values=values)
        do_log(actor=actor, action="case.part", what="case", public_id=case.public_id)
    return act, own


def undo_part(case: Case, act: Act, actor: User) -> None:
    """Put a voice back that was parted off; its own case is one with this one from then on. Needs the turn."""
    own = Case.objects.select_for_update().filter(public_id=act.values["to"]).first()
    if own is None:
        raise Refused(why=sentence("that case is not kept any more"))
    placed = list(CaseVoice.objects.filter(case=own).values_list("voice__public_id", flat=True))
    if [str(each) for each in placed] != [act.values["voice"]]:
        raise Refused(why=sentence("more was said in that case since; make the two cases one instead"))
    if not may_become(own.state, State.MERGED):
        raise Refused(why=sentence("a case that is closed, spam or part of another stays as it is"))
    CaseVoice.objects.filter(case=own).update(case=case)
    was = own.state
    put_in_state(own, State.MERGED)
    own.merged_into = case
    own.save(update_fields=["merged_into"])
    rename_first(case)
    values = {"was": was, "is": State.MERGED.value, "into": str(case.public_id)}
    note_act(own, "merge", by=actor, values=values)


def rename_first(case: Case) -> None:
    """Whose case it is says its first voice: the earliest that is in it."""
    voices = voices_of(case)
    if voices and case.voice_id != voices[0].pk:
        case.voice, case.channel, case.begun_at = voices[0], voices[0].channel, said_at(voices[0])
        case.save(update_fields=["voice", "channel", "begun_at"])


def do_keep_apart(case: Case, other: Case, actor: User) -> Act:
    """Say that these are different things, so that nobody proposes again to make them one."""
    check_may_answer(actor)
    with in_turn():
        hold(case)
        act = note_act(case, "apart", by=actor, values={"other": str(other.public_id)})
        do_log(actor=actor, action="case.apart", what="case", public_id=case.public_id)
    return act
