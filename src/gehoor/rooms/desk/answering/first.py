"""What the customer says while somebody writes: whoever names the voice they answer does not answer past it."""

from uuid import UUID

from gehoor.rooms.desk.answering.errors import SaidMore
from gehoor.rooms.desk.answering.ways import last_voice
from gehoor.rooms.desk.models import Case


def check_stands_last(case: Case, voice: UUID | None) -> None:
    """Pass where this voice is the last of the case, or none is named. Raises SaidMore. Needs the turn."""
    if voice is not None and last_voice(case).public_id != voice:
        raise SaidMore()
