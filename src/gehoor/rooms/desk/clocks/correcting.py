"""People say otherwise: whether speed matters in a case, and taking that back."""

from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.desk.cases.acts import hold, in_turn, note_act
from gehoor.rooms.desk.cases.states import check_may_answer
from gehoor.rooms.desk.clocks.speed import corrections, judge
from gehoor.rooms.desk.models import Act, Case, Speed
from gehoor.rooms.privacy.audit import do_log


def do_say_speed(case: Case, speed: str, actor: User) -> Act | None:
    """Say whether speed matters; None where this person's word stood already. It stays, whatever comes in."""
    check_may_answer(actor)
    if speed not in Speed.values:
        raise Refused(why=sentence("say that speed matters, that it can wait, or that it is unsure"))
    with in_turn():
        hold(case)
        if case.speed == speed and case.speed_by is not None:
            return None
        was = {"was": case.speed, "is": speed}
        case.speed, case.speed_by = speed, actor
        case.save(update_fields=["speed", "speed_by"])
        act = note_act(case, "speed", by=actor, values=was)
        do_log(actor=actor, action="case.speed", what="case", public_id=case.public_id)
    return act


def do_undo_speed(act: Act, actor: User) -> Act | None:
    """Take a correction back: what someone said before it counts again, or else the rules. None where it was so
    already. Raises Refused for an act of another kind."""
    check_may_answer(actor)
    if act.kind != "speed":
        raise Refused(why=sentence("that is no judgement of speed"))
    with in_turn():
        case = act.case
        hold(case)
        if not Act.objects.filter(pk=act.pk, undone=False).update(undone=True):
            return None
        before = corrections(case).select_related("by").first()
        if before is not None:
            case.speed, case.speed_by = before.values["is"], before.by
            case.save(update_fields=["speed", "speed_by"])
        judge(case)
        undoing = note_act(case, "undo", by=actor, values={"undoes": str(act.public_id), "kind": "speed"})
        do_log(actor=actor, action="case.undo_speed", what="case", public_id=case.public_id)
    return undoing
