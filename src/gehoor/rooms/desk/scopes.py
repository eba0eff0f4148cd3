"""What tokens for this room's routes can be good for."""

from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.accounts.scopes import Scope

SCOPES = (
    Scope(
        "desk:read",
        sentence("see what waits at the desk, what was said there, who is calling, and what was promised"),
        May.SEE_DESK,
    ),
    Scope("desk:write", sentence("do something with cases and promises, without sending anything"), May.ANSWER),
    Scope("desk:send", sentence("send answers to customers, and take them back"), May.ANSWER),
    Scope("complaints:read", sentence("read the register of complaints"), May.HANDLE_COMPLAINTS),
    Scope("complaints:write", sentence("keep the register of complaints"), May.HANDLE_COMPLAINTS),
)
