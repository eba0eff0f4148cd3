"""Registering a complaint and handling it; every step can be undone, and no line ever leaves the register."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from gehoor.kernel.clock import now
from gehoor.kernel.errors import NotAllowed, NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.cases.queries import case_of
from gehoor.rooms.desk.complaints.drawing_up import Entry, entry_of
from gehoor.rooms.desk.complaints.proposing import proposed
from gehoor.rooms.desk.complaints.terms import final_by_of
from gehoor.rooms.desk.models import Complaint, ComplaintStep, NoComplaint, Outcome
from gehoor.rooms.desk.steps import change, put_back
from gehoor.rooms.people.models import Person
from gehoor.rooms.privacy.audit import do_log
from gehoor.rooms.voices.models import Voice

TEXT_LENGTH, CAUSE_LENGTH, NAME_LENGTH, ADDRESS_LENGTH = 10_000, 300, 300, 500
_AT_ONCE = 500
_CORRECTED = frozenset({"name", "address", "about", "received_at", "official"})


def may_handle(user: User | None) -> bool:
    """Whether this user keeps the register; the command line always may."""
    return user is None or user.may(May.HANDLE_COMPLAINTS)


def access_complaint(public_id: UUID) -> Complaint:
    """One complaint; raises NotFound."""
    found = Complaint.objects.select_related("voice", "person__merged_into", "case", "by").filter(public_id=public_id)
    complaint = found.first()
    if complaint is None:
        raise NotFound(what=sentence("complaint"))
    return complaint


def do_register(voice: Voice, actor: User | None) -> Complaint:
    """Take a voice into the register, with whose it is, where they can be reached and what it is about. Raises Refused
    when it stands there already, NotAllowed."""
    _check_may(actor)
    with transaction.atomic():
        if Complaint.objects.select_for_update().filter(voice=voice).exists():
            raise Refused(why=sentence("this complaint stands in the register already"))
        NoComplaint.objects.filter(voice=voice).delete()
        return _register(entry_of(voice), actor, voice)


def do_register_all(actor: User | None) -> int:
    """Take everything that is proposed into the register; how many that were. Raises NotAllowed."""
    _check_may(actor)
    done = 0
    while voices := list(proposed()[:_AT_ONCE]):
        with transaction.atomic():
            for voice in voices:
                _register(entry_of(voice), actor, voice)
        done += len(voices)
    return done


def do_register_by_hand(entry: Entry, actor: User | None, person: Person | None = None) -> Complaint:
    """Take a complaint into the register that stands in no voice here. Raises Refused, NotAllowed."""
    _check_may(actor)
    if not entry.about.strip():
        raise Refused(why=sentence("say what the complaint is about"))
    if entry.received_at > now():
        raise Refused(why=sentence("a complaint that is still to come cannot be registered"))
    with transaction.atomic():
        return _register(entry, actor, None, person)


def _register(entry: Entry, actor: User | None, voice: Voice | None, person: Person | None = None) -> Complaint:
    complaint = Complaint.objects.create(
        voice=voice,
        person=entry.person or person,
        case=case_of(voice.pk) if voice is not None else None,
        name=entry.name[:NAME_LENGTH],
        address=entry.address[:ADDRESS_LENGTH],
        received_at=entry.received_at,
        about=entry.about[:TEXT_LENGTH],
        official=entry.official,
        acknowledged_at=entry.acknowledged_at,
        final_by=final_by_of(entry.received_at),
        by=actor,
    )
    _note(complaint, "register", {}, actor)
    return complaint


def do_pass(voice: Voice, actor: User | None) -> None:
    """This voice is no complaint for the register; it is not proposed again. Raises Refused, NotAllowed."""
    _check_may(actor)
    with transaction.atomic():
        if Complaint.objects.filter(voice=voice, removed=False).exists():
            raise Refused(why=sentence("this complaint stands in the register already"))
        NoComplaint.objects.get_or_create(voice=voice, defaults={"by": actor})
        do_log(actor=actor, action="complaint.pass", what="voice", public_id=voice.public_id)


def do_undo_pass(voice: Voice, actor: User | None) -> None:
    """Propose it again. Raises NotAllowed."""
    _check_may(actor)
    with transaction.atomic():
        if NoComplaint.objects.filter(voice=voice).delete()[0]:
            do_log(actor=actor, action="complaint.unpass", what="voice", public_id=voice.public_id)


def do_acknowledge(complaint: Complaint, at: datetime | None, actor: User | None) -> None:
    """The customer was told that we have it, at ``at`` (default now). Raises Refused, NotAllowed."""
    moment = at or now()
    with transaction.atomic():
        held = _held(complaint, actor)
        _check_order(held, moment)
        _note(held, "acknowledge", change(held, {"acknowledged_at": moment}), actor)


def do_answer_finally(
    complaint: Complaint, outcome: str, handling: str, at: datetime | None, actor: User | None
) -> None:
    """The final answer went out at ``at`` (default now): how it was judged, and what was done. Raises Refused,
    NotAllowed."""
    moment = at or now()
    if outcome not in Outcome.values:
        raise Refused(why=sentence("say how the complaint was judged"))
    if not handling.strip():
        raise Refused(why=sentence("say how the complaint was handled"))
    with transaction.atomic():
        held = _held(complaint, actor)
        _check_order(held, moment)
        given = {"answered_at": moment, "outcome": outcome, "handling": handling.strip()[:TEXT_LENGTH]}
        if held.acknowledged_at is None:
            given["acknowledged_at"] = moment
        _note(held, "answer", change(held, given), actor)


def do_learn(complaint: Complaint, cause: str, lesson: str, actor: User | None) -> None:
    """The root cause, and what we learn from it: no names, since both outlive the customer's own data. Raises
    Refused, NotAllowed."""
    given = {"cause": " ".join(cause.split())[:CAUSE_LENGTH], "lesson": lesson.strip()[:TEXT_LENGTH]}
    with transaction.atomic():
        held = _held(complaint, actor)
        values = change(held, given)
        if values["is"]:
            _note(held, "learn", values, actor)


def do_correct(complaint: Complaint, changes: Mapping[str, Any], actor: User | None) -> None:
    """Correct the name, the address, what it is about, when it came in (which moves the eight weeks), or whether it
    came in through an official way. Raises Refused, NotAllowed."""
    if unknown := changes.keys() - _CORRECTED:
        raise ValueError(f"not to be corrected: {sorted(unknown)}")
    given = dict(changes)
    if "about" in given and not given["about"].strip():
        raise Refused(why=sentence("say what the complaint is about"))
    if (received := given.get("received_at")) is not None:
        if received > now():
            raise Refused(why=sentence("a complaint that is still to come cannot be registered"))
        given["final_by"] = final_by_of(received)
    with transaction.atomic():
        held = _held(complaint, actor)
        values = change(held, given)
        if values["is"]:
            _note(held, "correct", values, actor)


def do_remove(complaint: Complaint, why: str, actor: User | None) -> None:
    """It was registered by mistake; the line stays and says so. Raises Refused when no reason is given, NotAllowed."""
    if not why.strip():
        raise Refused(why=sentence("say why it does not belong in the register"))
    with transaction.atomic():
        held = _held(complaint, actor)
        values = change(held, {"removed": True})
        _note(held, "remove", values | {"why": why.strip()[:TEXT_LENGTH]}, actor)


def do_undo(complaint: Complaint, actor: User | None) -> None:
    """Undo the last step that stands; that it was registered is not undone but removed. Raises Refused, NotAllowed."""
    _check_may(actor)
    with transaction.atomic():
        held = Complaint.objects.select_for_update().get(pk=complaint.pk)
        _check_whole(held)
        step = held.steps.filter(undone=False).exclude(kind__in=("register", "blot")).order_by("-pk").first()
        if step is None:
            raise Refused(why=sentence("there is nothing to undo"))
        put_back(held, step.values)
        ComplaintStep.objects.filter(pk=step.pk).update(undone=True)
        do_log(actor=actor, action="complaint.undo", what="complaint", public_id=held.public_id)


def _held(complaint: Complaint, actor: User | None) -> Complaint:
    _check_may(actor)
    held = Complaint.objects.select_for_update().get(pk=complaint.pk)
    _check_whole(held)
    if held.removed:
        raise Refused(why=sentence("this line was removed by mistake of ours; undo that first"))
    return held


def _check_whole(held: Complaint) -> None:
    if held.blotted:
        raise Refused(why=sentence("whom this complaint came from is blotted out; nothing in it changes any more"))


def _check_order(held: Complaint, moment: datetime) -> None:
    if moment > now():
        raise Refused(why=sentence("first tell the customer, then say so here"))
    if timezone.localdate(moment) < timezone.localdate(held.received_at):
        raise Refused(why=sentence("that lies before the complaint came in"))


def _check_may(actor: User | None) -> None:
    if not may_handle(actor):
        raise NotAllowed()


def _note(complaint: Complaint, kind: str, values: Mapping[str, Any], actor: User | None) -> None:
    ComplaintStep.objects.create(complaint=complaint, kind=kind, values=values, by=actor)
    do_log(actor=actor, action=f"complaint.{kind}", what="complaint", public_id=complaint.public_id)
