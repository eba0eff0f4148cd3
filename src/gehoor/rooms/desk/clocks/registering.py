"""What this part registers with the rooms below."""

from gehoor.rooms.desk.cases import panels
from gehoor.rooms.desk.clocks import speed, speed_panel
from gehoor.rooms.voices import changes


def register() -> None:
    """Called once, when the room is ready."""
    changes.register(speed.follow)
    panels.register(speed_panel.PANEL)
