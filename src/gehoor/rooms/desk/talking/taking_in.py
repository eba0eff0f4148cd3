"""What customers say on our pages, and what we say back there, comes in through the store of everything else."""

from io import BytesIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from gehoor.channels.base import Document, Heard
from gehoor.kernel.language import sentence
from gehoor.rooms.intake.keeping import Incoming
from gehoor.rooms.intake.keys import KeyMaker
from gehoor.rooms.intake.models import Arrival, Item, State
from gehoor.rooms.intake.own import own
from gehoor.rooms.intake.storing import Store
from gehoor.rooms.intake.summary import Summary

FOLDER = "public pages"
"""By which the arrivals of these pages are told from files that were sent in."""
NAMES = {
    "form": sentence("Contact form"),
    "chat": sentence("Chat on our site"),
    "survey": sentence("One question afterwards"),
}


def keep(heard: Heard) -> Item | None:
    """Keep one thing that was said, once: whose id is known already is given back as it is. None for what was erased
    before and may not come back."""
    document = Document(FOLDER, len(heard.original), lambda: BytesIO(heard.original))
    keys = KeyMaker(document).keys(heard)
    with transaction.atomic():
        arrival = _arrival(heard.channel)
        known = _known(keys.key)
        if known is None:
            Store(arrival, own(), Summary(), dict(arrival.counts)).store([Incoming(heard, keys, arrival.name)])
            known = _known(keys.key)
    return known


def _known(key: bytes) -> Item | None:
    return Item.objects.select_related("voice", "reply").filter(key=key).first()


def _arrival(channel: str) -> Arrival:
    """What comes in through one page on one day comes in together; held until it is kept, so that none is counted
    twice."""
    today = Arrival.objects.filter(channel=channel, folder=FOLDER, at__date=timezone.localdate())
    found = today.select_for_update().order_by("-id").first()
    return found or Arrival.objects.create(
        name=gettext(NAMES[channel]), state=State.DONE, channel=channel, folder=FOLDER, counts=Summary().counts()
    )
