"""How the audit trail calls what is done in this room, and to what."""

from gehoor.kernel.language import sentence

ACTIONS: dict[str, str] = {}

THINGS = {
    "answer": sentence("an answer"),
    "visit": sentence("a mystery visit"),
}
