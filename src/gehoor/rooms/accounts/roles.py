"""Roles, and what each of them may do. One table; screens, commands and tests read it."""

from collections.abc import Collection
from enum import StrEnum

from gehoor.kernel.language import sentence


class May(StrEnum):
    """One thing that someone may be allowed to do."""

    SEE_VOICES = "see_voices"
    SEE_PEOPLE = "see_people"
    SEE_NEEDS = "see_needs"
    LISTEN = "listen"
    CORRECT = "correct"
    DECIDE_NEEDS = "decide_needs"
    SEE_CHANGES = "see_changes"
    DECIDE_CHANGES = "decide_changes"
    TELL = "tell"
    SEE_ANSWERS = "see_answers"
    PROPOSE_ANSWERS = "propose_answers"
    EDIT_ANSWERS = "edit_answers"
    PLAN_VISITS = "plan_visits"
    SEE_DESK = "see_desk"
    ANSWER = "answer"
    SEE_TIMES = "see_times"
    HANDLE_COMPLAINTS = "handle_complaints"
    SET_DESK = "set_desk"
    LINK_PEOPLE = "link_people"
    NOTE = "note"
    TAKE_IN = "take_in"
    SET_THRESHOLDS = "set_thresholds"
    SET_SENDERS = "set_senders"
    SEE_PRIVACY = "see_privacy"
    ERASE = "erase"
    MANAGE_USERS = "manage_users"


class Role(StrEnum):
    """What someone is here for."""

    ADVISER = "adviser"
    MARKETER = "marketer"
    MANAGER = "manager"
    ANSWER_EDITOR = "answer_editor"
    COMPLAINTS_OFFICER = "complaints_officer"
    PRIVACY_OFFICER = "privacy_officer"
    ADMINISTRATOR = "administrator"


ROLE_NAMES = {
    Role.ADVISER: sentence("Adviser"),
    Role.MARKETER: sentence("Marketer"),
    Role.MANAGER: sentence("Manager"),
    Role.ANSWER_EDITOR: sentence("Answer editor"),
    Role.COMPLAINTS_OFFICER: sentence("Complaints officer"),
    Role.PRIVACY_OFFICER: sentence("Privacy officer"),
    Role.ADMINISTRATOR: sentence("Administrator"),
}

_HEAR = frozenset(
    {
        *(May.SEE_VOICES, May.SEE_NEEDS, May.LISTEN, May.CORRECT, May.NOTE, May.SEE_CHANGES),
        *(May.SEE_ANSWERS, May.PROPOSE_ANSWERS),
    }
)

_DESK = frozenset({May.SEE_DESK, May.ANSWER, May.SEE_TIMES})

ALLOWED: dict[Role, frozenset[May]] = {
    Role.ADVISER: _HEAR | _DESK | {May.SEE_PEOPLE, May.LINK_PEOPLE},
    Role.MARKETER: _HEAR
    | _DESK
    | {May.SEE_PEOPLE, May.DECIDE_NEEDS, May.DECIDE_CHANGES, May.TELL, May.TAKE_IN, May.PLAN_VISITS},
    Role.MANAGER: _HEAR | {May.DECIDE_NEEDS, May.DECIDE_CHANGES, May.PLAN_VISITS, May.SEE_TIMES},
    Role.ANSWER_EDITOR: _HEAR | {May.SEE_PEOPLE, May.EDIT_ANSWERS, May.PLAN_VISITS, May.TELL},
    Role.COMPLAINTS_OFFICER: _HEAR
    | _DESK
    | {May.HANDLE_COMPLAINTS}
    | {May.SEE_PEOPLE, May.LINK_PEOPLE, May.TAKE_IN, May.TELL, May.EDIT_ANSWERS, May.PLAN_VISITS},
    Role.PRIVACY_OFFICER: frozenset({May.SEE_VOICES, May.SEE_PEOPLE, May.LINK_PEOPLE, May.SEE_PRIVACY, May.ERASE}),
    Role.ADMINISTRATOR: frozenset(
        {May.TAKE_IN, May.SET_THRESHOLDS, May.SET_SENDERS, May.SET_DESK, May.MANAGE_USERS, May.SEE_PRIVACY}
    ),
}


def known_roles(names: Collection[str]) -> list[Role]:
    """The roles with these names, each once, in the order of the table; a name that is no role is left out."""
    return [role for role in Role if role.value in names]


def allowed(roles: Collection[str]) -> frozenset[May]:
    """What someone with these roles may do, all roles together."""
    return frozenset().union(*(ALLOWED[role] for role in known_roles(roles)))
