"""What customers open themselves: the contact form, chats, the one question afterwards, their own data."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data
from gehoor.rooms.desk.models.case import Case
from gehoor.rooms.people.models import Identity, Person
from gehoor.rooms.voices.models import Conversation, Reply, Voice


@personal_data(
    purpose=sentence("to show customers only those pages that someone keeps an eye on"),
    kept=sentence("without limit, so that it can be seen who opened or closed a page"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    form=Datum.NONE,
    chat=Datum.NONE,
    survey=Datum.NONE,
    own_data=Datum.NONE,
    by=Datum.STAFF,
    at=Datum.NONE,
)
class OpenPages(models.Model):
    """Which pages are open to customers; one version, the newest counts. Before anyone chose, all but the survey."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    form = models.BooleanField(default=True)
    chat = models.BooleanField(default=True)
    survey = models.BooleanField(default=False)
    own_data = models.BooleanField(default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"open pages {self.public_id}"


@personal_data(
    purpose=sentence("to talk with a customer on our own site, also after a broken connection"),
    kept=sentence("as long as its voices"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    key=Datum.DERIVED,
    name=Datum.IDENTIFYING,
    email=Datum.IDENTIFYING,
    language=Datum.SAID,
    conversation=Datum.LINK,
    page=Datum.SAID,
    lines=Datum.NONE,
    read=Datum.NONE,
    seen_at=Datum.NONE,
    begun_at=Datum.NONE,
    last_at=Datum.NONE,
)
class Chat(models.Model):
    """One chat. ``key`` is the hash of the secret that the customer's browser keeps; ``page`` is where it began, by its
    path. ``lines`` counts what was said by either; ``read`` is the number of the last line that the customer's browser
    has, and ``seen_at`` when it last asked."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    key = models.BinaryField(max_length=32, unique=True)
    name = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=5, default="nl")
    conversation = models.ForeignKey(Conversation, null=True, on_delete=models.SET_NULL, related_name="+")
    page = models.CharField(max_length=300, blank=True)
    lines = models.PositiveIntegerField(default=0)
    read = models.PositiveIntegerField(default=0)
    seen_at = models.DateTimeField(default=timezone.now)
    begun_at = models.DateTimeField(auto_now_add=True)
    last_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"chat {self.public_id}"


@personal_data(
    purpose=sentence("to give each browser of a chat the lines that it lacks, in one order, each once"),
    kept=sentence("as long as the voice or the reply"),
    id=Datum.NONE,
    chat=Datum.LINK,
    number=Datum.NONE,
    client_id=Datum.NONE,
    voice=Datum.LINK,
    reply=Datum.LINK,
    at=Datum.NONE,
)
class ChatLine(models.Model):
    """One line of a chat: a voice or a reply. ``number`` counts within the chat without holes, since it is given while
    the chat is locked; ``client_id`` is what the customer's browser called it, by which it comes in once."""

    chat = models.ForeignKey(Chat, on_delete=models.CASCADE, related_name="said")
    number = models.PositiveIntegerField()
    client_id = models.CharField(max_length=64, null=True)
    voice = models.OneToOneField(Voice, null=True, on_delete=models.CASCADE, related_name="+")
    reply = models.OneToOneField(Reply, null=True, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chat", "number"], name="chat_line_numbered"),
            models.UniqueConstraint(fields=["chat", "client_id"], name="chat_line_once"),
        ]

    def __str__(self) -> str:
        return f"line {self.number} of chat {self.chat_id}"


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
    declined_at=Datum.SAID,
    voice=Datum.LINK,
)
class Invitation(models.Model):
    """An invitation to answer the one question. ``key`` is the hash of what stands in its one-time link;
    ``declined_at`` is when this person said never to want such a question again."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    key = models.BinaryField(max_length=32, unique=True)
    case = models.OneToOneField(Case, null=True, on_delete=models.CASCADE, related_name="invitation")
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
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
    visit=Datum.DERIVED,
)
class OwnDataLink(models.Model):
    """A link, sent to an address that we know, that opens the own data of whoever reads mail there, once. ``visit`` is
    the hash of the secret that the page on which it was opened keeps, for as long as the visit lasts."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    key = models.BinaryField(max_length=32, unique=True)
    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    visit = models.BinaryField(max_length=32, null=True)

    def __str__(self) -> str:
        return f"own data link {self.public_id}"


class WishKind(models.TextChoices):
    """What someone asks us to do with what we keep of them."""

    CORRECT = "correct"
    ERASE = "erase"
    ALL = "all"


@personal_data(
    purpose=sentence("to do what someone asks about their own data, and to show that it was done"),
    kept=sentence("as long as the address of who asked"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    identity=Datum.LINK,
    kind=Datum.SAID,
    text=Datum.SAID,
    at=Datum.NONE,
    done_at=Datum.NONE,
    done_by=Datum.STAFF,
)
class OwnDataWish(models.Model):
    """Someone who proved to read mail at an address of theirs asks us to correct, to erase, or to send all we keep."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=WishKind)
    text = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, db_index=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"wish {self.public_id}"


class PostKind(models.TextChoices):
    """Which mail of ours this is."""

    OWN_DATA = "own_data"
    CHAT = "chat"


@personal_data(
    purpose=sentence("to send a mail without making a customer wait for it, and once"),
    kept=sentence("until it was sent, two days at most"),
    id=Datum.NONE,
    kind=Datum.NONE,
    address=Datum.IDENTIFYING,
    language=Datum.SAID,
    base=Datum.NONE,
    line=Datum.LINK,
    at=Datum.NONE,
    due_at=Datum.NONE,
    attempts=Datum.NONE,
    ending=Datum.NONE,
)
class Post(models.Model):
    """A mail that is to go out. ``base`` is the address at which customers reach us, for links; ``line`` what it says,
    of a chat. ``ending``: it is being handed over; found so afterwards nobody knows whether it went, and it is not sent
    again."""

    kind = models.CharField(max_length=10, choices=PostKind)
    address = models.CharField(max_length=300)
    language = models.CharField(max_length=5, default="nl")
    base = models.CharField(max_length=300, blank=True)
    line = models.OneToOneField(ChatLine, null=True, on_delete=models.CASCADE, related_name="post")
    at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    ending = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"post {self.pk}"
