"""This room's routes in the interface for programs: those of all its parts together."""

from ninja import Router

from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.accounts.scopes import Scope
from gehoor.rooms.desk.calling.api import router as calling

SCOPES = (
    Scope("desk:read", sentence("see what waits at the desk, who is calling, and what was promised"), May.SEE_DESK),
)

router = Router(tags=["desk"])
for _part in (calling,):
    router.add_router("", _part)
