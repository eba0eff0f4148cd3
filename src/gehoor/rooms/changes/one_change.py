"""What the page of one change shows."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.changes.board import Row, rows_of
from gehoor.rooms.changes.evidence import evidence_of, needs_of
from gehoor.rooms.changes.forms import STEP_FORMS, NeedForm, StepForm
from gehoor.rooms.changes.log import history
from gehoor.rooms.changes.measuring import measured_context
from gehoor.rooms.changes.models import Change, StepKind, TellingKind
from gehoor.rooms.changes.publishing import published_of
from gehoor.rooms.changes.standing import Stage
from gehoor.rooms.changes.telling import circle, tellings
from gehoor.rooms.changes.trial import trial
from gehoor.rooms.needs.listing import shown
from gehoor.rooms.needs.models import Need
from gehoor.rooms.needs.recount import current_generation
from gehoor.rooms.sending.progress import progress

_NEXT = {
    Stage.ASKED: (StepKind.YES, StepKind.NO, StepKind.LATER),
    Stage.LATER: (StepKind.YES, StepKind.NO, StepKind.LATER),
    Stage.NO: (StepKind.YES, StepKind.LATER),
    Stage.YES: (StepKind.DOING, StepKind.DONE, StepKind.NO, StepKind.LATER),
    Stage.DOING: (StepKind.DONE, StepKind.NO, StepKind.LATER),
    Stage.DONE: (),
}
"""Which steps can follow, first the most likely."""


def context_of(change: Change, viewer: User, bound: StepForm | None = None) -> dict[str, Any]:
    """Everything for ``changes/change.html``. ``bound`` is a form that was filled in wrongly."""
    row = rows_of([change])[0]
    rests = needs_of(change)
    may_decide = viewer.may(May.DECIDE_CHANGES)
    may_tell = viewer.may(May.TELL)
    decided = row.now.stage != Stage.ASKED
    return {
        **measured_context(change),
        "published": published_of(change),
        "decided": decided,
        "trials": [trial(telling) for telling in tellings(change, TellingKind.TRIAL)],
        "may_ask": may_tell and row.now.stage != Stage.DONE and row.asked.persons > 0,
        "circle": circle(change, row.now) if decided else None,
        "tellings": [(telling, progress(telling.run)) for telling in tellings(change, TellingKind.TELLING)],
        "may_tell": may_tell,
        "see_people": viewer.may(May.SEE_PEOPLE),
        "change": change,
        "row": row,
        "rests": rests,
        "evidence": evidence_of(change, rests),
        "history": history(change),
        "may_decide": may_decide,
        "forms": step_forms(row, bound) if may_decide else {},
        "need_form": NeedForm(needs=_others([each.need for each in rests])) if may_decide else None,
    }


def step_forms(row: Row, bound: StepForm | None) -> Mapping[str, StepForm]:
    """The forms of the steps that can follow, by kind, in order."""
    forms: dict[str, StepForm] = {}
    for kind in _NEXT[row.now.stage]:
        initial = {"day": timezone.localdate()} if kind == StepKind.DONE else None
        forms[kind.value] = bound if bound is not None and bound.kind == kind else STEP_FORMS[kind](initial=initial)
    return forms


def _others(needs: list[Need | None]) -> list[Need]:
    """Needs that it does not rest on yet, by name."""
    generation = current_generation()
    if generation is None or not generation.levels:
        return []
    known = {need.pk for need in needs if need is not None}
    others = (need for need in shown(generation, generation.default_level) if need.pk not in known)
    return sorted(others, key=lambda need: str(need).casefold())
