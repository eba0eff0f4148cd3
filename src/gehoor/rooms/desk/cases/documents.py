"""Who waits for us, as a JSON document; ``docs/json.md`` describes it."""

from typing import Any

from django.db.models import F

from gehoor.kernel.clock import now
from gehoor.rooms.desk.cases.listing import is_late
from gehoor.rooms.desk.cases.naming import titles
from gehoor.rooms.desk.models import WAITS_FOR_US, Case


def waiting_document(limit: int) -> dict[str, Any]:
    """Who waits for us, nearest due first, at most ``limit`` of them, and how many there are; four queries."""
    rows = Case.objects.filter(state__in=WAITS_FOR_US).exclude(snoozed_until__gt=now())
    cases = list(rows.select_related("assignee", "voice").order_by(F("due_at").asc(nulls_last=True), "pk")[:limit])
    called, moment = titles(cases), now()
    return {
        "waiting": rows.count(),
        "cases": [
            {
                "id": str(case.public_id),
                "title": called[case.pk],
                "state": case.state,
                "channel": case.channel,
                "priority": case.priority,
                "speed": case.speed,
                "since": case.waits_since.isoformat() if case.waits_since else None,
                "due": case.due_at.isoformat() if case.due_at else None,
                "late": is_late(case, moment),
                "assignee": case.assignee.name if case.assignee else None,
            }
            for case in cases
        ],
    }
