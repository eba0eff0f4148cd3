"""What this room keeps."""

from gehoor.rooms.changes.models.change import Asker, Change, ChangeNeed, ChangeVoice, Step, StepKind
from gehoor.rooms.changes.models.event import Event, EventKind
from gehoor.rooms.changes.models.publishing import Published
from gehoor.rooms.changes.models.statement import Judged
from gehoor.rooms.changes.models.telling import Says, Telling, TellingKind, TrialAnswer

__all__ = [
    "Asker",
    "Change",
    "ChangeNeed",
    "ChangeVoice",
    "Event",
    "EventKind",
    "Judged",
    "Published",
    "Says",
    "Step",
    "StepKind",
    "Telling",
    "TellingKind",
    "TrialAnswer",
]
