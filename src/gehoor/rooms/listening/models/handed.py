"""What someone handed on after listening: a wish, a thanks, or a change that is needed."""

from django.conf import settings
from django.db import models

from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data
from gehoor.rooms.listening.models.sessions import Session
from gehoor.rooms.voices.models import Voice


class Handing(models.TextChoices):
    """What is handed on: what a customer wishes, thanks to a colleague, or what we should change."""

    WISH = "wish"
    THANKS = "thanks"
    CHANGE = "change"


@personal_data(
    purpose=sentence("to let what was heard become a change, or a thanks to a colleague"),
    kept=sentence("without limit; when the voice is erased, its words and those written about it go too"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    kind=Datum.NONE,
    voice=Datum.LINK,
    session=Datum.LINK,
    start=Datum.NONE,
    end=Datum.NONE,
    text=Datum.DERIVED,
    by=Datum.STAFF,
    at=Datum.STAFF,
    to=Datum.STAFF,
    seen_at=Datum.STAFF,
    withdrawn_at=Datum.STAFF,
    taken_up_at=Datum.STAFF,
    taken_up_by=Datum.STAFF,
    became=Datum.NONE,
)
class HandedOn(models.Model):
    """Something handed on from a voice. ``start`` to ``end`` of the voice's text is the passage it is about, if one.

    ``to``: the colleague who is thanked, and ``seen_at`` when that colleague put the thanks away. ``became``: the
    public id of the change that a room above made of it; ``taken_up_at`` is empty until then. Without a voice and
    without text: the voice was erased, and only that something was handed on remains.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=Handing)
    voice = models.ForeignKey(Voice, null=True, on_delete=models.SET_NULL, related_name="handed_on")
    session = models.ForeignKey(Session, null=True, on_delete=models.SET_NULL, related_name="handed_on")
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    text = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="handed_on")
    at = models.DateTimeField()
    to = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="thanks")
    seen_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    taken_up_at = models.DateTimeField(null=True)
    taken_up_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    became = models.UUIDField(null=True, db_index=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "taken_up_at", "-at"], name="handed_on_open")]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    @property
    def quote(self) -> str:
        """The customer's own words that it is about; empty when it is about the whole voice, or that was erased."""
        if self.voice is None or self.start is None or self.end is None:
            return ""
        return self.voice.text[self.start : self.end].strip()
