"""The page that everyone comes in by."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.answers.book.review import how_many, waiting_to_validate
from gehoor.rooms.answers.given.deciding import how_many_clash
from gehoor.rooms.answers.visits.views import visits_due
from gehoor.rooms.changes.due import what_is_due
from gehoor.rooms.intake.not_heard import totals
from gehoor.rooms.intake.quiet import quiet_among
from gehoor.rooms.intake.sources import sources
from gehoor.rooms.listening.handing import thanks_for
from gehoor.rooms.listening.rhythm import may_set_rhythm
from gehoor.rooms.listening.unheard import state_given, unheard
from gehoor.rooms.needs.models import Guess
from gehoor.rooms.needs.recount import current_generation
from gehoor.rooms.today.at_desk import at_the_desk
from gehoor.rooms.today.hearing import hearing_of
from gehoor.rooms.today.kept import State, state_of_voices
from gehoor.rooms.today.moved import what_moved
from gehoor.rooms.today.news import NEW_DAYS, new_by_channel, to_read, unread
from gehoor.rooms.today.order import Part, parts_for
from gehoor.rooms.today.periods import Period, Span, read_span
from gehoor.rooms.today.sentence import opening_of

_PERIODS = {
    Period.ALL: sentence("All time"),
    Period.YEAR: sentence("This year"),
    Period.MONTH: sentence("This month"),
}


@may()
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """One sentence; then what is new, to read, moved, and waiting, in the order of one's role."""
    user = actor(request)
    state = state_of_voices()
    if not state.voices:
        may_take_in = user.may(May.TAKE_IN)
        unseen = unread() if may_take_in else None
        return render(request, "today/first.html", {"may_take_in": may_take_in, "unread": unseen})
    span = read_span(request.GET.get("period", ""))
    context = {"opening": opening_of(span, state), "span": span, "periods": _periods(span), "thanks": thanks_for(user)}
    return render(request, "today/today.html", context | _parts(user, state, span))


def _periods(span: Span) -> list[dict[str, Any]]:
    return [
        {
            "href": "?" if period == Period.ALL else f"?period={period}",
            "label": gettext(name),
            "current": period == span.period,
        }
        for period, name in _PERIODS.items()
    ]


def _of_the_book(user: User) -> dict[str, Any]:
    """What waits for this user among answers: own visits, and what those who keep the book, or plan, look after."""
    found: dict[str, Any] = {"visits": visits_due(user)}
    if user.may(May.EDIT_ANSWERS):
        found |= {"to_review": how_many(), "to_validate": waiting_to_validate()}
    if user.may(May.EDIT_ANSWERS) or user.may(May.PLAN_VISITS):
        found["clashing"] = how_many_clash()
    return found


def _parts(user: User, state: State, span: Span) -> dict[str, Any]:
    """The parts in order, and what each shows. What has nothing to ask or to say is left out."""
    parts = parts_for(user)
    context: dict[str, Any] = {
        "see_voices": user.may(May.SEE_VOICES),
        "see_people": user.may(May.SEE_PEOPLE),
        "new_days": NEW_DAYS,
    }
    context["may_set_rhythm"] = may_set_rhythm(user)
    if Part.LISTEN in parts:
        heard = state_given(state.voices, state.newest)
        context |= {"hearing": hearing_of(user, heard), "unheard": unheard(heard)}
        if not context["hearing"].anything:
            parts.remove(Part.LISTEN)
    if Part.NEW in parts:
        context["new"] = new_by_channel(state)
    if Part.READ in parts:
        context["read"] = to_read(state, span)
    if Part.MOVED in parts:
        context["moved"] = what_moved()
    if Part.CHANGES in parts:
        context["due"] = what_is_due()
        if not context["due"].anything:
            parts.remove(Part.CHANGES)
    if Part.ANSWERS in parts:
        context["book"] = _of_the_book(user)
        if not any(context["book"].values()):
            parts.remove(Part.ANSWERS)
    context |= at_the_desk(user, parts)
    if Part.WAITS in parts:
        context["waits"] = unread()
    if Part.WAITS in parts or Part.UNHEARD in parts:
        context["quiet"] = quiet_among(sources())
    if Part.UNHEARD in parts:
        context["not_heard"] = totals(span.since)
        if not context["not_heard"] and not context["quiet"]:
            parts.remove(Part.UNHEARD)
    if Part.GUESS in parts and (Guess.objects.filter(guesser=user).exists() or current_generation() is None):
        parts.remove(Part.GUESS)
    context["parts"] = [f"today/{part}_part.html" for part in parts]
    return context
