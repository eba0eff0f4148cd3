"""What customers open themselves: chats, and the one question afterwards."""

from django.db import models

from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data
from gehoor.rooms.desk.models.case import Case
from gehoor.rooms.people.models import Identity, Person
from gehoor.rooms.voices.models import Conversation, Voice


@personal_data(
    purpose=sentence("to talk with a customer on our own site, also after a broken connection"),
    kept=sentence("as long as its voices"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    key=Datum.DERIVED,
    name=Datum.IDENTIFYING,
    email=Datum.IDENTIFYING,
    conversation=Datum.LINK,
    page=Datum.NONE,
    begun_at=Datum.NONE,
    last_at=Datum.NONE,
    ended_at=Datum.NONE,
)
class Chat(models.Model):
    """One chat. ``key`` is the hash of the secret that the customer's browser keeps; ``page`` is where it began, by its
    path."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    key = models.BinaryField(max_length=32, unique=True)
    name = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=300, blank=True)
    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.SET_NULL, related_name="+")
    page = models.CharField(max_length=300, blank=True)
    begun_at = models.DateTimeField(auto_now_add=True)
    last_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"chat {self.public_id}"


@personal_data(
    purpose=sentence("to ask one question after a case is solved, once, and never again soon"),
    kept=sentence("two years"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    key=Datum.DERIVED,
    case=Datum.LINK,
    person=Datum.LINK,
    asked_at=Datum.NONE,
    until=Datum.NONE,
    answered_at=Datum.NONE,
    voice=Datum.LINK,
)
class Invitation(models.Model):
    """An invitation to answer the one question. ``key`` is the hash of what stands in its one-time link."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    key = models.BinaryField(max_length=32, unique=True)
    case = models.ForeignKey(Case, null=True, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    voice = models.ForeignKey(Voice, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"invitation {self.public_id}"


@personal_data(
    purpose=sentence("to show someone what we keep of them, to nobody else"),
    kept=sentence("a month"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    key=Datum.DERIVED,
    identity=Datum.LINK,
    asked_at=Datum.NONE,
    until=Datum.NONE,
    opened_at=Datum.NONE,
    wish=Datum.SAID,
)
class OwnDataLink(models.Model):
    """A link, sent to an address that we know, that opens the own data of whoever reads mail there. ``wish`` is what
    they asked us to correct or erase."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    key = models.BinaryField(max_length=32, unique=True)
    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    wish = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"own data link {self.public_id}"
