"""What every room needs for its routes in the interface for programs: the door, the registry, pages of a list.

A room that tells something to programs has an ``api.py`` with a ``Router`` and its scopes, and registers both in the
``ready`` of its app. ``web/api`` puts all of them together.
"""

from gehoor.rooms.accounts.interface.door import Caller, caller, needs
from gehoor.rooms.accounts.interface.fields import Day, Id, Key, Moment, Number, When, Whole, Words, day_of, moment_of
from gehoor.rooms.accounts.interface.once import once
from gehoor.rooms.accounts.interface.paging import Paging, cut, read_place, write_place
from gehoor.rooms.accounts.interface.routes import REFUSES, register, routers

__all__ = [
    "REFUSES",
    "Caller",
    "Day",
    "Id",
    "Key",
    "Moment",
    "Number",
    "Paging",
    "When",
    "Whole",
    "Words",
    "caller",
    "cut",
    "day_of",
    "moment_of",
    "needs",
    "once",
    "read_place",
    "register",
    "routers",
    "write_place",
]
