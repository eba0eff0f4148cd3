"""How the audit trail calls what is done in this part, and to what."""

from gehoor.kernel.language import sentence

ACTIONS: dict[str, str] = {
    "case.state": sentence("said how far a case is"),
    "case.spam": sentence("said that it is spam"),
    "case.assign": sentence("said who takes a case"),
    "case.priority": sentence("said how urgent a case is"),
    "case.note": sentence("wrote a private note"),
    "case.snooze": sentence("put a case off until later"),
    "case.merge": sentence("made two cases one"),
    "case.join": sentence("put a voice with a case"),
    "case.apart": sentence("kept two cases apart"),
    "case.part": sentence("parted a voice off"),
    "case.about": sentence("worded what a case is about"),
    "case.undo": sentence("undid something in a case"),
    "case.looked": sentence("looked at a case"),
    "fetch_case": sentence("had a program fetch"),
    "fetch_cases": sentence("had a program fetch cases, with"),
}
THINGS: dict[str, str] = {"case": sentence("a case")}
