"""Persons, the identities that point to them, and who said what."""

from enum import StrEnum

from django.conf import settings
from django.db import models
from django.utils import timezone

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
    purpose=sentence("to find someone by a name as it was heard on the telephone"),
    kept=sentence("as long as the person"),
    id=Datum.NONE,
    person=Datum.LINK,
    key=Datum.DERIVED,
    of=Datum.IDENTIFYING,
)
class Sound(models.Model):
    """How a word of a person's name sounds (:mod:`gehoor.analysis.linking.sounding`); ``of`` is the name that it was
    made of. A name without anything to hear has one row with an empty ``key``."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sounds")
    key = models.CharField(max_length=60)
    of = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="sound_once")]
        indexes = [models.Index(fields=["key", "person"], name="sound_by_key")]

    def __str__(self) -> str:
        return f"sound of person {self.person_id}"


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


class How(StrEnum):
    """How we know what someone stated."""

    SAID = "said"
    NOTED = "noted"
    CLICKED = "clicked"


@personal_data(
    purpose=sentence("to reach people in the way they want, and not in a way they do not want"),
    kept=sentence("as long as an address or number of the person it is about"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    channel=Datum.SAID,
    wanted=Datum.SAID,
    since=Datum.SAID,
    how=Datum.NONE,
    voice=Datum.LINK,
    actor=Datum.STAFF,
    at=Datum.NONE,
    undone=Datum.NONE,
)
class Preference(models.Model):
    """Someone stated to want, or not to want, one channel. Of what was stated about a channel the last counts.

    It hangs on the identities that pointed to the person then (:class:`PreferenceOf`), since persons turn out to be one
    or several and identities stay. Whoever has one of them stated it: where one person turns out to be two, both are
    left in peace. ``voice`` is in which it was said, where ``how`` says so; ``actor`` wrote it down.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    channel = models.CharField(max_length=40)
    wanted = models.BooleanField()
    since = models.DateTimeField(default=timezone.now)
    how = models.CharField(max_length=10)
    voice = models.ForeignKey(Voice, null=True, on_delete=models.SET_NULL, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.channel} {'wanted' if self.wanted else 'refused'}"


@personal_data(
    purpose=sentence("to know whose wish it is, also when persons turn out to be one or several"),
    kept=sentence("as long as the address or number"),
    id=Datum.NONE,
    preference=Datum.LINK,
    identity=Datum.LINK,
)
class PreferenceOf(models.Model):
    """This identity pointed to the person who stated the preference."""

    preference = models.ForeignKey(Preference, on_delete=models.CASCADE, related_name="holders")
    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="preferences")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["preference", "identity"], name="preference_of_once")]

    def __str__(self) -> str:
        return f"{self.preference_id} of {self.identity_id}"


@personal_data(
    purpose=sentence("to send letters to where a person lives"),
    kept=sentence("as long as an address or number of the person it is about"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    street=Datum.IDENTIFYING,
    postcode=Datum.IDENTIFYING,
    place=Datum.IDENTIFYING,
    country=Datum.IDENTIFYING,
    actor=Datum.STAFF,
    at=Datum.NONE,
    undone=Datum.NONE,
)
class PostalAddress(models.Model):
    """A postal address that someone of ours entered; all empty where someone said that the one found is wrong.

    The last one counts, and wins over what is found in the voices (see ``postal.py``; that is not kept, so that it
    follows every correction of a text). It hangs on the identities that pointed to the person then
    (:class:`PostalAddressOf`); where these turn out to be of different persons it is nobody's.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    street = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    place = models.CharField(max_length=100, blank=True)
    country = models.CharField(max_length=60, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"postal address {self.public_id}"


@personal_data(
    purpose=sentence("to know whose address it is, also when persons turn out to be one or several"),
    kept=sentence("as long as the address or number"),
    id=Datum.NONE,
    address=Datum.LINK,
    identity=Datum.LINK,
)
class PostalAddressOf(models.Model):
    """This identity pointed to the person whose postal address was entered."""

    address = models.ForeignKey(PostalAddress, on_delete=models.CASCADE, related_name="holders")
    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="postal_addresses")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address", "identity"], name="postal_address_of_once")]

    def __str__(self) -> str:
        return f"{self.address_id} of {self.identity_id}"
