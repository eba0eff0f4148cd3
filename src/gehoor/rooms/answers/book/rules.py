"""Who may do what with an entry. Nobody (``None``) is the command line, which may do everything."""

from gehoor.kernel.errors import NotAllowed
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.answers.models import Answer, State

OPEN_TO_PROPOSERS = (State.WORK_IN_PROGRESS, State.NOT_VALIDATED)
"""How far who may only propose can bring an entry of their own."""


def may_edit(user: User | None) -> bool:
    """Whether this user keeps the book: validates, publishes, archives."""
    return user is None or user.may(May.EDIT_ANSWERS)


def may_propose(user: User | None) -> bool:
    """Whether this user may begin entries, and lay proposals beside those of others."""
    return user is None or user.may(May.PROPOSE_ANSWERS) or user.may(May.EDIT_ANSWERS)


def may_change(user: User | None, answer: Answer) -> bool:
    """Whether what this user saves holds at once: always for who keeps the book, and for one's own proposal."""
    if may_edit(user):
        return True
    own = user is not None and answer.by_id == user.pk and may_propose(user)
    return own and answer.current is not None and answer.current.state in OPEN_TO_PROPOSERS


def states_for(user: User | None) -> list[State]:
    """The states that this user may give an entry."""
    return list(State) if may_edit(user) else list(OPEN_TO_PROPOSERS)


def check_may_edit(user: User | None) -> None:
    """Pass, or raise NotAllowed."""
    if not may_edit(user):
        raise NotAllowed()


def check_may_propose(user: User | None) -> None:
    """Pass, or raise NotAllowed."""
    if not may_propose(user):
        raise NotAllowed()


def check_may_change(user: User | None, answer: Answer, state: str) -> None:
    """Pass, or raise NotAllowed."""
    if not may_change(user, answer) or state not in states_for(user):
        raise NotAllowed()
