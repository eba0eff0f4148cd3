"""Trying again what waits or was refused, with what is installed and known now.

One retry is one arrival, however much it reads. What cannot be read this time either keeps the reason that it was given
when its whole file was read: of one item out of a file, or of half an item, another reader only sees something strange.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from gehoor.channels.base import Wishes
from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.intake.actions import begin_arrival, check_wishes
from gehoor.rooms.intake.models import Arrival, Item, Outcome, State
from gehoor.rooms.intake.queries import is_kept, trouble_of
from gehoor.rooms.intake.reading import Reading
from gehoor.rooms.intake.summary import Summary
from gehoor.rooms.voices import originals

_NAMED = 3
"""Files after which the arrival is called."""


def do_try_again(*, item: Item, wishes: Wishes, actor: User | None) -> Summary:
    """Read one item again. Raises Refused when its bytes are gone."""
    if not is_kept(item):
        raise Refused(why=sentence("of this only the name or a part was kept; send the file itself in again"))
    return do_try_all_again(items=[item], wishes=wishes, actor=actor)


def do_try_all_again(*, items: Iterable[Item], wishes: Wishes, actor: User | None) -> Summary:
    """Read items again; what is not wished now is as it was wished when they came in. Returns what became of each, what
    cannot be read again among it. Raises Refused for a channel that does not exist."""
    check_wishes(wishes)
    whole, held = Summary(), Summary()
    kept: list[Item] = []
    for item in items:
        if is_kept(item):
            kept.append(item)
        else:
            whole.add(_as_it_was(item))
    if not kept:
        return whole
    arrival = begin_arrival(_name(kept), wishes, actor, state=State.READING)
    for item in kept:
        came = _again(item, arrival, wishes)
        if item.item and (came.waiting or came.refused):
            came.waiting, came.refused = [], []
            whole.add(_as_it_was(item))
        held.add(came)
    arrival.state, arrival.counts = State.DONE, held.counts()
    arrival.save(update_fields=["state", "counts"])
    whole.add(held)
    return whole


def _name(items: Sequence[Item]) -> str:
    files = list(dict.fromkeys(item.file for item in items))
    more = f" +{len(files) - _NAMED}" if len(files) > _NAMED else ""
    return f"{', '.join(files[:_NAMED])[:480]}{more}"


def _as_it_was(item: Item) -> Summary:
    """What is known of it already."""
    found, trouble = Summary(), trouble_of(item)
    (found.waiting if item.outcome == Outcome.WAITING else found.refused).append(trouble)
    return found


def _again(item: Item, arrival: Arrival, wishes: Wishes) -> Summary:
    if item.original is None:
        return Summary()
    newest = Item.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    document = originals.as_document(item.original, item.file)
    summary = Reading(arrival, _wishes_for(item, wishes), goes_on=True).again(document)
    if item.item:
        _leave_once(item, newest, arrival, summary)
    return summary


def _wishes_for(item: Item, wishes: Wishes) -> Wishes:
    before = item.arrival
    wished = replace(wishes, channel=wishes.channel or before.channel)
    if item.item:  # one item out of a file is no table, however much it looks like one
        return replace(wished, mapping={}, take_proposal=False)
    mapping = {str(field): str(column) for field, column in before.mapping.items()}
    return replace(
        wished, mapping=wishes.mapping or mapping, take_proposal=wishes.take_proposal or before.take_proposal
    )


def _leave_once(item: Item, newest: int, arrival: Arrival, summary: Summary) -> None:
    """A part of a file was read again on its own: what is left of it to read stands in the list once, as it stood."""
    done = Item.objects.filter(pk=item.pk)
    if summary.waiting or summary.refused:
        unread = Item.objects.filter(arrival=arrival, outcome__in=[Outcome.WAITING, Outcome.REFUSED])
        done = unread.filter(pk__gt=newest)
    kept = set(done.exclude(original=None).values_list("original", flat=True))
    done.delete()
    originals.delete_unused(kept)
