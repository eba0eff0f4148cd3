"""Asking some of those who asked whether an idea helps, and telling all of them what became of it."""

from django.conf import settings
from django.db import models

from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data
from gehoor.rooms.changes.models.change import Change
from gehoor.rooms.people.models import Person
from gehoor.rooms.sending.models import Run
from gehoor.rooms.voices.models import Voice


class TellingKind(models.TextChoices):
    """``TRIAL``: does this help? ``TELLING``: what became of what they asked."""

    TRIAL = "trial"
    TELLING = "telling"


@personal_data(
    purpose=sentence("to tell who asked what became of it, and to ask some of them beforehand whether it helps"),
    kept=sentence("as long as its run"),
    id=Datum.NONE,
    change=Datum.NONE,
    run=Datum.NONE,
    kind=Datum.NONE,
    answer=Datum.NONE,
    seed=Datum.NONE,
    drawn_from=Datum.NONE,
    by=Datum.STAFF,
    at=Datum.NONE,
)
class Telling(models.Model):
    """A run of the sending room on behalf of a change.

    ``answer`` is what the decision was that is told: yes, no or later. ``seed`` and ``drawn_from`` say how those of a
    trial were drawn: from how many who asked and had not been asked before, in the order that the seed gives.
    """

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="tellings")
    run = models.OneToOneField(Run, on_delete=models.CASCADE, related_name="telling")
    kind = models.CharField(max_length=10, choices=TellingKind)
    answer = models.CharField(max_length=10, blank=True)
    seed = models.PositiveBigIntegerField(null=True)
    drawn_from = models.PositiveIntegerField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.kind} of {self.change_id}"


class Says(models.TextChoices):
    """Whether the idea helps, in the words of one who was asked."""

    HELPS = "helps"
    PARTLY = "partly"
    NOT = "not"
    UNCLEAR = "unclear"


@personal_data(
    purpose=sentence("to know before a decision whether an idea helps those who asked"),
    kept=sentence("as long as the person"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    telling=Datum.NONE,
    person=Datum.LINK,
    says=Datum.DERIVED,
    words=Datum.SAID,
    voice=Datum.LINK,
    by=Datum.STAFF,
    at=Datum.NONE,
    undone=Datum.NONE,
)
class TrialAnswer(models.Model):
    """What someone answered whether it helps, as a person of ours read it. The newest that was not undone counts.

    ``words`` is what was noted on the phone; where it came in, ``voice`` holds the words themselves.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    telling = models.ForeignKey(Telling, on_delete=models.CASCADE, related_name="answers")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    says = models.CharField(max_length=10, choices=Says)
    words = models.TextField(blank=True)
    voice = models.ForeignKey(Voice, null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.says
