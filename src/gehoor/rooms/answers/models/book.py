"""The answer book: entries, their versions, and other ways to ask the same."""

from django.conf import settings
from django.db import models

from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data
from gehoor.rooms.voices.models import Voice


class State(models.TextChoices):
    """How far an entry is: the states of knowledge-centred service (Consortium for Service Innovation, KCS v6)."""

    WORK_IN_PROGRESS = "work_in_progress"
    NOT_VALIDATED = "not_validated"
    VALIDATED = "validated"
    ARCHIVED = "archived"


class Audience(models.TextChoices):
    """Who may read an entry."""

    ADVISERS = "advisers"
    CUSTOMERS = "customers"


class Manner(models.TextChoices):
    """In which form an answer is given: as long as a letter, or as short as a post."""

    LETTER = "letter"
    MAIL = "mail"
    PHONE = "phone"
    POST = "post"


class Proposal(models.TextChoices):
    """What became of a version that somebody proposed beside the one that holds."""

    OPEN = "open"
    TAKEN = "taken"
    DECLINED = "declined"
    REPLACED = "replaced"


@personal_data(
    purpose=sentence("to give everyone who asks the same the same good answer"),
    kept=sentence("without limit; it is the organisation's own knowledge"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    source=Datum.NONE,
    source_id=Datum.NONE,
    by=Datum.STAFF,
    at=Datum.NONE,
    current=Datum.NONE,
)
class Answer(models.Model):
    """An entry: one question and its answer. Everything said in it stands in its versions; ``current`` is the newest
    that is no proposal.

    ``source`` and ``source_id`` say where an imported entry came from, so that a later import finds it again.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    source = models.CharField(max_length=200, blank=True)
    source_id = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    current = models.OneToOneField("Version", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id"], name="answer_once", condition=~models.Q(source_id="")
            )
        ]

    def __str__(self) -> str:
        return f"answer {self.public_id}"


@personal_data(
    purpose=sentence("to show what the answer was at any time, who changed it and why"),
    kept=sentence("without limit; it is the organisation's own knowledge"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    answer=Datum.NONE,
    number=Datum.NONE,
    language=Datum.NONE,
    subject=Datum.NONE,
    question=Datum.NONE,
    text=Datum.NONE,
    forms=Datum.NONE,
    facts=Datum.NONE,
    state=Datum.NONE,
    audience=Datum.NONE,
    owner=Datum.STAFF,
    valid_from=Datum.NONE,
    valid_to=Datum.NONE,
    review_on=Datum.NONE,
    restores=Datum.NONE,
    proposal=Datum.NONE,
    imported=Datum.NONE,
    why=Datum.NONE,
    by=Datum.STAFF,
    at=Datum.NONE,
)
class Version(models.Model):
    """An entry as it was from one moment on. Never changed: what is otherwise is a new version, also what is undone
    (``restores`` names the version that came back, or the proposal that was taken over).

    ``proposal`` is "" for a version that held from its moment on; else it was laid beside the one that holds, and says
    what became of it: the only field that changes. ``imported``: an import made it. ``subject`` is what entries are
    grouped by.

    ``forms`` is a list of ``{"manner", "language", "text"}``; a form that is missing follows ``text``. ``facts`` is a
    list of what the answer states, each as :meth:`gehoor.analysis.agreement.Fact.to_json` with ``"by_person"``: whether
    someone confirmed or typed it. Both days of validity are included.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    language = models.CharField(max_length=2, default="nl")
    subject = models.CharField(max_length=200, blank=True)
    question = models.CharField(max_length=500)
    text = models.TextField()
    forms = models.JSONField(default=list)
    facts = models.JSONField(default=list)
    state = models.CharField(max_length=20, choices=State, default=State.WORK_IN_PROGRESS)
    audience = models.CharField(max_length=20, choices=Audience, default=Audience.ADVISERS)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    review_on = models.DateField(null=True)
    restores = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    proposal = models.CharField(max_length=10, choices=Proposal, blank=True)
    imported = models.BooleanField(default=False)
    why = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "number"], name="answer_version_once")]
        indexes = [
            models.Index(fields=["state", "audience"], name="answer_version_state"),
            models.Index(fields=["answer"], name="answer_proposed", condition=models.Q(proposal="open")),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.answer_id}"


@personal_data(
    purpose=sentence("to find the answer also when a question is asked in other words"),
    kept=sentence("as long as the voice that asked so; without limit when we thought it up"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    answer=Datum.NONE,
    text=Datum.SAID,
    voice=Datum.LINK,
    removed=Datum.NONE,
    by=Datum.STAFF,
    at=Datum.NONE,
)
class Phrasing(models.Model):
    """Another way to ask what an entry answers: thought up by us, or asked so by a customer (``voice``)."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="phrasings")
    text = models.CharField(max_length=1000)
    voice = models.ForeignKey(Voice, null=True, on_delete=models.CASCADE, related_name="+")
    removed = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"phrasing {self.public_id}"


@personal_data(
    purpose=sentence("to know when an answer is worth looking at again"),
    kept=sentence("as long as the entry"),
    id=Datum.NONE,
    answer=Datum.NONE,
    need=Datum.NONE,
    by=Datum.STAFF,
    at=Datum.NONE,
)
class AnswerNeed(models.Model):
    """Who has this need, asks this question. ``need`` is a public id, which lives through generations."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="needs")
    need = models.UUIDField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "need"], name="answer_need_once")]

    def __str__(self) -> str:
        return f"{self.need} for {self.answer_id}"


@personal_data(
    purpose=sentence("to find an answer within a moment"),
    kept=sentence("as long as the text that it was made of"),
    id=Datum.NONE,
    answer=Datum.NONE,
    phrasing=Datum.LINK,
    text_hash=Datum.DERIVED,
    model=Datum.NONE,
    vector=Datum.DERIVED,
)
class AnswerVector(models.Model):
    """One text of an entry (its question, a phrasing, a passage of its answer) as numbers. Derived.

    ``vector`` is float16, as many as the model has dimensions; ``text_hash`` is SHA-256 of the text as it was embedded.
    """

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="vectors")
    phrasing = models.ForeignKey(Phrasing, null=True, on_delete=models.CASCADE, related_name="+")
    text_hash = models.BinaryField(max_length=32)
    model = models.CharField(max_length=200)
    vector = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answer", "text_hash", "model"], name="answer_vector_once"),
        ]

    def __str__(self) -> str:
        return f"vector of {self.answer_id}"


@personal_data(
    purpose=sentence("to know whether customers may read the answer book, and who said so"),
    kept=sentence("without limit; it is the organisation's own decision"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    is_open=Datum.NONE,
    by=Datum.STAFF,
    at=Datum.NONE,
)
class PublicBook(models.Model):
    """From this moment on everyone may read what is meant for customers, or not. The newest counts; none: not."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    is_open = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return "open" if self.is_open else "closed"
