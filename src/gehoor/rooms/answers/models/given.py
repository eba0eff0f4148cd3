"""What customers were told when they asked, and whether it agrees. Derived, but for what people ruled."""

from django.conf import settings
from django.db import models

from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data
from gehoor.rooms.answers.models.book import Answer
from gehoor.rooms.answers.models.visits import VisitAnswer
from gehoor.rooms.voices.models import Reply, Voice


@personal_data(
    purpose=sentence("to see whether everyone who asked the same was told the same"),
    kept=sentence("as long as one of its answers"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    text=Datum.SAID,
    asked_in=Datum.LINK,
    answer=Datum.NONE,
    verdict=Datum.NONE,
    groups=Datum.NONE,
    clashes=Datum.SAID,
    read=Datum.NONE,
)
class Question(models.Model):
    """One question that several customers asked and of which we gave answers. Derived; ids carry over regrouping.

    ``text`` is the question of the entry ``answer`` when the book has one, else how it was asked in the voice
    ``asked_in``. ``groups`` and ``clashes`` are what :func:`gehoor.analysis.agreement.group` found, with the keys of
    ``Given`` in place of numbers.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    text = models.TextField()
    asked_in = models.ForeignKey(Voice, null=True, on_delete=models.CASCADE, related_name="+")
    answer = models.ForeignKey(Answer, null=True, on_delete=models.SET_NULL, related_name="asked")
    verdict = models.CharField(max_length=12)
    groups = models.JSONField(default=list)
    clashes = models.JSONField(default=list)
    read = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"question {self.public_id}"


@personal_data(
    purpose=sentence("to see whether everyone who asked the same was told the same"),
    kept=sentence("as long as the voice and the answer"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    voice=Datum.LINK,
    ask_start=Datum.NONE,
    ask_end=Datum.NONE,
    reply=Datum.LINK,
    visited=Datum.LINK,
    start=Datum.NONE,
    end=Datum.NONE,
    adviser=Datum.STAFF,
    channel=Datum.NONE,
    said_at=Datum.NONE,
    question=Datum.LINK,
    group=Datum.NONE,
    against_book=Datum.NONE,
    states=Datum.DERIVED,
)
class Given(models.Model):
    """One answer that was given to one question of one voice.

    The question is ``voice.text[ask_start:ask_end]``; the answer is ``reply.text[start:end]``, or where there is no
    reply (a call, a chat) ``voice.text[start:end]``; for a mystery visit (``visited``) what the visitor was told.
    ``against_book``: the verdict beside the entry of its question, "" without one. ``states``: the facts in it.
    ``question`` is None where it was asked of us once only.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    voice = models.ForeignKey(Voice, null=True, on_delete=models.CASCADE, related_name="+")
    ask_start = models.PositiveIntegerField(default=0)
    ask_end = models.PositiveIntegerField(default=0)
    reply = models.ForeignKey(Reply, null=True, on_delete=models.CASCADE, related_name="+")
    visited = models.ForeignKey(VisitAnswer, null=True, on_delete=models.CASCADE, related_name="+")
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    adviser = models.CharField(max_length=300, blank=True)
    channel = models.CharField(max_length=40)
    said_at = models.DateTimeField(null=True)
    question = models.ForeignKey(Question, null=True, on_delete=models.SET_NULL, related_name="given")
    group = models.PositiveIntegerField(default=0)
    against_book = models.CharField(max_length=12, blank=True)
    states = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["question", "group"], name="given_by_question")]

    def __str__(self) -> str:
        return f"given {self.public_id}"


@personal_data(
    purpose=sentence("to keep what people said of two answers beside what the machine made of them"),
    kept=sentence("as long as both answers"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    one=Datum.LINK,
    other=Datum.LINK,
    answer=Datum.NONE,
    verdict=Datum.NONE,
    why=Datum.NONE,
    undone=Datum.NONE,
    by=Datum.STAFF,
    at=Datum.NONE,
)
class Ruling(models.Model):
    """Someone said how two given answers stand to each other, or one to an entry. The newest not undone counts.

    Exactly one of ``other`` and ``answer`` is set. ``verdict``: agree, differ, contradict, cannot_tell, or
    other_question: they were asked different things.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    one = models.ForeignKey(Given, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Given, null=True, on_delete=models.CASCADE, related_name="+")
    answer = models.ForeignKey(Answer, null=True, on_delete=models.CASCADE, related_name="+")
    verdict = models.CharField(max_length=16)
    why = models.CharField(max_length=500, blank=True)
    undone = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="ruling_of_two",
                condition=models.Q(other=None, answer__isnull=False) | models.Q(other__isnull=False, answer=None),
            )
        ]

    def __str__(self) -> str:
        return f"ruling {self.public_id}"
