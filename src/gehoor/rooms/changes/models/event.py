"""What else happened: campaigns and outages that move what customers say, whatever we changed."""

from django.conf import settings
from django.db import models

from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data


class EventKind(models.TextChoices):
    """What kind of thing it was."""

    CAMPAIGN = "campaign"
    OUTAGE = "outage"
    MAILING = "mailing"
    NEWS = "news"
    OTHER = "other"


@personal_data(
    purpose=sentence("to tell the effect of a change from what would have happened anyway"),
    kept=sentence("without limit; it is about nobody"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    kind=Datum.NONE,
    name=Datum.NONE,
    since=Datum.NONE,
    until=Datum.NONE,
    replaces=Datum.NONE,
    by=Datum.STAFF,
    at=Datum.NONE,
    removed=Datum.NONE,
)
class Event(models.Model):
    """Something that moved what customers say, for a while; both days included.

    ``replaces``: the event as it was before it was changed, so that changing can be undone.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=EventKind)
    name = models.CharField(max_length=200)
    since = models.DateField()
    until = models.DateField()
    replaces = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    removed = models.BooleanField(default=False)

    class Meta:
        constraints = [models.CheckConstraint(name="event_period", condition=models.Q(until__gte=models.F("since")))]

    def __str__(self) -> str:
        return self.name
