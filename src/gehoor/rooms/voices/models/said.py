"""Voices, replies and broadcasts. Written once, at intake, and never changed after.

With one exception: where the text was made out of a scan or a recording, ``text`` (and ``words``, its count) is that
of the newest :class:`gehoor.rooms.voices.models.Transcription`. What people said stands in the original; an engine's
reading of it can be wrong, and is corrected as a new version beside the old (``correcting.py``).
"""

from django.db import models

from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data
from gehoor.rooms.voices.models.originals import Container, Original


@personal_data(
    purpose=sentence("to show together what was said back and forth"),
    kept=sentence("as long as one of its voices or replies"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    key=Datum.DERIVED,
    channel=Datum.NONE,
)
class Conversation(models.Model):
    """Voices and replies that belong together: a mail thread, a call, a row with its answer."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    key = models.BinaryField(max_length=32, unique=True)
    channel = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"conversation {self.public_id}"


class Said(models.Model):
    """What voices, replies and broadcasts have in common."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    channel = models.CharField(max_length=40)
    said_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(auto_now_add=True)
    subject = models.TextField(blank=True)
    text = models.TextField()
    author = models.CharField(max_length=300, blank=True)
    native_id = models.CharField(max_length=600, blank=True)
    file = models.CharField(max_length=500)
    item = models.CharField(max_length=600)
    original = models.ForeignKey(Original, on_delete=models.PROTECT, related_name="+")
    container = models.ForeignKey(Container, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


SAID = {
    "id": Datum.NONE,
    "public_id": Datum.NONE,
    "channel": Datum.NONE,
    "said_at": Datum.SAID,
    "heard_at": Datum.NONE,
    "subject": Datum.SAID,
    "text": Datum.SAID,
    "author": Datum.IDENTIFYING,
    "native_id": Datum.IDENTIFYING,
    "file": Datum.NONE,
    "item": Datum.IDENTIFYING,
    "original": Datum.LINK,
    "container": Datum.NONE,
}


@personal_data(
    purpose=sentence("to hear what customers say and to answer them"),
    kept=sentence("until the retention period of its channel is over, or until the customer asks to be erased"),
    conversation=Datum.LINK,
    identities=Datum.IDENTIFYING,
    quoted=Datum.SAID,
    signature=Datum.IDENTIFYING,
    words=Datum.DERIVED,
    duration_seconds=Datum.SAID,
    waited_seconds=Datum.SAID,
    score=Datum.SAID,
    **SAID,
)
class Voice(Said):
    """One thing that one customer said, once, in one channel.

    ``identities`` is a list of ``[kind, value, network]`` as they were given. ``words`` counts the words of ``text``.
    """

    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.SET_NULL, related_name="voices")
    identities = models.JSONField(default=list)
    quoted = models.TextField(blank=True)
    signature = models.TextField(blank=True)
    words = models.PositiveIntegerField()
    duration_seconds = models.FloatField(null=True)
    waited_seconds = models.FloatField(null=True)
    score = models.FloatField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["-said_at", "-id"], name="voice_by_time"),
            models.Index(fields=["channel", "-said_at", "-id"], name="voice_by_channel"),
            models.Index(fields=["native_id"], name="voice_by_native", condition=~models.Q(native_id="")),
        ]

    def __str__(self) -> str:
        return f"voice {self.public_id}"


@personal_data(
    purpose=sentence("to know what a customer was told before"),
    kept=sentence("as long as the voices that it answers"),
    conversation=Datum.LINK,
    recipients=Datum.IDENTIFYING,
    quoted=Datum.SAID,
    adviser=Datum.STAFF,
    answers=Datum.LINK,
    **SAID,
)
class Reply(Said):
    """What the organisation said to one person, in any channel, by whom."""

    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.SET_NULL, related_name="replies")
    recipients = models.JSONField(default=list)
    quoted = models.TextField(blank=True)
    adviser = models.CharField(max_length=300, blank=True)
    answers = models.ForeignKey(Voice, null=True, on_delete=models.SET_NULL, related_name="replies")

    class Meta:
        indexes = [models.Index(fields=["native_id"], name="reply_by_native", condition=~models.Q(native_id=""))]

    def __str__(self) -> str:
        return f"reply {self.public_id}"


@personal_data(
    purpose=sentence("to hold what we told everyone against what customers ask"),
    kept=sentence("without limit; it was public"),
    **SAID,
)
class Broadcast(Said):
    """What the organisation said to everyone."""

    def __str__(self) -> str:
        return f"broadcast {self.public_id}"


@personal_data(
    purpose=sentence("to lose nothing when an item comes in again with another text"),
    kept=sentence("as long as the voice"),
    id=Datum.NONE,
    voice=Datum.LINK,
    text=Datum.SAID,
    original=Datum.LINK,
    heard_at=Datum.NONE,
)
class LaterVersion(models.Model):
    """The same item, heard again with another text. It stands beside the voice, which stays as it was."""

    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="later_versions")
    text = models.TextField()
    original = models.ForeignKey(Original, on_delete=models.PROTECT, related_name="+")
    heard_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["voice", "original"], name="later_version_once")]

    def __str__(self) -> str:
        return f"later version of {self.voice_id}"
