"""Acting: each route does one thing with a case, by the same action as the button on its page."""

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Schema, Status

from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.interface import Key, Number, When, Whole, Words, caller, moment_of, needs, once
from gehoor.rooms.desk.cases.actions import (
    LONGEST_NOTE,
    access_act,
    access_colleague,
    do_assign,
    do_note,
    do_set_priority,
    do_snooze,
    do_word,
)
from gehoor.rooms.desk.cases.api.routing import router
from gehoor.rooms.desk.cases.api.shapes import SPEEDS, BegunTold, DoneTold, PartedTold, PresenceTold
from gehoor.rooms.desk.cases.beginning import do_begin_case
from gehoor.rooms.desk.cases.documents import act_document, present_document, stand_document
from gehoor.rooms.desk.cases.first import unmoved
from gehoor.rooms.desk.cases.merging import do_keep_apart, do_merge, do_part
from gehoor.rooms.desk.cases.presence import do_be_there, do_leave
from gehoor.rooms.desk.cases.queries import access_case, case_of
from gehoor.rooms.desk.cases.states import do_set_state
from gehoor.rooms.desk.cases.undoing import do_undo
from gehoor.rooms.desk.clocks.correcting import do_say_speed, do_undo_speed
from gehoor.rooms.voices.actions import access_voice

WRITES = needs("desk:write")


class Acting(Schema):
    """What every act can be held to."""

    moved: Number | None = Field(
        None,
        description=sentence(
            "The `moved` that you saw: 409 when something happened to the case since. Left out: never."
        ),
    )


class BeginAsked(Schema):
    """Of what."""

    voice: UUID = Field(description=sentence("The voice that waits for an answer."))


class StateAsked(Acting):
    """How far it is."""

    state: Literal["open", "waiting_customer", "waiting_us", "solved", "closed", "spam"] = Field(
        description=sentence("How far the case is.")
    )


class AssignAsked(Acting):
    """Whose it is."""

    colleague: UUID | None = Field(description=sentence("Who takes it; null: nobody."))


class PriorityAsked(Acting):
    """How urgent it is."""

    priority: Annotated[int, Field(strict=True, ge=1, le=4), Whole] = Field(
        description=sentence("From 1 (low) to 4 (urgent).")
    )


class SnoozeAsked(Acting):
    """Until when."""

    until: When | None = Field(description=sentence("Until when it is put off; null: it is back now."))


class NoteAsked(Acting):
    """A private note."""

    text: Words = Field(
        min_length=1,
        max_length=LONGEST_NOTE,
        description=sentence("The note, which the customer never sees. A colleague named with an @ is told."),
    )
    key: Key = Field("", description=sentence("A key of your own: sent again with it, it is done once."))


class AboutAsked(Acting):
    """In other words."""

    about: Words = Field(min_length=1, max_length=200, description=sentence("In a few words what it is about."))


class SpeedAsked(Acting):
    """Whether speed matters."""

    speed: SPEEDS = Field(description=sentence("Whether speed matters."))


class MergeAsked(Acting):
    """Which other case."""

    other: UUID = Field(description=sentence("The case that goes on in this one."))
    other_moved: Number | None = Field(None, description=sentence("The `moved` of the other that you saw."))


class ApartAsked(Acting):
    """Which other case."""

    other: UUID = Field(description=sentence("The case that is about something else."))


class PartAsked(Acting):
    """Which voice."""

    voice: UUID = Field(description=sentence("The voice that gets a case of its own."))


class UndoAsked(Acting):
    """Nothing more than what every act can be held to."""


class PresenceAsked(Schema):
    """A sign of life."""

    writing: bool = Field(False, strict=True, description=sentence("Whether someone writes an answer in it now."))


@router.post(
    "/desk/cases", auth=WRITES, response=BegunTold, summary=sentence("Make a case of a voice, or find the one it is in")
)
def begin(request: HttpRequest, asked: BeginAsked) -> dict[str, Any]:
    voice = access_voice(asked.voice)
    there = case_of(voice.pk)
    case = there or do_begin_case(voice, caller(request).user)
    return {"case": stand_document(case), "begun": there is None}


@router.post("/desk/cases/{uuid:case}/state", auth=WRITES, response=DoneTold, summary=sentence("Say how far a case is"))
def state(request: HttpRequest, case: UUID, asked: StateAsked) -> dict[str, Any]:
    found = access_case(case)
    with unmoved(found, asked.moved):
        return act_document(do_set_state(found, asked.state, caller(request).user), found)


@router.post(
    "/desk/cases/{uuid:case}/assignee",
    auth=WRITES,
    response=DoneTold,
    summary=sentence("Take a case, give it to a colleague, or to nobody"),
)
def assign(request: HttpRequest, case: UUID, asked: AssignAsked) -> dict[str, Any]:
    found = access_case(case)
    who = access_colleague(str(asked.colleague)) if asked.colleague is not None else None
    with unmoved(found, asked.moved):
        return act_document(do_assign(found, who, caller(request).user), found)


