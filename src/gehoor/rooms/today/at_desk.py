"""What waits at the desk: what we promised, and complaints that near their eight weeks."""

from typing import Any

from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.complaints.listing import Filters, filtered, stand_of_now
from gehoor.rooms.desk.complaints.proposing import proposed
from gehoor.rooms.desk.complaints.showing import rows as complaint_rows
from gehoor.rooms.desk.promises.actions import due_today
from gehoor.rooms.desk.promises.listing import Which, counts, figures
from gehoor.rooms.desk.promises.standing import rows as promise_rows
from gehoor.rooms.today.order import Part

_SHOWN = 5


def at_the_desk(user: User, parts: list[Part]) -> dict[str, Any]:
    """What the parts of the desk show; those with nothing to say are taken out of ``parts``. Who does not work at the
    desk sees figures only."""
    context: dict[str, Any] = {}
    for part, of in ((Part.PROMISES, _promises), (Part.COMPLAINTS, _complaints)):
        if part not in parts:
            continue
        found = of(user)
        if found:
            context[part.value] = found
        else:
            parts.remove(part)
    return context


def _promises(user: User) -> dict[str, Any]:
    if not (user.may(May.SEE_DESK) and user.may(May.SEE_PEOPLE)):
        now = figures()
        return {"figures": now} if now.due or now.open else {}
    due, many = due_today(user), counts(user)
    if not due and not many[Which.PROPOSED]:
        return {}
    return {"rows": promise_rows(due[:_SHOWN]), "more": max(0, len(due) - _SHOWN), "proposed": many[Which.PROPOSED]}


def _complaints(user: User) -> dict[str, Any]:
    stand = stand_of_now()
    if not (user.may(May.HANDLE_COMPLAINTS) and user.may(May.SEE_PEOPLE)):
        return {"stand": stand} if stand.open else {}
    to_register = proposed().count()
    if not stand.soon and not to_register:
        return {}
    soon = filtered(Filters(stand="soon")).order_by("final_by", "pk")[:_SHOWN]
    return {
        "rows": complaint_rows(list(soon)),
        "more": max(0, stand.soon - _SHOWN),
        "proposed": to_register,
        "stand": stand,
    }
