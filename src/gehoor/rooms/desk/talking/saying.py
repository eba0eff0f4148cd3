"""When someone hears from us, and whether anyone is here."""

from gehoor.kernel.clock import now
from gehoor.rooms.desk.clocks.expecting import expected_answer_by, said_to_expect
from gehoor.rooms.desk.clocks.hours import current_hours


def expected_in_words(channel: str) -> str:
    """By when who writes now in this channel hears from us ("by 12:00 on Tuesday"), "" where our record cannot say."""
    by = expected_answer_by(channel, now())
    return said_to_expect(by) if by is not None and by > now() else ""


def somebody_is_here() -> bool:
    """Whether it is within our hours."""
    return current_hours().is_open(now())
