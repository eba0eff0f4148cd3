"""On a dossier: what this person asked us, and what we told, when and by whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from gehoor.rooms.accounts.roles import May
from gehoor.rooms.answers.given.judging import CONTRADICT
from gehoor.rooms.answers.given.saying import read_states, shortened
from gehoor.rooms.answers.given.showing import language
from gehoor.rooms.answers.given.texts import Passage, passages
from gehoor.rooms.answers.models import Given, Righted
from gehoor.rooms.people.panels import Panel
from gehoor.rooms.sending.models import Delivery, State

_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that we told this person. ``question``: the page on which what others were told stands, if there is
    one. ``righted``: they heard since how it really is."""

    asked: str
    says: str
    text: str
    at: datetime | None
    adviser: str
    channel: str
    voice: UUID | None
    question: UUID | None
    against_book: bool
    otherwise: bool
    righted: bool


def told(person: int, tongue: str) -> list[Told]:
    """What we told this person, newest first."""
    rows = Given.objects.filter(voice__attribution__person=person).select_related("voice", "question")
    given = list(rows.order_by("-said_at", "-pk")[:_SHOWN])
    said = {each.given: each for each in passages(Given.objects.filter(pk__in=[each.pk for each in given]))}
    righted = _righted(person, said)
    otherwise = _told_otherwise(given)
    return [_told(each, said[each.pk], each.pk in righted, otherwise, tongue) for each in given if each.pk in said]


def _righted(person: int, said: Mapping[int, Passage]) -> set[int]:
    rows = Righted.objects.filter(given__in=said).values_list("given_id", "righting__run_id")
    runs = dict(rows)
    sent = Delivery.objects.filter(run__in=runs.values(), person=person, state=State.SENT)
    there = set(sent.values_list("run_id", flat=True))
    return {pk for pk, run in runs.items() if run in there}


def _told_otherwise(given: list[Given]) -> set[int]:
    """Answers beside which this person got another one to the same question that clashes with it."""
    found: set[int] = set()
    for each in given:
        clashes = each.question.clashes if each.question else []
        for clash in clashes:
            groups = {value["group"] for value in clash["values"]}
            others = {
                other.pk
                for other in given
                if other.question_id == each.question_id and other.group != each.group and other.group in groups
            }
            if each.group in groups and others:
                found.add(each.pk)
    return found


def _told(given: Given, said: Passage, righted: bool, otherwise: set[int], tongue: str) -> Told:
    facts = read_states(given.states)
    return Told(
        asked=shortened(said.asked),
        says=", ".join(dict.fromkeys(fact.says(tongue) for fact in facts[:3])),
        text=shortened(said.text),
        at=given.said_at,
        adviser=given.adviser,
        channel=given.channel,
        voice=given.voice.public_id if given.voice else None,
        question=given.question.public_id if given.question else None,
        against_book=given.against_book == CONTRADICT,
        otherwise=given.pk in otherwise,
        righted=righted,
    )


def render(person: int) -> SafeString | str:
    """The panel, or nothing when this person asked nothing that we answered."""
    found = told(person, language())
    return render_to_string("answers/given/panel.html", {"told": found}) if found else ""


PANEL = Panel(name="given", order=15, render=render, right=May.SEE_ANSWERS)
