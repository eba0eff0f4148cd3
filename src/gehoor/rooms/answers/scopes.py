"""What tokens for this room's routes can be good for."""

from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.accounts.scopes import Scope

SCOPES = (
    Scope("answers:read", sentence("read the answer book, and whether given answers agree"), May.SEE_ANSWERS),
    Scope("answers:check", sentence("have a draft held against the answer book"), May.SEE_ANSWERS),
)
