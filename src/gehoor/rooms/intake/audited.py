"""How the audit trail calls what is done in this room, and to what."""

from gehoor.kernel.language import sentence

ACTIONS = {
    "add_own_identity": sentence("added"),
    "remove_own_identity": sentence("removed"),
    "letter.split": sentence("took apart"),
    "letter.join": sentence("put together"),
    "source.add": sentence("added"),
    "source.change": sentence("changed"),
    "source.pause": sentence("paused"),
    "source.resume": sentence("went on hearing"),
    "source.remove": sentence("removed"),
    "not_heard.tell": sentence("entered"),
    "not_heard.remove": sentence("removed"),
    "not_heard.undo": sentence("took back"),
    "remove_unread": sentence("removed what could not be read"),
    "send_in": sentence("sent in"),
    "take_back": sentence("took back what was sent in"),
}

THINGS = {
    "arrival": sentence("what came in"),
    "item": sentence("something that came in"),
    "source": sentence("a source"),
    "not_heard": sentence("what was not heard"),
    "own_identity": sentence("an address of our own"),
}
