"""The call list: who is called, by whom, and what came of it.

Whoever begins a call claims it, so that no two of ours call the same person. What came of calls is a log; the state of
a delivery follows from its last line that was not undone.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from gehoor.kernel.clock import now
from gehoor.kernel.errors import NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.public.letterhead import current_letterhead
from gehoor.rooms.sending import told
from gehoor.rooms.sending.models import CallTry, Delivery, Outcome, Run, RunKind, RunState, State
from gehoor.rooms.sending.outgoing import outgoing
from gehoor.rooms.sending.replies import forget_replies, keep_replies
from gehoor.rooms.sending.runs import check_may, do_log_on, finish
from gehoor.rooms.sending.senders import printer_for
from gehoor.rooms.sending.sparing import as_reason, spared
from gehoor.rooms.sending.states import move_one

CLAIM_MINUTES = 20
"""Whoever claimed a call and noted nothing for so long, is not calling any more."""
OUTCOME_NAMES = {
    Outcome.TOLD: sentence("Told"),
    Outcome.NOT_REACHED: sentence("Not reached"),
    Outcome.CALL_BACK: sentence("Call back"),
    Outcome.NOT_WANTED: sentence("Does not want it"),
    Outcome.WRONG_NUMBER: sentence("Wrong number"),
}
_NOT_WANTED = sentence("Said on the phone not to want this.")
_WRONG = sentence("The number is somebody else's.")
_REMEDY = sentence("Nothing has to be done; it can be undone on the call list.")
_WRONG_REMEDY = sentence("Look for another number, or reach this person in another way.")


def calls(run: Run) -> QuerySet[Delivery]:
    """Everyone who is told by telephone, whose turn it is first: never tried, then longest ago, then to be called back
    later."""
    found = run.deliveries.filter(channel="call").select_related("person", "voice", "claimed_by", "by", "run__wording")
    return found.order_by("try_after", "attempts", "id")


def lists_to_call() -> list[tuple[Run, int]]:
    """The runs to many that go on, with how many people still wait to be called in each, oldest first."""
    waits = Count("deliveries", filter=Q(deliveries__channel="call", deliveries__state=State.WAITING))
    going = Run.objects.filter(state=RunState.SENDING, kind=RunKind.MANY)
    return [(run, run.waits) for run in going.annotate(waits=waits).filter(waits__gt=0).order_by("id")]


def access_call(run: Run, public_id: UUID) -> Delivery:
    """One person on the list; raises NotFound."""
    found = calls(run).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(what=sentence("call"))
    return found


def access_try(public_id: UUID) -> CallTry:
    """One call that was noted; raises NotFound."""
    found = CallTry.objects.select_related("delivery__run", "delivery__person").filter(public_id=public_id).first()
    if found is None:
        raise NotFound(what=sentence("call"))
    return found


def still_claimed(delivery: Delivery) -> bool:
    """Whether somebody is calling this person now."""
    claimed = delivery.claimed_at
    return delivery.claimed_by_id is not None and claimed is not None and claimed > _claims_end()


def _claims_end() -> datetime:
    return now() - timedelta(minutes=CLAIM_MINUTES)


def _free_for(actor: User) -> Q:
    return Q(claimed_by=None) | Q(claimed_by=actor) | Q(claimed_at__lte=_claims_end())


def do_claim(*, actor: User, delivery: Delivery) -> None:
    """Begin to call this person. Raises Refused when a colleague does, when the run is not going, or when this person
    is not to be called after all."""
    check_may(actor, May.SEE_PEOPLE)
    if why := spared(delivery):
        move_one(delivery, State.WAITING, State.NOT_WANTED, reason=as_reason(why))
        finish(delivery.run)
        raise Refused(why=why.text)
    waiting = Delivery.objects.filter(pk=delivery.pk, state=State.WAITING, run__state=RunState.SENDING, channel="call")
    if not waiting.exists():
        raise Refused(why=sentence("this person is not to be called now"))
    if not waiting.filter(_free_for(actor)).update(claimed_by=actor, claimed_at=now()):
        raise Refused(why=sentence("a colleague is calling this person now"))


def do_release(*, actor: User, delivery: Delivery) -> None:
    """Do not call this person now; somebody else may."""
    check_may(actor, May.SEE_PEOPLE)
    Delivery.objects.filter(pk=delivery.pk, claimed_by=actor).update(claimed_by=None, claimed_at=None)


def do_note_call(*, actor: User, delivery: Delivery, outcome: str, call_at: datetime | None = None) -> CallTry:
    """Note what came of a call. Only ``told`` counts as told. Raises Refused when this person does not wait for a call,
    or when a colleague is calling."""
    check_may(actor, May.SEE_PEOPLE)
    if outcome not in Outcome.values or (outcome == Outcome.CALL_BACK) != (call_at is not None):
        raise Refused(why=sentence("choose what came of the call, and when to call back if that was asked"))
    with transaction.atomic():
        mine = Delivery.objects.select_for_update().filter(_free_for(actor), pk=delivery.pk, channel="call")
        found = mine.filter(state=State.WAITING, run__state=RunState.SENDING).first()
        if found is None:
            raise Refused(why=sentence("this person is told already, or a colleague is calling now"))
        tried = CallTry.objects.create(delivery=found, outcome=outcome, call_at=call_at, by=actor)
        _apply(found, tried, actor)
        do_log_on(actor, f"sending.call.{outcome}", found)
    finish(delivery.run)
    delivery.refresh_from_db()
    return tried


def _apply(delivery: Delivery, tried: CallTry, actor: User) -> None:
    free = {"claimed_by": None, "claimed_at": None}
    if tried.outcome == Outcome.TOLD:
        reply = keep_replies(delivery.run, [(delivery, None)], actor).get(delivery.pk)
        move_one(delivery, State.WAITING, State.SENT, reply_id=reply, told_at=now(), by=actor, reason=[], **free)
        told.tell(delivery.run, [delivery.person_id])
    elif tried.outcome == Outcome.NOT_WANTED:
        move_one(delivery, State.WAITING, State.NOT_WANTED, reason=[_NOT_WANTED, _REMEDY, {}], by=actor, **free)
        told.fail(delivery.run)
    elif tried.outcome == Outcome.WRONG_NUMBER:
        move_one(delivery, State.WAITING, State.FAILED, reason=[_WRONG, _WRONG_REMEDY, {}], by=actor, **free)
        told.fail(delivery.run)
    else:
        later = {"attempts": delivery.attempts + 1, "try_after": tried.call_at}
        move_one(delivery, State.WAITING, State.WAITING, **later, **free)


def do_undo_call(*, actor: User, tried: CallTry) -> None:
    """What was noted was wrong: this person waits for a call again. Raises Refused when it was undone already, or when
    something was noted after it, or the person was planned anew since."""
    check_may(actor, May.SEE_PEOPLE)
    with transaction.atomic():
        delivery = (
            Delivery.objects.select_for_update(of=("self",)).select_related("run", "person").get(pk=tried.delivery_id)
        )
        last = delivery.tries.filter(undone=False).order_by("-id").first()
        if last is None or last.pk != tried.pk or delivery.channel != "call":
            raise Refused(why=sentence("this was undone already, or something was noted after it"))
        CallTry.objects.filter(pk=tried.pk).update(undone=True)
        was_told, reply = delivery.state == State.SENT, delivery.reply_id
        back: dict[str, Any] = {"reply": None, "told_at": None, "by": None, "reason": [], "try_after": None}
        if tried.outcome in {Outcome.NOT_REACHED, Outcome.CALL_BACK}:
            back["attempts"] = max(delivery.attempts - 1, 0)
        before = [State.SENT, State.NOT_WANTED, State.FAILED, State.WAITING]
        if not move_one(delivery, before, State.WAITING, **back):
            raise Refused(why=sentence("this was undone already, or something was noted after it"))
        if was_told:
            forget_replies([reply] if reply is not None else [])
            told.take_back(delivery.run, [delivery.person_id])
        do_log_on(actor, "sending.call.undo", delivery)
    finish(delivery.run)


def call_sheet(run: Run) -> bytes:
    """The list of those who are still to be called, as a document. Raises Refused when nobody is."""
    found = printer_for("call")
    if found is None:
        raise Refused(why=sentence("no sender of call lists is installed"))
    waiting = [each for each in calls(run).filter(state=State.WAITING) if spared(each) is None]
    if not waiting:
        raise Refused(why=sentence("nobody waits for a call"))
    printer, settings = found
    return printer.render(settings, current_letterhead(), [outgoing(each) for each in waiting])
