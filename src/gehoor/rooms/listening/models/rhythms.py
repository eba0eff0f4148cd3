"""How often each role listens, and reminders put off."""

from django.conf import settings
from django.db import models

from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data


@personal_data(
    purpose=sentence("to agree how often those of a role listen"),
    kept=sentence("until it is agreed otherwise"),
    id=Datum.NONE,
    role=Datum.NONE,
    minutes=Datum.NONE,
    weeks=Datum.NONE,
    actor=Datum.STAFF,
    at=Datum.NONE,
)
class Rhythm(models.Model):
    """``minutes`` of listening in so many ``weeks`` for those of a role; no minutes: nothing is asked."""

    role = models.CharField(max_length=40, unique=True)
    minutes = models.PositiveSmallIntegerField()
    weeks = models.PositiveSmallIntegerField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.role}: {self.minutes} minutes in {self.weeks} weeks"


@personal_data(
    purpose=sentence("not to remind someone who asked for later"),
    kept=sentence("one day for each listener, seen by nobody else"),
    id=Datum.NONE,
    listener=Datum.STAFF,
    until=Datum.STAFF,
)
class Snooze(models.Model):
    """No reminder before this day."""

    listener = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="listening_snooze")
    until = models.DateField()

    def __str__(self) -> str:
        return f"until {self.until}"
