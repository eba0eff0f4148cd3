"""Looking: the list of needs, one need, what was set aside, and the question beforehand."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import actor, may
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.needs import history, one_need
from gehoor.rooms.needs.decisions import access_need
from gehoor.rooms.needs.forms import GuessForm, RenameForm
from gehoor.rooms.needs.guesses import compared, do_guess, has_guessed
from gehoor.rooms.needs.listing import ORDERS, Order, belonging, ranked
from gehoor.rooms.needs.models import Generation, Need
from gehoor.rooms.needs.panels import panels_of
from gehoor.rooms.needs.recount import current_generation
from gehoor.rooms.voices.explaining import table_name
from gehoor.rooms.voices.models import Voice

_PASSAGES_A_PAGE = 25
_NEEDS_A_PAGE = 40
_LEVEL_NAMES = {
    1: (sentence("All"),),
    2: (sentence("Broad"), sentence("Fine")),
    3: (sentence("Broad"), sentence("Middle"), sentence("Fine")),
}
_ORDER_NAMES = {
    "minutes": sentence("Customer minutes"),
    "voices": sentence("Voices"),
    "persons": sentence("Persons"),
}


def _period(totals: dict[str, Any]) -> str:
    """The period of all voices, in words."""
    first, last = (one_need.moment(totals.get(end)) for end in ("first", "last"))
    if first is None or last is None:
        return gettext("period unknown")
    values = {"first": date_format(first, "j F Y"), "last": date_format(last, "j F Y")}
    return gettext("%(first)s to %(last)s") % values


def level_name(level: int, levels: int) -> str:
    """What a level is called."""
    return gettext(_LEVEL_NAMES[levels][level - 1]) if levels in _LEVEL_NAMES else str(level)


@may(May.SEE_NEEDS)
@require_safe
def needs(request: HttpRequest) -> HttpResponse:
    """What people are waiting for; first what this user thinks, if never asked."""
    generation = current_generation()
    if generation is None or not generation.levels:
        return render(request, "needs/empty.html", {"heard": Voice.objects.exists()})
    if not has_guessed(actor(request)):
        return render(request, "needs/guess.html", {"form": GuessForm()})
    return render(request, "needs/needs.html", _list_context(request, generation))


def _list_context(request: HttpRequest, generation: Generation) -> dict[str, Any]:
    level, order = chosen_level(request, generation), _chosen_order(request)
    rows = ranked(generation, level, order)
    totals = generation.totals
    usual = rows if level == generation.default_level else ranked(generation, generation.default_level)
    found = sum(row.need.customer_minutes for row in rows)
    return {
        "rows": rows,
        "page": Paginator(rows, _NEEDS_A_PAGE).get_page(request.GET.get("page")),
        "generation": generation,
        "table": table_name(generation.table),
        "totals": totals,
        "period": _period(totals),
        "unassigned_minutes": max(0.0, totals["customer_minutes"] - found),
        "asides": Need.objects.filter(generation=generation, aside=True, merged_into=None).count(),
        "levels": [
            _tab(level_name(each, generation.levels), level=each, order=order, current=each == level)
            for each in range(1, generation.levels + 1)
        ],
        "orders": [
            _tab(gettext(_ORDER_NAMES[each]), level=level, order=each, current=each == order) for each in ORDERS
        ],
        "compared": compared(actor(request), generation, usual),
    }


def chosen_level(request: HttpRequest, generation: Generation) -> int:
    """The level that the address asks for, within what there is."""
    asked = request.GET.get("level", "")
    level = int(asked) if asked.isdecimal() and len(asked) < 4 else generation.default_level
    return min(max(level, 1), generation.levels)


def _chosen_order(request: HttpRequest) -> Order:
    asked = request.GET.get("order", "")
    return next((order for order in ORDERS if order == asked), ORDERS[0])


def _tab(label: str, *, level: int, order: str, current: bool) -> dict[str, Any]:
    address = f"{reverse('needs:needs')}?level={level}&order={order}"
    return {"href": address, "label": label, "current": current}


@may(May.SEE_NEEDS)
@require_POST
def guess(request: HttpRequest) -> HttpResponse:
    """Keep what someone thinks, or that the question was passed over."""
    form = GuessForm(request.POST)
    if not form.is_valid():
        return render(request, "needs/guess.html", {"form": form}, status=422)
    do_guess(guesser=actor(request), texts=[] if "skip" in request.POST else form.texts())
    return redirect("needs:needs")


@may(May.SEE_NEEDS)
@require_safe
def need(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One need: how many, in whose words, since when, through which channels, and who says otherwise."""
    one = access_need(public_id)
    if one.public_id != public_id:
        return redirect("needs:need", one.public_id)
    return render(request, "needs/need.html", _need_context(request, one))


def _need_context(request: HttpRequest, one: Need) -> dict[str, Any]:
    generation = one.generation
    rows = belonging(one, generation.levels)
    level = ranked(generation, one.level)
    quotes, counter = one_need.citations(one)
    page = Paginator(one_need.passages(rows), _PASSAGES_A_PAGE).get_page(request.GET.get("page"))
    return {
        "need": one,
        "generation": generation,
        "totals": generation.totals,
        "period": _period(generation.totals),
        "place": one_need.place(one, level),
        "quotes": quotes,
        "counter": counter,
        "trend": one_need.trend(one, generation),
        "earlier": one_need.earlier(one, generation),
        "channels": one_need.channels(one),
        "finer": one_need.finer(one, generation),
        "page": page,
        "passages": [(row.ask, row.voice, row.voice.text[row.ask.start : row.ask.end]) for row in page if row.ask],
        "others": sorted((row.need for row in level if row.need.pk != one.pk), key=str),
        "rename_form": RenameForm(initial={"name": one.name}),
        "history": history.history(one),
        "may_decide": actor(request).may(May.DECIDE_NEEDS),
        "panels": panels_of(one, actor(request)),
    }


@may(May.SEE_NEEDS)
@require_safe
def aside(request: HttpRequest) -> HttpResponse:
    """What people said is no need."""
    generation = current_generation()
    needs = one_need.set_aside(generation) if generation else []
    context = {"needs": needs, "may_decide": actor(request).may(May.DECIDE_NEEDS)}
    return render(request, "needs/aside.html", context)
