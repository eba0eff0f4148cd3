"""The stages of this room: a vector for every ask, a need for every ask, and counts that are right."""

from gehoor.rooms.intake.stages import Stage
from gehoor.rooms.needs import embedding, grouping, recount

STAGES = (
    Stage(name="embed", order=30, title=embedding.STAGE_TITLE, pending=embedding.pending, drain=embedding.drain),
    Stage(name="group", order=40, title=grouping.STAGE_TITLE, pending=grouping.pending, drain=grouping.drain),
    Stage(name="count", order=45, title=recount.STAGE_TITLE, pending=recount.pending, drain=recount.drain),
)
