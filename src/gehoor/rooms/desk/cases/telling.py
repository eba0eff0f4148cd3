"""The log of a case as people read it: one sentence an act, with who and when, and whether it can be undone."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import formats, timezone
from django.utils.translation import gettext

from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.saying import said
from gehoor.rooms.desk.cases.undoing import can_undo
from gehoor.rooms.desk.cases.words import PRIORITY_NAMES, STATE_NAMES
from gehoor.rooms.desk.models import Act, Case


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the log. ``by`` is empty for what went by itself."""

    act: Act
    says: str
    by: str
    undoable: bool


_PLAIN: Mapping[str, str] = {
    "begun": sentence("the case began"),
    "voice": sentence("the customer spoke again"),
    "answered": sentence("we answered"),
    "asked": sentence("asked whether it helped"),
    "note": sentence("a private note"),
    "merge": sentence("two cases became one"),
    "unmerge": sentence("parted again from another case"),
    "join": sentence("something was put with it"),
    "part": sentence("something was parted off"),
    "apart": sentence("kept apart from another case of this customer"),
    "speed": sentence("judged whether speed matters"),
    "spam": sentence("said that it is spam"),
    "draft": sentence("an answer was begun"),
    "about": sentence("worded anew"),
    "erased": sentence("a part was erased"),
}


def log_of(case: Case) -> list[Told]:
    """Every line, newest first; three queries."""
    acts = list(Act.objects.filter(case=case).select_related("by").order_by("-pk"))
    names = _names(acts)
    kinds = {str(act.public_id): act for act in acts}
    return [Told(act, _says(act, names, kinds), act.by.name if act.by else "", can_undo(act)) for act in acts]


def _names(acts: Collection[Act]) -> Mapping[str, str]:
    keys = {act.values.get(end) for act in acts if act.kind == "assign" for end in ("was", "is")} - {None}
    return {str(user.public_id): user.name for user in User.objects.filter(public_id__in=map(_uuid, keys))}


def _uuid(value: object) -> UUID:
    return UUID(str(value))


def _says(act: Act, names: Mapping[str, str], others: Mapping[str, Act]) -> str:
    if act.kind == "undo":
        undone = others.get(act.values.get("undoes", ""))
        what = _says(undone, names, others) if undone is not None and undone.kind != "undo" else ""
        return gettext("undone: %(what)s") % {"what": what} if what else gettext("done again after all")
    wording = _WORDED.get(act.kind)
    if wording is not None:
        return wording(act.values, names)
    return said(_PLAIN.get(act.kind, act.kind))


def _state(values: Mapping[str, Any], _: Mapping[str, str]) -> str:
    return said(STATE_NAMES.get(values.get("is", ""), ""))


def _assign(values: Mapping[str, Any], names: Mapping[str, str]) -> str:
    if values.get("is") is None:
        return gettext("nobody's again")
    return gettext("taken by %(name)s") % {"name": names.get(values["is"], gettext("someone who left"))}


def _priority(values: Mapping[str, Any], _: Mapping[str, str]) -> str:
    return gettext("urgency: %(name)s") % {"name": said(PRIORITY_NAMES.get(values.get("is", 0), ""))}


def _chorus(values: Mapping[str, Any], _: Mapping[str, str]) -> str:
    if values.get("is") is None:
        return gettext("something of its own, not the same as what others sent")
    return gettext("others sent the same")


def _snooze(values: Mapping[str, Any], _: Mapping[str, str]) -> str:
    if values.get("is") is None:
        return gettext("back from being put off")
    until = timezone.localtime(datetime.fromisoformat(values["is"]))
    return gettext("put off until %(moment)s") % {"moment": formats.date_format(until, "j F Y H:i")}


_WORDED: Mapping[str, Callable[[Mapping[str, Any], Mapping[str, str]], str]] = {
    "state": _state,
    "assign": _assign,
    "priority": _priority,
    "snooze": _snooze,
    "chorus": _chorus,
}
