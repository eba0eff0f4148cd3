"""A sender as the organisation set it up."""

from django.db import models

from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data
from gehoor.rooms.intake.models import Source


@personal_data(
    purpose=sentence("to send answers out through a mail server, on paper and by telephone"),
    kept=sentence("as long as the organisation uses it"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    kind=Datum.NONE,
    channel=Datum.NONE,
    name=Datum.NONE,
    settings=Datum.NONE,
    secret=Datum.NONE,
    per_minute=Datum.NONE,
    heard_in=Datum.NONE,
    copy_minutes=Datum.NONE,
    removed=Datum.NONE,
    begun_at=Datum.NONE,
    sent_at=Datum.NONE,
    failures=Datum.NONE,
    try_after=Datum.NONE,
    trouble=Datum.NONE,
)
class SenderSettings(models.Model):
    """One configured sender. ``kind`` names it in the registry; ``secret`` holds what is shown to nobody.

    ``heard_in`` is the source in which copies of what it sent are heard again; when a copy has not come
    ``copy_minutes`` after that source was due to bring it, the message was not delivered. ``trouble`` is ``[text,
    remedy, values]`` of why the other side could not be reached the last ``failures`` times.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    kind = models.CharField(max_length=40)
    channel = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    settings = models.JSONField(default=dict)
    secret = models.JSONField(default=dict)
    per_minute = models.PositiveIntegerField(default=120)
    heard_in = models.ForeignKey(Source, null=True, on_delete=models.SET_NULL, related_name="+")
    copy_minutes = models.PositiveIntegerField(default=15)
    removed = models.BooleanField(default=False)
    begun_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    try_after = models.DateTimeField(null=True)
    trouble = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.name
