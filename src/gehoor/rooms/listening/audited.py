"""How the audit trail calls what is done in this room, and to what."""

from gehoor.kernel.language import sentence

ACTIONS = {
    "start_session": sentence("began to listen"),
    "plan_session": sentence("planned to listen"),
    "change_planned_session": sentence("changed a planned session"),
    "cancel_planned_session": sentence("cancelled a planned session"),
    "hand_on": sentence("handed on"),
    "withdraw_handed_on": sentence("took back what was handed on"),
    "take_up": sentence("took up what was handed on"),
    "put_back": sentence("put back what was taken up"),
    "set_rhythm": sentence("agreed a rhythm"),
    "board_letter.write": sentence("wrote a board letter"),
    "board_letter.draw": sentence("drew other voices for a board letter"),
    "board_letter.figure": sentence("chose another figure for a board letter"),
    "board_letter.passage": sentence("chose another passage for a board letter"),
    "board_letter.blot": sentence("had words left out of a board letter"),
    "board_letter.remove": sentence("put a board letter away"),
    "board_letter.restore": sentence("took a board letter back"),
}

THINGS = {
    "listening_session": sentence("a listening session"),
    "appointment": sentence("a planned session"),
    "handed_on": sentence("something that was handed on"),
    "listening_rhythm": sentence("the rhythm of a role"),
    "board_letter": sentence("a board letter"),
}
