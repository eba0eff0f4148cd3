"""The board letter: one page for a meeting."""

import secrets

from django.conf import settings
from django.db import models

from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data
from gehoor.rooms.listening.models.appointments import Appointment
from gehoor.rooms.voices.models import Voice

_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""What nobody takes for another sign, typing it from paper."""


def new_code() -> str:
    """Eight signs by chance: 31 to the eighth, so that nobody finds another's by guessing."""
    return "".join(secrets.choice(_SIGNS) for _ in range(8))


class Figure(models.TextChoices):
    """The one figure that stands large on a board letter."""

    MINUTES = "minutes"
    UNHEARD = "unheard"
    PAPER = "paper"


@personal_data(
    purpose=sentence("to lay what customers said before those who decide"),
    kept=sentence("without limit; its quotes go with their voices"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    code=Datum.NONE,
    meeting=Datum.NONE,
    held_on=Datum.NONE,
    language=Datum.NONE,
    since=Datum.NONE,
    until=Datum.NONE,
    figure=Datum.NONE,
    figures=Datum.NONE,
    seed=Datum.NONE,
    draws=Datum.NONE,
    drawn_from=Datum.NONE,
    drawn_minutes=Datum.NONE,
    also_blotted=Datum.IDENTIFYING,
    stack=Datum.NONE,
    by=Datum.STAFF,
    at=Datum.NONE,
    removed=Datum.NONE,
)
class BoardLetter(models.Model):
    """A letter for one meeting about one period, both days included.

    ``code`` is the short address of the stack, to be typed from paper. ``figures`` are counted when it is made, so that
    a printed letter and the one on screen say the same. ``draws`` is how often three voices were drawn: the letter says
    so, since drawing until it suits is choosing. ``drawn_from`` voices could have been drawn, of ``drawn_minutes``
    customer minutes. ``also_blotted`` are words that the maker had blotted out besides what is found. ``stack`` is the
    ten minutes behind the link.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    code = models.CharField(max_length=8, default=new_code, unique=True, editable=False)
    meeting = models.CharField(max_length=120, blank=True)
    held_on = models.DateField()
    language = models.CharField(max_length=2)
    since = models.DateField()
    until = models.DateField()
    figure = models.CharField(max_length=10, choices=Figure)
    figures = models.JSONField(default=dict)
    seed = models.PositiveBigIntegerField()
    draws = models.PositiveSmallIntegerField(default=1)
    drawn_from = models.PositiveIntegerField(default=0)
    drawn_minutes = models.FloatField(default=0)
    also_blotted = models.JSONField(default=list)
    stack = models.ForeignKey(Appointment, null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    removed = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"board letter {self.public_id}"


@personal_data(
    purpose=sentence("to lay what customers said before those who decide"),
    kept=sentence("as long as the voice"),
    id=Datum.NONE,
    letter=Datum.NONE,
    voice=Datum.LINK,
    position=Datum.NONE,
    start=Datum.NONE,
    end=Datum.NONE,
)
class BoardQuote(models.Model):
    """``voice.text[start:end]`` on a board letter, positions from 1."""

    letter = models.ForeignKey(BoardLetter, on_delete=models.CASCADE, related_name="quotes")
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["letter", "voice"], name="board_quote_once")]

    def __str__(self) -> str:
        return f"{self.position} of board letter {self.letter_id}"
