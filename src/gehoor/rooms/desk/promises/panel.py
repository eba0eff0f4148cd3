"""What we promised, on a dossier and beside a case."""

from uuid import UUID

from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.cases.panels import Panel as CasePanel
from gehoor.rooms.desk.cases.queries import family_of, person_of
from gehoor.rooms.desk.models import Case, PromiseState
from gehoor.rooms.desk.promises.queries import of_person, promises
from gehoor.rooms.desk.promises.standing import Row, rows
from gehoor.rooms.people.panels import Deed, Panel

_SHOWN = 12
_ORDER = {PromiseState.OPEN: 0, PromiseState.PROPOSED: 1}


def _newest(wanted: Q) -> list[Row]:
    """Open ones first, then proposals, then what became of the others; "no promise" is left out."""
    found = promises().filter(wanted).exclude(state=PromiseState.NONE).order_by("-made_at", "-pk")[: 2 * _SHOWN]
    last = sorted(found, key=lambda each: (_ORDER.get(PromiseState(each.state), 2),))
    return rows(last[:_SHOWN])


def render(person: int) -> SafeString | str:
    """The panel on a dossier, or nothing when nothing was promised."""
    found = _newest(of_person(person))
    return render_to_string("desk/promises/dossier_panel.html", {"rows": found}) if found else ""


def beside_case(case: Case, viewer: User) -> SafeString | str:
    """The panel beside a case: what was promised in it, and to this person elsewhere; a promise can be written down."""
    person = person_of(case)
    wanted = Q(case__in=family_of(case))
    if person is not None:
        wanted |= of_person(person.pk)
    context = {"rows": _newest(wanted), "case": case, "may_answer": viewer.may(May.ANSWER)}
    return render_to_string("desk/promises/panel_part.html", context)


def _write_down(person: UUID) -> str:
    back = reverse("people:dossier", args=[person])
    return f"{reverse('desk:make_promise')}?{urlencode({'klant': str(person), 'back': back})}"


DEED = Deed(
    name="promise",
    order=10,
    title=sentence("Write a promise down"),
    address=_write_down,
    rights=(May.SEE_DESK, May.ANSWER),
)
PANEL = Panel(name="promises", order=8, render=render, right=May.SEE_DESK)
CASE_PANEL = CasePanel(name="promises", order=10, render=beside_case, right=May.SEE_DESK)
