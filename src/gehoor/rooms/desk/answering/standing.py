"""How far a case is when an answer went, and when it turned out that it did not."""

from gehoor.kernel.clock import now
from gehoor.rooms.accounts.models import User
from gehoor.rooms.desk.cases.acts import hold, in_turn, note_act
from gehoor.rooms.desk.cases.states import may_become, put_in_state
from gehoor.rooms.desk.clocks.keeping import keep
from gehoor.rooms.desk.models import Act, Answer, State
from gehoor.rooms.desk.talking.inviting import do_withdraw
from gehoor.rooms.sending.models import Delivery, Run

_CLOSED = frozenset({State.CLOSED, State.MERGED, State.SPAM})


def do_say_it_went(answer: Answer, actor: User | None) -> None:
    """The answer is on its way: it stands in the log, and the case waits for the customer, or is solved, as its writer
    chose. Needs the turn, and the case held."""
    case = answer.case
    note_act(case, "answered", by=actor, values={"answer": str(answer.public_id)}, at=max(answer.leaves_at, now()))
    was = case.state
    if was != answer.then and may_become(was, answer.then):
        put_in_state(case, answer.then)
        values = {"was": was, "is": answer.then, "answer": str(answer.public_id)}
        note_act(case, "state", by=actor, values=values)


def do_revert(answer: Answer, actor: User | None, *, to: str = "") -> None:
    """It did not go after all: what was written in the log because of it is undone, and the case is ``to``, or as it
    was before, unless someone did something with it since. Needs the turn, and the case held."""
    case = answer.case
    if answer.asks:
        do_withdraw(case, actor)
    mine = Act.objects.filter(case=case, values__answer=str(answer.public_id), undone=False)
    acts = list(mine)
    mine.update(undone=True)
    back = to or answer.was or State.OPEN
    changed = any(act.kind == "state" for act in acts)
    if case.state not in _CLOSED and (to or changed) and case.state in {answer.then, answer.was} and case.state != back:
        put_in_state(case, back)
    for act in acts:
        note_act(case, "undo", by=actor, values={"undoes": str(act.public_id), "kind": act.kind})
    if not acts:
        keep(case)


def follow_told(run: Run, persons: object) -> None:
    """What the senders say: this was told. Called inside their transaction."""
    answer = _of(run)
    if answer is None:
        return
    delivery = Delivery.objects.filter(run=run).values("reply", "told_at").get()
    late = answer.went_at is None and answer.channel in {"call", "letter"}
    answer.reply_id, answer.went_at, answer.failed = delivery["reply"], delivery["told_at"] or now(), []
    if late:
        answer.leaves_at = answer.went_at
    answer.save(update_fields=["reply", "went_at", "failed", "leaves_at"])
    if answer.automatic:
        return
    with in_turn():
        hold(answer.case)
        if late:
            do_say_it_went(answer, answer.by)
        else:
            keep(answer.case)


def follow_not_told(run: Run, persons: object) -> None:
    """What the senders say: this was not told after all, though it was said to be. What is kept of it stays its own, so
    that it is taken for no other answer."""
    answer = _of(run)
    if answer is None:
        return
    answer.went_at = None
    answer.save(update_fields=["went_at"])
    if not answer.automatic:
        with in_turn():
            hold(answer.case)
            do_revert(answer, None)


def follow_failed(run: Run) -> None:
    """What the senders say: this could not be delivered. The case is open again at once, with the reason."""
    answer = _of(run)
    if answer is None:
        return
    answer.failed = Delivery.objects.values_list("reason", flat=True).get(run=run)
    answer.went_at = None
    answer.save(update_fields=["failed", "went_at"])
    if answer.automatic:
        return
    with in_turn():
        hold(answer.case)
        if answer.case.snoozed_until is not None:
            answer.case.snoozed_until = None
            answer.case.save(update_fields=["snoozed_until"])
        do_revert(answer, None, to=State.OPEN)
        note_act(answer.case, "failed", by=None, values={"answer_failed": str(answer.public_id)})


def _of(run: Run) -> Answer | None:
    return Answer.objects.select_related("case", "by").filter(run=run, taken_back=False).first()
