"""A case: something that waits for someone, and what people did with it."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data
from gehoor.rooms.desk.models.chorus import Chorus
from gehoor.rooms.voices.models import Reply, Voice


class State(models.TextChoices):
    """How far a case is; ``cases/states.py`` says which may follow which."""

    NEW = "new"
    OPEN = "open"
    WAITING_CUSTOMER = "waiting_customer"
    WAITING_US = "waiting_us"
    SOLVED = "solved"
    CLOSED = "closed"
    MERGED = "merged"
    SPAM = "spam"


WAITS_FOR_US = (State.NEW, State.OPEN, State.WAITING_US)
"""In these states someone waits for us."""


class Priority(models.IntegerChoices):
    """How soon someone has to look, as people said or as the case itself tells."""

    LOW = 1
    NORMAL = 2
    HIGH = 3
    URGENT = 4


class Speed(models.TextChoices):
    """Whether an answer has to be quick, or had better be good: tomorrow is soon enough."""

    MATTERS = "matters"
    CAN_WAIT = "can_wait"
    UNSURE = "unsure"


@personal_data(
    purpose=sentence("to answer everyone who waits for us"),
    kept=sentence("as long as its voices"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    state=Datum.NONE,
    state_since=Datum.NONE,
    priority=Datum.NONE,
    speed=Datum.DERIVED,
    speed_why=Datum.DERIVED,
    speed_by=Datum.STAFF,
    voice=Datum.LINK,
    channel=Datum.NONE,
    about=Datum.SAID,
    assignee=Datum.STAFF,
    merged_into=Datum.NONE,
    snoozed_until=Datum.NONE,
    begun_at=Datum.NONE,
    waits_since=Datum.NONE,
    due_at=Datum.NONE,
    moved=Datum.NONE,
    chorus=Datum.LINK,
    behind=Datum.NONE,
    own_words=Datum.NONE,
    compared=Datum.NONE,
)
class Case(models.Model):
    """Something that waits for someone. Whose it is says ``voice``, the first of its voices; ``about`` is what it is
    called, in a few of the customer's words or ours.

    ``waits_since`` is when the customer began to wait for us, None while nobody waits; ``due_at`` the nearest time by
    which a clock wants something. Both are kept from the voices, the replies and the log, and can be made again.
    ``speed_why`` is a list of the signs found; ``speed_by`` who judged otherwise. ``moved`` grows with every change.
    ``chorus``: it is one text with others; ``behind``: another of them stands in the list for it; ``own_words``: so
    many words of it the others did not say; ``compared``: it was looked whether others sent the same.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    state = models.CharField(max_length=20, choices=State, default=State.NEW)
    state_since = models.DateTimeField(default=timezone.now)
    priority = models.PositiveSmallIntegerField(choices=Priority, default=Priority.NORMAL)
    speed = models.CharField(max_length=10, choices=Speed, default=Speed.UNSURE)
    speed_why = models.JSONField(default=list)
    speed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="+")
    channel = models.CharField(max_length=40)
    about = models.CharField(max_length=200, blank=True)
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    merged_into = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="merged")
    snoozed_until = models.DateTimeField(null=True)
    begun_at = models.DateTimeField()
    waits_since = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    moved = models.PositiveBigIntegerField(default=0, db_index=True)
    chorus = models.ForeignKey(Chorus, null=True, on_delete=models.SET_NULL, related_name="cases")
    behind = models.BooleanField(default=False)
    own_words = models.PositiveIntegerField(default=0)
    compared = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="case_to_compare", condition=models.Q(compared=False)),
            models.Index(
                fields=["chorus", "begun_at", "id"], name="case_of_chorus", condition=models.Q(state__in=WAITS_FOR_US)
            ),
            models.Index(fields=["due_at", "id"], name="case_by_due", condition=models.Q(state__in=WAITS_FOR_US)),
            models.Index(
                fields=["assignee", "due_at", "id"], name="case_of_someone", condition=models.Q(state__in=WAITS_FOR_US)
            ),
            models.Index(fields=["state", "-moved"], name="case_by_state"),
            models.Index(fields=["state_since"], name="case_to_close", condition=models.Q(state=State.SOLVED)),
            models.Index(
                fields=["snoozed_until"], name="case_snoozed", condition=models.Q(snoozed_until__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"case {self.public_id}"


@personal_data(
    purpose=sentence("to keep together what belongs to one case"),
    kept=sentence("as long as the voice"),
    id=Datum.NONE,
    case=Datum.LINK,
    voice=Datum.LINK,
    at=Datum.NONE,
)
class CaseVoice(models.Model):
    """One voice of a case; a voice is in one case at most."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="voices")
    voice = models.OneToOneField(Voice, on_delete=models.CASCADE, related_name="in_case")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"voice of case {self.case_id}"


@personal_data(
    purpose=sentence("to show who did what with a case, and to undo it"),
    kept=sentence("as long as the case"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    case=Datum.LINK,
    kind=Datum.NONE,
    values=Datum.DERIVED,
    text=Datum.SAID,
    by=Datum.STAFF,
    at=Datum.NONE,
    undone=Datum.NONE,
)
class Act(models.Model):
    """One thing that someone did with a case, or that befell it (``by`` None). ``values`` holds what was and what is;
    ``text`` the words of a private note, which is no answer. Append-only but for ``undone``."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="acts")
    kind = models.CharField(max_length=20)
    values = models.JSONField(default=dict)
    text = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    undone = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.kind


@personal_data(
    purpose=sentence("to tell a colleague who was named in a private note"),
    kept=sentence("as long as the note"),
    id=Datum.NONE,
    act=Datum.LINK,
    user=Datum.STAFF,
    seen_at=Datum.NONE,
)
class Mention(models.Model):
    """A colleague who was named in a private note (``act``); ``seen_at`` when they opened the case after that."""

    act = models.ForeignKey(Act, on_delete=models.CASCADE, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["act", "user"], name="mentioned_once")]

    def __str__(self) -> str:
        return f"mention in case {self.act.case_id}"


@personal_data(
    purpose=sentence("to show colleagues who is looking at a case and who is writing in it"),
    kept=sentence("a minute"),
    id=Datum.NONE,
    case=Datum.LINK,
    user=Datum.STAFF,
    writing=Datum.NONE,
    at=Datum.NONE,
)
class Presence(models.Model):
    """Someone who has a case before them now."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="present")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    writing = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="presence_once")]

    def __str__(self) -> str:
        return f"presence at case {self.case_id}"


@personal_data(
    purpose=sentence("to look once whether who said it waits for us"),
    kept=sentence("as long as the voice"),
    voice=Datum.LINK,
)
class LookedAtVoice(models.Model):
    """A voice of which it was made out whether it waits for someone. No row yet: still to be looked at."""

    voice = models.OneToOneField(Voice, primary_key=True, on_delete=models.CASCADE, related_name="looked_at")

    def __str__(self) -> str:
        return f"looked at voice {self.voice_id}"


@personal_data(
    purpose=sentence("to notice once what we answered outside the desk"),
    kept=sentence("as long as the reply"),
    reply=Datum.LINK,
)
class LookedAtReply(models.Model):
    """A reply of which it was made out which case it answers. No row yet: still to be looked at."""

    reply = models.OneToOneField(Reply, primary_key=True, on_delete=models.CASCADE, related_name="looked_at")

    def __str__(self) -> str:
        return f"looked at reply {self.reply_id}"
