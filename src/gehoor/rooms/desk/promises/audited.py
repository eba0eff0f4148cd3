"""How the audit trail calls what is done in this part, and to what."""

from gehoor.kernel.language import sentence

ACTIONS: dict[str, str] = {
    "promise.make": sentence("wrote down a promise"),
    "promise.confirm": sentence("confirmed a promise"),
    "promise.correct": sentence("corrected a promise"),
    "promise.none": sentence("said that something is no promise"),
    "promise.keep": sentence("said that a promise was kept"),
    "promise.break": sentence("said that a promise was broken"),
    "promise.renegotiate": sentence("agreed on another time for a promise"),
    "promise.taken_back": sentence("took back a promise that stood in the place of another"),
    "fetch_promises": sentence("had a program fetch promises, with"),
    "fetch_promise": sentence("had a program fetch"),
    "promise.undo": sentence("undid a step of a promise"),
}
THINGS: dict[str, str] = {"promise": sentence("a promise")}
