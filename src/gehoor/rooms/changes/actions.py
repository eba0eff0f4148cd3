"""What people do with changes: start them, decide, do, and say what they rest on. Everything can be undone."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from gehoor.kernel.errors import NotAllowed, NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.changes.askers import do_note_askers
from gehoor.rooms.changes.log import line_of, standing_of
from gehoor.rooms.changes.models import Change, ChangeNeed, ChangeVoice, Step, StepKind
from gehoor.rooms.changes.standing import DECISIONS, Stage, Standing, undone
from gehoor.rooms.needs.models import Need
from gehoor.rooms.privacy.audit import do_log
from gehoor.rooms.voices.models import Voice

NAME_LENGTH = 200


def access_change(public_id: UUID | str) -> Change:
    """One change; raises NotFound when there is none, or it was taken away."""
    try:
        return Change.objects.select_related("by").get(public_id=UUID(str(public_id)), removed=False)
    except (ValueError, Change.DoesNotExist):
        raise NotFound(what=sentence("change")) from None


def access_removed(public_id: UUID) -> Change:
    """One change that was taken away; raises NotFound."""
    change = Change.objects.filter(public_id=public_id, removed=True).first()
    if change is None:
        raise NotFound(what=sentence("change"))
    return change


def access_step(public_id: UUID) -> Step:
    """One step of a change; raises NotFound."""
    step = Step.objects.select_related("change").filter(public_id=public_id, change__removed=False).first()
    if step is None:
        raise NotFound(what=sentence("decision"))
    return step


def _check_may(actor: User) -> None:
    if not actor.may(May.DECIDE_CHANGES):
        raise NotAllowed()


def do_start_change(
    *, name: str, actor: User, idea: str = "", needs: Iterable[UUID] = (), voices: Iterable[Voice] = ()
) -> Change:
    """Begin a change: what customers ask to be otherwise, and what could be done about it. Nothing is decided yet."""
    _check_may(actor)
    with transaction.atomic():
        change = Change.objects.create(name=_checked_name(name), idea=idea.strip(), by=actor)
        for need in dict.fromkeys(needs):
            ChangeNeed.objects.create(change=change, need=need, by=actor)
        for voice in {voice.pk: voice for voice in voices}.values():
            ChangeVoice.objects.create(change=change, voice=voice, asks=True, by=actor)
        _log(actor, "start", change)
    return change


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Refused(why=sentence("a change needs a name"))
    if len(name) > NAME_LENGTH:
        raise Refused(why=sentence("a name has at most 200 characters"))
    return name


def do_word_change(*, change: Change, name: str, idea: str, actor: User) -> None:
    """Say in other words what is asked and what could be done."""
    _check_may(actor)
    with transaction.atomic():
        change.name, change.idea = _checked_name(name), idea.strip()
        change.save(update_fields=["name", "idea"])
        _log(actor, "word", change)


def do_remove_change(*, change: Change, actor: User) -> None:
    """Take away a change that should never have been begun. What is decided stays in sight: undo it first."""
    _check_may(actor)
    with transaction.atomic():
        if standing_of(change).stage != Stage.ASKED:
            raise Refused(why=sentence("something was decided about it; undo that first"))
        Change.objects.filter(pk=change.pk).update(removed=True)
        _log(actor, "remove", change)


def do_restore_change(*, change: Change, actor: User) -> None:
    """Bring back a change that was taken away."""
    _check_may(actor)
    with transaction.atomic():
        if not Change.objects.filter(pk=change.pk, removed=True).update(removed=False):
            raise Refused(why=sentence("it was not taken away"))
        _log(actor, "restore", change)


def do_decide(
    *,
    change: Change,
    kind: StepKind,
    actor: User,
    reason: str = "",
    day: date | None = None,
    fewer: float | None = None,
) -> Step:
    """Decide: yes, no because, or later when. From then on everyone who asked is written down, to be told.

    ``fewer``: which part of the asks a yes should make superfluous, 0 to 1. A decision replaces the one before it.
    """
    if kind not in DECISIONS:
        raise Refused(why=sentence("a decision is yes, no or later"))
    reason = reason.strip()
    _check_decision(kind, reason, day, fewer)
    step = Step(kind=kind, reason=reason)
    if kind == StepKind.LATER:
        step.day = day
    if kind == StepKind.YES:
        step.fewer = fewer
    return _do_step(change, step, actor)


def _check_decision(kind: StepKind, reason: str, day: date | None, fewer: float | None) -> None:
    if kind == StepKind.NO and not reason:
        raise Refused(why=sentence("a no needs a reason: who asked has a right to it"))
    if kind == StepKind.LATER and (day is None or day <= timezone.localdate()):
        raise Refused(why=sentence("say on which day it is looked at again, a day that is still to come"))
    if fewer is not None and not 0 < fewer <= 1:
        raise Refused(why=sentence("the part of the asks that should stay away is more than 0 and at most 1"))


def do_doing(*, change: Change, actor: User, reason: str = "", day: date | None = None) -> Step:
    """Say that we are at it. ``day``: when it should be done, ``reason``: what is being done."""
    return _do_step(change, Step(kind=StepKind.DOING, reason=reason.strip(), day=day), actor)


def do_done(*, change: Change, day: date, actor: User, reason: str = "") -> Step:
    """Say that it is done. ``day``: from when customers could notice it; not a day that is still to come."""
    if day > timezone.localdate():
        raise Refused(why=sentence("that day is still to come; say it when customers can notice it"))
    return _do_step(change, Step(kind=StepKind.DONE, reason=reason.strip(), day=day), actor)


def _do_step(change: Change, step: Step, actor: User) -> Step:
    """Keep a step if the state of things allows it, and bring who is to be told in line with it."""
    _check_may(actor)
    with transaction.atomic():
        Change.objects.select_for_update().get(pk=change.pk)
        _check_follows(standing_of(change), StepKind(step.kind))
        step.change, step.by = change, actor
        step.save()
        _log(actor, step.kind, change)
        do_note_askers(change=change)
    return step


def _check_follows(now: Standing, kind: StepKind) -> None:
    if kind in DECISIONS:
        if now.stage == Stage.DONE:
            raise Refused(why=sentence("it is done already; undo that first"))
        return
    if now.stage not in {Stage.YES, Stage.DOING, Stage.DONE}:
        raise Refused(why=sentence("it was not decided to do it"))
    if now.stage == Stage.DONE:
        raise Refused(why=sentence("it is done already; undo that first"))
    if kind == StepKind.DOING and now.stage == Stage.DOING:
        raise Refused(why=sentence("we are at it already"))


def do_undo_step(*, step: Step, actor: User) -> Step:
    """Undo a step; undoing an undoing brings the step back."""
    _check_may(actor)
    with transaction.atomic():
        change = Change.objects.select_for_update().get(pk=step.change_id)
        lines = [line_of(each) for each in Step.objects.filter(change=change)]
        if step.pk in undone(lines):
            raise Refused(why=sentence("it was undone already"))
        undoing = Step.objects.create(change=change, kind=StepKind.UNDO, undoes=step, by=actor)
        _log(actor, "undo", change)
        do_note_askers(change=change, anew=True)
    return undoing


def do_add_need(*, change: Change, need: Need, actor: User) -> None:
    """Say that who asks for this need, asks for this change."""
    _check_may(actor)
    with transaction.atomic():
        _, new = ChangeNeed.objects.get_or_create(change=change, need=need.public_id, defaults={"by": actor})
        if not new:
            raise Refused(why=sentence("the change rests on this need already"))
        _log(actor, "add_need", change)
        do_note_askers(change=change)


def do_remove_need(*, change: Change, need: UUID, actor: User) -> None:
    """Say that this need has nothing to do with it. Who asked only through it is no longer to be told."""
    _check_may(actor)
    with transaction.atomic():
        gone, _ = ChangeNeed.objects.filter(change=change, need=need).delete()
        if not gone:
            raise Refused(why=sentence("the change does not rest on this need"))
        _log(actor, "remove_need", change)
        do_note_askers(change=change, anew=True)


def do_say_voice_asks(*, change: Change, voice: Voice, asks: bool | None, actor: User) -> None:
    """Say that this voice asks for it, or does not although its need does; None: what its needs say."""
    _check_may(actor)
    with transaction.atomic():
        if asks is None:
            ChangeVoice.objects.filter(change=change, voice=voice).delete()
        else:
            said = {"asks": asks, "by": actor}
            ChangeVoice.objects.update_or_create(change=change, voice=voice, defaults=said)
        _log(actor, "say_voice", change)
        do_note_askers(change=change, anew=True)


def _log(actor: User, what: str, change: Change) -> None:
    do_log(actor=actor, action=f"change.{what}", what="change", public_id=change.public_id)
