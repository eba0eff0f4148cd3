"""What is said, in the forms of each channel."""

from django.conf import settings
from django.db import models

from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data


@personal_data(
    purpose=sentence("to tell everyone who asked the same, or to answer one person, in the form of the own channel"),
    kept=sentence("as long as what was told with it"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    subject_nl=Datum.SAID,
    text_nl=Datum.SAID,
    mail_nl=Datum.SAID,
    letter_nl=Datum.SAID,
    points_nl=Datum.SAID,
    subject_en=Datum.SAID,
    text_en=Datum.SAID,
    mail_en=Datum.SAID,
    letter_en=Datum.SAID,
    points_en=Datum.SAID,
    whole=Datum.NONE,
    by=Datum.STAFF,
    at=Datum.NONE,
    changed_at=Datum.NONE,
)
class Wording(models.Model):
    """One text in its forms. ``mail`` and ``letter`` replace ``text`` where they are filled; ``points`` has one talking
    point a line for the telephone. ``{aanhef}`` and its like stand for what differs by person (``filling.py``).

    ``whole``: written for one person. It greets by itself, and what stands between braces stays as it stands."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    subject_nl = models.CharField(max_length=200, blank=True)
    text_nl = models.TextField(blank=True)
    mail_nl = models.TextField(blank=True)
    letter_nl = models.TextField(blank=True)
    points_nl = models.TextField(blank=True)
    subject_en = models.CharField(max_length=200, blank=True)
    text_en = models.TextField(blank=True)
    mail_en = models.TextField(blank=True)
    letter_en = models.TextField(blank=True)
    points_en = models.TextField(blank=True)
    whole = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.subject_nl or self.subject_en
