"""The page of a case: everything that was said, in the order in which it was said, and what helps to answer it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from gehoor.kernel.clock import now
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.cases.actions import colleagues
from gehoor.rooms.desk.cases.listing import is_late
from gehoor.rooms.desk.cases.panels import panels
from gehoor.rooms.desk.cases.presence import there
from gehoor.rooms.desk.cases.proposing import Proposal, proposals
from gehoor.rooms.desk.cases.putting_off import CHOICES
from gehoor.rooms.desk.cases.queries import cases_of, person_of, replies_of, titles_of, voices_of
from gehoor.rooms.desk.cases.states import may_become
from gehoor.rooms.desk.cases.telling import Told, log_of
from gehoor.rooms.desk.cases.waiting import said_at
from gehoor.rooms.desk.cases.words import PRIORITY_NAMES, SPEED_NAMES, STATE_ACTS, STATE_NAMES, STATE_TONES, moment
from gehoor.rooms.desk.models import WAITS_FOR_US, Act, Case, State
from gehoor.rooms.people import panels as dossier
from gehoor.rooms.people.models import Person
from gehoor.rooms.people.naming import name_of
from gehoor.rooms.people.story import points, situation
from gehoor.rooms.voices.models import Reply, Voice
from gehoor.rooms.voices.panels import panels_of
from gehoor.rooms.voices.signs import signs_of

MOST_OTHERS = 20
MOST = 200
"""So many moments of a conversation are shown at once: the newest."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that was said, replied or noted. ``kind``: "voice", "reply" or "note"; ``apart``: said in the same
    conversation, yet no part of this case."""

    kind: str
    at: datetime
    thing: Voice | Reply | Act
    sign: str = ""
    apart: bool = False


def context_of(case: Case, viewer: User) -> dict[str, Any]:
    """Everything that the page shows."""
    person = person_of(case)
    log = log_of(case)
    voices = voices_of(case)
    moments = moments_of(case, voices, log)
    return {
        "case": case,
        "title": titles_of([case])[case.pk],
        "moments": moments[-MOST:],
        "left_out": max(0, len(moments) - MOST),
        "log": log,
        "voices": voices,
        "last": voices[-1] if voices else case.voice,
        "may_answer": viewer.may(May.ANSWER),
        **_standing(case, viewer),
        **_person(person, viewer),
        **_beside(case, person, voices, viewer),
    }


def _standing(case: Case, viewer: User) -> dict[str, Any]:
    return {
        "state_name": STATE_NAMES[case.state],
        "state_tone": STATE_TONES.get(case.state, ""),
        "priority_name": PRIORITY_NAMES[case.priority],
        "speed_name": SPEED_NAMES[case.speed],
        "late": is_late(case, now()),
        "due": moment(case.due_at) if case.due_at is not None and case.state in WAITS_FOR_US else "",
        "since": moment(case.waits_since) if case.waits_since is not None else "",
        "until": moment(case.snoozed_until) if case.snoozed_until is not None else "",
        "put_off": list(CHOICES.items()),
        "may_put_off": case.state in WAITS_FOR_US,
        "next_states": [(state, STATE_ACTS[state]) for state in STATE_ACTS if may_become(case.state, state)],
        "priorities": list(PRIORITY_NAMES.items()),
        "colleagues": [each for each in colleagues() if each != viewer],
        "there": there([case], viewer).get(case.pk, []),
        "may_merge": may_become(case.state, State.MERGED),
    }


def _person(person: Person | None, viewer: User) -> dict[str, Any]:
    if person is None:
        return {"person": None}
    return {
        "person": person,
        "name": name_of(person),
        "situation": situation(person, points(person)),
        "dossier_panels": [
            html
            for panel in dossier.panels(viewer)
            if panel.name not in {"cases", *(each.name for each in panels(viewer))}
            and (html := panel.render(person.pk))
        ],
    }


def _beside(case: Case, person: Person | None, voices: Sequence[Voice], viewer: User) -> dict[str, Any]:
    proposed: list[Proposal] = proposals(case, person)
    named = {each.case.pk for each in proposed}
    mine = cases_of(person.pk)[:MOST_OTHERS] if person is not None else []
    others = [each for each in mine if each.pk != case.pk and each.pk not in named]
    called = titles_of([each.case for each in proposed])
    return {
        "others": [
            {"case": each, "state": STATE_NAMES[each.state], "may_join": may_become(each.state, State.MERGED)}
            for each in others
        ],
        "proposals": [{"case": each.case, "title": called[each.case.pk], "need": each.need} for each in proposed],
        "panels": [html for panel in panels(viewer) if (html := panel.render(case, viewer))],
        "at_hand": panels_of(voices[-1], viewer) if voices else [],
    }


def moments_of(case: Case, voices: Sequence[Voice], log: Sequence[Told]) -> list[Moment]:
    """What was said and noted, oldest first."""
    mine = {voice.pk for voice in voices}
    conversations = {voice.conversation_id for voice in voices if voice.conversation_id is not None}
    said = Voice.objects.filter(Q(pk__in=mine) | Q(conversation__in=conversations)).select_related("understanding")
    replied = {reply.pk: reply for reply in replies_of(case)}
    others = Reply.objects.filter(conversation__in=conversations).exclude(pk__in=replied)
    found = list(said)
    signs = signs_of([voice.pk for voice in found])
    moments = [
        *(Moment("voice", said_at(each), each, signs.get(each.pk, ""), each.pk not in mine) for each in found),
        *(Moment("reply", each.said_at or each.heard_at, each) for each in replied.values()),
        *(Moment("reply", each.said_at or each.heard_at, each, apart=True) for each in others),
        *(Moment("note", told.act.at, told.act) for told in log if told.act.text and not told.act.undone),
    ]
    order = {"voice": 0, "reply": 1, "note": 2}
    return sorted(moments, key=lambda each: (each.at, order[each.kind], each.thing.pk))
