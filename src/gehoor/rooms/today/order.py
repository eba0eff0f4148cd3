"""What stands on Today, and in which order: by what someone is here for."""

from enum import StrEnum

from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May, Role, known_roles


class Part(StrEnum):
    """One part of the page."""

    LISTEN = "listen"
    NEW = "new"
    READ = "read"
    MOVED = "moved"
    CHANGES = "changes"
    ANSWERS = "answers"
    PROMISES = "promises"
    COMPLAINTS = "complaints"
    WAITS = "waits"
    UNHEARD = "unheard"
    GUESS = "guess"
    PRIVACY = "privacy"
    USERS = "users"


_RIGHTS = {
    Part.LISTEN: May.LISTEN,
    Part.NEW: May.SEE_VOICES,
    Part.READ: May.LISTEN,
    Part.MOVED: May.SEE_NEEDS,
    Part.CHANGES: May.SEE_CHANGES,
    Part.ANSWERS: May.SEE_ANSWERS,
    Part.PROMISES: May.SEE_TIMES,
    Part.COMPLAINTS: May.SEE_TIMES,
    Part.WAITS: May.TAKE_IN,
    Part.UNHEARD: May.SEE_VOICES,
    Part.GUESS: May.SEE_NEEDS,
    Part.PRIVACY: May.SEE_PRIVACY,
    Part.USERS: May.MANAGE_USERS,
}

_L, _N, _R, _M, _W, _G, _U = Part.LISTEN, Part.NEW, Part.READ, Part.MOVED, Part.WAITS, Part.GUESS, Part.UNHEARD
_C, _A, _P, _K = Part.CHANGES, Part.ANSWERS, Part.PROMISES, Part.COMPLAINTS

ORDERS: dict[Role, tuple[Part, ...]] = {
    Role.ADVISER: (_P, _L, _A, _N, _R, _U, _M, _C, _G),
    Role.MARKETER: (_L, _G, _C, _A, _M, _R, _U, _N, _W, _P),
    Role.MANAGER: (_L, _R, _C, _A, _P, _K, _U, _G, _M, _N),
    Role.ANSWER_EDITOR: (_L, _A, _M, _R, _N, _U, _C, _G),
    Role.COMPLAINTS_OFFICER: (_K, _P, _L, _W, _R, _A, _C, _U, _N, _M, _G),
    Role.PRIVACY_OFFICER: (Part.PRIVACY, _N, _U),
    Role.ADMINISTRATOR: (_W, Part.USERS, Part.PRIVACY),
}


def parts_for(user: User) -> list[Part]:
    """The parts that this user may see, each once: first those of the first role, then what the other roles add."""
    wanted = [part for role in known_roles(user.roles) for part in ORDERS[role]]
    return [part for part in dict.fromkeys(wanted) if user.may(_RIGHTS[part])]
