"""What tokens for this room's routes can be good for."""

from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.accounts.scopes import Scope

SCOPES = (Scope("voices:read", sentence("read what customers said"), May.SEE_VOICES),)
