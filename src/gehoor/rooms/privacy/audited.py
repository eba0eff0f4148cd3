"""How the audit trail calls what is done in this room, and to what."""

from gehoor.kernel.language import sentence

ACTIONS = {
    "export_register": sentence("downloaded the register"),
    "user.first": sentence("began with Gehoor"),
    "user.add": sentence("added"),
    "user.change": sentence("changed"),
    "user.password": sentence("changed the password"),
    "user.invite": sentence("invited"),
    "token.make": sentence("made"),
    "token.end": sentence("ended"),
}

THINGS = {
    "register": sentence("the register of personal data"),
    "user": sentence("a colleague"),
    "token": sentence("a token for programs"),
}
