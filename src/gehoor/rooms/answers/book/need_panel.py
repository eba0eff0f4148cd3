"""On the page of a need: the answers to it."""

from uuid import UUID

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.answers.book.listing import entries
from gehoor.rooms.answers.book.naming import STATE_NAMES, STATE_TONES
from gehoor.rooms.answers.book.rules import may_propose
from gehoor.rooms.answers.models import State
from gehoor.rooms.needs.models import Need
from gehoor.rooms.needs.panels import Panel


def render(need: Need, viewer: User) -> SafeString | str:
    """The entries that answer this need, what was merged into it, or what is right under it."""
    around: set[UUID] = {need.public_id}
    around.update(need.children.values_list("public_id", flat=True))
    around.update(need.merged.values_list("public_id", flat=True))
    rows = entries().exclude(current__state=State.ARCHIVED).filter(needs__need__in=around).distinct()
    answers = [
        {"answer": each, "state": STATE_NAMES[each.current.state], "tone": STATE_TONES[each.current.state]}
        for each in rows.order_by("current__question")
        if each.current is not None
    ]
    may = may_propose(viewer)
    if not answers and not may:
        return ""
    return render_to_string("answers/book/on_need.html", {"rows": answers, "need": need, "may_propose": may})


PANEL = Panel(name="answers", order=5, render=render, right=May.SEE_ANSWERS)
