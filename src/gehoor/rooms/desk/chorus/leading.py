"""Which case of a chorus stands in the list for all."""

from gehoor.rooms.desk.cases.moving import newest_move
from gehoor.rooms.desk.models import WAITS_FOR_US, Case, Chorus

SMALLEST = 5
"""Fewer than this stand in the list each for itself."""


def keep_lead(chorus_pk: int) -> None:
    """Let the first that waits stand for all, the others behind it; a chorus of which nobody is left goes. Needs the
    turn."""
    cases = Case.objects.filter(chorus=chorus_pk)
    if not cases.exists():
        Chorus.objects.filter(pk=chorus_pk).delete()
        return
    if Chorus.objects.filter(pk=chorus_pk, dissolved=True).exists() or cases[:SMALLEST].count() < SMALLEST:
        cases.filter(behind=True).update(behind=False)
        return
    ordered = cases.order_by("begun_at", "pk")
    lead = ordered.filter(state__in=WAITS_FOR_US).first() or ordered[0]
    number = newest_move()
    if lead.behind:
        Case.objects.filter(pk=lead.pk).update(behind=False, moved=number + 1)
    before = cases.filter(behind=False).exclude(pk=lead.pk)
    before.filter(moved__lt=number).update(behind=True, moved=number + 1)
    before.update(behind=True)
