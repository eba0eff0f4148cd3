"""What we told a customer we would do, and by when."""

from django.conf import settings
from django.db import models

from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data
from gehoor.rooms.desk.models.case import Case
from gehoor.rooms.people.models import Person
from gehoor.rooms.voices.models import Reply


class PromiseState(models.TextChoices):
    """``PROPOSED``: found in what we wrote, nobody confirmed it. ``NONE``: someone said that it is no promise.
    ``RENEGOTIATED``: before it was due the customer was told another time, which is a promise of its own."""

    PROPOSED = "proposed"
    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    RENEGOTIATED = "renegotiated"
    NONE = "none"


@personal_data(
    purpose=sentence("to keep what we promised in sight until it is done"),
    kept=sentence("as long as the person or the case"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    state=Datum.NONE,
    what=Datum.SAID,
    person=Datum.LINK,
    case=Datum.LINK,
    reply=Datum.LINK,
    start=Datum.DERIVED,
    end=Datum.DERIVED,
    made_at=Datum.NONE,
    due_at=Datum.NONE,
    owner=Datum.STAFF,
    adviser=Datum.STAFF,
    instead_of=Datum.LINK,
    settled_at=Datum.NONE,
    by=Datum.STAFF,
)
class Promise(models.Model):
    """One promise. ``start`` to ``end`` is its place in the text of ``reply``; ``due_at`` is None where no time was
    named (the whole day: its last moment). ``adviser`` is who promised, as the source names them; ``owner`` who sees to
    it. ``instead_of`` is the promise that this one took the place of. ``settled_at`` is when it was kept, broken or
    renegotiated; ``by`` who confirmed or made it, None for one that Gehoor found.

    Whose it is says ``reply`` (by its addressing) where there is one, so that it follows when persons turn out to be
    one or several; ``person`` is who it seemed to be when it was made, and counts where there is no reply."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    state = models.CharField(max_length=12, choices=PromiseState, default=PromiseState.OPEN)
    what = models.CharField(max_length=500)
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, null=True, on_delete=models.SET_NULL, related_name="promises")
    reply = models.ForeignKey(Reply, null=True, on_delete=models.CASCADE, related_name="+")
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    adviser = models.CharField(max_length=300, blank=True)
    instead_of = models.OneToOneField("self", null=True, on_delete=models.SET_NULL, related_name="replaced_by")
    settled_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["state", "due_at", "id"], name="promise_due"),
            models.Index(fields=["owner", "state", "due_at"], name="promise_of_someone"),
        ]
        constraints = [models.UniqueConstraint(fields=["reply", "start"], name="promise_once")]

    def __str__(self) -> str:
        return f"promise {self.public_id}"


@personal_data(
    purpose=sentence("to show what became of a promise, and to undo it"),
    kept=sentence("as long as the promise"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    promise=Datum.LINK,
    kind=Datum.NONE,
    values=Datum.SAID,
    why=Datum.SAID,
    by=Datum.STAFF,
    at=Datum.NONE,
    undone=Datum.NONE,
)
class PromiseStep(models.Model):
    """One thing that was said about a promise; ``values`` holds what was and what is. Only ``undone`` ever changes."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=20)
    values = models.JSONField(default=dict)
    why = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.kind


@personal_data(
    purpose=sentence("to look for promises in each answer once"),
    kept=sentence("as long as the reply"),
    reply=Datum.LINK,
    found=Datum.DERIVED,
)
class LookedForPromises(models.Model):
    """A reply in which promises were looked for, and how many were found."""

    reply = models.OneToOneField(Reply, primary_key=True, on_delete=models.CASCADE, related_name="+")
    found = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"looked for promises in reply {self.reply_id}"
