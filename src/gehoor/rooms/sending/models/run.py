"""One telling of one wording to many people, and the stacks of letters that it makes."""

from django.conf import settings
from django.db import models

from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data
from gehoor.rooms.sending.models.wording import Wording
from gehoor.rooms.voices.models import Original


class RunKind(models.TextChoices):
    """``MANY``: one text for everyone whom it concerns. ``ANSWER``: what someone of ours wrote to one person.
    ``RECEIPT``: what Gehoor says of itself to one person, that something came in."""

    MANY = "many"
    ANSWER = "answer"
    RECEIPT = "receipt"


class RunState(models.TextChoices):
    """``DRAFT``: its text may not go out yet. ``DONE``: nothing in it waits for anyone any more."""

    DRAFT = "draft"
    READY = "ready"
    SENDING = "sending"
    STOPPED = "stopped"
    DONE = "done"


@personal_data(
    purpose=sentence("to tell each person once, to be able to stop, and to show how far it is"),
    kept=sentence("without limit; it is the organisation's own judgement"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    name=Datum.NONE,
    wording=Datum.NONE,
    kind=Datum.NONE,
    state=Datum.NONE,
    behalf_what=Datum.NONE,
    behalf=Datum.NONE,
    by=Datum.STAFF,
    at=Datum.NONE,
    started_at=Datum.NONE,
    done_at=Datum.NONE,
)
class Run(models.Model):
    """A run. ``behalf_what`` and ``behalf`` are the kind and public id of what it is for (a change), as the audit trail
    names things. Only a run of the kind ``MANY`` is listed; the others are shown by what they are for."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    name = models.CharField(max_length=200)
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="runs")
    kind = models.CharField(max_length=10, choices=RunKind, default=RunKind.MANY)
    state = models.CharField(max_length=10, choices=RunState, default=RunState.DRAFT, db_index=True)
    behalf_what = models.CharField(max_length=60, blank=True)
    behalf = models.UUIDField(null=True, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class JobState(models.TextChoices):
    """Of a print job."""

    MADE = "made"
    POSTED = "posted"
    TAKEN_BACK = "taken_back"


@personal_data(
    purpose=sentence("to put each letter in the post once"),
    kept=sentence("as long as its run; the document as long as nobody in it asks to be erased"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    run=Datum.NONE,
    number=Datum.NONE,
    state=Datum.NONE,
    original=Datum.LINK,
    by=Datum.STAFF,
    at=Datum.NONE,
    posted_by=Datum.STAFF,
    posted_at=Datum.NONE,
)
class PrintJob(models.Model):
    """One stack of letters. ``number`` counts within the run. ``original`` is its document; empty until it is made and
    after someone in it was erased: then it is made anew of the letters that are left."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="jobs")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=JobState, default=JobState.MADE)
    original = models.ForeignKey(Original, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    posted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    posted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="print_job_once")]

    def __str__(self) -> str:
        return f"print job {self.number}"
