"""What the book registers with the rooms below."""

from gehoor.rooms.answers.book import embedding, index, need_panel, public_page
from gehoor.rooms.answers.book.naming import answers
from gehoor.rooms.intake.stages import Stage
from gehoor.rooms.intake.stages import register as register_stage
from gehoor.rooms.needs import panels as need_panels
from gehoor.rooms.privacy import rights, subjects
from gehoor.rooms.public import pages

STAGE = Stage("book", 72, embedding.STAGE_TITLE, embedding.pending, embedding.drain, embedding.forget)


def register() -> None:
    """Called once, when the room is ready."""
    register_stage(STAGE)
    need_panels.register(need_panel.PANEL)
    rights.register_afterwards(index.forget_index)
    subjects.register("answer", answers)
    pages.register(public_page.PAGE)
