"""How the audit trail calls what is done in this part, and to what."""

ACTIONS: dict[str, str] = {}
THINGS: dict[str, str] = {}
