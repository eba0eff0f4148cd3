"""How the audit trail calls what is done in this room, and to what."""

from gehoor.kernel.language import sentence

ACTIONS = {
    "answer.add": sentence("began an answer"),
    "answer.change": sentence("changed an answer"),
    "answer.state": sentence("said how far an answer is"),
    "answer.restore": sentence("brought back an earlier answer"),
    "answer.propose": sentence("proposed another answer"),
    "answer.take_proposal": sentence("took over a proposed answer"),
    "answer.decline": sentence("declined a proposed answer"),
    "answer.reopen": sentence("took up a proposed answer again"),
    "answer.facts": sentence("said what an answer states"),
    "answer.reviewed": sentence("looked at an answer again"),
    "answer.add_phrasing": sentence("added a way to ask"),
    "answer.remove_phrasing": sentence("removed a way to ask"),
    "answer.restore_phrasing": sentence("brought back a way to ask"),
    "answer.link_need": sentence("linked a need to an answer"),
    "answer.unlink_need": sentence("took a need off an answer"),
    "answer.import": sentence("took answers in from a file"),
    "answer.export": sentence("saved the answer book as a file"),
    "book.open": sentence("opened the answer book to customers"),
    "book.close": sentence("closed the answer book to customers"),
    "fetch_answers": sentence("had a program fetch answers, with"),
    "answer.check": sentence("had a program check a draft, for"),
    "answer.depart": sentence("noted why an answer differs from the book"),
    "answer.take_back_departure": sentence("took back why an answer differs from the book"),
    "answer.handle_departure": sentence("looked at an answer that differs from the book"),
    "answer.undo_handling": sentence("took back looking at an answer that differs from the book"),
    "visit.plan": sentence("planned a mystery visit"),
    "visit.change": sentence("planned a mystery visit otherwise"),
    "visit.report": sentence("reported on a mystery visit"),
    "visit.reopen": sentence("took a report of a mystery visit up again"),
    "visit.call_off": sentence("called a mystery visit off"),
    "visit.call_on": sentence("had a mystery visit take place after all"),
    "given.rule": sentence("said how given answers stand to each other"),
    "given.undo_ruling": sentence("took back how given answers stand to each other"),
    "given.put_right": sentence("told people the right answer after all"),
}

THINGS = {
    "answer": sentence("an answer"),
    "book": sentence("the answer book"),
    "question": sentence("a question that customers asked"),
    "departure": sentence("an answer that differs from the book"),
    "visit": sentence("a mystery visit"),
}
