"""What customers were told when they asked, and whether it agrees. Derived, but for what people ruled."""

from django.conf import settings
from django.db import models

from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data
from gehoor.rooms.answers.models.book import Answer
from gehoor.rooms.answers.models.visits import VisitAnswer
from gehoor.rooms.people.models import Person
from gehoor.rooms.sending.models import Run
from gehoor.rooms.voices.models import Reply, Voice


class Joined(models.IntegerChoices):
    """How far joining is with a given answer. ``WHOLE``: when all were joined together; ``ADDED``: after that."""

    NOT_YET = 0
    WHOLE = 1
    ADDED = 2


@personal_data(
    purpose=sentence("to know of which voices and replies the answers were found"),
    kept=sentence("as long as the voice or the reply"),
    id=Datum.NONE,
    voice=Datum.LINK,
    reply=Datum.LINK,
    at=Datum.NONE,
)
class Looked(models.Model):
    """The answers in this voice (a call, a chat), or in this reply, were looked for. What lacks this row is pending."""

    voice = models.OneToOneField(Voice, null=True, on_delete=models.CASCADE, related_name="looked")
    reply = models.OneToOneField(Reply, null=True, on_delete=models.CASCADE, related_name="looked")
    at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"looked at {self.voice_id or self.reply_id}"


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
    ``asked_in``. An empty ``verdict``: to be judged. ``groups`` is a list of ``{"number", "given", "facts", "book"}``:
    what a group says are those facts of ``states`` of that one of its answers; ``book`` is how it stands to the entry
    as that is now ("" where that does not show). ``clashes`` is a list of ``{"kind", "about", "values": [{"given",
    "start", "end", "group"}]}`` with places in that answer; neither holds a word of an answer.
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
    joined=Datum.NONE,
    group=Datum.NONE,
    against_book=Datum.NONE,
    states=Datum.DERIVED,
)
class Given(models.Model):
    """One answer that was given to one question of one voice.

    The question is ``voice.text[ask_start:ask_end]``; the answer is ``reply.text[start:end]``, or where there is no
    reply (a call, a chat) ``voice.text[start:end]``; for a mystery visit (``visited``) what the visitor was told.
    ``against_book``: the verdict beside the entry of its question, "" without one. ``states``: the facts in it.
    ``question`` is None where it was asked of us once only, and as long as ``joined`` is 0.
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
    joined = models.PositiveSmallIntegerField(choices=Joined, default=Joined.NOT_YET, db_index=True)
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

    Exactly one of ``other`` and ``answer`` is set. ``verdict``: agree, differ, contradict, cannot_tell; other_question:
    they were asked different things; wrong: ``one`` was not right, where ``other`` was.
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


@personal_data(
    purpose=sentence("to tell who was told something wrong how it really is, once"),
    kept=sentence("as long as its run"),
    id=Datum.NONE,
    run=Datum.NONE,
    question=Datum.NONE,
    by=Datum.STAFF,
    at=Datum.NONE,
)
class Righting(models.Model):
    """A run of the sending room in which people are told the right answer after all."""

    run = models.OneToOneField(Run, on_delete=models.CASCADE, related_name="righting")
    question = models.ForeignKey(Question, null=True, on_delete=models.SET_NULL, related_name="rightings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"righting of {self.question_id}"


@personal_data(
    purpose=sentence("to tell who was told something wrong how it really is, once"),
    kept=sentence("as long as the answer that was given"),
    id=Datum.NONE,
    righting=Datum.NONE,
    given=Datum.LINK,
    person=Datum.LINK,
)
class Righted(models.Model):
    """This answer to this person is put right in this run; whether it was told already stands on the delivery."""

    righting = models.ForeignKey(Righting, on_delete=models.CASCADE, related_name="righted")
    given = models.ForeignKey(Given, on_delete=models.CASCADE, related_name="righted")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["righting", "given"], name="righted_once")]

    def __str__(self) -> str:
        return f"{self.given_id} in {self.righting_id}"
