"""Sessions, the stack drawn for each, and the seconds really spent."""

from django.conf import settings
from django.db import models

from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data
from gehoor.rooms.voices.models import Voice


class DrawnBy(models.TextChoices):
    """In proportion to what a stack is drawn."""

    MINUTES = "minutes"
    VOICES = "voices"


class Pool(models.TextChoices):
    """From what a stack is drawn: what nobody heard yet, or everything."""

    UNHEARD = "unheard"
    ALL = "all"


@personal_data(
    purpose=sentence("to take time for listening, and to be able to draw the same stack again"),
    kept=sentence("without limit; it holds no customer"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    listener=Datum.STAFF,
    started_at=Datum.STAFF,
    planned_minutes=Datum.STAFF,
    seed=Datum.NONE,
    drawn_by=Datum.NONE,
    pool=Datum.NONE,
    need=Datum.NONE,
    channel=Datum.NONE,
    since=Datum.NONE,
    drawn_from=Datum.NONE,
    table=Datum.NONE,
    disowned_at=Datum.STAFF,
)
class Session(models.Model):
    """One sitting. ``seed``, ``drawn_by``, ``pool``, ``drawn_from`` (how many could have been drawn) and ``table`` (the
    threshold table of then) say how the draw went; ``need`` (its public id), ``channel`` and ``since`` (what came in
    from then on) how the pool was narrowed. ``disowned_at``: the listener said that this was someone else."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    listener = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sessions")
    started_at = models.DateTimeField(auto_now_add=True)
    planned_minutes = models.PositiveSmallIntegerField()
    seed = models.PositiveBigIntegerField()
    drawn_by = models.CharField(max_length=20, choices=DrawnBy)
    pool = models.CharField(max_length=20, choices=Pool)
    need = models.UUIDField(null=True)
    channel = models.CharField(max_length=40, blank=True)
    since = models.DateTimeField(null=True)
    drawn_from = models.PositiveIntegerField()
    table = models.CharField(max_length=100)
    disowned_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"session {self.public_id}"


@personal_data(
    purpose=sentence("to keep the order of a stack, and what was heard of it"),
    kept=sentence("as long as the voice"),
    id=Datum.NONE,
    session=Datum.LINK,
    voice=Datum.LINK,
    position=Datum.NONE,
    probability=Datum.NONE,
    seconds=Datum.STAFF,
    taken_off=Datum.STAFF,
)
class Drawn(models.Model):
    """A voice in a stack, the probability with which the draw took it, and the active seconds of this sitting.
    ``taken_off``: the seconds that the listener said were not theirs, to be able to undo that.

    Positions begin at 1; when a voice is erased, a position stays open.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="stack")
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="drawn")
    position = models.PositiveSmallIntegerField()
    probability = models.FloatField()
    seconds = models.FloatField(default=0)
    taken_off = models.FloatField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "voice"], name="drawn_once")]

    def __str__(self) -> str:
        return f"{self.position} of session {self.session_id}"


@personal_data(
    purpose=sentence("to show a listener the own log, day by day"),
    kept=sentence("without limit; shown only to the one it is about"),
    id=Datum.NONE,
    session=Datum.LINK,
    day=Datum.STAFF,
    seconds=Datum.STAFF,
    taken_off=Datum.STAFF,
)
class SessionDay(models.Model):
    """The active seconds of one sitting on one day; ``taken_off`` as with the day as a whole."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="days")
    day = models.DateField()
    seconds = models.FloatField(default=0)
    taken_off = models.FloatField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "day"], name="session_day_once")]

    def __str__(self) -> str:
        return f"{self.seconds:.0f} s on {self.day}"


@personal_data(
    purpose=sentence("to tell which voices a human of ours heard"),
    kept=sentence("without limit; shown by name only to the one it is about"),
    id=Datum.NONE,
    voice=Datum.LINK,
    listener=Datum.STAFF,
    first_at=Datum.STAFF,
    last_at=Datum.STAFF,
    seconds=Datum.STAFF,
    enough=Datum.NONE,
)
class Heard(models.Model):
    """A human of ours read or heard this voice, for so many active seconds, all times together.

    ``enough``: long enough to call the voice heard (see ``pace.seconds_to_hear``). Erasing a voice keeps the seconds.
    """

    voice = models.ForeignKey(Voice, null=True, on_delete=models.SET_NULL, related_name="heard")
    listener = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="heard")
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    seconds = models.FloatField(default=0)
    enough = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["voice", "listener"], name="heard_once")]
        indexes = [models.Index(fields=["voice"], name="heard_enough", condition=models.Q(enough=True))]

    def __str__(self) -> str:
        return f"{self.seconds:.0f} s"


@personal_data(
    purpose=sentence("to hold the minutes that we listened beside the minutes that customers spent"),
    kept=sentence("without limit; shown by name only to the one it is about"),
    id=Datum.NONE,
    listener=Datum.STAFF,
    day=Datum.STAFF,
    seconds=Datum.STAFF,
    taken_off=Datum.STAFF,
)
class ListenedDay(models.Model):
    """The active seconds of one listener on one day, in the organisation's time zone. ``taken_off``: what the listener
    said was too much; it is in ``seconds`` no more."""

    listener = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="listened_days")
    day = models.DateField()
    seconds = models.FloatField(default=0)
    taken_off = models.FloatField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["listener", "day"], name="listened_day_once")]
        indexes = [models.Index(fields=["day"], name="listened_by_day")]

    def __str__(self) -> str:
        return f"{self.seconds:.0f} s on {self.day}"


@personal_data(
    purpose=sentence("to count nobody's time twice"),
    kept=sentence("without limit; one moment for each listener, shown to nobody"),
    id=Datum.NONE,
    listener=Datum.STAFF,
    until=Datum.STAFF,
)
class Clock(models.Model):
    """Until when a listener's time was counted: what is counted next begins no earlier, in whatever tab."""

    listener = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="listening_clock")
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"until {self.until}"
