"""What was understood of a voice. All of it is derived: it can be thrown away and made again."""

from django.conf import settings
from django.db import models

from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data
from gehoor.rooms.voices.models.said import Voice


@personal_data(
    purpose=sentence("to find voices again by language, kind and words"),
    kept=sentence("as long as the voice"),
    voice=Datum.LINK,
    language=Datum.DERIVED,
    kind=Datum.DERIVED,
    kind_by_person=Datum.NONE,
    cues=Datum.DERIVED,
    lemmas=Datum.DERIVED,
)
class Understanding(models.Model):
    """Language, kind and lemmas of one voice. That a voice has none yet is the state of this stage."""

    voice = models.OneToOneField(Voice, primary_key=True, on_delete=models.CASCADE, related_name="understanding")
    language = models.CharField(max_length=5, db_index=True)
    kind = models.CharField(max_length=20, db_index=True)
    kind_by_person = models.BooleanField(default=False)
    cues = models.JSONField(default=list)
    lemmas = models.TextField()

    def __str__(self) -> str:
        return f"understanding of {self.voice_id}"


@personal_data(
    purpose=sentence("to count each thing that is asked once, also when one letter asks three"),
    kept=sentence("as long as the voice"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    voice=Datum.LINK,
    position=Datum.NONE,
    start=Datum.NONE,
    end=Datum.NONE,
    words=Datum.DERIVED,
)
class Ask(models.Model):
    """A passage of a voice, ``text[start:end]``, in which one thing is asked, said or wished."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="asks")
    position = models.PositiveSmallIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    words = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["voice", "position"], name="ask_once")]

    def __str__(self) -> str:
        return f"ask {self.public_id}"


@personal_data(
    purpose=sentence("to let a person's correction win over the machine, and to learn from it"),
    kept=sentence("as long as the voice"),
    id=Datum.NONE,
    voice=Datum.LINK,
    kind=Datum.DERIVED,
    actor=Datum.STAFF,
    at=Datum.NONE,
)
class KindCorrection(models.Model):
    """Someone said what kind of voice this is. The newest wins; an empty kind takes the correction back."""

    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="kind_corrections")
    kind = models.CharField(max_length=20, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.kind} for {self.voice_id}"
