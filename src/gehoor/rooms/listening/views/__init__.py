"""The screens of this room."""

from gehoor.rooms.listening.views.beats import beat
from gehoor.rooms.listening.views.planning import listening, start
from gehoor.rooms.listening.views.reading import move_on, reading, session, thanks

__all__ = ["beat", "listening", "move_on", "reading", "session", "start", "thanks"]
