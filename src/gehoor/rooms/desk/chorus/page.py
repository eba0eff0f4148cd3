"""What the page of a chorus shows: the text that they share, how they stand, and what some added in their own words."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Max, Min, Q, QuerySet

from gehoor.analysis.alike import own_words, sentences_of
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.answering.ways import whom
from gehoor.rooms.desk.cases.queries import titles_of
from gehoor.rooms.desk.cases.words import STATE_NAMES, STATE_TONES
from gehoor.rooms.desk.chorus.answering import still_to_tell, text_for
from gehoor.rooms.desk.models import WAITS_FOR_US, Case, Chorus, ChorusAnswer, ChorusTold, State

A_PAGE = 40
MOST_OWN = 20


@dataclass(frozen=True, slots=True)
class Own:
    """What one of them said besides."""

    case: Case
    title: str
    passages: list[str]


@dataclass(frozen=True, slots=True)
class Figures:
    """How they stand."""

    people: int
    waiting: int
    heard: int
    own: int
    first: datetime
    last: datetime


def cases_of(chorus: Chorus) -> QuerySet[Case]:
    """The cases of a chorus; what went on in another case is in that one."""
    return Case.objects.filter(chorus=chorus).exclude(state=State.MERGED)


def figures(chorus: Chorus) -> Figures:
    """How they stand; one query."""
    counted = cases_of(chorus).aggregate(
        people=Count("pk"),
        waiting=Count("pk", filter=Q(state__in=WAITS_FOR_US)),
        own=Count("pk", filter=Q(own_words__gt=0)),
        first=Min("begun_at"),
        last=Max("begun_at"),
    )
    first, last = counted["first"] or chorus.begun_at, counted["last"] or chorus.begun_at
    heard = counted["people"] - counted["waiting"]
    return Figures(counted["people"], counted["waiting"], heard, counted["own"], first, last)


def lead_of(chorus: Chorus) -> Case | None:
    """The one that stands for all: the first that added nothing, so that what is shown is what all said."""
    return cases_of(chorus).select_related("voice").order_by("own_words", "begun_at", "pk").first()


def own(chorus: Chorus) -> list[Own]:
    """Who added words of their own, most first."""
    cases = list(
        cases_of(chorus).filter(own_words__gt=0).select_related("voice").order_by("-own_words", "pk")[:MOST_OWN]
    )
    common = set(chorus.sentences.values_list("key", flat=True))
    called = titles_of(cases)
    return [Own(case, called[case.pk], _passages(case, common)) for case in cases]


def _passages(case: Case, common: Collection[int]) -> list[str]:
    text = case.voice.text
    return [text[start:end].strip() for start, end in own_words(sentences_of(text), common)]


def context_of(chorus: Chorus, viewer: User, page: str) -> dict[str, Any]:
    """Everything that the page shows."""
    lead = lead_of(chorus)
    everyone = Paginator(cases_of(chorus).select_related("assignee").order_by("begun_at", "pk"), A_PAGE).get_page(page)
    called = titles_of(list(everyone))
    return {
        "chorus": chorus,
        "figures": figures(chorus),
        "lead": lead,
        "own": own(chorus),
        "page": everyone,
        "lines": [
            {
                "case": each,
                "title": called[each.pk],
                "state": STATE_NAMES[each.state],
                "tone": STATE_TONES.get(each.state, ""),
            }
            for each in everyone
        ],
        "may_answer": viewer.may(May.ANSWER),
        **progress(chorus),
    }


def progress(chorus: Chorus) -> dict[str, Any]:
    """The last answer to them, how many had it, how many still get it, and why some did not."""
    answer = ChorusAnswer.objects.filter(chorus=chorus).select_related("by").order_by("-pk").first()
    if answer is None:
        return {"answer": None}
    told = ChorusTold.objects.filter(of=answer)
    without = told.filter(answer=None).select_related("case").order_by("pk")
    shown = list(without[:A_PAGE])
    called = titles_of([each.case for each in shown])
    return {
        "answer": answer,
        "told": told.exclude(answer=None).count(),
        "left": 0 if answer.ended_at else still_to_tell(answer).count(),
        "without": [(each.case, called[each.case_id], each.why[0] if each.why else "") for each in shown],
        "without_count": without.count(),
    }


def examples(answer: ChorusAnswer) -> list[tuple[str, str, str]]:
    """How the first three would get it: who, in which channel, and the whole text. ``answer`` need not be saved."""
    found = []
    for case in Case.objects.filter(chorus=answer.chorus, state__in=WAITS_FOR_US).order_by("begun_at", "pk")[:3]:
        to = whom(case)
        if to.ways:
            found.append((to.called or titles_of([case])[case.pk], to.ways[0].channel, text_for(answer, to)))
    return found
