"""What is shown of a run before it goes out: what people will get to read, one example of each form."""

from dataclasses import dataclass

from gehoor.channels.outgoing import Outgoing
from gehoor.rooms.sending.models import Delivery, Run
from gehoor.rooms.sending.outgoing import outgoing
from gehoor.rooms.sending.states import OPEN


@dataclass(frozen=True, slots=True)
class Preview:
    """One message as one of them gets it, and how many get it in this form and language."""

    channel: str
    people: int
    message: Outgoing


def previews(run: Run) -> list[Preview]:
    """One for each channel and language, that of most people first."""
    rows = run.deliveries.filter(state__in=OPEN).exclude(channel="").order_by("pk")
    forms: dict[tuple[str, str], list[int]] = {}
    for pk, channel, language in rows.values_list("pk", "channel", "language"):
        forms.setdefault((channel, language), []).append(pk)
    first = Delivery.objects.select_related("run__wording", "voice", "job").in_bulk([pks[0] for pks in forms.values()])
    found = [Preview(channel, len(pks), outgoing(first[pks[0]])) for (channel, _), pks in forms.items()]
    return sorted(found, key=lambda each: (-each.people, each.channel))
