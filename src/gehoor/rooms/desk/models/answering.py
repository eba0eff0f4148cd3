"""Answers on their way: drafts, what goes out for a case, and what says by itself that something came in."""

from django.conf import settings
from django.db import models

from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data
from gehoor.rooms.desk.models.case import Case
from gehoor.rooms.sending.models import Run
from gehoor.rooms.voices.models import Reply, Voice


@personal_data(
    purpose=sentence("to lose nothing of an answer while it is written"),
    kept=sentence("until it is sent or thrown away"),
    id=Datum.NONE,
    case=Datum.LINK,
    channel=Datum.NONE,
    subject=Datum.SAID,
    text=Datum.SAID,
    revision=Datum.NONE,
    by=Datum.STAFF,
    at=Datum.NONE,
)
class Draft(models.Model):
    """The answer that is being written in a case; colleagues share it. Whoever saves says on which ``revision`` that
    stands, so that nobody overwrites unseen what another wrote."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="draft")
    channel = models.CharField(max_length=40, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"draft of case {self.case_id}"


@personal_data(
    purpose=sentence("to send one answer once, to take it back in time, and to see that it arrived"),
    kept=sentence("as long as the case"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    case=Datum.LINK,
    answers=Datum.LINK,
    channel=Datum.NONE,
    subject=Datum.SAID,
    text=Datum.SAID,
    run=Datum.NONE,
    reply=Datum.LINK,
    automatic=Datum.NONE,
    promised_for=Datum.NONE,
    by=Datum.STAFF,
    at=Datum.NONE,
    leaves_at=Datum.NONE,
    taken_back=Datum.NONE,
    failed=Datum.NONE,
)
class Answer(models.Model):
    """One answer of ours in a case. ``answers`` is the voice it answers: of two advisers who answer the same voice at
    the same moment, one does. ``run`` carries it where a sender takes it out (a run of one); ``reply`` is it once it
    went. ``automatic``: says that we received it, and hopes to hear by ``promised_for``. ``leaves_at``: until then it
    can be taken back. ``failed`` is ``[text, remedy, values]`` of why it did not arrive."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="answers")
    answers = models.ForeignKey(Voice, null=True, on_delete=models.SET_NULL, related_name="+")
    channel = models.CharField(max_length=40)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    run = models.OneToOneField(Run, null=True, on_delete=models.SET_NULL, related_name="+")
    reply = models.ForeignKey(Reply, null=True, on_delete=models.SET_NULL, related_name="+")
    automatic = models.BooleanField(default=False)
    promised_for = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    leaves_at = models.DateTimeField()
    taken_back = models.BooleanField(default=False)
    failed = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["answers", "automatic"], condition=models.Q(taken_back=False), name="answered_once"
            )
        ]
        indexes = [models.Index(fields=["automatic", "at"], name="answers_by_time")]

    def __str__(self) -> str:
        return f"answer {self.public_id}"
