"""How this room erases and exports what it keeps of a person."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from gehoor.kernel.ids import key_of
from gehoor.rooms.people.bulk import among
from gehoor.rooms.people.models import Person
from gehoor.rooms.privacy.rights import Subject
from gehoor.rooms.privacy.tombstones import bury
from gehoor.rooms.sending.models import Delivery, PrintJob, Run, RunKind, State, Wording
from gehoor.rooms.voices import originals


def erase(subject: Subject) -> None:
    """Delete what this person was and would be told.

    A mail that may be on its way leaves a trace, so that its copy does not bring the person back. The document of a
    print job goes, since this person's letter stands in it; it is made anew without."""
    mine = _mine(subject)
    on_the_way = mine.filter(state__in=[State.ENDING, State.UNSURE, State.SENT]).exclude(native_id="")
    bury([copy_key(channel, native_id) for channel, native_id in on_the_way.values_list("channel", "native_id")])
    _drop_documents(set(mine.exclude(job=None).values_list("job_id", flat=True)))
    alone = list(mine.exclude(run__kind=RunKind.MANY).values_list("run_id", "run__wording_id"))
    mine.delete()
    _drop_runs(alone)


def _mine(subject: Subject) -> QuerySet[Delivery]:
    """What was or would be told to this person; of someone unknown, in answer to these voices."""
    unknown = Q(among("voice_id", subject.voices)) & Q(person=None)
    if subject.person is None:
        return Delivery.objects.filter(unknown)
    return Delivery.objects.filter(unknown | Q(among("person_id", _persons(subject.person))))


def _drop_runs(alone: Sequence[tuple[int, int]]) -> None:
    """What was said to this person alone goes with it, words and all."""
    runs = [run for run, _ in alone]
    PrintJob.objects.filter(among("run_id", runs)).delete()
    Run.objects.filter(among("id", runs)).delete()
    Wording.objects.filter(among("id", [wording for _, wording in alone]), runs=None, whole=True).delete()


def _drop_documents(jobs: Collection[int]) -> None:
    found = PrintJob.objects.filter(among("id", jobs)).exclude(original=None)
    documents = set(found.values_list("original_id", flat=True))
    found.update(original=None)
    originals.delete_unused(documents)


def copy_key(channel: str, native_id: str) -> bytes:
    """The key by which intake knows a copy of a message that has this id."""
    return key_of(["id", channel, native_id, ""])


def _persons(person: int) -> list[int]:
    """The person and all who were merged into this person."""
    found = edge = [person]
    while edge:
        edge = list(Person.objects.filter(merged_into__in=edge).values_list("id", flat=True))
        found = found + edge
    return found


def export(subject: Subject) -> Mapping[str, Any]:
    """What this person was or would be told, how, and why in that way."""
    if subject.person is None:
        return {}
    mine = _mine(subject)
    return {
        "told": [
            {
                "what": each.run.name,
                "channel": each.channel,
                "why_this_channel": each.why,
                "address": each.address,
                "postal": each.postal,
                "name": each.name,
                "state": each.state,
                "told_at": each.told_at.isoformat() if each.told_at else None,
                "calls": [
                    {"at": call.at.isoformat(), "outcome": call.outcome} for call in each.tries.filter(undone=False)
                ],
            }
            for each in mine.select_related("run").order_by("id")
        ]
    }
