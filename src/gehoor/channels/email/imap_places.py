"""How far each folder of a mailbox was heard: the cursor."""

import json
from dataclasses import dataclass, field

MISSED_LIMIT = 1_000
"""Messages of one folder that are remembered because the server would not hand them over; the oldest fall out."""


@dataclass(slots=True)
class Place:
    """How far one folder was heard: under this ``validity``, up to ``last``, but for what was ``missed``."""

    validity: int = 0
    last: int = 0
    missed: list[int] = field(default_factory=list)

    def begin(self, validity: int) -> None:
        """Under another validity the server's numbers mean other messages: everything is heard again."""
        if validity != self.validity:
            self.validity, self.last, self.missed = validity, 0, []

    def heard(self, uid: int) -> None:
        """This one needs no asking for any more."""
        self.last = max(self.last, uid)
        if uid in self.missed:
            self.missed.remove(uid)

    def miss(self, uid: int) -> bool:
        """Ask for this one again later; returns whether that is new."""
        self.last = max(self.last, uid)
        if uid in self.missed:
            return False
        self.missed = [*self.missed, uid][-MISSED_LIMIT:]
        return True


class Places:
    """The places of all folders, by name."""

    def __init__(self, cursor: str) -> None:
        """From a cursor; one that makes no sense begins anew."""
        self._places = _places_in(cursor)

    def of(self, folder: str) -> Place:
        """The place of one folder."""
        return self._places.setdefault(folder, Place())

    def cursor(self) -> str:
        """As text: ``{"INBOX": [validity, last, [missed, ...]]}``."""
        return json.dumps({name: [each.validity, each.last, each.missed] for name, each in self._places.items()})


def _places_in(cursor: str) -> dict[str, Place]:
    try:
        return {
            str(name): Place(int(validity), int(last), [int(uid) for uid in missed])
            for name, (validity, last, missed) in json.loads(cursor).items()
        }
    except (ValueError, TypeError, AttributeError):
        return {}
