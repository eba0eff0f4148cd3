"""How the audit trail calls what is done in this part, and to what."""

from gehoor.kernel.language import sentence

ACTIONS: dict[str, str] = {
    "complaint.register": sentence("registered a complaint"),
    "complaint.pass": sentence("said that a voice is no complaint for the register"),
    "complaint.unpass": sentence("took back that a voice is no complaint for the register"),
    "complaint.acknowledge": sentence("noted that a complaint was acknowledged"),
    "complaint.answer": sentence("noted the final answer to a complaint"),
    "complaint.correct": sentence("corrected a complaint"),
    "complaint.learn": sentence("noted what a complaint teaches"),
    "complaint.remove": sentence("said that a complaint was registered by mistake"),
    "complaint.undo": sentence("undid a step of a complaint"),
    "complaint.blot": sentence("blotted out whom a complaint came from"),
    "complaint.look": sentence("looked at the register of complaints"),
    "fetch_complaints": sentence("had a program fetch complaints, with"),
    "complaint.export": sentence("saved the register of complaints as a file"),
}
THINGS: dict[str, str] = {
    "complaint": sentence("a complaint"),
    "complaints": sentence("the register of complaints"),
}
