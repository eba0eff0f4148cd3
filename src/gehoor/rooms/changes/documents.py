"""Changes as JSON documents; ``docs/json.md`` describes them."""

from dataclasses import replace
from typing import Any

from gehoor.rooms.changes.board import Row, all_rows, rows_of
from gehoor.rooms.changes.evidence import evidence_of, needs_of
from gehoor.rooms.changes.log import history
from gehoor.rooms.changes.models import Change, TellingKind
from gehoor.rooms.changes.outcomes import outcomes_of
from gehoor.rooms.changes.standing import Stage
from gehoor.rooms.changes.telling import circle, tellings
from gehoor.rooms.changes.trial import trial
from gehoor.rooms.needs.one_need import Cited


def changes_document() -> dict[str, Any]:
    """Every change, what cost customers most first."""
    return {"changes": [_row(row) for row in all_rows()]}


def _row(row: Row) -> dict[str, Any]:
    decision, done = row.now.decision, row.now.done
    return {
        "id": str(row.change.public_id),
        "name": row.change.name,
        "stage": row.now.stage.value,
        "voices": row.asked.voices,
        "persons": row.asked.persons,
        "anonymous": row.asked.anonymous,
        "customer_minutes": row.asked.minutes,
        "since": row.asked.since.isoformat() if row.asked.since else None,
        "decided_at": decision.at.isoformat() if decision and decision.at else None,
        "reason": (decision.reason or None) if decision else None,
        "due": row.due.isoformat() if row.due else None,
        "done_on": done.day.isoformat() if done and done.day else None,
        "told": row.reached.told,
        "to_tell": row.reached.left,
        "effect": row.outcome.value if row.outcome else None,
    }


def change_document(change: Change) -> dict[str, Any]:
    """One change, with who asked in their own words, what was decided, and what was answered and told."""
    row = rows_of([change])[0]
    row = replace(row, outcome=outcomes_of({change: row.now}).get(change.pk))
    rests = needs_of(change)
    evidence = evidence_of(change, rests)
    around = circle(change, row.now) if row.now.stage != Stage.ASKED else None
    trials = (trial(each) for each in tellings(change, TellingKind.TRIAL))
    return {
        **_row(row),
        "idea": change.idea or None,
        "channels": [
            {"channel": channel, "voices": voices, "customer_minutes": spent}
            for channel, voices, spent in row.asked.channels
        ],
        "needs": [{"id": str(each.said.need), "name": str(each.need) if each.need else None} for each in rests],
        "quotes": [_cited(each) for each in evidence.quotes],
        "counter": [_cited(each) for each in evidence.counter],
        "steps": [
            {
                "kind": entry.step.kind,
                "at": entry.step.at.isoformat(),
                "by": entry.step.by.email if entry.step.by else None,
                "reason": entry.step.reason or None,
                "day": entry.step.day.isoformat() if entry.step.day else None,
                "fewer": entry.step.fewer,
                "undone": not entry.counts,
            }
            for entry in reversed(history(change))
        ],
        "trials": [
            {
                "at": each.telling.at.isoformat(),
                "seed": each.telling.seed,
                "drawn_from": each.telling.drawn_from,
                "asked": each.asked,
                "answered": each.answered,
                "says": [one.answer.says for one in each.people if one.answer is not None],
            }
            for each in trials
        ],
        "telling": None
        if around is None
        else {
            "asked": around.asked,
            "told": around.told,
            "waiting": around.waiting,
            "out_of_reach": around.out_of_reach,
            "left": len(around.left),
            "anonymous": around.anonymous,
        },
    }


def _cited(each: Cited) -> dict[str, str]:
    return {"voice": str(each.voice.public_id), "text": each.text}
