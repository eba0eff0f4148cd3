"""What this part registers with the rooms below."""

from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.answering import acknowledging, asking, standing
from gehoor.rooms.intake import stages
from gehoor.rooms.intake.views import places
from gehoor.rooms.sending import asking as asked
from gehoor.rooms.sending import told


def register() -> None:
    """Called once, when the room is ready."""
    told.on_told(standing.follow_told)
    told.on_not_told(standing.follow_not_told)
    told.on_failed(standing.follow_failed)
    asked.register(asking.asked_with)
    stages.register(acknowledging.STAGE)
    places.register(sentence("How we answer"), "desk:manners", May.SET_DESK)
