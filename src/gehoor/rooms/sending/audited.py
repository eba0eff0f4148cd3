"""How the audit trail calls what is done in this room, and to what."""

from gehoor.kernel.language import sentence

ACTIONS = {
    "sender.add": sentence("added a sender"),
    "sender.change": sentence("changed a sender"),
    "sender.check": sentence("checked a sender"),
    "sender.try": sentence("tried a sender out"),
    "sender.remove": sentence("removed a sender"),
    "sending.word": sentence("worded what is told"),
    "sending.plan": sentence("planned to tell people"),
    "sending.start": sentence("began to send"),
    "sending.stop": sentence("stopped sending"),
    "sending.go_on": sentence("went on sending"),
    "sending.remove": sentence("removed what was planned"),
    "sending.replan": sentence("chose another way to reach someone"),
    "sending.again": sentence("had an unsure message sent again"),
    "sending.arrived": sentence("found that an unsure message arrived"),
    "sending.print": sentence("made letters to print"),
    "sending.post": sentence("posted letters"),
    "sending.undo_post": sentence("took back that letters were posted"),
    "sending.take_back_job": sentence("took back letters to print"),
    "sending.call.told": sentence("told someone by phone"),
    "sending.call.not_reached": sentence("did not reach someone by phone"),
    "sending.call.call_back": sentence("will call someone back"),
    "sending.call.not_wanted": sentence("heard that someone does not want to be called"),
    "sending.call.wrong_number": sentence("found a number to be wrong"),
    "sending.call.undo": sentence("took back what came of a call"),
}

THINGS = {
    "sender": sentence("a sender"),
    "wording": sentence("a text in its forms"),
    "run": sentence("what is told to many"),
    "delivery": sentence("a message to someone"),
}
