"""How the audit trail calls what is done in this room, and to what."""

from gehoor.kernel.language import sentence

ACTIONS = {
    "fetch_voice": sentence("had a program fetch"),
    "fetch_voices": sentence("had a program fetch voices, with"),
    "correct_kind": sentence("corrected the kind"),
    "correct_text": sentence("corrected the text"),
    "restore_text": sentence("went back to an earlier text"),
    "set_thresholds": sentence("changed what saying it costs"),
}

THINGS = {
    "voice": sentence("a voice"),
    "reply": sentence("an answer of ours"),
    "threshold_table": sentence("the table of thresholds"),
}
