"""Acting: registering, and each thing that can be done with a complaint, by the same action as the button on its
page."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Schema

from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.interface import Key, Number, When, Words, caller, moment_of, needs, once
from gehoor.rooms.accounts.models import User
from gehoor.rooms.desk.complaints import actions
from gehoor.rooms.desk.complaints.actions import (
    ADDRESS_LENGTH,
    CAUSE_LENGTH,
    NAME_LENGTH,
    TEXT_LENGTH,
    access_complaint,
)
from gehoor.rooms.desk.complaints.api.routing import router
from gehoor.rooms.desk.complaints.api.shapes import OUTCOMES, PassedTold, RegisteredTold, WholeComplaintTold
from gehoor.rooms.desk.complaints.documents import whole_complaint_document
from gehoor.rooms.desk.complaints.drawing_up import Entry
from gehoor.rooms.desk.models import Complaint, ComplaintStep
from gehoor.rooms.desk.versions import unchanged
from gehoor.rooms.people.actions import access_person
from gehoor.rooms.voices.actions import access_voice

WRITES = needs("complaints:write", "complaints:read", "people:read")


class RegisterAsked(Schema):
    """A voice; or what the register holds of a complaint that stands in no voice here."""

    voice: UUID | None = Field(None, description=sentence("The voice to register; or else `received` and `about`."))
    received: When | None = Field(None, description=sentence("When it came in; in doubt the earlier moment."))
    about: Words = Field("", max_length=TEXT_LENGTH, description=sentence("What the complaint is about."))
    name: Words = Field("", max_length=NAME_LENGTH, description=sentence("Who complained."))
    address: Words = Field("", max_length=ADDRESS_LENGTH, description=sentence("Where they live, or can be reached."))
    official: bool = Field(
        True, strict=True, description=sentence("Whether it came in through a way in which people complain to us.")
    )
    person: UUID | None = Field(None, description=sentence("The customer, where that is known."))
    key: Key = Field("", description=sentence("A key of your own: sent again with it, it is done once."))


class Acting(Schema):
    """What every act can be held to."""

    version: Number | None = Field(
        None, description=sentence("The `version` that you saw: 409 when it was changed since. Left out: never.")
    )


class WhenAsked(Acting):
    """When the customer was told that we have it."""

    at: When | None = Field(None, description=sentence("When; left out: just now."))


class AnswerAsked(Acting):
    """The final answer."""

    outcome: OUTCOMES = Field(description=sentence("How it was judged."))
    handling: Words = Field(min_length=1, max_length=TEXT_LENGTH, description=sentence("How it was handled."))
    at: When | None = Field(None, description=sentence("When the answer went out; left out: just now."))


class LessonAsked(Acting):
    """Where it came from, and what we learn."""

    cause: Words = Field("", max_length=CAUSE_LENGTH, description=sentence("The root cause. No names."))
    lesson: Words = Field("", max_length=TEXT_LENGTH, description=sentence("What we learn from it. No names."))


class LineAsked(Acting):
    """What is otherwise; what is left out stays."""

    received: When | None = Field(None, description=sentence("When it came in, which moves the eight weeks."))
    about: Words | None = Field(None, max_length=TEXT_LENGTH, description=sentence("What the complaint is about."))
    name: Words | None = Field(None, max_length=NAME_LENGTH, description=sentence("Who complained."))
    address: Words | None = Field(
        None, max_length=ADDRESS_LENGTH, description=sentence("Where they live, or can be reached.")
    )
    official: bool | None = Field(
        None, strict=True, description=sentence("Whether it came in through a way in which people complain to us.")
    )

    def changes(self) -> dict[str, Any]:
        """As actions have it."""
        given = {
            "received_at": moment_of(self.received),
            "about": self.about,
            "name": self.name,
            "address": self.address,
            "official": self.official,
        }
        return {field: value for field, value in given.items() if value is not None}


class RemoveAsked(Acting):
    """Why it does not belong in the register."""

    why: Words = Field(min_length=1, max_length=500, description=sentence("Why it does not belong in the register."))


@router.post(
    "/desk/complaints",
    auth=WRITES,
    response=WholeComplaintTold,
    summary=sentence("Register a complaint: a voice, or one that stands in no voice here"),
)
def register(request: HttpRequest, asked: RegisterAsked) -> dict[str, Any]:
    by = caller(request).user
    made, _ = once(by, asked.key, f"complaint {asked.model_dump_json()}", _registering(asked, by))
    return _now(made)


def _registering(asked: RegisterAsked, by: User) -> Callable[[], UUID]:
    if asked.voice is not None:
        voice = access_voice(asked.voice)
        return lambda: actions.do_register(voice, by).public_id
    received = moment_of(asked.received)
    if received is None:
        raise Refused(why=sentence("say which voice, or when the complaint came in"))
    person = access_person(asked.person) if asked.person is not None else None
    entry = Entry(received, asked.about, asked.name, asked.address, asked.official)
    return lambda: actions.do_register_by_hand(entry, by, person).public_id


@router.post(
    "/desk/complaints/proposed/register",
    auth=WRITES,
    response=RegisteredTold,
    summary=sentence("Register everything that is proposed"),
)
def register_all(request: HttpRequest) -> dict[str, Any]:
    return {"registered": actions.do_register_all(caller(request).user)}


@router.put(
    "/desk/complaints/proposed/{uuid:voice}/passed",
    auth=WRITES,
    response=PassedTold,
    summary=sentence("Say that a voice is no complaint for the register"),
)
def pass_(request: HttpRequest, voice: UUID) -> dict[str, Any]:
    found = access_voice(voice)
    actions.do_pass(found, caller(request).user)
    return {"voice": str(found.public_id), "passed": True}


@router.delete(
    "/desk/complaints/proposed/{uuid:voice}/passed",
    auth=WRITES,
    response=PassedTold,
    summary=sentence("Propose a voice again for the register"),
)
def unpass(request: HttpRequest, voice: UUID) -> dict[str, Any]:
    found = access_voice(voice)
    actions.do_undo_pass(found, caller(request).user)
    return {"voice": str(found.public_id), "passed": False}


def _acted(complaint: UUID, version: int | None, do: Callable[[Complaint], object]) -> dict[str, Any]:
    """Do it where nobody was first; the line as it stands then."""
    found = access_complaint(complaint)
    with unchanged(found, ComplaintStep, "complaint", version):
        do(found)
    return _now(complaint)


def _now(complaint: UUID) -> dict[str, Any]:
    return whole_complaint_document(access_complaint(complaint))


@router.post(
    "/desk/complaints/{uuid:complaint}/acknowledge",
    auth=WRITES,
    response=WholeComplaintTold,
    summary=sentence("Say that the customer was told that we have the complaint"),
)
def acknowledge(request: HttpRequest, complaint: UUID, asked: WhenAsked) -> dict[str, Any]:
    by, at = caller(request).user, moment_of(asked.at)
    return _acted(complaint, asked.version, lambda found: actions.do_acknowledge(found, at, by))


@router.post(
    "/desk/complaints/{uuid:complaint}/answer",
    auth=WRITES,
    response=WholeComplaintTold,
    summary=sentence("Say that the final answer went out, how it was judged and handled"),
)
def answer(request: HttpRequest, complaint: UUID, asked: AnswerAsked) -> dict[str, Any]:
    by, at = caller(request).user, moment_of(asked.at)
    return _acted(
        complaint,
        asked.version,
        lambda found: actions.do_answer_finally(found, asked.outcome, asked.handling, at, by),
    )


@router.post(
    "/desk/complaints/{uuid:complaint}/lesson",
    auth=WRITES,
    response=WholeComplaintTold,
    summary=sentence("Write down the root cause of a complaint, and what we learn from it"),
)
def learn(request: HttpRequest, complaint: UUID, asked: LessonAsked) -> dict[str, Any]:
    by = caller(request).user
    return _acted(complaint, asked.version, lambda found: actions.do_learn(found, asked.cause, asked.lesson, by))


@router.post(
    "/desk/complaints/{uuid:complaint}/correct",
    auth=WRITES,
    response=WholeComplaintTold,
    summary=sentence("Correct the line of a complaint"),
)
def correct(request: HttpRequest, complaint: UUID, asked: LineAsked) -> dict[str, Any]:
    by, changes = caller(request).user, asked.changes()
    return _acted(complaint, asked.version, lambda found: actions.do_correct(found, changes, by))


@router.post(
    "/desk/complaints/{uuid:complaint}/remove",
    auth=WRITES,
    response=WholeComplaintTold,
    summary=sentence("Say that a complaint was registered by mistake; its line stays, and says so"),
)
def remove(request: HttpRequest, complaint: UUID, asked: RemoveAsked) -> dict[str, Any]:
    by = caller(request).user
    return _acted(complaint, asked.version, lambda found: actions.do_remove(found, asked.why, by))


@router.post(
    "/desk/complaints/{uuid:complaint}/undo",
    auth=WRITES,
    response=WholeComplaintTold,
    summary=sentence("Undo the last step of a complaint"),
)
def undo(request: HttpRequest, complaint: UUID, asked: Acting) -> dict[str, Any]:
    by = caller(request).user
    return _acted(complaint, asked.version, lambda found: actions.do_undo(found, by))
