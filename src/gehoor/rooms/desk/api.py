"""This room's routes in the interface for programs: those of all its parts together."""

from ninja import Router

from gehoor.rooms.desk.answering.api import router as answering
from gehoor.rooms.desk.calling.api import router as calling
from gehoor.rooms.desk.cases.api import router as cases
from gehoor.rooms.desk.chorus.api import router as chorus
from gehoor.rooms.desk.complaints.api import router as complaints
from gehoor.rooms.desk.promises.api import router as promises

router = Router(tags=["desk"])
for _part in (calling, cases, chorus, answering, promises, complaints):
    router.add_router("", _part)
