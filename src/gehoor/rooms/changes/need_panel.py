"""On the page of a need: what we did with it."""

from uuid import UUID

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.changes.board import rows_of
from gehoor.rooms.changes.models import Change
from gehoor.rooms.needs.models import Need
from gehoor.rooms.needs.panels import Panel


def render(need: Need, viewer: User) -> SafeString | str:
    """The changes that rest on this need, on what was merged into it, or on what is finer or broader."""
    named = _around(need)
    changes = Change.objects.filter(removed=False, needs__need__in=named).distinct().order_by("-pk")
    rows = rows_of(list(changes))
    may_decide = viewer.may(May.DECIDE_CHANGES)
    if not rows and not may_decide:
        return ""
    return render_to_string("changes/on_need.html", {"rows": rows, "need": need, "may_decide": may_decide})


def _around(need: Need) -> set[UUID]:
    """Public ids of the need, what it is under, what is right under it, and what was merged into it."""
    found: set[UUID] = {need.public_id}
    above = need.parent
    while above is not None:
        found.add(above.public_id)
        above = above.parent
    found.update(need.children.values_list("public_id", flat=True))
    found.update(need.merged.values_list("public_id", flat=True))
    return found


PANEL = Panel(name="changes", order=10, render=render, right=May.SEE_CHANGES)
