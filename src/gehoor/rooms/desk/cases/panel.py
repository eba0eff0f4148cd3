"""On a dossier: what this person waits for, and what they waited for before."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.cases.queries import cases_of
from gehoor.rooms.desk.cases.words import STATE_NAMES, STATE_TONES
from gehoor.rooms.desk.models import Case
from gehoor.rooms.people.panels import Panel

MOST = 8


def render(person: int) -> SafeString | str:
    """The panel, or nothing where this person never had a case."""
    found = cases_of(person)
    if not found:
        return ""
    context = {"cases": [_line(case) for case in found[:MOST]], "more": max(0, len(found) - MOST)}
    return render_to_string("desk/cases/dossier_panel.html", context)


def _line(case: Case) -> dict[str, object]:
    return {"case": case, "state": STATE_NAMES[case.state], "tone": STATE_TONES.get(case.state, "")}


PANEL = Panel(name="cases", order=5, render=render, right=May.SEE_DESK)
