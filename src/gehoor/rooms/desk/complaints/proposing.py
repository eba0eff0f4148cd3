"""Voices that read like a complaint, came in through a channel in which people write to us alone, and stand in no
register yet: in doubt, register.

What is older than sixty days before the newest voice is history: shown when asked for, registered only one by one.
"""

from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, QuerySet

from gehoor.channels.registry import cards
from gehoor.kernel.clock import now
from gehoor.rooms.desk.models import Complaint, NoComplaint
from gehoor.rooms.voices.models import Voice

DAYS = 60
_ASKED_BY_US = frozenset({"survey", "mystery_visit"})


def official_channels() -> list[str]:
    """Channels in which someone writes or speaks to us alone, and began it."""
    return sorted(kind for kind, card in cards().items() if not card.public and kind not in _ASKED_BY_US)


def since() -> datetime:
    """From when on complaints are proposed."""
    newest = Voice.objects.exclude(said_at=None).order_by("-said_at").values_list("said_at", flat=True).first()
    return (newest or now()) - timedelta(days=DAYS)


def proposed(*, older: bool = False) -> QuerySet[Voice]:
    """The voices to register, newest first; ``older``: those from before :func:`since` instead."""
    registered = Complaint.objects.filter(voice=OuterRef("pk"))
    passed = NoComplaint.objects.filter(voice=OuterRef("pk"))
    found = Voice.objects.filter(understanding__kind="complaint", channel__in=official_channels())
    found = found.filter(~Exists(registered), ~Exists(passed))
    found = found.filter(said_at__lt=since()) if older else found.exclude(said_at__lt=since())
    return found.select_related("attribution__person", "understanding").order_by(
        F("said_at").desc(nulls_last=True), "-pk"
    )
