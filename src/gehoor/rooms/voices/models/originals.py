"""The bytes as they reached us, kept by content hash."""

from django.db import models

from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data


@personal_data(
    purpose=sentence("to lead every statement back to what was really said"),
    kept=sentence("as long as the voices that came from it"),
    id=Datum.NONE,
    sha256=Datum.DERIVED,
    media_type=Datum.NONE,
    size=Datum.NONE,
    data=Datum.SAID,
)
class Original(models.Model):
    """One item's own bytes. Small ones stand in ``data``; a large one in the home's ``originals`` folder."""

    sha256 = models.BinaryField(max_length=32, unique=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    data = models.BinaryField(null=True)

    def __str__(self) -> str:
        return f"original of {self.size} bytes"


@personal_data(
    purpose=sentence("to say where an item came from after its container has been split"),
    kept=sentence("as long as the voices that came from it"),
    id=Datum.NONE,
    sha256=Datum.NONE,
    name=Datum.NONE,
    size=Datum.NONE,
    items=Datum.NONE,
    whole=Datum.NONE,
    by_hand=Datum.NONE,
    at=Datum.NONE,
)
class Container(models.Model):
    """A file that held several items: only hash, name and count remain of it.

    ``by_hand``: people parted it otherwise than its reader does; sent in again, nothing of it is read.
    """

    sha256 = models.BinaryField(max_length=32)
    name = models.CharField(max_length=500)
    size = models.PositiveBigIntegerField()
    items = models.PositiveBigIntegerField(default=0)
    whole = models.BooleanField(default=False)
    by_hand = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sha256", "name"], name="container_once")]

    def __str__(self) -> str:
        return self.name


@personal_data(
    purpose=sentence("to keep what came along with a voice or a reply"),
    kept=sentence("as long as the voice or the reply"),
    id=Datum.NONE,
    voice=Datum.LINK,
    reply=Datum.LINK,
    name=Datum.SAID,
    media_type=Datum.NONE,
    original=Datum.LINK,
)
class Attachment(models.Model):
    """Something that came along."""

    voice = models.ForeignKey("Voice", null=True, on_delete=models.CASCADE, related_name="attachments")
    reply = models.ForeignKey("Reply", null=True, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    original = models.ForeignKey(Original, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.media_type
