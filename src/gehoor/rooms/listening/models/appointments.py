"""Listening that is planned: when, with whom, from which stack."""

from django.conf import settings
from django.db import models

from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data
from gehoor.rooms.listening.models.sessions import DrawnBy, Pool, Session
from gehoor.rooms.voices.models import Voice


@personal_data(
    purpose=sentence("to take time for listening, alone or together"),
    kept=sentence("without limit; it holds no customer"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    organiser=Datum.STAFF,
    seed=Datum.NONE,
    made_at=Datum.STAFF,
    laid_at=Datum.NONE,
    drawn_from=Datum.NONE,
    table=Datum.NONE,
)
class Appointment(models.Model):
    """A listening session that is planned. When and what is in the newest of its arrangements.

    Where all read the same stack, it is drawn once, when the first of them begins: ``laid_at``, from ``drawn_from``
    voices, under the threshold ``table`` of then, with ``seed``.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    organiser = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seed = models.PositiveBigIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)
    laid_at = models.DateTimeField(null=True)
    drawn_from = models.PositiveIntegerField(default=0)
    table = models.CharField(max_length=100, blank=True)

    def __str__(self) -> str:
        return f"appointment {self.public_id}"


@personal_data(
    purpose=sentence("to show who changed what about a planned session, and to undo it"),
    kept=sentence("without limit; it holds no customer"),
    id=Datum.NONE,
    appointment=Datum.NONE,
    number=Datum.NONE,
    stands=Datum.NONE,
    starts_at=Datum.STAFF,
    minutes=Datum.STAFF,
    drawn_by=Datum.NONE,
    pool=Datum.NONE,
    need=Datum.NONE,
    channel=Datum.NONE,
    days=Datum.NONE,
    together=Datum.NONE,
    cancelled=Datum.NONE,
    actor=Datum.STAFF,
    at=Datum.STAFF,
)
class Arrangement(models.Model):
    """One version of an appointment, from number 0 on; never changed. The newest stands.

    ``need``, ``channel`` and ``days`` (what came in during so many days) narrow the pool, where they are given.
    ``together``: all read the same stack.
    """

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="arrangements")
    number = models.PositiveIntegerField()
    stands = models.BooleanField(default=True)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    drawn_by = models.CharField(max_length=20, choices=DrawnBy)
    pool = models.CharField(max_length=20, choices=Pool)
    need = models.UUIDField(null=True)
    channel = models.CharField(max_length=40, blank=True)
    days = models.PositiveSmallIntegerField(null=True)
    together = models.BooleanField(default=False)
    cancelled = models.BooleanField(default=False)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["appointment", "number"], name="arrangement_once"),
            models.UniqueConstraint(
                fields=["appointment"], name="arrangement_stands_once", condition=models.Q(stands=True)
            ),
        ]
        indexes = [models.Index(fields=["starts_at"], name="arrangement_ahead", condition=models.Q(stands=True))]

    def __str__(self) -> str:
        return f"version {self.number} of appointment {self.appointment_id}"


@personal_data(
    purpose=sentence("to know who listens together"),
    kept=sentence("without limit; it holds no customer"),
    id=Datum.NONE,
    arrangement=Datum.NONE,
    attendee=Datum.STAFF,
    comes=Datum.STAFF,
)
class Attending(models.Model):
    """Someone whom an arrangement counts on; ``comes`` is None until an invited colleague says so."""

    arrangement = models.ForeignKey(Arrangement, on_delete=models.CASCADE, related_name="attending")
    attendee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="attending")
    comes = models.BooleanField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["arrangement", "attendee"], name="attending_once")]

    def __str__(self) -> str:
        return f"{self.attendee_id} at arrangement {self.arrangement_id}"


@personal_data(
    purpose=sentence("to lay the same stack before everyone who listens together"),
    kept=sentence("as long as the voice"),
    id=Datum.NONE,
    appointment=Datum.NONE,
    voice=Datum.LINK,
    position=Datum.NONE,
    probability=Datum.NONE,
)
class Laid(models.Model):
    """A voice in the one stack of an appointment, and the probability with which the draw took it."""

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="laid")
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    probability = models.FloatField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["appointment", "voice"], name="laid_once")]

    def __str__(self) -> str:
        return f"{self.position} of appointment {self.appointment_id}"


@personal_data(
    purpose=sentence("to know which sitting belongs to which appointment"),
    kept=sentence("as long as the session"),
    id=Datum.NONE,
    appointment=Datum.NONE,
    session=Datum.LINK,
)
class Sitting(models.Model):
    """The session in which one attendee of an appointment reads."""

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="sittings")
    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="sitting")

    def __str__(self) -> str:
        return f"session {self.session_id} of appointment {self.appointment_id}"
