"""How far an arrival is, for the screen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min

from gehoor.kernel.language import Sentence, sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.intake import worker
from gehoor.rooms.intake.keeping import ACCOUNT
from gehoor.rooms.intake.models import Arrival, Item, Outcome, State
from gehoor.rooms.intake.queries import is_kept, trouble_of, unread
from gehoor.rooms.intake.stages import stages
from gehoor.rooms.intake.summary import KEPT, Trouble
from gehoor.rooms.voices.models import Voice

SHOWN_VOICES = 10
SHOWN_TROUBLES = 5
SHOWN_REASONS = 12
SHOWN_ACCOUNTS = 50
STATE_NAMES: Mapping[str, str] = {
    State.WAITING: sentence("waits to be read"),
    State.READING: sentence("is being read"),
    State.DONE: sentence("was read"),
}
PARTLY = sentence("was read, but not everything in it could be")
"""Of an arrival that is done, while something in it waits or was refused."""
KEPT_NAMES: Mapping[str, str] = {
    "voices": sentence("Voices"),
    "replies": sentence("Replies"),
    "broadcasts": sentence("Broadcasts"),
}
TABLE_TROUBLES = frozenset({"mapping_needed", "unknown_field", "unknown_column", "text_not_mapped"})


@dataclass(frozen=True, slots=True)
class UnreadItem:
    """An item that waits or was refused, as the list shows it."""

    pk: int
    file: str
    trouble: Trouble
    waits: bool
    is_table: bool
    can_try: bool

    @classmethod
    def of(cls, item: Item) -> "UnreadItem":
        """From the stored item."""
        is_table = item.code in TABLE_TROUBLES and item.original_id is not None and not item.item
        waits = item.outcome == Outcome.WAITING
        return cls(item.pk, item.file, trouble_of(item), waits, is_table, is_kept(item))


@dataclass(frozen=True, slots=True)
class Kept:
    """New and known, for one sort of what is kept."""

    name: str
    new: int
    known: int


@dataclass(frozen=True, slots=True)
class Progress:
    """All that the page of an arrival shows."""

    arrival: Arrival
    state: str
    kept: list[Kept]
    nothing_said: int
    silent: list[tuple[Sentence, int]]
    silent_otherwise: int
    """Items in which nothing was said and that stand under none of these reasons: known already, or of rarer ones."""
    accounts: list[Sentence]
    waiting: int
    refused: int
    items: int
    troubles: list[UnreadItem]
    to_do: list[tuple[str, int]]
    voices: list[Voice]
    worker_runs: bool

    @property
    def read(self) -> bool:
        """Whether everything in it was read."""
        return self.arrival.state == State.DONE

    @property
    def busy(self) -> bool:
        """Whether anything can still change by itself."""
        return not self.read or bool(self.to_do)


def progress_of(arrival: Arrival, viewer: User) -> Progress:
    """How far it is now."""
    counts: dict[str, Any] = arrival.counts
    silent, accounts = _silent(arrival)
    to_do = [(stage.title, waiting) for stage in stages() if (waiting := stage.pending())]
    return Progress(
        arrival=arrival,
        state=_state(arrival),
        kept=kept_of(counts),
        nothing_said=counts.get("nothing_said", 0),
        silent=silent,
        silent_otherwise=max(counts.get("nothing_said", 0) - sum(times for _, times in silent), 0),
        accounts=accounts,
        waiting=counts.get("waiting", 0),
        refused=counts.get("refused", 0),
        items=counts.get("items", 0),
        troubles=[UnreadItem.of(item) for item in unread().filter(arrival=arrival)[:SHOWN_TROUBLES]],
        to_do=to_do,
        voices=_voices(arrival) if viewer.may(May.SEE_VOICES) else [],
        worker_runs=worker.running() if to_do or arrival.state != State.DONE else True,
    )


def _state(arrival: Arrival) -> str:
    if arrival.state == State.DONE and _left(arrival):
        return PARTLY
    return STATE_NAMES[arrival.state]


def _left(arrival: Arrival) -> int:
    """How much of it waits or was refused, as counted when it was read."""
    return int(arrival.counts.get("waiting", 0) + arrival.counts.get("refused", 0))


def kept_of(counts: Mapping[str, Any]) -> list[Kept]:
    """New and known of each sort, as counted so far."""
    found = ((name, counts.get(name) or {}) for name in KEPT)
    return [Kept(KEPT_NAMES[name], each.get("new", 0), each.get("known", 0)) for name, each in found]


def _silent(arrival: Arrival) -> tuple[list[tuple[Sentence, int]], list[Sentence]]:
    """Why nothing was said, and how often, the most frequent reasons first; and what was found in what came in as a
    whole, site by site."""
    rows = Item.objects.filter(arrival=arrival, outcome=Outcome.NOTHING_SAID).values("code", "reason")
    counted = rows.annotate(times=Count("id"), first=Min("id")).order_by("first")
    told = [
        (row["code"], Sentence(row["reason"][0], row["reason"][2]), row["times"]) for row in counted if row["reason"]
    ]
    reasons = sorted(((said, times) for code, said, times in told if code != ACCOUNT), key=lambda each: -each[1])
    return reasons[:SHOWN_REASONS], [said for code, said, _ in told if code == ACCOUNT][:SHOWN_ACCOUNTS]


def _voices(arrival: Arrival) -> list[Voice]:
    items = Item.objects.filter(arrival=arrival, outcome=Outcome.VOICE).order_by("-id")
    return [item.voice for item in items.select_related("voice")[:SHOWN_VOICES] if item.voice]


@dataclass(frozen=True, slots=True)
class ArrivalRow:
    """An arrival in the list."""

    arrival: Arrival
    state: str
    voices: int
    others: int
    """New replies and broadcasts."""
    known: int
    unread: int


def arrival_rows(arrivals: Iterable[Arrival]) -> list[ArrivalRow]:
    """Arrivals with what came of them."""
    return [_row(arrival) for arrival in arrivals]


def _row(arrival: Arrival) -> ArrivalRow:
    kept = kept_of(arrival.counts)
    voices, *others = [each.new for each in kept]
    return ArrivalRow(arrival, _state(arrival), voices, sum(others), sum(each.known for each in kept), _left(arrival))
