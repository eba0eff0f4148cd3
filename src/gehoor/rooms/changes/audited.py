"""How the audit trail calls what is done in this room, and to what."""

from gehoor.kernel.language import sentence

ACTIONS = {
    "change.start": sentence("began a change"),
    "change.word": sentence("worded a change anew"),
    "change.remove": sentence("put a change away"),
    "change.restore": sentence("took a change back"),
    "change.yes": sentence("decided yes"),
    "change.no": sentence("decided no"),
    "change.later": sentence("decided later"),
    "change.doing": sentence("began to do it"),
    "change.done": sentence("said that it is done"),
    "change.undo": sentence("undid a step"),
    "change.add_need": sentence("added a need to a change"),
    "change.remove_need": sentence("took a need off a change"),
    "change.say_voice": sentence("said whether a voice asks for it"),
    "change.ask": sentence("asked some whether it helps"),
    "change.answer": sentence("noted whether it helps"),
    "change.undo_answer": sentence("took back an answer"),
    "change.tell": sentence("told those who asked"),
    "change.publish": sentence("published what was done"),
    "change.withdraw": sentence("withdrew what was published"),
    "change.undo_publish": sentence("undid publishing"),
    "event.add": sentence("recorded an event"),
    "event.change": sentence("changed an event"),
    "event.remove": sentence("removed an event"),
    "event.undo": sentence("took back about an event"),
    "statement.judge": sentence("judged a passage"),
    "statement.undo": sentence("took back a judgement"),
}

THINGS = {
    "change": sentence("a change"),
    "event": sentence("an event"),
}
