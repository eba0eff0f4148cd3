"""How the audit trail calls what is done in this part, and to what."""

from gehoor.kernel.language import sentence

ACTIONS = {
    "hours.set": sentence("set the hours that we work"),
    "hours.undo": sentence("took back a version of the hours that we work"),
    "hours.restore": sentence("let a version of the hours that we work stand again"),
    "case.speed": sentence("said whether speed matters in a case"),
    "case.undo_speed": sentence("took back whether speed matters in a case"),
}
THINGS = {"hours": sentence("the hours that we work")}
