"""By when someone will hear from us, from our own record."""

from datetime import datetime


def expected_answer_by(channel: str, at: datetime) -> datetime | None:
    """The time by which 80 % of who wrote in this channel had an answer, for who writes at ``at``; None when our record
    is too small to say. In whole half days."""
    return None
