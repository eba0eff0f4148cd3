"""The routes of answering in the interface for programs."""

from ninja import Router

from gehoor.rooms.desk.answering.api.letters import router as letters
from gehoor.rooms.desk.answering.api.sending import router as sending
from gehoor.rooms.desk.answering.api.writing import router as writing

router = Router(tags=["desk"])
for _part in (writing, sending, letters):
    router.add_router("", _part)
