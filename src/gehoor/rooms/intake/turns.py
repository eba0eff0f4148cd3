"""What waits its turn for an engine, and taking that turn.

The state of this stage stands on the items: what waits with the code of :class:`EngineTurn` is pending. What waits for
an engine that was not there gets its turn once one is installed.
"""

from collections.abc import Callable, Iterator

from django.db.models import QuerySet

from gehoor.channels.base import SlowReader, Wishes
from gehoor.channels.registry import readers
from gehoor.kernel.errors import EngineNeeded, EngineTurn
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
    within = Container.objects.filter(pk=item.hints.get(CONTAINER, 0)).first()
    reading = Reading(arrival, wishes, goes_on=True, within=within)
    return reading.slowly(document, room.read(document, wishes))


def do_give_turns() -> int:
    """What waited for an engine that is there now, waits its turn; returns how many. Quick: nothing is opened."""
    ready = [each.engine for each in readers().values() if isinstance(each, SlowReader) and each.ready()]
    if not ready:
        return 0
    lacking = Item.objects.filter(outcome=Outcome.WAITING, code=EngineNeeded.code, reason__2__engine__in=ready)
    given = 0
    for engine in set(lacking.exclude(original=None).values_list("reason__2__engine", flat=True)):
        turn = EngineTurn(engine=engine)
        of_it = lacking.exclude(original=None).filter(reason__2__engine=engine)
        given += of_it.update(code=turn.code, reason=[turn.text, turn.remedy, dict(turn.fields)])
    return given
