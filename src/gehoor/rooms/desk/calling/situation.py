"""Who is calling: everything that helps in the first seconds, of one person, in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from gehoor.rooms.accounts.models import User
from gehoor.rooms.desk.cases.queries import cases_of, titles_of
from gehoor.rooms.desk.models import Case, CaseVoice, Promise, State
from gehoor.rooms.desk.promises.queries import open_promises
from gehoor.rooms.people.models import Person
from gehoor.rooms.people.naming import name_of
from gehoor.rooms.people.story import Point, day, how, points
from gehoor.rooms.voices.models import Reply, Voice
from gehoor.rooms.voices.panels import panels_of

WAITS = (State.NEW, State.OPEN, State.WAITING_US)
GOES_ON = (*WAITS, State.WAITING_CUSTOMER)
_MOST_CASES = 10
_WORDS, _TOLD_WORDS = 12, 60


@dataclass(frozen=True, slots=True)
class Running:
    """A case that is not done. ``waits_since`` is set while it waits for us; ``asked`` counts how often they asked."""

    case: Case
    title: str
    waits_since: datetime | None
    asked: int


@dataclass(frozen=True, slots=True)
class LastTold:
    """What we told them last. ``text`` is its beginning; ``adviser`` "" where nobody is named."""

    at: datetime
    channel: str
    how: str
    adviser: str
    text: str
    voice: Voice | None


@dataclass(frozen=True, slots=True)
class Situation:
    """One person at this moment. ``sentence`` says who, since when, what goes on; ``at_hand`` is where the answers that
    fit what they last asked stand, "" where nothing fits or the viewer may not see them."""

    person: Person
    name: str
    sentence: str
    running: Sequence[Running]
    promises: Sequence[Promise]
    told: LastTold | None
    last_voice: Voice | None
    at_hand: str


def situation_of(person: Person, viewer: User | None) -> Situation:
    """The situation as this viewer may see it; without one nobody is shown where the fitting answers stand."""
    line = points(person)
    said = [point for point in line if not point.ours]
    running = _running(person)
    last = _last_voice(running, said)
    return Situation(
        person=person,
        name=name_of(person),
        sentence=_sentence(person, line, running, last),
        running=running,
        promises=open_promises(person.pk),
        told=_told(line),
        last_voice=last,
        at_hand=_at_hand(last, viewer),
    )


def _running(person: Person) -> list[Running]:
    cases = [case for case in cases_of(person.pk) if case.state in GOES_ON][:_MOST_CASES]
    counts = CaseVoice.objects.filter(case__in=cases).order_by().values_list("case").annotate(n=Count("pk"))
    asked, called = dict(counts), titles_of(cases)
    found = [
        Running(case, called[case.pk], case.waits_since if case.state in WAITS else None, asked.get(case.pk, 1))
        for case in cases
    ]
    return sorted(found, key=lambda each: (each.waits_since is None, each.waits_since or each.case.begun_at))


def _last_voice(running: Sequence[Running], said: Sequence[Point]) -> Voice | None:
    """What is most probably the reason for calling: the newest voice of what waits longest, else the newest of all."""
    if running:
        mine = Voice.objects.filter(in_case__case=running[0].case).select_related("understanding")
        if (newest := mine.order_by("-said_at", "-pk").first()) is not None:
            return newest
    return Voice.objects.select_related("understanding").filter(pk=said[-1].pk).first() if said else None


def _told(line: Sequence[Point]) -> LastTold | None:
    ours = [point for point in line if point.ours]
    if not ours:
        return None
    last = ours[-1]
    reply = Reply.objects.select_related("answers").get(pk=last.pk)
    text = _beginning(reply.text, _TOLD_WORDS)
    return LastTold(last.at, reply.channel, how(reply.channel), reply.adviser, text, reply.answers)


def _beginning(text: str, words: int) -> str:
    parts = text.split()
    return " ".join(parts[:words]) + ("…" if len(parts) > words else "")


def _at_hand(voice: Voice | None, viewer: User | None) -> str:
    if voice is None or viewer is None:
        return ""
    return next((each.href for each in panels_of(voice, viewer) if each.name == "at-hand"), "")


def _sentence(person: Person, line: Sequence[Point], running: Sequence[Running], last: Voice | None) -> str:
    said = [point for point in line if not point.ours]
    name = name_of(person)
    name = name[:1].upper() + name[1:]
    if not said:
        return gettext("%(name)s is known to us; nothing that they said is kept here.") % {"name": name}
    dated = [point.at for point in said if point.dated]
    since = gettext("since %(day)s") % {"day": day(min(dated))} if dated else gettext("since nobody knows when")
    values = {"name": name, "since": since, "about": _about(last), "how": how(said[-1].channel)}
    waiting = next((each for each in running if each.waits_since is not None), None)
    if waiting is not None and waiting.waits_since is not None:
        times = ngettext("asked it once", "had to ask %(count)s times", waiting.asked) % {"count": waiting.asked}
        values |= {"day": day(waiting.waits_since), "times": times}
        return (
            gettext("%(name)s, known to us %(since)s, has been waiting since %(day)s about “%(about)s” and %(times)s.")
            % values
        )
    values["day"] = day(said[-1].at)
    if running:
        return gettext("%(name)s, known to us %(since)s: we wait for them about “%(about)s”.") % values
    return (
        gettext(
            "%(name)s, known to us %(since)s; nothing waits. The last time, %(how)s on %(day)s, was about “%(about)s”."
        )
        % values
    )


def _about(voice: Voice | None) -> str:
    return _beginning(voice.subject.strip() or voice.text, _WORDS) if voice is not None else ""


def dossier_of(person: Person) -> str:
    """Where the dossier stands."""
    return reverse("people:dossier", args=[person.public_id])
