"""The pages of this room."""

from gehoor.rooms.accounts.views.entrance import invitation, look_along, sign_in, sign_out, welcome
from gehoor.rooms.accounts.views.own import own, own_language, own_password
from gehoor.rooms.accounts.views.tokens import all_tokens, end_token, tokens
from gehoor.rooms.accounts.views.users import add_user, change_user, invite, users

__all__ = [
    "add_user",
    "all_tokens",
    "change_user",
    "end_token",
    "invitation",
    "invite",
    "look_along",
    "own",
    "own_language",
    "own_password",
    "sign_in",
    "sign_out",
    "tokens",
    "users",
    "welcome",
]