@router.post(
    "/desk/cases/{uuid:case}/priority", auth=WRITES, response=DoneTold, summary=sentence("Say how urgent a case is")
)
def priority(request: HttpRequest, case: UUID, asked: PriorityAsked) -> dict[str, Any]:
    found = access_case(case)
    with unmoved(found, asked.moved):
        return act_document(do_set_priority(found, asked.priority, caller(request).user), found)


@router.post(
    "/desk/cases/{uuid:case}/snooze",
    auth=WRITES,
    response=DoneTold,
    summary=sentence("Put a case off until a moment, or have it back now"),
)
def snooze(request: HttpRequest, case: UUID, asked: SnoozeAsked) -> dict[str, Any]:
    found, until = access_case(case), moment_of(asked.until)
    with unmoved(found, asked.moved):
        return act_document(do_snooze(found, until, caller(request).user), found)


@router.post(
    "/desk/cases/{uuid:case}/notes", auth=WRITES, response=DoneTold, summary=sentence("Keep a private note in a case")
)
def note(request: HttpRequest, case: UUID, asked: NoteAsked) -> dict[str, Any]:
    found, by = access_case(case), caller(request).user

    def write() -> UUID:
        with unmoved(found, asked.moved):
            return do_note(found, asked.text, by).public_id

    made, _ = once(by, asked.key, f"note {case} {asked.model_dump_json()}", write)
    return act_document(access_act(made), found)


@router.post(
    "/desk/cases/{uuid:case}/about",
    auth=WRITES,
    response=DoneTold,
    summary=sentence("Say in other words what a case is about"),
)
def about(request: HttpRequest, case: UUID, asked: AboutAsked) -> dict[str, Any]:
    found = access_case(case)
    with unmoved(found, asked.moved):
        return act_document(do_word(found, asked.about, caller(request).user), found)


@router.post(
    "/desk/cases/{uuid:case}/speed",
    auth=WRITES,
    response=DoneTold,
    summary=sentence("Say whether speed matters in a case; that stays, whatever comes in"),
)
def speed(request: HttpRequest, case: UUID, asked: SpeedAsked) -> dict[str, Any]:
    found = access_case(case)
    with unmoved(found, asked.moved):
        return act_document(do_say_speed(found, asked.speed, caller(request).user), found)


@router.post(
    "/desk/cases/{uuid:case}/merge",
    auth=WRITES,
    response=DoneTold,
    summary=sentence("Make another case one with this"),
)
def merge(request: HttpRequest, case: UUID, asked: MergeAsked) -> dict[str, Any]:
    into, goes = access_case(case), access_case(asked.other)
    with unmoved(into, asked.moved), unmoved(goes, asked.other_moved):
        return act_document(do_merge(goes, into, caller(request).user), into)


@router.post(
    "/desk/cases/{uuid:case}/apart",
    auth=WRITES,
    response=DoneTold,
    summary=sentence("Say that two cases are about different things"),
)
def apart(request: HttpRequest, case: UUID, asked: ApartAsked) -> dict[str, Any]:
    found, other = access_case(case), access_case(asked.other)
    with unmoved(found, asked.moved):
        return act_document(do_keep_apart(found, other, caller(request).user), found)


@router.post(
    "/desk/cases/{uuid:case}/part",
    auth=WRITES,
    response=PartedTold,
    summary=sentence("Part one voice off, into a case of its own"),
)
def part(request: HttpRequest, case: UUID, asked: PartAsked) -> dict[str, Any]:
    found, voice = access_case(case), access_voice(asked.voice)
    with unmoved(found, asked.moved):
        act, own = do_part(found, voice, caller(request).user)
        return act_document(act, found) | {"own": stand_document(own)}


@router.post(
    "/desk/acts/{uuid:act}/undo",
    auth=WRITES,
    response=DoneTold,
    summary=sentence("Undo an act; undoing an undoing does it again"),
)
def undo(request: HttpRequest, act: UUID, asked: UndoAsked) -> dict[str, Any]:
    found, by = access_act(act), caller(request).user
    with unmoved(found.case, asked.moved):
        done = do_undo_speed(found, by) if found.kind == "speed" else do_undo(found, by)
        return act_document(done, found.case)


@router.post(
    "/desk/cases/{uuid:case}/presence",
    auth=WRITES,
    response=PresenceTold,
    summary=sentence("Say that someone has a case before them, for 45 seconds; who else is there"),
)
def here(request: HttpRequest, case: UUID, asked: PresenceAsked) -> dict[str, Any]:
    found, viewer = access_case(case), caller(request).user
    do_be_there(found, viewer, writing=asked.writing)
    return {"present": present_document(found, viewer), "moved": found.moved}


@router.delete(
    "/desk/cases/{uuid:case}/presence",
    auth=WRITES,
    response={204: None},
    summary=sentence("Say that someone went away from a case"),
)
def away(request: HttpRequest, case: UUID) -> Status[None]:
    do_leave(access_case(case), caller(request).user)
    return Status(204, None)
