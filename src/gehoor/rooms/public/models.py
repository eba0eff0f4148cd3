"""Who we are to customers: the letterhead."""

from django.conf import settings
from django.db import models

from gehoor.channels.outgoing import Letterhead as PlainLetterhead
from gehoor.channels.outgoing import PostalAddress
from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data


@personal_data(
    purpose=sentence("to say who we are on everything that goes out and on the public pages"),
    kept=sentence("without limit, so that it can be seen what a letter said at the time"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    name=Datum.NONE,
    street=Datum.NONE,
    postcode=Datum.NONE,
    place=Datum.NONE,
    country=Datum.NONE,
    phone=Datum.NONE,
    email=Datum.NONE,
    website=Datum.NONE,
    signed_by=Datum.STAFF,
    signed_as=Datum.STAFF,
    actor=Datum.STAFF,
    at=Datum.NONE,
)
class Letterhead(models.Model):
    """One version; the newest counts."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    name = models.CharField(max_length=200)
    street = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    place = models.CharField(max_length=100, blank=True)
    country = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=254, blank=True)
    website = models.CharField(max_length=200, blank=True)
    signed_by = models.CharField(max_length=200, blank=True)
    signed_as = models.CharField(max_length=200, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name

    def plain(self) -> PlainLetterhead:
        """As senders want it."""
        postal = PostalAddress(self.street, self.postcode, self.place, self.country) if self.street else None
        return PlainLetterhead(
            name=self.name,
            postal=postal,
            phone=self.phone,
            email=self.email,
            website=self.website,
            signed_by=self.signed_by,
            signed_as=self.signed_as,
        )
