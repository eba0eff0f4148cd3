"""What the routes of promises tell."""

from typing import Literal

from ninja import Schema

from gehoor.rooms.accounts.interface import Id, Moment

PROMISE_STATES = Literal["proposed", "open", "kept", "broken", "renegotiated", "none"]


class PromiseTold(Schema):
    """What we told a customer we would do. ``standing`` adds the clock to the state; ``due`` is null where no time was
    named, and the last second of a day (``whole_day``) where only the day was. ``quote`` are the words in our answer;
    ``answered``: something was said to this customer in time, which suggests that it was kept."""

    id: Id
    state: PROMISE_STATES
    standing: Literal["proposed", "later", "today", "late", "no_time", "kept", "broken", "renegotiated", "none"]
    what: str
    quote: str
    made: Moment
    due: Moment | None
    whole_day: bool
    settled: Moment | None
    person: Id | None
    case: Id | None
    reply: Id | None
    owner: str | None
    owner_id: Id | None
    adviser: str | None
    answered: bool
    instead_of: Id | None
    version: int


class PromisesTold(Schema):
    """Part of a list: ``total`` counts all that match, ``next`` is where the next part begins."""

    total: int
    promises: list[PromiseTold]
    next: str | None


class PromiseStepTold(Schema):
    """One thing that was said about a promise."""

    kind: str
    says: str
    at: Moment
    by: str | None
    why: str
    undone: bool


class WholePromiseTold(PromiseTold):
    """A promise with its steps, the newest first."""

    steps: list[PromiseStepTold]
