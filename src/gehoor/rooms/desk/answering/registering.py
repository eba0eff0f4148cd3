"""What this part registers with the rooms below."""

from gehoor.rooms.desk.answering import standing
from gehoor.rooms.sending import told


def register() -> None:
    """Called once, when the room is ready."""
    told.on_told(standing.follow_told)
    told.on_not_told(standing.follow_not_told)
    told.on_failed(standing.follow_failed)
