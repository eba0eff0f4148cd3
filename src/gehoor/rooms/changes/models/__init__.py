"""What this room keeps."""

from gehoor.rooms.changes.models.change import Asker, Change, ChangeNeed, ChangeVoice, Step, StepKind
from gehoor.rooms.changes.models.event import Event, EventKind

__all__ = ["Asker", "Change", "ChangeNeed", "ChangeVoice", "Event", "EventKind", "Step", "StepKind"]
