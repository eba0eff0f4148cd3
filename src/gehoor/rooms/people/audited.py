"""How the audit trail calls what is done in this room, and to what."""

from gehoor.kernel.language import sentence

ACTIONS = {
    "looked": sentence("looked at the dossier"),
    "exported": sentence("exported everything"),
    "erased": sentence("erased everything"),
    "keep_apart": sentence("decided to keep apart"),
    "undo_keep_apart": sentence("undid keeping apart"),
    "state_preference": sentence("wrote down how to be reached"),
    "undo_preference": sentence("took back how to be reached"),
    "chose_by_click": sentence("was chosen in a mail of ours"),
    "undo_click": sentence("was taken back in a mail of ours"),
    "enter_address": sentence("entered a postal address"),
    "undo_address": sentence("took back a postal address"),
}

THINGS = {
    "person": sentence("a customer"),
    "identity": sentence("an address or number"),
}
