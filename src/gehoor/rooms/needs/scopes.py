"""What tokens for this room's routes can be good for, and the need beside a voice."""

from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.accounts.scopes import Scope
from gehoor.rooms.needs.queries import need_of_asks
from gehoor.rooms.voices.document import Addition

SCOPES = (Scope("needs:read", sentence("read what customers are waiting for"), May.SEE_NEEDS),)
NEED = Addition("need", "needs:read", need_of_asks, of_asks=True)
