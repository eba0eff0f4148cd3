"""How the audit trail calls what is done in this room, and to what."""

from gehoor.kernel.language import sentence

ACTIONS = {
    "fetch_needs": sentence("had a program fetch needs, with"),
    "guess_needs": sentence("guessed beforehand"),
    "need_rename": sentence("renamed"),
    "need_merge": sentence("merged"),
    "need_split": sentence("split"),
    "need_move": sentence("moved"),
    "need_aside": sentence("put aside"),
    "need_back": sentence("took back"),
    "need_undo": sentence("undid a decision"),
}

THINGS = {
    "need": sentence("a need"),
}
