"""The log of decisions as people read it: what, who, when, and whether it still counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from gehoor.kernel.language import sentence
from gehoor.rooms.needs.decisions import decisions_in_force
from gehoor.rooms.needs.models import Decision, Need

_SENTENCES = {
    "rename": sentence("Renamed to “{name}”"),
    "merge": sentence("“{need}” merged into “{other}”"),
    "move": sentence("One passage moved from “{need}” to “{other}”"),
    "aside": sentence("“{need}” set aside"),
    "back": sentence("“{need}” taken back"),
}
_NAME_BACK = sentence("Proposed name of “{need}” restored")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. ``counts``: neither undone nor an undoing. ``undone_by`` is who undid it last."""

    decision: Decision
    text: str
    counts: bool
    undone_by: Decision | None


def history(need: Need) -> list[Entry]:
    """Everything that was decided about a need and what was merged into it, newest first."""
    ids = [need.public_id, *need.merged.values_list("public_id", flat=True)]
    return entries(Decision.objects.filter(Q(need__in=ids) | Q(other__in=ids)))


def entries(decisions: QuerySet[Decision]) -> list[Entry]:
    """These decisions as lines, newest first; an undoing stands beside what it undid."""
    found = list(decisions.select_related("actor").order_by("-pk"))
    counting = decisions_in_force()
    undoing = {each.undoes_id: each for each in reversed(found) if each.undoes_id is not None}
    names = _names(found)
    return [
        Entry(each, _text(each, names), each.pk in counting, undoing.get(each.pk))
        for each in found
        if not each.undoes_id
    ]


def _names(decisions: Iterable[Decision]) -> dict[UUID, str]:
    ids = {public_id for each in decisions for public_id in (each.need, each.other) if public_id is not None}
    needs = Need.objects.filter(public_id__in=ids).order_by("generation__current", "pk")
    return {need.public_id: str(need) for need in needs.only("public_id", "name", "proposed_name")}


def _text(decision: Decision, names: dict[UUID, str]) -> str:
    gone = gettext("a need that is no longer there")
    values = {
        "name": decision.name,
        "need": names.get(decision.need, gone) if decision.need else gettext("unassigned"),
        "other": names.get(decision.other, gone) if decision.other else gone,
    }
    kind = _NAME_BACK if decision.kind == "rename" and not decision.name else _SENTENCES[decision.kind]
    return gettext(kind).format(**values)
