"""How a text was made out of a scan or a recording, and what people corrected in it."""

from django.conf import settings
from django.db import models

from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data
from gehoor.rooms.voices.models.said import Reply, Voice


@personal_data(
    purpose=sentence("to show each word beside its place on the page or in the sound, and to correct it there"),
    kept=sentence("as long as the voice or the reply"),
    id=Datum.NONE,
    voice=Datum.LINK,
    reply=Datum.LINK,
    engine=Datum.NONE,
    confidence=Datum.NONE,
    pages=Datum.NONE,
    text=Datum.SAID,
    words=Datum.SAID,
    actor=Datum.STAFF,
    at=Datum.NONE,
)
class Transcription(models.Model):
    """One version of the text of a scan or recording: the engine's own first, then one for each correction.

    The newest is what the ``text`` of the voice or reply holds; a correction by a person has no engine. ``words`` is a
    list of ``[start, end, confidence, page, box, begins, ends]``: see :class:`gehoor.channels.base.ReadWord`. Exactly
    one of ``voice`` and ``reply`` is set.
    """

    voice = models.ForeignKey(Voice, null=True, on_delete=models.CASCADE, related_name="transcriptions")
    reply = models.ForeignKey(Reply, null=True, on_delete=models.CASCADE, related_name="transcriptions")
    engine = models.CharField(max_length=200)
    confidence = models.FloatField(null=True)
    pages = models.PositiveIntegerField(default=0)
    text = models.TextField()
    words = models.JSONField(default=list)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="transcription_of_one",
                condition=models.Q(voice=None, reply__isnull=False) | models.Q(voice__isnull=False, reply=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.engine} {self.pk}"
