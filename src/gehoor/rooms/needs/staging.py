"""The stages of this room: a vector for every ask, a need for every ask, and counts that are right."""

from gehoor.rooms.intake.stages import Stage
from gehoor.rooms.needs import embedding, grouping, recount

STAGES = (
    Stage("embed", 30, embedding.STAGE_TITLE, embedding.pending, embedding.drain, embedding.forget),
    Stage("group", 40, grouping.STAGE_TITLE, grouping.pending, grouping.drain, grouping.forget),
    Stage("count", 45, recount.STAGE_TITLE, recount.pending, recount.drain, recount.forget),
)
