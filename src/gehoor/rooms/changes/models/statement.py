"""What people of ours said about a passage, held against a statement that someone typed."""

from django.conf import settings
from django.db import models

from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data
from gehoor.rooms.voices.models import Voice


@personal_data(
    purpose=sentence("to keep what people said a customer's words mean for a statement, and to undo it"),
    kept=sentence("as long as the voice"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    statement=Datum.NONE,
    voice=Datum.LINK,
    start=Datum.NONE,
    end=Datum.NONE,
    side=Datum.NONE,
    undone=Datum.NONE,
    by=Datum.STAFF,
    at=Datum.NONE,
)
class Judged(models.Model):
    """Someone of ours said on which side a passage stands. The newest that was not undone counts.

    ``statement`` is a keyed hash of the claim, equal for statements that say the same in other words; what was typed
    is not kept. ``start`` and ``end`` are of the passage in the voice's text: asks are derived and may be made again.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    statement = models.CharField(max_length=64, db_index=True)
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="+")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    side = models.CharField(max_length=10)
    undone = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.side
