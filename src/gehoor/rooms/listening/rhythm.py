"""How often those of each role listen: agreed by a manager or an administrator, with a default that asks little."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from gehoor.kernel import clock
from gehoor.kernel.errors import NotAllowed, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import ALLOWED, May, Role, known_roles
from gehoor.rooms.listening.models import Rhythm
from gehoor.rooms.privacy.audit import do_log

WEEKS = (1, 2, 4)
MOST_MINUTES = 240


@dataclass(frozen=True, slots=True)
class Pace:
    """So many minutes of listening in so many weeks; no minutes: nothing is asked."""

    minutes: int
    weeks: int


DEFAULTS: Mapping[Role, Pace] = {
    Role.ADVISER: Pace(20, 2),
    Role.MARKETER: Pace(40, 1),
    Role.MANAGER: Pace(40, 2),
    Role.ANSWER_EDITOR: Pace(20, 2),
    Role.COMPLAINTS_OFFICER: Pace(40, 2),
}
"""Every role that listens; an adviser hears customers all day."""

LISTENING_ROLES = tuple(role for role in Role if May.LISTEN in ALLOWED[role])


def rhythms() -> dict[Role, Pace]:
    """What is agreed for each role that listens."""
    agreed = {each.role: Pace(each.minutes, each.weeks) for each in Rhythm.objects.all()}
    return {role: agreed.get(role.value, DEFAULTS.get(role, Pace(0, 2))) for role in LISTENING_ROLES}


def pace_of(user: User, agreed: Mapping[Role, Pace]) -> Pace | None:
    """What is asked of someone: of several roles the one that asks most a week. None when nothing is."""
    paces = [agreed[role] for role in known_roles(user.roles) if role in agreed and agreed[role].minutes]
    return max(paces, key=lambda pace: (pace.minutes / pace.weeks, pace.minutes)) if paces else None


def may_set_rhythm(user: User) -> bool:
    """A manager or an administrator agrees how often people listen."""
    manages = Role.MANAGER in known_roles(user.roles) and user.may(May.LISTEN)
    return manages or user.may(May.MANAGE_USERS)


def do_set_rhythms(*, actor: User, agreed: Mapping[Role, Pace]) -> None:
    """Keep what is agreed; a role that is left out stays as it was. Raises Refused for what cannot be."""
    if not may_set_rhythm(actor):
        raise NotAllowed()
    for role, pace in agreed.items():
        if role not in LISTENING_ROLES or pace.weeks not in WEEKS or not 0 <= pace.minutes <= MOST_MINUTES:
            raise Refused(why=sentence("a rhythm is 0 to 240 minutes in one, two or four weeks"))
    with transaction.atomic():
        for role, pace in agreed.items():
            Rhythm.objects.update_or_create(
                role=role.value,
                defaults={"minutes": pace.minutes, "weeks": pace.weeks, "actor": actor, "at": clock.now()},
            )
        do_log(actor=actor, action="set_rhythm", what="listening_rhythm")
