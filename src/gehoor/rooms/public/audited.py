"""How the audit trail calls what is done in this room, and to what."""

from gehoor.kernel.language import sentence

ACTIONS = {
    "set_letterhead": sentence("changed the letterhead"),
}

THINGS = {
    "letterhead": sentence("the letterhead"),
}
