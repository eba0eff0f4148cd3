"""The routes of the register of complaints in the interface for programs."""

from gehoor.rooms.desk.complaints.api import acting, looking
from gehoor.rooms.desk.complaints.api.routing import router

__all__ = ["acting", "looking", "router"]
