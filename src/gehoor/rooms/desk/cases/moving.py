"""The number by which every change of every case is in one order."""

from django.db.models import Max

from gehoor.rooms.desk.models import Case


def newest_move() -> int:
    """The number of the last change of any case; 0 before the first."""
    return Case.objects.aggregate(last=Max("moved"))["last"] or 0
