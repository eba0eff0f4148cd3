"""The register of complaints."""

from django.conf import settings
from django.db import models

from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data
from gehoor.rooms.desk.models.case import Case
from gehoor.rooms.people.models import Person
from gehoor.rooms.voices.models import Voice


class Outcome(models.TextChoices):
    """How a complaint was judged."""

    UPHELD = "upheld"
    PARTLY = "partly"
    NOT_UPHELD = "not_upheld"
    GOODWILL = "goodwill"
    WITHDRAWN = "withdrawn"


@personal_data(
    purpose=sentence("to handle every complaint in time and to learn from it"),
    kept=sentence("name, address and words until a year after it was handled; the line and its lesson without limit"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    voice=Datum.LINK,
    person=Datum.LINK,
    case=Datum.LINK,
    name=Datum.IDENTIFYING,
    address=Datum.IDENTIFYING,
    received_at=Datum.NONE,
    about=Datum.SAID,
    official=Datum.NONE,
    acknowledged_at=Datum.NONE,
    final_by=Datum.NONE,
    answered_at=Datum.NONE,
    outcome=Datum.DERIVED,
    handling=Datum.SAID,
    cause=Datum.NONE,
    lesson=Datum.NONE,
    removed=Datum.NONE,
    person_erased_at=Datum.NONE,
    blotted=Datum.NONE,
    by=Datum.STAFF,
    at=Datum.NONE,
)
class Complaint(models.Model):
    """One complaint in the register. ``final_by`` is the day (end of it) on which the consumer can go to Kifid;
    ``answered_at`` when the final answer went out. ``handling`` is what was done, ``cause`` the root cause, ``lesson``
    what we learned. ``removed``: it was registered by mistake; the line stays, and says so.

    ``person_erased_at``: all else that we kept of this person is erased, and this line leads to nobody any more; its
    name, address and words stay until a year after it was handled, and are then ``blotted``."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    voice = models.OneToOneField(Voice, null=True, on_delete=models.SET_NULL, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    case = models.ForeignKey(Case, null=True, on_delete=models.SET_NULL, related_name="complaints")
    name = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=500, blank=True)
    received_at = models.DateTimeField()
    about = models.TextField()
    official = models.BooleanField(default=True)
    acknowledged_at = models.DateTimeField(null=True)
    final_by = models.DateField()
    answered_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    handling = models.TextField(blank=True)
    cause = models.CharField(max_length=300, blank=True)
    lesson = models.TextField(blank=True)
    removed = models.BooleanField(default=False)
    person_erased_at = models.DateTimeField(null=True)
    blotted = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["answered_at", "final_by"], name="complaint_due"),
            models.Index(fields=["-received_at", "-id"], name="complaint_by_time"),
        ]

    def __str__(self) -> str:
        return f"complaint {self.public_id}"


@personal_data(
    purpose=sentence("to show how a complaint was handled, and to undo it"),
    kept=sentence("as long as the complaint"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    complaint=Datum.LINK,
    kind=Datum.NONE,
    values=Datum.SAID,
    by=Datum.STAFF,
    at=Datum.NONE,
    undone=Datum.NONE,
)
class ComplaintStep(models.Model):
    """One change of a complaint; ``values`` holds what was and what is. Append-only but for ``undone``."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=20)
    values = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.kind


@personal_data(
    purpose=sentence("to propose no complaint twice that someone looked at and did not register"),
    kept=sentence("as long as the voice"),
    id=Datum.NONE,
    voice=Datum.LINK,
    by=Datum.STAFF,
    at=Datum.NONE,
)
class NoComplaint(models.Model):
    """Someone said that this voice, which reads like a complaint, does not belong in the register."""

    voice = models.OneToOneField(Voice, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"no complaint in voice {self.voice_id}"
