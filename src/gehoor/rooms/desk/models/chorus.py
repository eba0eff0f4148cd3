"""A chorus: many people who sent one text, and what we answer all of them."""

from django.conf import settings
from django.db import models

from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data


@personal_data(
    purpose=sentence("to answer many who sent one text together, and each of them"),
    kept=sentence("as long as one of its cases"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    begun_at=Datum.NONE,
    dissolved=Datum.NONE,
)
class Chorus(models.Model):
    """People who sent one text. Its cases name it; of those that wait the first stands in the list for all, the others
    stand ``behind`` it. ``dissolved``: someone said that these are different things after all."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    begun_at = models.DateTimeField()
    dissolved = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"chorus {self.public_id}"


@personal_data(
    purpose=sentence("to see that more people sent one text"),
    kept=sentence("as long as the chorus"),
    id=Datum.NONE,
    chorus=Datum.NONE,
    key=Datum.DERIVED,
    words=Datum.NONE,
)
class ChorusSentence(models.Model):
    """A sentence that the people of a chorus share, as ``analysis/alike`` numbers it."""

    chorus = models.ForeignKey(Chorus, on_delete=models.CASCADE, related_name="sentences")
    key = models.BigIntegerField(db_index=True)
    words = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chorus", "key"], name="sung_once")]

    def __str__(self) -> str:
        return f"sentence of chorus {self.chorus_id}"


@personal_data(
    purpose=sentence("to see that more people sent one text"),
    kept=sentence("two months"),
    id=Datum.NONE,
    case=Datum.LINK,
    key=Datum.DERIVED,
    words=Datum.NONE,
    until=Datum.NONE,
)
class CaseSentence(models.Model):
    """A sentence of a case that is in no chorus yet; somebody may send the same until ``until``."""

    case = models.ForeignKey("gehoor_desk.Case", on_delete=models.CASCADE, related_name="sentences")
    key = models.BigIntegerField(db_index=True)
    words = models.PositiveIntegerField()
    until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"sentence of case {self.case_id}"


@personal_data(
    purpose=sentence("to give everyone of a chorus one answer, once"),
    kept=sentence("as long as the chorus"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    chorus=Datum.NONE,
    subject=Datum.NONE,
    text_nl=Datum.NONE,
    text_en=Datum.NONE,
    then=Datum.NONE,
    by=Datum.STAFF,
    at=Datum.NONE,
    leaves_at=Datum.NONE,
    ended_at=Datum.NONE,
    stopped=Datum.NONE,
)
class ChorusAnswer(models.Model):
    """One answer to everyone of a chorus who waits when it leaves. Each gets it as an answer in their own case, with
    their own name above it. ``text_en`` goes to who writes English; where it is empty those wait on. ``ended_at``: all
    had it, or it was ``stopped``."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    chorus = models.ForeignKey(Chorus, on_delete=models.CASCADE, related_name="answers")
    subject = models.CharField(max_length=200, blank=True)
    text_nl = models.TextField()
    text_en = models.TextField(blank=True)
    then = models.CharField(max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    leaves_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    stopped = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["chorus"], condition=models.Q(ended_at=None), name="one_answer_to_a_chorus_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"answer to chorus {self.chorus_id}"


@personal_data(
    purpose=sentence("to know who of a chorus had the answer, and why somebody had not"),
    kept=sentence("as long as the case"),
    id=Datum.NONE,
    of=Datum.NONE,
    case=Datum.LINK,
    answer=Datum.LINK,
    why=Datum.NONE,
)
class ChorusTold(models.Model):
    """What became of the answer to a chorus in one case: ``answer``, or ``why`` not (one sentence in a list)."""

    of = models.ForeignKey(ChorusAnswer, on_delete=models.CASCADE, related_name="told")
    case = models.ForeignKey("gehoor_desk.Case", on_delete=models.CASCADE, related_name="+")
    answer = models.ForeignKey("gehoor_desk.Answer", null=True, on_delete=models.SET_NULL, related_name="+")
    why = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "case"], name="sung_to_once")]

    def __str__(self) -> str:
        return f"told in case {self.case_id}"
