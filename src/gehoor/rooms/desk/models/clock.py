"""The hours that we work, and how long each case took of them."""

from django.conf import settings
from django.db import models

from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data
from gehoor.rooms.desk.models.case import Case


@personal_data(
    purpose=sentence("to count only the hours in which we work, and to say when someone hears from us"),
    kept=sentence("without limit, so that every time can be computed again"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    week=Datum.NONE,
    holidays=Datum.NONE,
    worked=Datum.NONE,
    closed=Datum.NONE,
    first_minutes=Datum.NONE,
    next_minutes=Datum.NONE,
    resolution_minutes=Datum.NONE,
    by=Datum.STAFF,
    at=Datum.NONE,
    undone=Datum.NONE,
)
class Hours(models.Model):
    """One version of the hours; the newest that is not ``undone`` counts. ``week`` holds for Monday to Sunday a list of
    ``[from, to]`` as "HH:MM"; ``holidays`` says whether Dutch public holidays are free, but for those named in
    ``worked``; ``closed`` lists other free days (ISO). The minutes are business minutes within which a customer hears
    first, next, and has it solved; None: no such aim."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    week = models.JSONField()
    holidays = models.BooleanField(default=True)
    worked = models.JSONField(default=list)
    closed = models.JSONField(default=list)
    first_minutes = models.PositiveIntegerField(null=True)
    next_minutes = models.PositiveIntegerField(null=True)
    resolution_minutes = models.PositiveIntegerField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"hours since {self.at:%Y-%m-%d}"


class ClockKind(models.TextChoices):
    """What a customer waits for. No clock stops or moves another."""

    FIRST = "first"
    NEXT = "next"
    RESOLUTION = "resolution"


@personal_data(
    purpose=sentence("to see in time who waits too long, and to say honestly how long it took"),
    kept=sentence("as long as the case"),
    id=Datum.NONE,
    case=Datum.LINK,
    kind=Datum.NONE,
    began_at=Datum.NONE,
    runs_since=Datum.NONE,
    ended_at=Datum.NONE,
    paused_at=Datum.NONE,
    due_at=Datum.NONE,
    minutes=Datum.NONE,
)
class Clock(models.Model):
    """One stretch of waiting. ``minutes`` are the business minutes up to the end or the pause; while it runs those
    since ``runs_since`` come to it. ``due_at`` is None while it is paused or has no aim; of a clock that ended it says
    when it was due. Made from the case's log, and can be made again."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="clocks")
    kind = models.CharField(max_length=10, choices=ClockKind)
    began_at = models.DateTimeField()
    runs_since = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    minutes = models.FloatField(default=0.0)

    class Meta:
        indexes = [models.Index(fields=["kind", "ended_at"], name="clock_ended")]

    def __str__(self) -> str:
        return f"{self.kind} of case {self.case_id}"
