"""What given answers register with the rooms below."""

from gehoor.analysis.agreement.questions import read_question
from gehoor.rooms.answers.given import by_book, following, naming, panel, staging, told_since
from gehoor.rooms.intake import stages
from gehoor.rooms.people import panels
from gehoor.rooms.privacy import rights, subjects
from gehoor.rooms.voices import changes


def register() -> None:
    """Called once, when the room is ready."""
    for stage in staging.STAGES:
        stages.register(stage)
    changes.register(following.follow)
    panels.register(panel.PANEL)
    subjects.register("question", naming.questions)
    rights.register_afterwards(lambda _: read_question.cache_clear())
    rights.register_afterwards(told_since.forget)
    rights.register_afterwards(by_book.forget)
