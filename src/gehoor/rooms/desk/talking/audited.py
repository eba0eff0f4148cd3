"""How the audit trail calls what is done in this part, and to what."""

from gehoor.kernel.language import sentence

ACTIONS: dict[str, str] = {
    "pages.open": sentence("opened or closed pages for customers"),
    "chat.say": sentence("answered in a chat"),
    "chat.mail": sentence("mailed an answer in a chat that was not read there"),
    "survey.invite": sentence("asked the one question after a case"),
    "survey.withdraw": sentence("took the one question back, since the answer did not go out"),
    "survey.decline": sentence("asked not to get such a question again"),
    "own_data.link": sentence("sent a link to one's own data"),
    "own_data.open": sentence("opened their own data"),
    "own_data.export": sentence("saved their own data as a file"),
    "own_data.wish_correct": sentence("asked to correct their own data"),
    "own_data.wish_erase": sentence("asked to erase their own data"),
    "own_data.wish_all": sentence("asked for all of their own data"),
    "own_data.wish_done": sentence("did what was asked about own data"),
    "own_data.wish_undone": sentence("said that it was not done after all"),
}
THINGS: dict[str, str] = {
    "public_pages": sentence("the pages for customers"),
    "chat": sentence("a chat"),
    "own_data_wish": sentence("a wish about own data"),
}
