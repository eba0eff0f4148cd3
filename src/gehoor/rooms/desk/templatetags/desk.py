"""The places within the desk, as tabs on each of its lists."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext

from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.roles import May

register = template.Library()

_PLACES = (
    (sentence("Cases"), "desk:desk", (May.SEE_DESK, May.SEE_PEOPLE)),
    (sentence("Promises"), "desk:promises", (May.SEE_DESK, May.SEE_PEOPLE)),
    (sentence("Complaints"), "desk:complaints", (May.HANDLE_COMPLAINTS, May.SEE_PEOPLE)),
    (sentence("Times"), "desk:times", (May.SEE_TIMES,)),
)
_FIGURES = (
    (sentence("Promises in figures"), "desk:promise_figures", (May.SEE_TIMES,)),
    (sentence("Complaints in figures"), "desk:complaint_figures", (May.SEE_TIMES,)),
)
"""For who sees the desk's figures and not the customers behind them."""


@register.inclusion_tag("desk/places_part.html", takes_context=True)
def desk_places(context: Mapping[str, Any]) -> dict[str, Any]:
    """The tabs that whoever looks may open."""
    request = context["request"]
    shown = _PLACES if request.user.may(May.SEE_DESK) else (*_PLACES, *_FIGURES)
    return {
        "places": [
            {"label": gettext(name), "href": reverse(route), "current": request.path == reverse(route)}
            for name, route, rights in shown
            if all(request.user.may(right) for right in rights)
        ]
    }
