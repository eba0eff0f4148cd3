"""What this part registers with the rooms below."""

from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.cases import panels
from gehoor.rooms.desk.clocks import naming, speed, speed_panel
from gehoor.rooms.intake.views import places
from gehoor.rooms.privacy import subjects
from gehoor.rooms.voices import changes


def register() -> None:
    """Called once, when the room is ready."""
    changes.register(speed.follow)
    panels.register(speed_panel.PANEL)
    places.register(sentence("Opening hours"), "desk:hours", May.SET_DESK)
    subjects.register("hours", naming.hours)
