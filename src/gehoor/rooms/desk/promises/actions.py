"""Making a promise, and saying what became of it; every step can be undone."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from gehoor.kernel.clock import now
from gehoor.kernel.errors import NotAllowed, NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.models import Case, Promise, PromiseState, PromiseStep
from gehoor.rooms.desk.promises.queries import due_today, open_promises, promises
from gehoor.rooms.desk.steps import change, put_back
from gehoor.rooms.people.models import Person
from gehoor.rooms.privacy.audit import do_log
from gehoor.rooms.voices.models import Reply

__all__ = [
    "access_promise",
    "do_break",
    "do_confirm",
    "do_correct",
    "do_keep",
    "do_promise",
    "do_renegotiate",
    "do_say_none",
    "do_set_right",
    "do_undo",
    "due_today",
    "open_promises",
]

WHAT_LENGTH, WHY_LENGTH = 500, 2_000
UNSETTLED = (PromiseState.PROPOSED, PromiseState.OPEN)


def access_promise(public_id: UUID) -> Promise:
    """One promise; raises NotFound."""
    found = promises().filter(public_id=public_id).first()
    if found is None:
        raise NotFound(what=sentence("promise"))
    return found


def may_promise(user: User | None) -> bool:
    """Whether this user makes and settles promises; the command line always may."""
    return user is None or user.may(May.ANSWER)


def do_promise(
    person: Person | None,
    what: str,
    due_at: datetime | None,
    actor: User | None,
    case: Case | None = None,
    reply: Reply | None = None,
    owner: User | None = None,
    place: tuple[int, int] | None = None,
    instead_of: Promise | None = None,
) -> Promise:
    """Write a promise down that someone of ours made. ``due_at`` None: no time was named. ``place`` is where it stands
    in the text of ``reply``. Who makes it sees to it, unless ``owner`` does. Raises Refused, NotAllowed."""
    _check_may(actor)
    what = check_what(what)
    if person is None and case is None and reply is None:
        raise Refused(why=sentence("a promise is made to someone"))
    start, end = place or (None, None)
    with transaction.atomic():
        if reply is not None and start is not None and Promise.objects.filter(reply=reply, start=start).exists():
            raise Refused(why=sentence("this promise is known already"))
        promise = Promise.objects.create(
            what=what,
            person=person,
            case=case,
            reply=reply,
            start=start,
            end=end,
            made_at=(reply.said_at if reply else None) or now(),
            due_at=due_at,
            owner=owner or actor,
            adviser=reply.adviser if reply else actor.name if actor else "",
            instead_of=instead_of,
            by=actor,
        )
        _note(promise, "make", {}, actor)
    return promise


def do_confirm(promise: Promise, actor: User | None, changes: Mapping[str, Any] | None = None) -> None:
    """It is a promise, with these corrections of ``what``, ``due_at`` and ``owner``. Whoever confirms what nobody sees
    to, sees to it. Raises Refused, NotAllowed."""
    with transaction.atomic():
        held = _held(promise, actor, PromiseState.PROPOSED)
        given = {"state": PromiseState.OPEN, "by": actor, "owner": held.owner or actor} | _checked(changes or {})
        _note(held, "confirm", change(held, given), actor)


def do_correct(promise: Promise, changes: Mapping[str, Any], actor: User | None) -> None:
    """Correct ``what``, ``due_at`` or ``owner``: it was read or written down wrongly. A customer who is told another
    time is something else: :func:`do_renegotiate`. Raises Refused, NotAllowed."""
    with transaction.atomic():
        held = _held(promise, actor, *UNSETTLED)
        values = change(held, _checked(changes))
        if values["is"]:
            _note(held, "correct", values, actor)


def do_set_right(promise: Promise, changes: Mapping[str, Any], actor: User | None) -> None:
    """These of ``what``, ``due_at`` and ``owner`` are otherwise; of a proposal this confirms it too. Raises Refused,
    NotAllowed."""
    if promise.state == PromiseState.PROPOSED:
        do_confirm(promise, actor, changes)
    else:
        do_correct(promise, changes, actor)


def do_say_none(promise: Promise, actor: User | None, why: str = "") -> None:
    """It is no promise. Raises Refused, NotAllowed."""
    with transaction.atomic():
        held = _held(promise, actor, *UNSETTLED)
        _note(held, "none", change(held, {"state": PromiseState.NONE, "settled_at": now()}), actor, why)


def do_keep(promise: Promise, actor: User | None, why: str = "", at: datetime | None = None) -> None:
    """We did it in time; ``at`` is when. Raises Refused when that is later than it was due, NotAllowed."""
    with transaction.atomic():
        held = _held(promise, actor, *UNSETTLED)
        moment = at or now()
        if held.due_at is not None and moment > held.due_at:
            if at is not None:
                raise Refused(why=sentence("that was later than promised; say that it was not kept"))
            moment = held.due_at
        _note(held, "keep", change(held, {"state": PromiseState.KEPT, "settled_at": moment}), actor, why)


def do_break(promise: Promise, actor: User | None, why: str = "") -> None:
    """We did not do it, or not in time. Raises Refused, NotAllowed."""
    with transaction.atomic():
        held = _held(promise, actor, *UNSETTLED)
        moment = min(held.due_at or now(), now())
        _note(held, "break", change(held, {"state": PromiseState.BROKEN, "settled_at": moment}), actor, why)


def do_renegotiate(
    promise: Promise,
    due_at: datetime | None,
    actor: User | None,
    *,
    what: str = "",
    told_at: datetime | None = None,
    why: str = "",
    reply: Reply | None = None,
) -> Promise:
    """The customer was told another time, at ``told_at`` (default now): a new promise stands in the place of this one.
    Told before it was due, this one is renegotiated; told after, it is broken. Raises Refused, NotAllowed."""
    moment = told_at or now()
    if moment > now():
        raise Refused(why=sentence("first tell the customer, then say so here"))
    if due_at is not None and due_at <= moment:
        raise Refused(why=sentence("the new time lies before the customer was told"))
    with transaction.atomic():
        held = _held(promise, actor, *UNSETTLED)
        in_time = held.due_at is None or moment <= held.due_at
        state = PromiseState.RENEGOTIATED if in_time else PromiseState.BROKEN
        settled = moment if in_time else held.due_at
        new = do_promise(
            _whose(held), what or held.what, due_at, actor, held.case, reply, held.owner or actor, instead_of=held
        )
        values = change(held, {"state": state, "settled_at": settled})
        _note(held, "renegotiate", values, actor, why)
    return new


def do_undo(promise: Promise, actor: User | None) -> None:
    """Undo the last step of this promise that stands. Raises Refused when there is none, NotAllowed."""
    _check_may(actor)
    with transaction.atomic():
        held = Promise.objects.select_for_update().get(pk=promise.pk)
        step = held.steps.filter(undone=False).exclude(kind="make").order_by("-pk").first()
        if step is None:
            _undo_making(held, actor)
            return
        if step.kind == "renegotiate":
            _take_back_successor(held, actor)
        put_back(held, step.values)
        PromiseStep.objects.filter(pk=step.pk).update(undone=True)
        do_log(actor=actor, action="promise.undo", what="promise", public_id=held.public_id)


def _undo_making(held: Promise, actor: User | None) -> None:
    making = held.steps.filter(undone=False, kind="make").first()
    if making is None or held.state != PromiseState.OPEN or held.instead_of_id is not None:
        raise Refused(why=sentence("there is nothing to undo"))
    change(held, {"state": PromiseState.NONE, "settled_at": now()})
    PromiseStep.objects.filter(pk=making.pk).update(undone=True)
    do_log(actor=actor, action="promise.undo", what="promise", public_id=held.public_id)


def _take_back_successor(held: Promise, actor: User | None) -> None:
    new = Promise.objects.select_for_update().filter(instead_of=held).first()
    if new is None:
        return
    if new.state not in UNSETTLED:
        raise Refused(why=sentence("what came in its place is settled already; undo that first"))
    values = change(new, {"state": PromiseState.NONE, "settled_at": now(), "instead_of": None})
    _note(new, "taken_back", values, actor)


def _whose(promise: Promise) -> Person | None:
    """Whom it was made to, as we know now."""
    told = Person.objects.filter(addressings__reply=promise.reply_id).first() if promise.reply_id else None
    return told or promise.person


def _held(promise: Promise, actor: User | None, *states: PromiseState) -> Promise:
    _check_may(actor)
    held = Promise.objects.select_for_update().get(pk=promise.pk)
    if held.state not in states:
        raise Refused(why=sentence("somebody else was first; look at how the promise stands now"))
    return held


def _check_may(actor: User | None) -> None:
    if not may_promise(actor):
        raise NotAllowed()


def check_what(what: str) -> str:
    """The same, tidied. Raises Refused when it is empty or too long."""
    what = " ".join(what.split())
    if not what or len(what) > WHAT_LENGTH:
        raise Refused(why=sentence("say what was promised, in at most 500 characters"))
    return what


def _checked(changes: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := changes.keys() - {"what", "due_at", "owner"}:
        raise ValueError(f"no part of a promise: {sorted(unknown)}")
    checked = dict(changes)
    if "what" in checked:
        checked["what"] = check_what(checked["what"])
    if (owner := checked.get("owner")) is not None and not may_promise(owner):
        raise Refused(why=sentence("this colleague does not answer customers"))
    return checked


def _note(promise: Promise, kind: str, values: Mapping[str, Any], actor: User | None, why: str = "") -> None:
    PromiseStep.objects.create(promise=promise, kind=kind, values=values, why=why.strip()[:WHY_LENGTH], by=actor)
    do_log(actor=actor, action=f"promise.{kind}", what="promise", public_id=promise.public_id)
