"""What the routes of cases tell."""

from typing import Any, Literal

from ninja import Schema

from gehoor.rooms.accounts.interface import Id, Moment
from gehoor.rooms.desk.promises.shapes import PromiseTold

STATES = Literal["new", "open", "waiting_customer", "waiting_us", "solved", "closed", "merged", "spam"]
SPEEDS = Literal["matters", "can_wait", "unsure"]


class StandTold(Schema):
    """How a case stands. ``since``: the customer waits since then; ``due``: the nearest time by which a clock wants
    something; ``priority``: 1 (low) to 4 (urgent); ``moved`` grows with all that happens to it."""

    id: Id
    state: STATES
    priority: int
    speed: SPEEDS
    channel: str
    begun: Moment
    since: Moment | None
    due: Moment | None
    late: bool
    snoozed_until: Moment | None
    assignee: str | None
    assignee_id: Id | None
    merged_into: Id | None
    moved: int


class PresentTold(Schema):
    """A colleague who has the case before them now."""

    name: str
    writing: bool


class ManyTold(Schema):
    """Everyone who sent the same, for whom one case stands: how many people, how many of them wait, and how many added
    words of their own."""

    id: Id
    people: int
    waiting: int
    own: int


class CaseTold(StandTold):
    """A case. ``title`` is who and what; ``words`` the last that the customer said, cut off; ``voices`` how many times
    they spoke; ``many`` for whom else it stands, where several sent the same."""

    title: str
    about: str
    person: Id | None
    words: str
    voices: int
    many: ManyTold | None
    present: list[PresentTold]


class CasesTold(Schema):
    """Part of a list. ``moved`` is the number of the newest change of any case: from there on ask what moved."""

    total: int
    cases: list[CaseTold]
    next: str | None
    moved: int


class MovedTold(Schema):
    """What moved, the first to move first. ``moved`` is the number to ask with next; ``more``: there is more now."""

    cases: list[CaseTold]
    moved: int
    more: bool


class MomentTold(Schema):
    """What was said, replied or noted. ``apart``: in the same conversation, yet no part of this case."""

    kind: Literal["voice", "reply", "note"]
    id: Id
    at: Moment
    channel: str | None
    subject: str | None
    text: str
    by: str | None
    apart: bool


class ActTold(Schema):
    """A line of the log of a case. ``by`` is null for what went by itself."""

    id: Id
    kind: str
    says: str
    at: Moment
    by: str | None
    undone: bool
    may_be_undone: bool


class ClockTold(Schema):
    """One stretch of waiting; ``minutes`` are business minutes up to its end or pause."""

    kind: Literal["first", "next", "resolution"]
    began: Moment
    due: Moment | None
    paused: Moment | None
    ended: Moment | None
    minutes: float


class MayBeOneTold(Schema):
    """Another case of the same person about the same need."""

    id: Id
    title: str
    need: str


class WholeCaseTold(CaseTold):
    """One case whole. Of a longer conversation the newest moments; ``left_out`` is how many came before."""

    conversation: list[MomentTold]
    left_out: int
    acts: list[ActTold]
    clocks: list[ClockTold]
    promises: list[PromiseTold]
    speed_why: list[dict[str, Any]]
    may_be_one: list[MayBeOneTold]


class MergedTold(Schema):
    """What was said in either case. ``moves``: it comes from the one that goes on in the other."""

    kind: Literal["voice", "reply"]
    id: Id
    at: Moment
    channel: str
    text: str
    moves: bool


class PreviewTold(Schema):
    """What merging would bring about. ``other_persons``: the two are of different persons, as far as we know."""

    said: list[MergedTold]
    left_out: int
    other_persons: bool


class DoneTold(Schema):
    """What was done. ``act`` undoes it; null: it was so already."""

    act: Id | None
    case: StandTold


class BegunTold(Schema):
    """The case of a voice; ``begun``: it began now."""

    case: StandTold
    begun: bool


class PartedTold(DoneTold):
    """``own``: the case of what was parted off."""

    own: StandTold


class PresenceTold(Schema):
    """Who else is there. ``moved``: the number of the case, to see whether something happened."""

    present: list[PresentTold]
    moved: int


class ColleagueTold(Schema):
    """Someone who works at the desk."""

    id: Id
    name: str


class ColleaguesTold(Schema):
    """To whom a case can be given."""

    colleagues: list[ColleagueTold]
