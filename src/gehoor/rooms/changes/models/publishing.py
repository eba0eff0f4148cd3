"""What customers may read about a change: what was asked, and what we did, or why not."""

from django.conf import settings
from django.db import models

from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data
from gehoor.rooms.changes.models.change import Change


@personal_data(
    purpose=sentence("to tell all customers what was done with what they said"),
    kept=sentence("without limit; it was public"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    change=Datum.NONE,
    title_nl=Datum.NONE,
    title_en=Datum.NONE,
    text_nl=Datum.NONE,
    text_en=Datum.NONE,
    day=Datum.NONE,
    place=Datum.NONE,
    asked_by=Datum.NONE,
    replaces=Datum.NONE,
    by=Datum.STAFF,
    at=Datum.NONE,
    withdrawn=Datum.NONE,
)
class Published(models.Model):
    """One text about a change on the public page. A new text for the same change replaces the one before.

    ``day``: since when it is as the text says. ``place``: a lower one stands higher on the page. ``asked_by``: how many
    people had asked when it was published, as it may be said there (see ``publishing.people_in_words``); None when
    nobody known did.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="published")
    title_nl = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    text_nl = models.TextField()
    text_en = models.TextField(blank=True)
    day = models.DateField()
    place = models.PositiveSmallIntegerField(default=100)
    asked_by = models.PositiveIntegerField(null=True)
    replaces = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    withdrawn = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.title_nl
