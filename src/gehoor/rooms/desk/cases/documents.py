"""Cases as JSON documents, for programs and for the command line; ``docs/json.md`` describes them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.db.models import F

from gehoor.kernel.clock import now
from gehoor.rooms.accounts.models import User
from gehoor.rooms.desk.cases.listing import is_late, lines_of
from gehoor.rooms.desk.cases.merging import check_may_merge, preview
from gehoor.rooms.desk.cases.naming import titles
from gehoor.rooms.desk.cases.page import MOST, Moment, moments_of
from gehoor.rooms.desk.cases.presence import There, there
from gehoor.rooms.desk.cases.proposing import proposals
from gehoor.rooms.desk.cases.queries import family_of, person_of, persons_of, titles_of, voices_of
from gehoor.rooms.desk.cases.telling import Told, log_of
from gehoor.rooms.desk.chorus.counting import Many, many_of
from gehoor.rooms.desk.models import WAITS_FOR_US, Act, Case, Clock
from gehoor.rooms.desk.promises.documents import promise_documents
from gehoor.rooms.desk.promises.queries import promises
from gehoor.rooms.voices.models import Reply, Voice


def waiting_document(limit: int) -> dict[str, Any]:
    """Who waits for us, nearest due first, at most ``limit`` of them, and how many there are; of many who sent the same
    one stands for all, with how many they are. Five queries."""
    everyone = Case.objects.filter(state__in=WAITS_FOR_US).exclude(snoozed_until__gt=now())
    rows = everyone.filter(behind=False)
    cases = list(rows.select_related("assignee", "voice").order_by(F("due_at").asc(nulls_last=True), "pk")[:limit])
    called, many, today = titles(cases), many_of(cases), now()
    return {
        "waiting": everyone.count(),
        "cases": [
            {
                "id": str(case.public_id),
                "title": called[case.pk],
                "stands_for": many[case.pk].waiting if case.pk in many else 1,
                "state": case.state,
                "channel": case.channel,
                "priority": case.priority,
                "speed": case.speed,
                "since": case.waits_since.isoformat() if case.waits_since else None,
                "due": case.due_at.isoformat() if case.due_at else None,
                "late": is_late(case, today),
                "assignee": case.assignee.name if case.assignee else None,
            }
            for case in cases
        ],
    }


def stand_document(case: Case) -> dict[str, Any]:
    """How a case stands, and nothing of whose it is or what was said in it."""
    return {
        "id": str(case.public_id),
        "state": case.state,
        "priority": case.priority,
        "speed": case.speed,
        "channel": case.channel,
        "begun": moment(case.begun_at),
        "since": moment(case.waits_since),
        "due": moment(case.due_at),
        "late": is_late(case, now()),
        "snoozed_until": moment(case.snoozed_until),
        "assignee": case.assignee.name if case.assignee else None,
        "assignee_id": str(case.assignee.public_id) if case.assignee else None,
        "merged_into": str(case.merged_into.public_id) if case.merged_into else None,
        "moved": case.moved,
    }


def case_documents(cases: Sequence[Case], viewer: User) -> list[dict[str, Any]]:
    """Cases as programs get them, in the same order; a fixed number of queries."""
    persons = persons_of(cases)
    return [
        {
            **stand_document(line.case),
            "title": line.title,
            "about": line.case.about,
            "person": str(persons[line.case.pk].public_id) if line.case.pk in persons else None,
            "words": line.words,
            "voices": line.voices,
            "many": _many(line.many),
            "present": _present(line.there),
        }
        for line in lines_of(cases, viewer)
    ]


def whole_document(case: Case, viewer: User) -> dict[str, Any]:
    """One case: what was said and noted, what was done, its clocks, its promises, who is there."""
    (told,) = case_documents([case], viewer)
    log, voices = log_of(case), voices_of(case)
    moments = moments_of(case, voices, log)
    proposed = proposals(case, person_of(case))
    named = titles_of([each.case for each in proposed])
    clocks = Clock.objects.filter(case=case).order_by("pk")
    promised = promises().filter(case__in=family_of(case)).order_by("-made_at", "-pk")[:MOST]
    return told | {
        "conversation": [_moment_document(each) for each in moments[-MOST:]],
        "left_out": max(0, len(moments) - MOST),
        "acts": [_act_document(each) for each in log[:MOST]],
        "clocks": [_clock_document(each) for each in clocks],
        "promises": promise_documents(list(promised)),
        "speed_why": case.speed_why,
        "may_be_one": [
            {"id": str(each.case.public_id), "title": named[each.case.pk], "need": each.need} for each in proposed
        ],
    }


def merge_document(case: Case, into: Case) -> dict[str, Any]:
    """What merging ``case`` into ``into`` brings about. Raises Refused where it cannot be."""
    check_may_merge(case, into)
    found = preview(case, into)
    return {
        "said": [
            {
                "kind": "reply" if each.ours else "voice",
                "id": str(each.thing.public_id),
                "at": moment(each.at),
                "channel": each.thing.channel,
                "text": each.thing.text,
                "moves": each.moves,
            }
            for each in found.said[-MOST:]
        ],
        "left_out": max(0, len(found.said) - MOST),
        "other_persons": found.others,
    }


def act_document(act: Act | None, case: Case) -> dict[str, Any]:
    """What was done with a case, by the act that undoes it (none: it was so already), and how it stands now."""
    case.refresh_from_db()
    return {"act": str(act.public_id) if act is not None else None, "case": stand_document(case)}


def _many(many: Many | None) -> dict[str, Any] | None:
    if many is None:
        return None
    return {"id": str(many.public_id), "people": many.people, "waiting": many.waiting, "own": many.own}


def present_document(case: Case, viewer: User) -> list[dict[str, Any]]:
    """Which colleagues are at this case now, the viewer left out."""
    return _present(there([case], viewer).get(case.pk, []))


def _present(found: Sequence[There]) -> list[dict[str, Any]]:
    return [{"name": each.name, "writing": each.writing} for each in found]


def _moment_document(each: Moment) -> dict[str, Any]:
    thing = each.thing
    return {
        "kind": each.kind,
        "id": str(thing.public_id),
        "at": moment(each.at),
        "channel": None if isinstance(thing, Act) else thing.channel,
        "subject": None if isinstance(thing, Act) else thing.subject,
        "text": thing.text,
        "by": _said_by(thing),
        "apart": each.apart,
    }


def _said_by(thing: Voice | Reply | Act) -> str | None:
    if isinstance(thing, Act):
        return thing.by.name if thing.by else None
    return (thing.adviser if isinstance(thing, Reply) else thing.author) or None


def _act_document(told: Told) -> dict[str, Any]:
    return {
        "id": str(told.act.public_id),
        "kind": told.act.kind,
        "says": told.says,
        "at": moment(told.act.at),
        "by": told.by or None,
        "undone": told.act.undone,
        "may_be_undone": told.undoable or (told.act.kind == "speed" and not told.act.undone),
    }


def _clock_document(clock: Clock) -> dict[str, Any]:
    return {
        "kind": clock.kind,
        "began": moment(clock.began_at),
        "due": moment(clock.due_at),
        "paused": moment(clock.paused_at),
        "ended": moment(clock.ended_at),
        "minutes": round(clock.minutes, 1),
    }


def moment(at: datetime | None) -> str | None:
    """ISO 8601 in UTC."""
    return at.astimezone(UTC).isoformat() if at is not None else None
