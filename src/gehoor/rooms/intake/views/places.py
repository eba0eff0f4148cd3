"""The places within administration, as tabs."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.access import actor
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.intake.queries import unread

_PLACES = [
    (sentence("Sending in"), "intake:intake", May.TAKE_IN),
    (sentence("Sources"), "intake:sources", May.TAKE_IN),
    (sentence("Waiting and refused"), "intake:unread", May.TAKE_IN),
    (sentence("Who we are"), "intake:own", May.TAKE_IN),
    (sentence("Thresholds"), "intake:thresholds", May.SET_THRESHOLDS),
]


def register(name: str, route: str, right: May) -> None:
    """Add a tab of a room above, in the ``ready`` of its app. ``name`` is translatable."""
    _PLACES.append((name, route, right))


def places(request: HttpRequest) -> list[dict[str, object]]:
    """The tabs that this user may open; what waits is counted."""
    return [
        {
            "label": gettext(name),
            "href": reverse(route),
            "current": request.path == reverse(route),
            "count": unread().count() if route == "intake:unread" else None,
        }
        for name, route, right in _PLACES
        if actor(request).may(right)
    ]
