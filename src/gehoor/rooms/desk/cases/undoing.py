"""Undoing: everything that someone did with a case can be undone, by whom and when stands in its log."""

from collections.abc import Callable, Mapping
from typing import Any

from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.desk.cases.actions import as_value, from_value
from gehoor.rooms.desk.cases.acts import hold, in_turn, note_act
from gehoor.rooms.desk.cases.merging import undo_merge, undo_part
from gehoor.rooms.desk.cases.states import check_may_answer, put_in_state
from gehoor.rooms.desk.chorus.joining import undo_chorus
from gehoor.rooms.desk.models import Act, Case
from gehoor.rooms.privacy.audit import do_log

FIELDS: Mapping[str, str] = {
    "state": "state",
    "spam": "state",
    "assign": "assignee",
    "priority": "priority",
    "snooze": "snoozed_until",
    "about": "about",
}
"""Which field of a case a kind of act changes."""
_WHOLE: Mapping[str, Callable[[Case, Act, User], None]] = {
    "merge": undo_merge,
    "part": undo_part,
    "chorus": undo_chorus,
}
_ONLY_HIDDEN = frozenset({"note", "apart"})


def can_undo(act: Act) -> bool:
    """Whether this act can be undone by itself, as far as its kind says."""
    if act.undone:
        return False
    if act.kind == "undo":
        return act.values.get("kind") in FIELDS or act.values.get("kind") in _ONLY_HIDDEN
    if act.kind == "merge":
        return "from" in act.values
    return act.kind in FIELDS or act.kind in _WHOLE or act.kind in _ONLY_HIDDEN


def do_undo(act: Act, actor: User) -> Act:
    """Undo an act; undoing an undoing does it again. Gives the line that says so. Raises Refused where it was undone
    already or something was done since that rests on it."""
    check_may_answer(actor)
    with in_turn():
        case = act.case
        hold(case)
        act.refresh_from_db()
        if not can_undo(act):
            raise Refused(why=sentence("it was undone already, or cannot be undone by itself"))
        kind = _again(case, act) if act.kind == "undo" else _back(case, act, actor)
        act.undone = True
        act.save(update_fields=["undone"])
        undoing = note_act(case, "undo", by=actor, values={"undoes": str(act.public_id), "kind": kind})
        do_log(actor=actor, action="case.undo", what="case", public_id=case.public_id)
    return undoing


def _back(case: Case, act: Act, actor: User) -> str:
    if act.kind in FIELDS:
        _set(case, FIELDS[act.kind], now_is=act.values["is"], to=act.values["was"])
    elif act.kind in _WHOLE:
        _WHOLE[act.kind](case, act, actor)
    return act.kind


def _again(case: Case, act: Act) -> str:
    """Do again what ``act`` undid."""
    undone = Act.objects.get(public_id=act.values["undoes"], case=case)
    if undone.kind in FIELDS:
        _set(case, FIELDS[undone.kind], now_is=undone.values["was"], to=undone.values["is"])
    undone.undone = False
    undone.save(update_fields=["undone"])
    return "undo"


def _set(case: Case, field: str, *, now_is: Any, to: Any) -> None:
    if as_value(getattr(case, field)) != now_is:
        raise Refused(why=sentence("it was changed again since; undo that first"))
    if field == "state":
        put_in_state(case, to)
        return
    setattr(case, field, from_value(field, to))
    case.save(update_fields=[field])
