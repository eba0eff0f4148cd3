"""The routes of the register of complaints in the interface for programs."""

from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.accounts.scopes import Scope
from gehoor.rooms.desk.complaints.api import acting, looking
from gehoor.rooms.desk.complaints.api.routing import router

__all__ = ["SCOPES", "acting", "looking", "router"]

SCOPES = (
    Scope("complaints:read", sentence("read the register of complaints"), May.HANDLE_COMPLAINTS),
    Scope("complaints:write", sentence("keep the register of complaints"), May.HANDLE_COMPLAINTS),
)
