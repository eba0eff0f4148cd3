"""What this room keeps."""

from gehoor.rooms.listening.models.appointments import Appointment, Arrangement, Attending, Laid, Sitting
from gehoor.rooms.listening.models.board import BoardLetter, BoardQuote, Figure
from gehoor.rooms.listening.models.handed import HandedOn, Handing
from gehoor.rooms.listening.models.kept import Note, Struck
from gehoor.rooms.listening.models.rhythms import Rhythm, Snooze
from gehoor.rooms.listening.models.sessions import (
    Clock,
    Drawn,
    DrawnBy,
    Heard,
    ListenedDay,
    Pool,
    Session,
    SessionDay,
)

__all__ = [
    "Appointment",
    "Arrangement",
    "Attending",
    "BoardLetter",
    "BoardQuote",
    "Clock",
    "Drawn",
    "DrawnBy",
    "Figure",
    "HandedOn",
    "Handing",
    "Heard",
    "Laid",
    "ListenedDay",
    "Note",
    "Pool",
    "Rhythm",
    "Session",
    "SessionDay",
    "Sitting",
    "Snooze",
    "Struck",
]
