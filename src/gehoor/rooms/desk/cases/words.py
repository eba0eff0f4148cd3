"""How states, priorities and speed are called on screen."""

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
