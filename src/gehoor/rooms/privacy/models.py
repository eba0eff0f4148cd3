"""Who did what and who looked, and the keyed traces of what was erased."""

from django.conf import settings
from django.db import models

from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data


@personal_data(
    purpose=sentence("to show afterwards who decided, looked or erased"),
    kept=sentence("five years"),
    id=Datum.NONE,
    at=Datum.NONE,
    actor=Datum.STAFF,
    action=Datum.NONE,
    what=Datum.NONE,
    public_id=Datum.LINK,
)
class AuditEntry(models.Model):
    """One act or one look. Names the kind of thing and its public id, never its contents."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    action = models.CharField(max_length=60, db_index=True)
    what = models.CharField(max_length=60)
    public_id = models.UUIDField(null=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.action} {self.what}"


@personal_data(
    purpose=sentence("to recognise an erased item that is sent in again, without knowing what it said"),
    kept=sentence("as long as files with it may be sent in again"),
    id=Datum.NONE,
    trace=Datum.NONE,
    at=Datum.NONE,
)
class Tombstone(models.Model):
    """A keyed hash of an erased item's key. Without the home's secret it says nothing."""

    trace = models.BinaryField(max_length=32, unique=True)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"tombstone {self.pk}"
