"""Taking back what was sent in: a wrong mapping, a wrong file.

Everything that came in first with an arrival goes, in every room, as if it had never been sent in; sent in again it is
new. A voice that people judged (corrected, moved, listened to) stays with its answers, unless it is said that it goes
too. What a later file held as well was known then and not kept twice: it goes with the arrival that brought it first.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from gehoor.kernel.clock import now
from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.intake.models import Arrival, Item, State
from gehoor.rooms.intake.summary import Summary
from gehoor.rooms.intake.withdrawing import do_withdraw
from gehoor.rooms.privacy.audit import do_log
from gehoor.rooms.voices import originals
from gehoor.rooms.voices.erasing import delete_empty_containers
from gehoor.rooms.voices.judged import judged
from gehoor.rooms.voices.models import Container, Reply

_AT_ONCE = 1_000
_BROKEN_OFF = timedelta(hours=1)
_NOTHING_KEPT = Q(voice=None, reply=None, broadcast=None)


@dataclass(frozen=True, slots=True)
class Extent:
    """What goes when an arrival is taken back, and what stays because people judged it."""

    voices: list[int]
    replies: list[int]
    broadcasts: list[int]
    silent: int
    """Items of which nothing was kept: that said nothing, wait or were refused."""
    stays_voices: int
    stays_replies: int

    @property
    def stays(self) -> bool:
        """Whether anything stays."""
        return bool(self.stays_voices)


def extent_of(arrival: Arrival, *, also_judged: bool = False) -> Extent:
    """What taking back this arrival would remove now."""
    items = Item.objects.filter(arrival=arrival).order_by("id")
    voices = [key for key in items.exclude(voice=None).values_list("voice_id", flat=True) if key is not None]
    staying = set() if also_judged else judged(voices)
    answered = Reply.objects.filter(items__arrival=arrival).order_by("id").values_list("id", "answers_id")
    replies = {reply: voice in staying for reply, voice in answered}
    broadcasts = items.exclude(broadcast=None).values_list("broadcast_id", flat=True)
    return Extent(
        voices=[key for key in voices if key not in staying],
        replies=[reply for reply, stays in replies.items() if not stays],
        broadcasts=[key for key in broadcasts if key is not None],
        silent=items.filter(_NOTHING_KEPT).count(),
        stays_voices=len(staying),
        stays_replies=sum(replies.values()),
    )


def check_at_rest(arrival: Arrival) -> None:
    """Raises Refused while the arrival is being read. Reading from the command line that broke off an hour ago is
    over."""
    if arrival.state == State.DONE:
        return
    last = Item.objects.filter(arrival=arrival).order_by("-id").values_list("at", flat=True).first() or arrival.at
    if arrival.folder or now() - last < _BROKEN_OFF:
        raise Refused(why=sentence("it is still being read; take it back when that is done"))


def do_take_back(*, arrival: Arrival, actor: User | None, also_judged: bool = False) -> Extent:
    """Take back an arrival; returns what went and what stays. Raises Refused while it is being read.

    In short transactions: killed half way, taking back again removes the rest.
    """
    check_at_rest(arrival)
    extent = extent_of(arrival, also_judged=also_judged)
    do_log(actor=actor, action="take_back", what="arrival", public_id=arrival.public_id)
    do_withdraw(voices=extent.voices, replies=extent.replies, broadcasts=extent.broadcasts)
    _remove_silent(arrival)
    if Item.objects.filter(arrival=arrival).exists():
        _count_anew(arrival, extent)
    else:
        arrival.delete()
    if arrival.folder:
        shutil.rmtree(settings.HOME.path / "incoming" / arrival.folder, ignore_errors=True)
    return extent


def _remove_silent(arrival: Arrival) -> None:
    """Items of which nothing was kept, with their bytes, and the containers that held nothing else."""
    for some in iter(lambda: list(_silent(arrival)), []):
        with transaction.atomic():
            files = {item.file for item in some}
            Item.objects.filter(id__in=[item.pk for item in some]).delete()
            originals.delete_unused({item.original_id for item in some if item.original_id is not None})
            delete_empty_containers(set(Container.objects.filter(name__in=files).values_list("id", flat=True)))


def _silent(arrival: Arrival) -> Iterator[Item]:
    return iter(Item.objects.filter(_NOTHING_KEPT, arrival=arrival).order_by("id")[:_AT_ONCE])


def _count_anew(arrival: Arrival, extent: Extent) -> None:
    """Something stays: the page of the arrival counts that alone."""
    summary = Summary()
    summary.new["voices"], summary.new["replies"] = extent.stays_voices, extent.stays_replies
    arrival.counts = summary.counts()
    arrival.save(update_fields=["counts"])
