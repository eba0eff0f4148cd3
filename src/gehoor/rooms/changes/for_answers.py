"""What was done about needs, for the answers to them: they may no longer be right."""

from collections.abc import Collection, Iterator
from uuid import UUID

from django.urls import reverse

from gehoor.rooms.answers.book.stirred import Stirred
from gehoor.rooms.changes.models import ChangeNeed, Step, StepKind


def done_about(needs: Collection[UUID]) -> Iterator[Stirred]:
    """Changes of which someone said that they are done, and did not take it back."""
    linked = ChangeNeed.objects.filter(need__in=needs, change__removed=False).values_list("change_id", "need")
    rests: dict[int, list[UUID]] = {}
    for change, need in linked:
        rests.setdefault(change, []).append(need)
    undone = Step.objects.filter(kind=StepKind.UNDO, undoes__isnull=False).values("undoes")
    steps = Step.objects.filter(change__in=rests, kind=StepKind.DONE).exclude(pk__in=undone).select_related("change")
    for step in steps:
        href = reverse("changes:change", args=[step.change.public_id])
        for need in rests[step.change_id]:
            yield Stirred(need, step.at, step.change.name, href)
