"""How we answer: the settings, and what each channel asks of an answer."""

from collections.abc import Mapping
from types import MappingProxyType

from django.db import transaction

from gehoor.kernel.errors import NotAllowed, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.models import Manners
from gehoor.rooms.privacy.audit import do_log

LONGEST = 20_000
LIMITS: Mapping[str, int] = MappingProxyType({"x": 280, "mastodon": 500, "review": 350, "facebook": 8_000})
"""So many signs at most: X counts 280, Mastodon 500, and of the places with reviews Google Play allows least, 350."""
GREETED = frozenset({"email", "letter"})
"""In these an answer begins with a greeting on a line of its own."""
_LONGEST_UNDO, _FASTEST, MOST_MONTHS = 600, 600, 24


def limit_of(channel: str) -> int:
    """How many signs an answer in this channel may have."""
    return LIMITS.get(channel, LONGEST)


def current_manners() -> Manners:
    """The settings that count now; the built-in ones where nobody set any."""
    return Manners.objects.order_by("-id").first() or Manners()


def do_set_manners(
    *,
    undo_seconds: int,
    acknowledge: bool,
    per_minute: int,
    actor: User | None,
    ask: bool = False,
    ask_months: int = 3,
) -> Manners:
    """Answer so from now on. Raises NotAllowed, and Refused for what cannot be."""
    if actor is not None and not actor.may(May.SET_DESK):
        raise NotAllowed()
    if not 0 <= undo_seconds <= _LONGEST_UNDO or not 1 <= per_minute <= _FASTEST:
        raise Refused(why=sentence("that many seconds, or so many a minute, cannot be"))
    if not 1 <= ask_months <= MOST_MONTHS:
        raise Refused(why=sentence("ask the same customer again after one month at least, and two years at most"))
    with transaction.atomic():
        made = Manners.objects.create(
            undo_seconds=undo_seconds,
            acknowledge=acknowledge,
            per_minute=per_minute,
            ask=ask,
            ask_months=ask_months,
            by=actor,
        )
        do_log(actor=actor, action="desk.manners", what="manners")
    return made
