"""What every room needs for its routes in the interface for programs: the door, kinds of fields, pages of a list.

A room that tells something to programs has an ``api.py`` with a ``Router`` and a ``scopes.py``, and registers both in
the ``ready`` of its app. ``web/api`` puts all of them together.
"""

from gehoor.rooms.accounts.caller import Caller
from gehoor.rooms.accounts.interface.door import caller, needs
from gehoor.rooms.accounts.interface.fields import Day, Id, Key, Moment, Number, When, Whole, Words, day_of, moment_of
from gehoor.rooms.accounts.interface.once import once
from gehoor.rooms.accounts.interface.paging import Paging, cut, read_place, write_place
from gehoor.rooms.accounts.interface.refusing import REFUSES

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
    "write_place",
]
