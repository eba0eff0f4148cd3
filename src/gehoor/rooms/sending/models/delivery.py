"""What one person is told in one run, and how far that is."""

from django.conf import settings
from django.db import models

from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data
from gehoor.rooms.people.models import Person
from gehoor.rooms.sending.models.run import PrintJob, Run
from gehoor.rooms.sending.models.sender import SenderSettings
from gehoor.rooms.voices.models import Reply, Voice


class State(models.TextChoices):
    """Of a delivery; ``states.py`` says which may follow which.

    ``ENDING``: the last step before the other side may deliver it has begun. ``UNSURE``: that step was cut off, so
    nobody knows yet. ``SENT``: this person was told (the mail was taken, the letter is in the post, the call was held).
    """

    WAITING = "waiting"
    ENDING = "ending"
    UNSURE = "unsure"
    PRINTED = "printed"
    SENT = "sent"
    FAILED = "failed"
    UNREACHABLE = "unreachable"
    NOT_WANTED = "not_wanted"


@personal_data(
    purpose=sentence("to tell each person once, and to know afterwards what was told, how and why so"),
    kept=sentence("as long as the person"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    run=Datum.NONE,
    person=Datum.LINK,
    voice=Datum.LINK,
    channel=Datum.DERIVED,
    why=Datum.DERIVED,
    kind=Datum.NONE,
    address=Datum.IDENTIFYING,
    network=Datum.NONE,
    postal=Datum.IDENTIFYING,
    name=Datum.IDENTIFYING,
    language=Datum.DERIVED,
    state=Datum.NONE,
    reason=Datum.NONE,
    round=Datum.NONE,
    attempts=Datum.NONE,
    try_after=Datum.NONE,
    sender=Datum.NONE,
    native_id=Datum.LINK,
    ended_at=Datum.NONE,
    copied_at=Datum.NONE,
    told_at=Datum.NONE,
    by=Datum.STAFF,
    reply=Datum.LINK,
    job=Datum.NONE,
    claimed_by=Datum.STAFF,
    claimed_at=Datum.NONE,
)
class Delivery(models.Model):
    """One person in one run, by the channel and at the address chosen when the run was planned (``why`` says why).
    ``person`` is None only in a run of one, for someone of whom we know an address and not who it is.

    ``voice`` is what this person said, of which we tell what became of it. ``kind``, ``address`` and ``network`` are
    the identity it goes to, ``postal`` is ``[street, postcode, place, country]``. ``reason`` is ``[text, remedy,
    values]`` of a state that needs one. ``round`` counts how often it was planned anew. ``native_id`` and ``ended_at``
    are written right before the last step; ``copied_at`` is when a copy of the message was heard. ``attempts`` counts
    tries that came to nothing.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="deliveries")
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    voice = models.ForeignKey(Voice, null=True, on_delete=models.SET_NULL, related_name="+")
    channel = models.CharField(max_length=40, blank=True)
    why = models.CharField(max_length=500, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=300, blank=True)
    network = models.CharField(max_length=40, blank=True)
    postal = models.JSONField(default=list)
    name = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=2, default="nl")
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    reason = models.JSONField(default=list)
    round = models.PositiveIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)
    try_after = models.DateTimeField(null=True)
    sender = models.ForeignKey(SenderSettings, null=True, on_delete=models.SET_NULL, related_name="+")
    native_id = models.CharField(max_length=600, blank=True)
    ended_at = models.DateTimeField(null=True)
    copied_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reply = models.ForeignKey(Reply, null=True, on_delete=models.SET_NULL, related_name="+")
    job = models.ForeignKey(PrintJob, null=True, on_delete=models.PROTECT, related_name="letters")
    claimed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    claimed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "person"], name="delivery_once")]
        indexes = [
            models.Index(fields=["run", "channel", "state"], name="delivery_by_state"),
            models.Index(fields=["state", "channel", "id"], name="delivery_to_do"),
            models.Index(fields=["native_id"], name="delivery_by_native", condition=~models.Q(native_id="")),
        ]

    def __str__(self) -> str:
        return f"delivery {self.public_id}"


class Outcome(models.TextChoices):
    """What came of a call."""

    TOLD = "told"
    NOT_REACHED = "not_reached"
    CALL_BACK = "call_back"
    NOT_WANTED = "not_wanted"
    WRONG_NUMBER = "wrong_number"


@personal_data(
    purpose=sentence("to know how often someone was called in vain, and to be able to undo what was noted"),
    kept=sentence("as long as the person"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    delivery=Datum.LINK,
    outcome=Datum.NONE,
    call_at=Datum.NONE,
    by=Datum.STAFF,
    at=Datum.NONE,
    undone=Datum.NONE,
)
class CallTry(models.Model):
    """One call that someone of ours made. ``call_at`` is when this person asked to be called back."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="tries")
    outcome = models.CharField(max_length=12, choices=Outcome)
    call_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.outcome
