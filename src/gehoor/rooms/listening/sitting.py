"""One session as its listener sees it: where one is, how it was drawn, and what came of it."""

from collections import Counter
from dataclasses import dataclass, replace

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.listening.models import Drawn, Session
from gehoor.rooms.listening.pace import reading_seconds, seconds_to_hear
from gehoor.rooms.voices.lenses import Fact
from gehoor.rooms.voices.models import Voice
from gehoor.rooms.voices.queries import Shown, facts_of
from gehoor.rooms.voices.weight import current_table, total_minutes


def stack_of(session: Session) -> list[Drawn]:
    """The stack in reading order, each with what is needed to tell how long it takes; without what was erased since."""
    rows = session.stack.select_related("voice").order_by("position")
    return list(
        rows.only(
            "position", "probability", "seconds", "session", "voice__channel", "voice__words", "voice__duration_seconds"
        )
    )


def heard_in(stack: list[Drawn]) -> list[Drawn]:
    """Those that were heard in this sitting."""
    return [drawn for drawn in stack if drawn.seconds >= seconds_to_hear(drawn.voice)]


@dataclass(frozen=True, slots=True)
class Plan:
    """What lies ready: how many voices, for how long, of which channels, and where to go on (0: all were seen)."""

    count: int
    seconds: float
    channels: list[tuple[str, int]]
    next_number: int
    begun: bool


def plan_of(stack: list[Drawn]) -> Plan:
    """The plan of a stack."""
    seconds = sum(reading_seconds(drawn.voice.words, drawn.voice.duration_seconds) for drawn in stack)
    unseen = [number for number, drawn in enumerate(stack, start=1) if not drawn.seconds]
    channels = Counter(drawn.voice.channel for drawn in stack)
    return Plan(len(stack), seconds, list(channels.items()), unseen[0] if unseen else 0, len(unseen) < len(stack))


@dataclass(frozen=True, slots=True)
class Return:
    """What came of a sitting. ``customer_minutes`` is what the voices that were heard cost their customers."""

    seconds: float
    heard: list[Voice]
    customer_minutes: float
    table: str


def return_of(stack: list[Drawn]) -> Return:
    """What was heard, and how many minutes on either side."""
    order = {drawn.voice_id: drawn.position for drawn in heard_in(stack)}
    voices = Voice.objects.filter(pk__in=order)
    table = current_table()
    heard = sorted(voices, key=lambda voice: order[voice.pk])
    return Return(sum(drawn.seconds for drawn in stack), heard, total_minutes(voices, table), table.name)


def open_sessions(listener: User, most: int = 3) -> QuerySet[Session]:
    """The newest sessions in which something was left, with ``voices`` in the stack and ``seen`` of them."""
    left = Exists(Drawn.objects.filter(session=OuterRef("pk"), seconds=0))
    newest = Session.objects.filter(left, listener=listener).order_by("-pk")
    return (
        Session.objects.filter(pk__in=list(newest.values_list("pk", flat=True)[:most]))
        .annotate(
            voices=Count("stack"), seen=Count("stack", filter=Q(stack__seconds__gt=0)), seconds=Sum("stack__seconds")
        )
        .order_by("-pk")
    )


@dataclass(frozen=True, slots=True)
class Page:
    """A voice as its reader may see it: who said it, for those who may know, and what it is about."""

    voice: Shown
    who: Fact | None
    facts: list[Fact]


def page_of(voice: Voice, reader: User) -> Page:
    """One voice to read, its signature under it for those who may see people. That it was not heard yet is no news."""
    known = {name: facts.get(voice.pk) for name, facts in facts_of([voice.pk], reader).items() if name != "heard"}
    shown = Shown.of(voice, reader)
    if reader.may(May.SEE_PEOPLE):
        shown = replace(shown, signature=voice.signature)
    who = known.pop("person", None)
    return Page(shown, who, [fact for fact in known.values() if fact is not None])
