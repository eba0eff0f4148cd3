"""What people decide about needs. Each decision is a line in the log, and takes hold at once."""

from uuid import UUID

from django.db import transaction

from gehoor.kernel.errors import NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.needs.applying import do_apply
from gehoor.rooms.needs.log import read_lines
from gehoor.rooms.needs.material import OnDisk
from gehoor.rooms.needs.models import AskNeed, Decision, Generation, Need
from gehoor.rooms.needs.quoting import do_renew_quotes
from gehoor.rooms.needs.recount import do_count_needs, do_count_unassigned
from gehoor.rooms.needs.standing import in_force
from gehoor.rooms.privacy.audit import do_log
from gehoor.rooms.voices.models import Ask

NAME_LENGTH = 200


def do_rename(*, need: Need, name: str, actor: User) -> Decision:
    """Give a need another name; an empty one takes back the name that was proposed."""
    name = " ".join(name.split())
    if len(name) > NAME_LENGTH:
        raise Refused(why=sentence("a name has at most 200 characters"))
    if name == need.name:
        raise Refused(why=sentence("it has this name already"))
    return _do_decide(Decision(kind="rename", need=need.public_id, name=name, actor=actor))


def do_merge(*, need: Need, into: Need, actor: User) -> Decision:
    """Let ``into`` stand for both. Both are of one level; what is finer under ``need`` comes along."""
    if need.pk == into.pk:
        raise Refused(why=sentence("a need cannot be merged with itself"))
    if need.level != into.level or need.generation_id != into.generation_id:
        raise Refused(why=sentence("only needs of one level can be merged"))
    if need.merged_into_id or into.merged_into_id:
        raise Refused(why=sentence("it was merged already"))
    return _do_decide(Decision(kind="merge", need=need.public_id, other=into.public_id, actor=actor))


def do_move_ask(*, ask: Ask, into: Need, actor: User) -> Decision:
    """Say that this ask belongs to another need. Where that has finer ones, it stands under the largest of these."""
    belongs = AskNeed.objects.filter(ask=ask, generation__current=True).select_related("need").first()
    if belongs is None or into.merged_into_id:
        raise NotFound(what=sentence("need"))
    if belongs.need is not None and into.pk in {each.pk for each in broader(belongs.need)}:
        raise Refused(why=sentence("it is under that need already"))
    origin = belongs.need.public_id if belongs.need else None
    decision = Decision(kind="move", need=origin, other=into.public_id, actor=actor)
    decision.voice_id, decision.start, decision.end = ask.voice_id, ask.start, ask.end
    return _do_decide(decision)


def do_set_aside(*, need: Need, actor: User) -> Decision:
    """Say that this is no need. Its asks count as unassigned."""
    if need.aside:
        raise Refused(why=sentence("it was set aside already"))
    return _do_decide(Decision(kind="aside", need=need.public_id, actor=actor))


def do_take_back(*, need: Need, actor: User) -> Decision:
    """Say that it is a need after all."""
    if not need.aside:
        raise Refused(why=sentence("it was not set aside"))
    return _do_decide(Decision(kind="back", need=need.public_id, actor=actor))


def do_undo(*, decision: Decision, actor: User) -> Decision:
    """Undo a decision; undoing an undoing brings the decision back."""
    if not undoable(decision):
        raise Refused(why=sentence("it was undone already"))
    return _do_decide(
        Decision(
            kind="undo",
            need=decision.need,
            other=decision.other,
            voice=decision.voice,
            start=decision.start,
            end=decision.end,
            undoes=decision,
            actor=actor,
        )
    )


def undoable(decision: Decision) -> bool:
    """Whether this line counts now: no undoing of it counts."""
    undoings = Decision.objects.filter(undoes=decision)
    return not any(undoable(each) for each in undoings)


def decisions_in_force() -> set[int]:
    """The primary keys of the decisions that count."""
    return {line.id for line in in_force(read_lines())}


def broader(need: Need) -> list[Need]:
    """The need and what it is under, up to the broadest."""
    found: list[Need] = []
    at: Need | None = need
    while at is not None:
        found.append(at)
        at = at.parent
    return found


def access_need(public_id: UUID) -> Need:
    """A need of the current generation; for one that was merged, the need that stands for it. Raises NotFound."""
    needs = Need.objects.select_related("generation__model", "merged_into__generation__model", "parent__parent")
    need = needs.filter(generation__current=True, public_id=public_id).first()
    if need is None:
        raise NotFound(what=sentence("need"))
    return need.merged_into or need


def access_ask(public_id: UUID) -> Ask:
    """One ask; raises NotFound."""
    ask = Ask.objects.filter(public_id=public_id).first()
    if ask is None:
        raise NotFound(what=sentence("ask"))
    return ask


def access_decision(public_id: UUID) -> Decision:
    """One line of the log; raises NotFound."""
    decision = Decision.objects.filter(public_id=public_id).first()
    if decision is None:
        raise NotFound(what=sentence("decision"))
    return decision


def _do_decide(decision: Decision) -> Decision:
    """Keep the line, log it, and bring the current generation to how things stand, with counts and quotes."""
    with transaction.atomic():
        generation = Generation.objects.select_for_update().filter(current=True).order_by("-pk").first()
        decision.save()
        do_log(actor=decision.actor, action=f"need_{decision.kind}", what="need", public_id=decision.need)
        if generation is None:
            return decision
        touched = do_apply(generation=generation)
        do_count_needs(generation=generation, needs=touched)
        do_count_unassigned(generation=generation)
        if touched and generation.model is not None:
            do_renew_quotes(generation=generation, needs=touched, material=OnDisk(generation.model))
    return decision
