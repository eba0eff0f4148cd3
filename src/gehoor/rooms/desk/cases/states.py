"""States of a case: which may follow which, and setting one."""

from collections.abc import Mapping

from gehoor.kernel.clock import now
from gehoor.kernel.errors import NotAllowed, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.cases.acts import hold, in_turn, note_act
from gehoor.rooms.desk.models import Act, Case, State
from gehoor.rooms.privacy.audit import do_log

FOLLOWS: Mapping[State, frozenset[State]] = {
    State.NEW: frozenset(
        {State.OPEN, State.WAITING_CUSTOMER, State.WAITING_US, State.SOLVED, State.MERGED, State.SPAM}
    ),
    State.OPEN: frozenset({State.WAITING_CUSTOMER, State.WAITING_US, State.SOLVED, State.MERGED, State.SPAM}),
    State.WAITING_CUSTOMER: frozenset({State.OPEN, State.WAITING_US, State.SOLVED, State.MERGED, State.SPAM}),
    State.WAITING_US: frozenset({State.OPEN, State.WAITING_CUSTOMER, State.SOLVED, State.MERGED, State.SPAM}),
    State.SOLVED: frozenset({State.OPEN, State.CLOSED, State.MERGED}),
    State.CLOSED: frozenset(),
    State.MERGED: frozenset(),
    State.SPAM: frozenset({State.OPEN}),
}
"""What may follow each state. Undoing goes back along any of these; a case that is closed stays so."""


def may_become(was: str, is_: str) -> bool:
    """Whether a case in state ``was`` may go into state ``is_``."""
    return State(is_) in FOLLOWS[State(was)]


def check_may_answer(actor: User | None) -> None:
    """Pass for who works at the desk, and for Gehoor itself (None). Raises NotAllowed."""
    if actor is not None and not actor.may(May.ANSWER):
        raise NotAllowed()


def put_in_state(case: Case, state: str) -> None:
    """Keep the state, and since when; whoever calls this writes the line in the log."""
    case.state, case.state_since = state, now()
    case.save(update_fields=["state", "state_since"])


def do_set_state(case: Case, state: str, actor: User | None) -> Act | None:
    """Put a case in another state; None where it was in it already. Raises Refused where the state may not follow."""
    check_may_answer(actor)
    if state == State.MERGED:
        raise Refused(why=sentence("say with which case it is one"))
    with in_turn():
        hold(case)
        was = case.state
        if state == was:
            return None
        if state not in State.values or not may_become(was, state):
            raise Refused(why=sentence("that cannot follow the state the case is in; look at it again"))
        put_in_state(case, state)
        act = note_act(case, "spam" if state == State.SPAM else "state", by=actor, values={"was": was, "is": state})
        do_log(actor=actor, action=f"case.{act.kind}", what="case", public_id=case.public_id)
    return act
