"""What waits its turn for an engine, and taking that turn.

The state of this stage stands on the items: what waits with the code of :class:`EngineTurn` is pending. What waits for
an engine that was not there gets its turn once one is installed.
"""

from collections.abc import Callable, Iterator

from django.db.models import QuerySet

from gehoor.channels.base import SlowReader, Wishes
from gehoor.channels.registry import reader_for, readers
from gehoor.kernel.errors import CannotRead, EngineNeeded, EngineTurn
from gehoor.kernel.language import sentence
from gehoor.rooms.intake.engines import EngineRoom
from gehoor.rooms.intake.models import Arrival, Container, Item, Outcome
from gehoor.rooms.intake.reading import Reading
from gehoor.rooms.intake.resplitting import CONTAINER
from gehoor.rooms.intake.summary import Summary
from gehoor.rooms.voices import originals

STAGE_NAME = "make_out"
STAGE_TITLE = sentence("Making out scans and recordings")

Took = Callable[[Item, Summary], None]


def waiting() -> QuerySet[Item]:
    """Items whose turn will come, the first that came in first."""
    return Item.objects.filter(outcome=Outcome.WAITING, code=EngineTurn.code).exclude(original=None).order_by("id")


def pending() -> int:
    """How many wait their turn."""
    return waiting().count()


def drain(limit: int) -> int:
    """Read at most ``limit`` of them; returns how many."""
    return sum(1 for _ in take_turns(limit))


def take_turns(limit: int | None = None, goes_on: Callable[[], bool] = lambda: True) -> Iterator[tuple[Item, Summary]]:
    """Read one after the other, in an engine room of their own; yields each item with what came of it."""
    room = EngineRoom()
    try:
        for item in list(waiting().select_related("original", "arrival")[:limit]):
            if not goes_on():
                return
            yield item, do_take_turn(item=item, room=room)
    finally:
        room.close()


def do_take_turn(*, item: Item, room: EngineRoom) -> Summary:
    """Let the engine read an item. When it fails, the item is marked with the reason and can be tried again."""
    arrival, original = Arrival.objects.get(pk=item.arrival_id), item.original
    if original is None or not Item.objects.filter(pk=item.pk).exists():
        return Summary()
    wishes = Wishes(arrival.channel, arrival.mapping, arrival.take_proposal, item.hints)
    document = originals.as_document(original, item.file)
    reading = Reading(arrival, wishes, lambda _: None)
    reading.within = Container.objects.filter(pk=item.hints.get(CONTAINER, 0)).first()
    return reading.slowly(document, room.read(document, wishes))


def do_give_turns() -> int:
    """What waited for an engine that is there now, waits its turn; returns how many."""
    if not any(isinstance(reader, SlowReader) and reader.ready() for reader in readers().values()):
        return 0
    given = [item.pk for item in _lacking().select_related("original").iterator() if _has_engine(item)]
    turn = EngineTurn(engine=sentence("the engine"))
    return Item.objects.filter(pk__in=given).update(code=turn.code, reason=[turn.text, turn.remedy, dict(turn.fields)])


def _lacking() -> QuerySet[Item]:
    return Item.objects.filter(outcome=Outcome.WAITING, code=EngineNeeded.code).exclude(original=None)


def _has_engine(item: Item) -> bool:
    if item.original is None:
        return False
    try:
        reader = reader_for(originals.as_document(item.original, item.file), Wishes(item.arrival.channel))
    except CannotRead:
        return False
    return isinstance(reader, SlowReader) and reader.ready()
