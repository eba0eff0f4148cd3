"""Answers on their way: drafts, what goes out for a case, and what says by itself that something came in."""

from django.conf import settings
from django.db import models

from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data
from gehoor.rooms.desk.models.case import Case, State
from gehoor.rooms.sending.models import Run
from gehoor.rooms.voices.models import Reply, Voice


@personal_data(
    purpose=sentence("to lose nothing of an answer while it is written"),
    kept=sentence("until it is sent or thrown away"),
    id=Datum.NONE,
    case=Datum.LINK,
    way=Datum.NONE,
    subject=Datum.SAID,
    text=Datum.SAID,
    revision=Datum.NONE,
    by=Datum.STAFF,
    at=Datum.NONE,
)
class Draft(models.Model):
    """The answer that is being written in a case; colleagues share it. Whoever saves says on which ``revision`` that
    stands, so that nobody overwrites unseen what another wrote. ``way`` is the choice of how it goes out."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="draft")
    way = models.CharField(max_length=60, blank=True)
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
    asks=Datum.NONE,
    promised_for=Datum.NONE,
    by=Datum.STAFF,
    at=Datum.NONE,
    leaves_at=Datum.NONE,
    then=Datum.NONE,
    was=Datum.NONE,
    went_at=Datum.NONE,
    taken_back=Datum.NONE,
    failed=Datum.NONE,
)
class Answer(models.Model):
    """One answer of ours in a case. ``answers`` is the voice it answers: of two advisers who answer the same voice at
    the same moment, one does. ``run`` carries it where a sender takes it out (a run of one); ``reply`` is it once it
    went. ``automatic``: says that we received it, and hopes to hear by ``promised_for``. ``asks``: it carries the
    link of the one question. ``leaves_at``: until then it
    can be taken back. ``then`` is the state of the case once it went, ``was`` the one before; ``went_at`` when the
    customer had it, as far as we know: the mail was taken, the letter posted, the call held. ``failed`` is ``[text,
    remedy, values]`` of why it did not arrive."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="answers")
    answers = models.ForeignKey(Voice, null=True, on_delete=models.SET_NULL, related_name="+")
    channel = models.CharField(max_length=40)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    run = models.OneToOneField(Run, null=True, on_delete=models.SET_NULL, related_name="+")
    reply = models.ForeignKey(Reply, null=True, on_delete=models.SET_NULL, related_name="+")
    automatic = models.BooleanField(default=False)
    asks = models.BooleanField(default=False)
    promised_for = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    leaves_at = models.DateTimeField()
    then = models.CharField(max_length=20, choices=State, default=State.WAITING_CUSTOMER)
    was = models.CharField(max_length=20, choices=State, blank=True)
    went_at = models.DateTimeField(null=True)
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


class Unsaid(models.TextChoices):
    """Why a new voice got no word that it came in."""

    OFF = "off"
    OLD = "old"
    NOT_FIRST = "not_first"
    NO_ADDRESS = "no_address"
    MACHINE = "machine"
    OURS = "ours"
    UNWANTED = "unwanted"
    RECENTLY = "recently"
    TOO_MANY = "too_many"
    ANSWERED = "answered"


@personal_data(
    purpose=sentence("to say once that something came in, and to say it to nobody who is a machine"),
    kept=sentence("as long as the voice"),
    voice=Datum.LINK,
    answer=Datum.LINK,
    unsaid=Datum.NONE,
    address=Datum.DERIVED,
    at=Datum.NONE,
)
class Receipt(models.Model):
    """What was done about one voice that came in: ``answer`` says that we received it, or ``unsaid`` why nothing does.
    ``address`` is the hash of where it went, so that nobody hears it twice in a day."""

    voice = models.OneToOneField(Voice, primary_key=True, on_delete=models.CASCADE, related_name="receipt")
    answer = models.OneToOneField(Answer, null=True, on_delete=models.SET_NULL, related_name="receipt")
    unsaid = models.CharField(max_length=12, choices=Unsaid, blank=True)
    address = models.BinaryField(max_length=32, null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["address", "at"], name="receipt_by_address")]

    def __str__(self) -> str:
        return f"receipt of voice {self.voice_id}"


@personal_data(
    purpose=sentence("to answer as the organisation wants to"),
    kept=sentence("without limit; it says nothing about customers"),
    id=Datum.NONE,
    undo_seconds=Datum.NONE,
    acknowledge=Datum.NONE,
    per_minute=Datum.NONE,
    ask=Datum.NONE,
    ask_months=Datum.NONE,
    by=Datum.STAFF,
    at=Datum.NONE,
)
class Manners(models.Model):
    """One version of how we answer; the newest counts. ``acknowledge``: say at once that a mail or contact form came
    in; ``per_minute``: at most so many a minute. ``ask``: ask with the last answer whether it helped, nobody more than
    once in ``ask_months``."""

    undo_seconds = models.PositiveIntegerField(default=20)
    acknowledge = models.BooleanField(default=False)
    per_minute = models.PositiveIntegerField(default=30)
    ask = models.BooleanField(default=False)
    ask_months = models.PositiveSmallIntegerField(default=3)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"manners since {self.at:%Y-%m-%d}"
