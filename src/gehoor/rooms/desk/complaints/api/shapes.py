"""What the routes of the register tell."""

from typing import Literal

from ninja import Schema

from gehoor.rooms.accounts.interface import Id, Moment

OUTCOMES = Literal["upheld", "partly", "not_upheld", "goodwill", "withdrawn"]


class ComplaintTold(Schema):
    """A line of the register. ``final_answer_by`` is the day on which eight weeks are over; ``in_time`` is null while
    that is open; ``nearness`` says how near that day is. Of a line that is ``blotted`` name, address and words are
    gone."""

    id: Id
    received: Moment
    name: str
    address: str
    about: str
    official: bool
    acknowledged: Moment | None
    final_answer_by: str
    answered: Moment | None
    in_time: bool | None
    outcome: OUTCOMES | None
    handling: str
    cause: str
    lesson: str
    removed: bool
    person_erased: bool
    blotted: bool
    days_left: int | None
    nearness: Literal["two_weeks", "week", "passed"] | None
    person: Id | None
    voice: Id | None
    case: Id | None
    version: int


class ComplaintsTold(Schema):
    """Part of the register: ``total`` counts all that match, ``next`` is where the next part begins."""

    total: int
    complaints: list[ComplaintTold]
    next: str | None


class ComplaintStepTold(Schema):
    """One thing that was done about a complaint."""

    kind: str
    says: str
    at: Moment
    by: str | None
    why: str
    undone: bool


class WholeComplaintTold(ComplaintTold):
    """A line with its steps, the newest first."""

    steps: list[ComplaintStepTold]


class ProposedComplaint(Schema):
    """The beginning of a voice that reads like a complaint."""

    voice: Id
    said_at: Moment | None
    channel: str
    text: str


class ProposedTold(Schema):
    """What could be registered, the newest first; ``total`` counts all."""

    total: int
    proposed: list[ProposedComplaint]


class PassedTold(Schema):
    """Whether this voice is said to be no complaint."""

    voice: Id
    passed: bool


class RegisteredTold(Schema):
    """How many were registered."""

    registered: int
