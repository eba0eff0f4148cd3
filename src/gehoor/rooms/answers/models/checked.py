"""When someone of ours answers otherwise than the book says, and why: the book learns from it."""

from django.conf import settings
from django.db import models

from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data
from gehoor.rooms.answers.models.book import Answer, Version
from gehoor.rooms.people.models import Person
from gehoor.rooms.voices.models import Voice


class Because(models.TextChoices):
    """Why someone answered otherwise."""

    BOOK_WRONG = "book_wrong"
    THIS_CUSTOMER = "this_customer"
    OTHER_QUESTION = "other_question"
    MISREAD = "misread"


@personal_data(
    purpose=sentence("to learn where the answer book is wrong or lacks an exception"),
    kept=sentence("as long as the voice that was answered"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    answer=Datum.NONE,
    version=Datum.NONE,
    earlier=Datum.NONE,
    kind=Datum.NONE,
    book_says=Datum.SAID,
    draft_says=Datum.SAID,
    quote=Datum.SAID,
    because=Datum.NONE,
    why=Datum.SAID,
    person=Datum.LINK,
    voice=Datum.LINK,
    handled=Datum.NONE,
    handled_by=Datum.STAFF,
    by=Datum.STAFF,
    at=Datum.NONE,
)
class Departure(models.Model):
    """A draft that was sent although it clashes with an entry, or with what this person was told (``earlier``).

    ``handled``: what the owner of the entry did with it: "", "changed" (a new version), "kept" (the book stands).
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    answer = models.ForeignKey(Answer, null=True, on_delete=models.CASCADE, related_name="departures")
    version = models.ForeignKey(Version, null=True, on_delete=models.SET_NULL, related_name="+")
    earlier = models.BooleanField(default=False)
    kind = models.CharField(max_length=12, blank=True)
    book_says = models.CharField(max_length=300, blank=True)
    draft_says = models.CharField(max_length=300, blank=True)
    quote = models.TextField(blank=True)
    because = models.CharField(max_length=20, choices=Because)
    why = models.CharField(max_length=500, blank=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    voice = models.ForeignKey(Voice, null=True, on_delete=models.CASCADE, related_name="+")
    handled = models.CharField(max_length=10, blank=True)
    handled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"departure {self.public_id}"
