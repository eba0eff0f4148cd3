"""How the audit trail calls what is done in this part, and to what."""

from gehoor.kernel.language import sentence

ACTIONS: dict[str, str] = {"desk.call": sentence("had a program look up who was calling")}
THINGS: dict[str, str] = {}
