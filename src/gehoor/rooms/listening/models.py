"""Sessions, the stack drawn for each, and the minutes really spent."""

from django.conf import settings
from django.db import models

from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data
from gehoor.rooms.voices.models import Voice


@personal_data(
    purpose=sentence("to take time for listening, and to be able to draw the same stack again"),
    kept=sentence("without limit; it holds no customer"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    listener=Datum.STAFF,
    started_at=Datum.STAFF,
    seed=Datum.NONE,
    drawn_by=Datum.NONE,
    drawn_from=Datum.NONE,
)
class Session(models.Model):
    """One sitting. ``seed``, ``drawn_by`` and ``drawn_from`` (how many could have been drawn) say how the draw went."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    listener = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sessions")
    started_at = models.DateTimeField(auto_now_add=True)
    seed = models.PositiveBigIntegerField()
    drawn_by = models.CharField(max_length=20)
    drawn_from = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"session {self.public_id}"


@personal_data(
    purpose=sentence("to keep the order of a stack"),
    kept=sentence("as long as the voice"),
    id=Datum.NONE,
    session=Datum.LINK,
    voice=Datum.LINK,
    position=Datum.NONE,
    probability=Datum.NONE,
)
class Drawn(models.Model):
    """A voice in a session's stack, with the probability with which the draw took it."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="stack")
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="drawn")
    position = models.PositiveSmallIntegerField()
    probability = models.FloatField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "voice"], name="drawn_once")]

    def __str__(self) -> str:
        return f"{self.position} of session {self.session_id}"


@personal_data(
    purpose=sentence("to hold the minutes that we listened beside the minutes that customers spent"),
    kept=sentence("without limit; shown by name only to the one it is about"),
    id=Datum.NONE,
    voice=Datum.LINK,
    listener=Datum.STAFF,
    session=Datum.LINK,
    first_at=Datum.STAFF,
    last_at=Datum.STAFF,
    seconds=Datum.STAFF,
)
class Heard(models.Model):
    """A human of ours read or heard this voice, and for how many active seconds. Erasing a voice keeps the seconds."""

    voice = models.ForeignKey(Voice, null=True, on_delete=models.SET_NULL, related_name="heard")
    listener = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="heard")
    session = models.ForeignKey(Session, null=True, on_delete=models.SET_NULL, related_name="heard")
    first_at = models.DateTimeField(auto_now_add=True)
    last_at = models.DateTimeField()
    seconds = models.FloatField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["voice", "listener"], name="heard_once")]

    def __str__(self) -> str:
        return f"{self.seconds:.0f} s"
