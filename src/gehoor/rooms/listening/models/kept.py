"""What someone keeps of what was heard: sentences that struck, and what one takes away."""

from django.conf import settings
from django.db import models

from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data
from gehoor.rooms.listening.models.sessions import Session
from gehoor.rooms.voices.models import Voice


@personal_data(
    purpose=sentence("to keep what struck someone who listened"),
    kept=sentence("as long as the voice; seen by oneself only, unless one shares it"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    listener=Datum.STAFF,
    voice=Datum.LINK,
    session=Datum.LINK,
    start=Datum.NONE,
    end=Datum.NONE,
    shared=Datum.STAFF,
    at=Datum.STAFF,
)
class Struck(models.Model):
    """``voice.text[start:end]`` struck this listener. The words themselves stand in the voice alone."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    listener = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="struck")
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="struck")
    session = models.ForeignKey(Session, null=True, on_delete=models.SET_NULL, related_name="struck")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    shared = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["listener", "voice", "start", "end"], name="struck_once")]

    def __str__(self) -> str:
        return f"{self.start} to {self.end} of voice {self.voice_id}"

    @property
    def quote(self) -> str:
        """The customer's own words."""
        return self.voice.text[self.start : self.end].strip()


@personal_data(
    purpose=sentence("to keep what someone takes away from listening"),
    kept=sentence(
        "what is about a voice as long as the voice, the rest without limit; seen by oneself only, unless shared"
    ),
    id=Datum.NONE,
    public_id=Datum.NONE,
    session=Datum.LINK,
    voice=Datum.LINK,
    text=Datum.DERIVED,
    shared=Datum.STAFF,
    changed_at=Datum.STAFF,
)
class Note(models.Model):
    """What the listener of a session takes away: from one voice in it, or (without a voice) from the whole sitting."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="notes")
    voice = models.ForeignKey(Voice, null=True, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(blank=True)
    shared = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "voice"], name="note_once_a_voice"),
            models.UniqueConstraint(
                fields=["session"], name="note_once_a_session", condition=models.Q(voice__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"note {self.public_id}"
