"""What it costs a customer to use a channel, as this organisation sees it."""

from django.conf import settings
from django.db import models

from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data


@personal_data(
    purpose=sentence("to compute customer minutes, and to compute them again under another table"),
    kept=sentence("without limit, so that every total can be computed again"),
    id=Datum.NONE,
    name=Datum.NONE,
    rows=Datum.NONE,
    actor=Datum.STAFF,
    at=Datum.NONE,
)
class ThresholdTable(models.Model):
    """One version; the newest counts. ``rows`` maps a channel to ``[threshold in minutes, words a minute]``."""

    name = models.CharField(max_length=100)
    rows = models.JSONField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name
