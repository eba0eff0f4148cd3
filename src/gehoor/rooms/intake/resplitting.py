"""Puts right by hand where a stack of pages was parted into letters in the wrong place.

The parts are read anew, each as one letter, and stand in the place of what they were made from. They keep the container
of the stack, so that the stack sent in again is known and brings nothing back. The way back is the way there: what was
taken apart is put together, and the other way round.
"""

import re
from collections.abc import Sequence
from functools import partial
from io import BytesIO

from django.db import transaction

from gehoor.channels.base import Document, Wishes
from gehoor.channels.letter import pages
from gehoor.channels.letter.reader import POSITION, WHOLE
from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.intake.models import Arrival, Item
from gehoor.rooms.intake.reading import Reading
from gehoor.rooms.intake.withdrawing import do_withdraw
from gehoor.rooms.privacy.audit import do_log
from gehoor.rooms.voices import originals
from gehoor.rooms.voices.models import Container, Voice

_PAGES = re.compile(r"pages? (\d+)(?:-(\d+))?\Z")


def pages_of(voice: Voice) -> int:
    """How many pages its scan has; 0 when it is none."""
    newest = voice.transcriptions.order_by("-id").first()
    return newest.pages if newest else 0


def place_of(voice: Voice) -> tuple[int, int]:
    """Its first and last page in the stack that it came in with."""
    found = _PAGES.match(voice.item)
    if found is None:
        return 1, max(1, pages_of(voice))
    return int(found.group(1)), int(found.group(2) or found.group(1))


def neighbours(voice: Voice) -> list[Voice]:
    """The letters that came out of the same stack right before and after it."""
    if voice.container_id is None:
        return []
    others = Voice.objects.filter(container=voice.container_id).exclude(pk=voice.pk)
    first, last = place_of(voice)
    before = [each for each in others if place_of(each)[1] < first]
    after = [each for each in others if place_of(each)[0] > last]
    return sorted(before, key=place_of)[-1:] + sorted(after, key=place_of)[:1]


def do_split_letter(*, voice: Voice, before_page: int, actor: User | None) -> None:
    """Another letter begins with this page, counted from 1 in this letter. Raises Refused when it cannot."""
    _check_scan(voice)
    first, last = place_of(voice)
    parts = pages.split(originals.read(voice.original), voice.original.media_type, before_page)
    border = min(first + before_page - 1, last)
    with transaction.atomic():
        _replace([voice], list(zip(parts, [(first, border - 1), (border, last)], strict=True)))
        do_log(actor=actor, action="letter.split", what="voice", public_id=voice.public_id)


def do_join_letters(*, voice: Voice, other: Voice, actor: User | None) -> None:
    """Two letters of the same stack, one right after the other, are one. Raises Refused when they are not."""
    _check_scan(voice)
    if other.pk not in {each.pk for each in neighbours(voice)}:
        raise Refused(why=sentence("only letters that came right after each other in one stack can be put together"))
    one, two = sorted([voice, other], key=place_of)
    whole = pages.join(originals.read(one.original), originals.read(two.original))
    with transaction.atomic():
        _replace([one, two], [(whole, (place_of(one)[0], place_of(two)[1]))])
        do_log(actor=actor, action="letter.join", what="voice", public_id=voice.public_id)


def _check_scan(voice: Voice) -> None:
    if not pages_of(voice):
        raise Refused(why=sentence("only a letter that was scanned can be taken apart or put together"))


def _replace(old: Sequence[Voice], parts: Sequence[tuple[bytes, tuple[int, int]]]) -> None:
    """Read the parts, or let them wait their turn, and let what they came from go."""
    container = old[0].container or _container_of(old[0])
    container.by_hand = True
    container.save(update_fields=["by_hand"])
    item = Item.objects.select_related("arrival").filter(voice=old[0]).first()
    arrival = item.arrival if item else Arrival.objects.create(name=old[0].file, channel=old[0].channel)
    for data, (first, last) in parts:
        where = f"page {first}" if first == last else f"pages {first}-{last}"
        hints = {WHOLE: "yes", POSITION: where, CONTAINER: str(container.pk)}
        reading = Reading(arrival, Wishes(old[0].channel, hints=hints), goes_on=True, within=container)
        reading.again(Document(old[0].file, len(data), partial(BytesIO, data)))
    do_withdraw(voices=[voice.pk for voice in old])


CONTAINER = "container"
"""The hint by which a part that waits for its engine finds the stack that it belongs to."""


def _container_of(voice: Voice) -> Container:
    """A file that was one letter becomes a stack of several; by its bytes it is known again."""
    defaults = {"size": voice.original.size, "items": 0, "whole": True}
    made, _ = Container.objects.get_or_create(sha256=voice.original.sha256, name=voice.file[:500], defaults=defaults)
    return made
