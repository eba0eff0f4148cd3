"""The words of asks, read a batch at a time."""

from collections.abc import Iterator, Sequence

from django.db.models import F
from django.db.models.functions import Substr

from gehoor.rooms.voices.models import Ask

_AT_ONCE = 5_000


def text_of(asks: Sequence[int]) -> list[str]:
    """What each ask says, in the order asked; "" for one that is not there any more."""
    found: dict[int, str] = {}
    for start in range(0, len(asks), _AT_ONCE):
        found.update(_some(asks[start : start + _AT_ONCE]))
    return [found.get(ask, "") for ask in asks]


def _some(asks: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Only the passage leaves the database; a voice may be long and hold many asks."""
    rows = Ask.objects.filter(pk__in=asks).annotate(said=Substr("voice__text", F("start") + 1, F("end") - F("start")))
    yield from rows.values_list("pk", "said").iterator()
