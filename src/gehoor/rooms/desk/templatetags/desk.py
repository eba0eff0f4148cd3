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
)


@register.inclusion_tag("desk/places_part.html", takes_context=True)
def desk_places(context: Mapping[str, Any]) -> dict[str, Any]:
    """The tabs that whoever looks may open."""
    request = context["request"]
    return {
        "places": [
            {"label": gettext(name), "href": reverse(route), "current": request.path == reverse(route)}
            for name, route, rights in _PLACES
            if all(request.user.may(right) for right in rights)
        ]
    }
