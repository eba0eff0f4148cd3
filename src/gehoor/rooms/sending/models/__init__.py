"""What this room keeps."""

from gehoor.rooms.sending.models.delivery import CallTry, Delivery, Outcome, State
from gehoor.rooms.sending.models.run import JobState, PrintJob, Run, RunKind, RunState
from gehoor.rooms.sending.models.sender import SenderSettings
from gehoor.rooms.sending.models.wording import Wording

__all__ = [
    "CallTry",
    "Delivery",
    "JobState",
    "Outcome",
    "PrintJob",
    "Run",
    "RunKind",
    "RunState",
    "SenderSettings",
    "State",
    "Wording",
]
