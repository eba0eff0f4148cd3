"""Persons, the identities that point to them, and who said what."""

from django.conf import settings
from django.db import models

from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data
from gehoor.rooms.voices.models import Reply, Voice


@personal_data(
    purpose=sentence("to know the person behind a voice, over all channels"),
    kept=sentence("as long as something this person said is kept"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    name=Datum.IDENTIFYING,
    made_at=Datum.NONE,
    merged_into=Datum.LINK,
)
class Person(models.Model):
    """A human being. ``merged_into`` points to the person this one turned out to be; public ids keep working."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    name = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="merged")

    def __str__(self) -> str:
        return f"person {self.public_id}"


@personal_data(
    purpose=sentence("to recognise a person in every channel"),
    kept=sentence("as long as the person"),
    id=Datum.NONE,
    person=Datum.LINK,
    home=Datum.LINK,
    kind=Datum.NONE,
    value=Datum.IDENTIFYING,
    network=Datum.NONE,
    shown=Datum.IDENTIFYING,
    first_voice=Datum.LINK,
    shared=Datum.NONE,
)
class Identity(models.Model):
    """An address, number or handle, normalised, that points to one person; to nobody when it proves nothing.

    ``first_voice`` is the proof: the voice in which it was first heard. ``shared`` ones (seen with several customer
    numbers) prove nothing. ``home`` is the person that was made for it: when persons turn out to be one and later turn
    out not to be, each gets its own identities and its own public id back.
    """

    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="identities")
    home = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=20)
    value = models.CharField(max_length=300)
    network = models.CharField(max_length=40, blank=True)
    shown = models.CharField(max_length=300)
    first_voice = models.ForeignKey(Voice, null=True, on_delete=models.SET_NULL, related_name="+")
    shared = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "value", "network"], name="identity_once")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id}"


@personal_data(
    purpose=sentence("to show how we know who someone is, and to be able to undo it"),
    kept=sentence("as long as the voice"),
    id=Datum.NONE,
    voice=Datum.LINK,
    identity=Datum.LINK,
)
class Sighting(models.Model):
    """This voice showed this identity. From these rows alone follows who is who."""

    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="sightings")
    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="sightings")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["voice", "identity"], name="sighting_once")]

    def __str__(self) -> str:
        return f"{self.identity_id} in {self.voice_id}"


@personal_data(
    purpose=sentence("to tell who was told what"),
    kept=sentence("as long as the reply"),
    id=Datum.NONE,
    reply=Datum.LINK,
    identity=Datum.LINK,
    position=Datum.NONE,
)
class Destination(models.Model):
    """This reply was sent to this identity. It proves nothing about who someone is."""

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="destinations")
    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="destinations")
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reply", "identity"], name="destination_once")]

    def __str__(self) -> str:
        return f"{self.reply_id} to {self.identity_id}"


@personal_data(
    purpose=sentence("to tell who said what"),
    kept=sentence("as long as the voice"),
    voice=Datum.LINK,
    person=Datum.LINK,
)
class Attribution(models.Model):
    """Who said a voice; nobody (anonymous) when no sure identity came with it. No row yet: still to be looked at."""

    voice = models.OneToOneField(Voice, primary_key=True, on_delete=models.CASCADE, related_name="attribution")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="attributions")

    def __str__(self) -> str:
        return f"attribution of {self.voice_id}"


@personal_data(
    purpose=sentence("to tell who was told what"),
    kept=sentence("as long as the reply"),
    reply=Datum.LINK,
    person=Datum.LINK,
)
class Addressing(models.Model):
    """To whom a reply was said; nobody known when no sure identity says it."""

    reply = models.OneToOneField(Reply, primary_key=True, on_delete=models.CASCADE, related_name="addressing")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="addressings")

    def __str__(self) -> str:
        return f"addressing of {self.reply_id}"


@personal_data(
    purpose=sentence("to keep apart what a person of ours kept apart, and to undo it"),
    kept=sentence("as long as the identities"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    kind=Datum.NONE,
    value=Datum.IDENTIFYING,
    network=Datum.NONE,
    actor=Datum.STAFF,
    at=Datum.NONE,
    undone=Datum.NONE,
)
class Apart(models.Model):
    """Someone decided that this identity proves nothing about who someone is: it joins nobody from then on."""

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    kind = models.CharField(max_length=20)
    value = models.CharField(max_length=300)
    network = models.CharField(max_length=40, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.kind} kept apart"
