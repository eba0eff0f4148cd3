"""This room's routes in the interface for programs: those of all its parts together."""

from ninja import Router

from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.accounts.scopes import Scope
from gehoor.rooms.desk.answering.api import router as answering
from gehoor.rooms.desk.calling.api import router as calling
from gehoor.rooms.desk.cases.api import router as cases
from gehoor.rooms.desk.chorus.api import router as chorus
from gehoor.rooms.desk.complaints.api import SCOPES as COMPLAINTS
from gehoor.rooms.desk.complaints.api import router as complaints
from gehoor.rooms.desk.promises.api import router as promises

SCOPES = (
    Scope(
        "desk:read",
        sentence("see what waits at the desk, what was said there, who is calling, and what was promised"),
        May.SEE_DESK,
    ),
    Scope("desk:write", sentence("do something with cases and promises, without sending anything"), May.ANSWER),
    Scope("desk:send", sentence("send answers to customers, and take them back"), May.ANSWER),
    *COMPLAINTS,
)

router = Router(tags=["desk"])
for _part in (calling, cases, chorus, answering, promises, complaints):
    router.add_router("", _part)
