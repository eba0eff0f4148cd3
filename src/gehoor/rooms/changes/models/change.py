"""A change, what it rests on, and the log of what was decided about it."""

from django.conf import settings
from django.db import models

from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data
from gehoor.rooms.people.models import Person
from gehoor.rooms.voices.models import Voice


@personal_data(
    purpose=sentence("to turn what customers ask into something that is done, or refused with a reason"),
    kept=sentence("without limit; it is the organisation's own judgement"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    name=Datum.NONE,
    idea=Datum.NONE,
    by=Datum.STAFF,
    at=Datum.NONE,
    removed=Datum.NONE,
    noted=Datum.NONE,
)
class Change(models.Model):
    """Something that customers ask to be otherwise. ``idea`` is what could be done about it.

    How far it is follows from its steps (``standing.py``); nothing of that is kept here. ``noted``: the state of
    everything that was asked when its askers were last written down (``askers.py``); empty: to be done.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    name = models.CharField(max_length=200)
    idea = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    removed = models.BooleanField(default=False)
    noted = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return self.name


@personal_data(
    purpose=sentence("to know what a change rests on"),
    kept=sentence("as long as the change"),
    id=Datum.NONE,
    change=Datum.NONE,
    need=Datum.NONE,
    by=Datum.STAFF,
    at=Datum.NONE,
)
class ChangeNeed(models.Model):
    """Who asked for this need, asked for this change. ``need`` is a public id, which lives through generations."""

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="needs")
    need = models.UUIDField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["change", "need"], name="change_need_once")]

    def __str__(self) -> str:
        return f"{self.need} for {self.change_id}"


@personal_data(
    purpose=sentence("to know what a change rests on"),
    kept=sentence("as long as the voice"),
    id=Datum.NONE,
    change=Datum.NONE,
    voice=Datum.LINK,
    asks=Datum.NONE,
    by=Datum.STAFF,
    at=Datum.NONE,
)
class ChangeVoice(models.Model):
    """Someone of ours said that this voice asks for it (``asks``), or that it does not, although its need does."""

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="voices")
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="changes")
    asks = models.BooleanField(default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["change", "voice"], name="change_voice_once")]

    def __str__(self) -> str:
        return f"{self.voice_id} for {self.change_id}"


class StepKind(models.TextChoices):
    """What was decided or done. ``UNDO`` takes back the step that it names."""

    YES = "yes"
    NO = "no"
    LATER = "later"
    DOING = "doing"
    DONE = "done"
    UNDO = "undo"


@personal_data(
    purpose=sentence("to show what was decided, by whom and why, and to be able to undo it"),
    kept=sentence("without limit; it is the organisation's own judgement"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    change=Datum.NONE,
    kind=Datum.NONE,
    reason=Datum.NONE,
    day=Datum.NONE,
    fewer=Datum.NONE,
    undoes=Datum.NONE,
    by=Datum.STAFF,
    at=Datum.NONE,
)
class Step(models.Model):
    """One line of the append-only log of a change.

    ``day``: for later, when it is looked at again; for doing, when it should be done, if someone said; for done, from
    when customers could notice it. ``fewer``: for yes,
    which part of the asks is expected not to come any more (0.5: half), None when nobody said.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=StepKind)
    reason = models.TextField(blank=True)
    day = models.DateField(null=True)
    fewer = models.FloatField(null=True)
    undoes = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="undone_by")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.kind


@personal_data(
    purpose=sentence("to tell everyone who asked, also when needs are grouped anew"),
    kept=sentence("as long as the person"),
    id=Datum.NONE,
    change=Datum.NONE,
    person=Datum.LINK,
    at=Datum.NONE,
)
class Asker(models.Model):
    """This person had asked for it by the time that it was decided. Needs move with every grouping; this stays."""

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="askers")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["change", "person"], name="asker_once")]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.change_id}"
