"""Mystery visits: someone of ours asks as a customer would, and writes down what they were told."""

from django.conf import settings
from django.db import models

from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data
from gehoor.rooms.answers.models.book import Answer


class VisitState(models.TextChoices):
    """How far a visit is."""

    PLANNED = "planned"
    REPORTED = "reported"
    CANCELLED = "cancelled"


@personal_data(
    purpose=sentence("to experience what customers experience when they ask us something"),
    kept=sentence("without limit; it is about the organisation's own answers"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    name=Datum.NONE,
    scenario=Datum.NONE,
    channel=Datum.NONE,
    place=Datum.NONE,
    planned_for=Datum.NONE,
    visitor=Datum.STAFF,
    state=Datum.NONE,
    visited_at=Datum.NONE,
    waited_minutes=Datum.NONE,
    remarks=Datum.STAFF,
    by=Datum.STAFF,
    at=Datum.NONE,
)
class Visit(models.Model):
    """One visit, call or mail as a customer would. ``place``: which branch, number or address is tried."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    name = models.CharField(max_length=200)
    scenario = models.TextField()
    channel = models.CharField(max_length=40)
    place = models.CharField(max_length=200, blank=True)
    planned_for = models.DateField()
    visitor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=VisitState, default=VisitState.PLANNED)
    visited_at = models.DateTimeField(null=True)
    waited_minutes = models.FloatField(null=True)
    remarks = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


@personal_data(
    purpose=sentence("to hold what a visitor was told against the answer book"),
    kept=sentence("as long as the visit"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    visit=Datum.NONE,
    position=Datum.NONE,
    question=Datum.NONE,
    answer=Datum.NONE,
    told=Datum.NONE,
    asked=Datum.NONE,
)
class VisitAnswer(models.Model):
    """One question of a visit, and what the visitor was told. ``asked`` is None until the report says."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="answers")
    position = models.PositiveSmallIntegerField()
    question = models.CharField(max_length=500)
    answer = models.ForeignKey(Answer, null=True, on_delete=models.SET_NULL, related_name="+")
    told = models.TextField(blank=True)
    asked = models.BooleanField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["visit", "position"], name="visit_answer_once")]

    def __str__(self) -> str:
        return self.question
