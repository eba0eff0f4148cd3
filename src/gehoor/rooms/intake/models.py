"""How items came in, what each of them became, and what still waits."""

from django.conf import settings
from django.db import models

from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data
from gehoor.rooms.voices.models import Broadcast, Container, Original, Reply, Voice


class State(models.TextChoices):
    """Of an arrival."""

    WAITING = "waiting"
    READING = "reading"
    DONE = "done"


@personal_data(
    purpose=sentence("to tell what the organisation says from what customers say"),
    kept=sentence("as long as the organisation uses it"),
    id=Datum.NONE,
    kind=Datum.NONE,
    value=Datum.NONE,
    network=Datum.NONE,
)
class OwnIdentity(models.Model):
    """An address, whole mail domain, number or handle of the organisation itself, normalised."""

    kind = models.CharField(max_length=20)
    value = models.CharField(max_length=300)
    network = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "value", "network"], name="own_identity_once")]

    def __str__(self) -> str:
        return self.value


@personal_data(
    purpose=sentence("to hear by itself what comes in through a mailbox or a folder"),
    kept=sentence("as long as the organisation uses it"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    kind=Datum.NONE,
    channel=Datum.NONE,
    name=Datum.NONE,
    settings=Datum.NONE,
    secret=Datum.NONE,
    paused=Datum.NONE,
    removed=Datum.NONE,
    cursor=Datum.NONE,
    begun_at=Datum.NONE,
    tried_at=Datum.NONE,
    heard_at=Datum.NONE,
    waits=Datum.NONE,
    trouble=Datum.NONE,
)
class Source(models.Model):
    """One configured inlet: this mailbox, that folder. ``kind`` names the inlet.

    ``settings`` holds the inlet's fields, ``secret`` those that are shown to nobody. ``trouble`` is ``[text, remedy,
    values]`` of why it could not be reached the last time, empty when it could; ``waits`` is how many items it knows to
    be there and has not brought. A removed source stays for what came in through it.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    kind = models.CharField(max_length=40)
    channel = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=100)
    settings = models.JSONField(default=dict)
    secret = models.JSONField(default=dict)
    paused = models.BooleanField(default=False)
    removed = models.BooleanField(default=False)
    cursor = models.TextField(blank=True)
    begun_at = models.DateTimeField(auto_now_add=True)
    tried_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    waits = models.PositiveIntegerField(default=0)
    trouble = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.name


@personal_data(
    purpose=sentence("to show what was sent in, by whom, and how far it is"),
    kept=sentence("as long as what came in with it"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    name=Datum.NONE,
    by=Datum.STAFF,
    at=Datum.NONE,
    state=Datum.NONE,
    channel=Datum.NONE,
    mapping=Datum.NONE,
    take_proposal=Datum.NONE,
    folder=Datum.NONE,
    source=Datum.NONE,
    bytes_all=Datum.NONE,
    bytes_read=Datum.NONE,
    counts=Datum.NONE,
)
class Arrival(models.Model):
    """One act of sending in: an upload, a run of ``listen``, or what a source brought on one day.

    ``counts`` holds the summary so far.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    name = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING, db_index=True)
    channel = models.CharField(max_length=40, blank=True)
    mapping = models.JSONField(default=dict)
    take_proposal = models.BooleanField(default=False)
    folder = models.CharField(max_length=500, blank=True)
    source = models.ForeignKey(Source, null=True, on_delete=models.PROTECT, related_name="arrivals")
    bytes_all = models.PositiveBigIntegerField(default=0)
    bytes_read = models.PositiveBigIntegerField(default=0)
    counts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.name


class Outcome(models.TextChoices):
    """What an item became."""

    VOICE = "voice"
    REPLY = "reply"
    BROADCAST = "broadcast"
    NOTHING_SAID = "nothing_said"
    WAITING = "waiting"
    REFUSED = "refused"


@personal_data(
    purpose=sentence("to hear the same item only once, and to list what could not be read"),
    kept=sentence("as long as the voice or reply that it became; a refused item until it is read or removed"),
    id=Datum.NONE,
    key=Datum.DERIVED,
    said_key=Datum.DERIVED,
    bytes_key=Datum.DERIVED,
    arrival=Datum.NONE,
    outcome=Datum.NONE,
    file=Datum.NONE,
    item=Datum.IDENTIFYING,
    code=Datum.NONE,
    reason=Datum.NONE,
    hints=Datum.IDENTIFYING,
    original=Datum.LINK,
    voice=Datum.LINK,
    reply=Datum.LINK,
    broadcast=Datum.LINK,
    at=Datum.NONE,
)
class Item(models.Model):
    """One item, known by ``key`` (and ``said_key``, ``bytes_key``: see ``intake.keys``).

    ``reason`` holds ``[text, remedy, values]`` of an item that waits or was refused, ``hints`` what its reader has to
    be told again when an engine's turn comes.
    """

    key = models.BinaryField(max_length=32, unique=True)
    said_key = models.BinaryField(max_length=32, null=True, db_index=True)
    bytes_key = models.BinaryField(max_length=32, null=True, db_index=True)
    arrival = models.ForeignKey(Arrival, on_delete=models.PROTECT, related_name="items")
    outcome = models.CharField(max_length=12, choices=Outcome, db_index=True)
    file = models.CharField(max_length=500)
    item = models.CharField(max_length=600)
    code = models.CharField(max_length=40, blank=True)
    reason = models.JSONField(default=list)
    hints = models.JSONField(default=dict)
    original = models.ForeignKey(Original, null=True, on_delete=models.PROTECT, related_name="+")
    voice = models.ForeignKey(Voice, null=True, on_delete=models.CASCADE, related_name="items")
    reply = models.ForeignKey(Reply, null=True, on_delete=models.CASCADE, related_name="items")
    broadcast = models.ForeignKey(Broadcast, null=True, on_delete=models.CASCADE, related_name="items")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.outcome} {self.pk}"


class Silent(models.TextChoices):
    """What was not heard."""

    LETTERS = "letters"
    CALLS = "calls"
    MAILS = "mails"
    FORMS = "forms"
    OTHER = "other"


@personal_data(
    purpose=sentence("to count what customers tried to say and nobody heard"),
    kept=sentence("without limit; it is about nobody"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    what=Datum.NONE,
    source=Datum.NONE,
    since=Datum.NONE,
    until=Datum.NONE,
    count=Datum.NONE,
    waited_minutes=Datum.NONE,
    by=Datum.STAFF,
    at=Datum.NONE,
    removed=Datum.NONE,
)
class NotHeard(models.Model):
    """How often customers tried in vain in a period, both days included: calls abandoned, letters in the drawer.

    ``waited_minutes`` is what they waited all together, None where nobody knows. One row for each thing, source and
    period; entering it again replaces it.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    what = models.CharField(max_length=10, choices=Silent)
    source = models.ForeignKey(Source, null=True, on_delete=models.PROTECT, related_name="not_heard")
    since = models.DateField()
    until = models.DateField()
    count = models.PositiveIntegerField()
    waited_minutes = models.FloatField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    removed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="not_heard_period", condition=models.Q(until__gte=models.F("since")))
        ]

    def __str__(self) -> str:
        return f"{self.count} {self.what}"


__all__ = ["Arrival", "Container", "Item", "NotHeard", "Outcome", "OwnIdentity", "Silent", "Source", "State"]
