"""The routes of cases in the interface for programs."""

from gehoor.rooms.desk.cases.api import acting, looking
from gehoor.rooms.desk.cases.api.routing import router

__all__ = ["acting", "looking", "router"]
