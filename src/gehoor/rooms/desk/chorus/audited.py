"""How the audit trail calls what is done in this part, and to what."""

from gehoor.kernel.language import sentence

ACTIONS: dict[str, str] = {
    "case.chorus": sentence("took a case out of a group of the same messages"),
    "fetch_chorus": sentence("had a program fetch"),
    "chorus.answer": sentence("answered everyone who sent the same"),
    "chorus.stop": sentence("stopped an answer to everyone who sent the same"),
    "chorus.dissolve": sentence("said that these messages are different things"),
    "chorus.restore": sentence("said that these messages are one after all"),
}
THINGS: dict[str, str] = {"chorus": sentence("a group of the same messages")}
