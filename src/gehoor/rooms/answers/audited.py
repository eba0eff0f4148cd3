"""How the audit trail calls what is done in this room, and to what."""

from gehoor.kernel.language import sentence

ACTIONS = {
    "answer.depart": sentence("noted why an answer differs from the book"),
    "answer.take_back_departure": sentence("took back why an answer differs from the book"),
    "answer.handle_departure": sentence("looked at an answer that differs from the book"),
    "answer.undo_handling": sentence("took back looking at an answer that differs from the book"),
}

THINGS = {
    "answer": sentence("an answer"),
    "departure": sentence("an answer that differs from the book"),
    "visit": sentence("a mystery visit"),
}
