"""How the audit trail calls what is done in this room, and to what: all its parts together."""

from gehoor.rooms.desk.answering import audited as answering
from gehoor.rooms.desk.calling import audited as calling
from gehoor.rooms.desk.cases import audited as cases
from gehoor.rooms.desk.chorus import audited as chorus
from gehoor.rooms.desk.clocks import audited as clocks
from gehoor.rooms.desk.complaints import audited as complaints
from gehoor.rooms.desk.promises import audited as promises
from gehoor.rooms.desk.talking import audited as talking

_PARTS = (clocks, cases, chorus, promises, complaints, answering, calling, talking)

ACTIONS = {name: words for part in _PARTS for name, words in part.ACTIONS.items()}
THINGS = {name: words for part in _PARTS for name, words in part.THINGS.items()}
