"""How states, priorities and speed are called on screen."""

from datetime import datetime

from django.utils import formats, timezone
from django.utils.translation import gettext

from gehoor.kernel.language import sentence
from gehoor.rooms.desk.models import Priority, Speed, State

STATE_NAMES: dict[str, str] = {
    State.NEW: sentence("new"),
    State.OPEN: sentence("open"),
    State.WAITING_CUSTOMER: sentence("waiting for the customer"),
    State.WAITING_US: sentence("waiting for ourselves"),
    State.SOLVED: sentence("solved"),
    State.CLOSED: sentence("closed"),
    State.MERGED: sentence("one with another"),
    State.SPAM: sentence("spam"),
}
STATE_TONES: dict[str, str] = {State.NEW: "accent", State.SOLVED: "good", State.SPAM: "stop"}
STATE_ACTS: dict[str, str] = {
    State.OPEN: sentence("Open again"),
    State.WAITING_CUSTOMER: sentence("We wait for the customer"),
    State.WAITING_US: sentence("We wait for ourselves"),
    State.SOLVED: sentence("Solved"),
    State.SPAM: sentence("This is spam"),
}
"""What the button says that brings a case into a state."""
PRIORITY_NAMES: dict[int, str] = {
    Priority.LOW: sentence("low"),
    Priority.NORMAL: sentence("normal"),
    Priority.HIGH: sentence("high"),
    Priority.URGENT: sentence("urgent"),
}
SPEED_NAMES: dict[str, str] = {
    Speed.MATTERS: sentence("speed matters"),
    Speed.CAN_WAIT: sentence("rather good than quick"),
    Speed.UNSURE: "",
}


def moment(at: datetime) -> str:
    """A moment as people say it: "today at 16:30", "tomorrow at 9:00", "Friday 4 December at 9:00"."""
    local, today = timezone.localtime(at), timezone.localdate()
    clock = formats.date_format(local, "H:i")
    days = (local.date() - today).days
    if days == 0:
        return gettext("today at %(clock)s") % {"clock": clock}
    if days == 1:
        return gettext("tomorrow at %(clock)s") % {"clock": clock}
    if days == -1:
        return gettext("yesterday at %(clock)s") % {"clock": clock}
    named = formats.date_format(local, "l j F" if abs(days) < 300 else "j F Y")
    return gettext("%(day)s at %(clock)s") % {"day": named, "clock": clock}
