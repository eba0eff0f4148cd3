"""Does speed matter in this case? The machine proposes, people correct, and their correction stays."""

from gehoor.rooms.desk.models import Case


def judge(case: Case) -> None:
    """Say anew whether speed matters, from all voices of the case; what a person said of it stays."""
