"""The story of a person over all channels: one line of time, one sentence of situation, the favourite channel."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import formats, timezone
from django.utils.translation import get_language, gettext, ngettext

from gehoor.channels.registry import cards
from gehoor.kernel.language import sentence
from gehoor.rooms.people.models import Person
from gehoor.rooms.people.naming import name_of
from gehoor.rooms.voices.models import Reply, Voice

HOW = {
    "letter": sentence("by letter"),
    "email": sentence("by e-mail"),
    "call": sentence("by telephone"),
    "chat": sentence("in a chat"),
    "survey": sentence("in a survey"),
    "x": sentence("on X"),
    "facebook": sentence("on Facebook"),
    "forum": sentence("on the forum"),
    "form": sentence("with the contact form"),
    "review": sentence("in a review"),
}
"""How people say it where that is more natural than the channel's name; any other channel is "through" its name."""


@dataclass(frozen=True, slots=True)
class Point:
    """One point on the line of time: a voice or, when ``ours``, a reply."""

    pk: int
    ours: bool
    at: datetime
    """When it was said, else when it was heard."""
    dated: bool
    channel: str
    conversation: int | None
    answers: int | None = None


@dataclass(frozen=True, slots=True)
class Favourite:
    """The channel that this person begins with most often: ``starts`` of ``of`` conversations."""

    how: str
    starts: int
    of: int


def points(person: Person) -> list[Point]:
    """Everything said by and to one person, oldest first; two queries."""
    fields = ("pk", "said_at", "heard_at", "channel", "conversation_id")
    said = Voice.objects.filter(attribution__person=person).values_list(*fields)
    told = Reply.objects.filter(addressing__person=person).values_list(*fields, "answers_id")
    found = [
        *(
            Point(pk, False, at or heard, at is not None, channel, together)
            for pk, at, heard, channel, together in said
        ),
        *(
            Point(pk, True, at or heard, at is not None, channel, together, answers)
            for pk, at, heard, channel, together, answers in told
        ),
    ]
    return sorted(found, key=lambda each: (each.at, each.ours, each.pk))


def how(channel: str) -> str:
    """A channel as a way of speaking: "by letter"."""
    if channel in HOW:
        return gettext(HOW[channel])
    card = cards().get(channel)
    dutch = (get_language() or "nl").startswith("nl")
    name = (card.name_nl if dutch else card.name_en) if card else channel
    return gettext("through %(channel)s") % {"channel": name}


def day(moment: datetime) -> str:
    """A date in local time."""
    return formats.date_format(timezone.localtime(moment), "j F Y")


def situation(person: Person, line: Sequence[Point]) -> str:
    """Who this is to us, in two or three sentences; ``line`` comes from :func:`points`."""
    said = [point for point in line if not point.ours]
    if not said:
        return gettext("There is nothing here that we know this customer said.")
    return " ".join([_since(person, said), _last(said), _answered(said[-1], line)])


def _since(person: Person, said: Sequence[Point]) -> str:
    name = name_of(person)
    name = name[:1].upper() + name[1:]
    dated = [point.at for point in said if point.dated]
    values = {"name": name, "times": _times(said), "day": day(min(dated)) if dated else ""}
    if not dated:
        return gettext("%(name)s spoke to us %(times)s; nothing says when.") % values
    if len(said) == 1:
        return gettext("%(name)s spoke to us %(times)s, on %(day)s.") % values
    return gettext("%(name)s has been speaking to us since %(day)s: %(times)s.") % values


def _times(said: Sequence[Point]) -> str:
    counts = Counter(point.channel for point in said).most_common()
    parts = [
        ngettext("once %(how)s", "%(count)s times %(how)s", count) % {"count": count, "how": how(channel)}
        for channel, count in counts
    ]
    if len(parts) == 1:
        return parts[0]
    return gettext("%(most)s and %(last)s") % {"most": ", ".join(parts[:-1]), "last": parts[-1]}


def _last(said: Sequence[Point]) -> str:
    if len(said) == 1 and not _about(said[0]):
        return ""
    last = said[-1]
    values = {"how": how(last.channel), "day": day(last.at), "about": _about(last)}
    if len(said) == 1:
        return gettext("It was about “%(about)s”.") % values
    if not values["about"]:
        return gettext("The last time was %(how)s on %(day)s.") % values
    return gettext("The last time, %(how)s on %(day)s, was about “%(about)s”.") % values


def _about(point: Point) -> str:
    """The subject, else the first words."""
    subject, text = Voice.objects.values_list("subject", "text").get(pk=point.pk)
    words = (subject.strip() or text.strip()).split()
    return " ".join(words[:12]) + ("…" if len(words) > 12 else "")


def _answered(last: Point, line: Sequence[Point]) -> str:
    for point in line:
        same = point.conversation is not None and point.conversation == last.conversation and point.at >= last.at
        if point.ours and (point.answers == last.pk or same):
            return gettext("We answered that on %(day)s.") % {"day": day(point.at)}
    return gettext("As far as we know, we have not answered that yet.")


def favourite(line: Sequence[Point]) -> Favourite | None:
    """The channel with which this person begins more often than not; None while two beginnings do not yet show it."""
    begun: dict[object, str] = {}
    for point in line:
        if not point.ours:
            begun.setdefault(
                point.conversation if point.conversation is not None else ("voice", point.pk), point.channel
            )
    counts = Counter(begun.values()).most_common(1)
    if not counts or counts[0][1] < 2 or counts[0][1] * 2 <= len(begun):
        return None
    return Favourite(how(counts[0][0]), counts[0][1], len(begun))
