"""How the audit trail calls what is done in this part, and to what."""

from gehoor.kernel.language import sentence

ACTIONS: dict[str, str] = {
    "case.answer": sentence("answered a case"),
    "case.take_back": sentence("took an answer back"),
    "case.otherwise": sentence("reached someone in another way"),
    "fetch_desk_answers": sentence("had a program fetch answers of"),
    "desk.manners": sentence("changed how we answer"),
}
THINGS: dict[str, str] = {"answer": sentence("an answer"), "manners": sentence("how we answer")}
