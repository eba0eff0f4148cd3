"""Beside a case: that others sent the same, and what this one added."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.cases.panels import Panel
from gehoor.rooms.desk.chorus.page import figures
from gehoor.rooms.desk.models import Case


def beside_case(case: Case, viewer: User) -> SafeString | str:
    """The panel, or nothing where nobody sent the same."""
    if case.chorus is None or case.chorus.dissolved:
        return ""
    found = figures(case.chorus)
    context = {
        "case": case,
        "chorus": case.chorus,
        "others": found.people - 1,
        "waiting": found.waiting,
        "may_answer": viewer.may(May.ANSWER),
    }
    return render_to_string("desk/chorus/panel_part.html", context) if found.people > 1 else ""


CASE_PANEL = Panel(name="chorus", order=3, render=beside_case, right=May.SEE_DESK)
