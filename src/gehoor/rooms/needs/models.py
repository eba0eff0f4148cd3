"""Needs: the machine's proposal by generation, and what people decided about it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext

from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.kernel.personal_data import Datum, personal_data
from gehoor.rooms.voices.models import Ask, Voice


@personal_data(
    purpose=sentence("to know which vectors belong together and how good the student is"),
    kept=sentence("until a newer model replaces it"),
    id=Datum.NONE,
    name=Datum.NONE,
    teacher=Datum.NONE,
    dimensions=Datum.NONE,
    taught_on=Datum.NONE,
    asks_then=Datum.NONE,
    checked_at_asks=Datum.NONE,
    agreement=Datum.NONE,
    made_at=Datum.NONE,
    current=Datum.NONE,
    stale=Datum.NONE,
    unswept=Datum.NONE,
)
class VectorModel(models.Model):
    """A teacher or a taught student. ``agreement`` is the mean cosine with the teacher on a held-back sample.

    ``teacher`` names who taught it, and is its own name for a teacher itself (``taught_on`` is 0 then). ``asks_then``
    and ``checked_at_asks``: how many asks there were when it was taught, and when it was last held against the
    teacher. ``stale``: to be taught again. ``unswept``: rows that no ask names any more still have to be overwritten.
    """

    name = models.CharField(max_length=200, unique=True)
    teacher = models.CharField(max_length=200)
    dimensions = models.PositiveIntegerField()
    taught_on = models.PositiveIntegerField(default=0)
    asks_then = models.PositiveIntegerField(default=0)
    checked_at_asks = models.PositiveIntegerField(default=0)
    agreement = models.FloatField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    current = models.BooleanField(default=False)
    stale = models.BooleanField(default=False)
    unswept = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


@personal_data(
    purpose=sentence("to find what is asked in the same sense"),
    kept=sentence("as long as the ask"),
    ask=Datum.LINK,
    model=Datum.NONE,
    row=Datum.NONE,
)
class AskVector(models.Model):
    """Where the vector of an ask stands: the row in the segments of one model."""

    ask = models.OneToOneField(Ask, primary_key=True, on_delete=models.CASCADE, related_name="vector")
    model = models.ForeignKey(VectorModel, on_delete=models.CASCADE, related_name="rows")
    row = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return f"row {self.row}"


@personal_data(
    purpose=sentence("to tell which computation a need came from"),
    kept=sentence("the newest, and the one before it"),
    id=Datum.NONE,
    at=Datum.NONE,
    model=Datum.NONE,
    asks=Datum.NONE,
    grouped=Datum.NONE,
    levels=Datum.NONE,
    default_level=Datum.NONE,
    table=Datum.NONE,
    current=Datum.NONE,
    stale=Datum.NONE,
    counted=Datum.NONE,
    totals=Datum.NONE,
)
class Generation(models.Model):
    """One computation of all needs. Levels run from 1 (broad) to ``levels`` (fine).

    ``grouped`` asks were grouped together; the others of ``asks`` came later and were assigned. ``table`` is the
    threshold table under which was counted, ``counted`` a fingerprint of everything that the counts rest on,
    ``totals`` the denominators (see ``counting``). ``stale``: to be computed again as a whole (after an erasure).
    """

    at = models.DateTimeField(auto_now_add=True)
    model = models.ForeignKey(VectorModel, null=True, on_delete=models.SET_NULL, related_name="+")
    asks = models.PositiveIntegerField()
    grouped = models.PositiveIntegerField(default=0)
    levels = models.PositiveSmallIntegerField()
    default_level = models.PositiveSmallIntegerField()
    table = models.CharField(max_length=100, blank=True)
    current = models.BooleanField(default=False, db_index=True)
    stale = models.BooleanField(default=False)
    counted = models.CharField(max_length=200, blank=True)
    totals = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"generation {self.pk}"


@personal_data(
    purpose=sentence("to show what people are waiting for, in three honest counts"),
    kept=sentence("as long as asks belong to it"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    generation=Datum.NONE,
    level=Datum.NONE,
    parent=Datum.NONE,
    machine_parent=Datum.NONE,
    merged_into=Datum.NONE,
    proposed_name=Datum.DERIVED,
    name=Datum.NONE,
    aside=Datum.NONE,
    size=Datum.NONE,
    voices=Datum.NONE,
    persons=Datum.NONE,
    anonymous=Datum.NONE,
    customer_minutes=Datum.NONE,
    months=Datum.NONE,
    channels=Datum.NONE,
    quotes=Datum.LINK,
    counter=Datum.LINK,
)
class Need(models.Model):
    """A group of asks for the same thing, on one level.

    ``machine_parent`` is what was computed; ``parent``, ``merged_into``, ``name`` and ``aside`` follow from it and
    from people's decisions. ``quotes`` and ``counter`` are lists of ``[ask id, start, end]`` into the voice's text.
    ``months`` and ``channels`` are counts too: lists of ``["2026-03" or a channel, voices, customer minutes]``.
    """

    public_id = models.UUIDField(default=new_id, db_index=True, editable=False)
    generation = models.ForeignKey(Generation, on_delete=models.CASCADE, related_name="needs")
    level = models.PositiveSmallIntegerField()
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="children")
    machine_parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="+")
    merged_into = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="merged")
    proposed_name = models.CharField(max_length=200)
    name = models.CharField(max_length=200, blank=True)
    aside = models.BooleanField(default=False)
    size = models.PositiveIntegerField(default=0)
    voices = models.PositiveIntegerField(default=0)
    persons = models.PositiveIntegerField(default=0)
    anonymous = models.PositiveIntegerField(default=0)
    customer_minutes = models.FloatField(default=0)
    months = models.JSONField(default=list)
    channels = models.JSONField(default=list)
    quotes = models.JSONField(default=list)
    counter = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["generation", "public_id"], name="need_once")]
        indexes = [models.Index(fields=["generation", "level"], name="need_by_level")]

    def __str__(self) -> str:
        return self.name or self.proposed_name or gettext("a need that has no name yet")


@personal_data(
    purpose=sentence("to tell what is asked where"),
    kept=sentence("as long as the ask"),
    id=Datum.NONE,
    ask=Datum.LINK,
    voice=Datum.LINK,
    start=Datum.NONE,
    generation=Datum.NONE,
    computed=Datum.NONE,
    moved=Datum.NONE,
    need=Datum.NONE,
    added=Datum.NONE,
    minutes=Datum.DERIVED,
)
class AskNeed(models.Model):
    """The finest need of an ask in one generation: as computed, as moved by a person, and the one that counts.

    ``need`` is never one that was merged away. No need at all: looked at, and left unassigned. ``added``: assigned
    after the others were grouped. ``minutes`` is the ask's part of its voice's customer minutes. ``voice`` and
    ``start`` find the ask again when asks were thrown away and made anew. Generations have no index: there are two, and
    one that holds half of all rows only misleads.
    """

    ask = models.ForeignKey(Ask, null=True, on_delete=models.SET_NULL, related_name="belongs")
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="belongs")
    start = models.PositiveIntegerField()
    generation = models.ForeignKey(Generation, on_delete=models.CASCADE, related_name="belonging", db_index=False)
    computed = models.ForeignKey(Need, null=True, on_delete=models.CASCADE, related_name="+")
    moved = models.ForeignKey(Need, null=True, on_delete=models.SET_NULL, related_name="+")
    need = models.ForeignKey(Need, null=True, on_delete=models.CASCADE, related_name="belonging", db_index=False)
    added = models.BooleanField(default=False)
    minutes = models.FloatField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ask", "generation"], name="ask_once_a_generation")]
        indexes = [models.Index(fields=["need", "ask", "voice", "start"], name="ask_by_need")]

    def __str__(self) -> str:
        return f"ask {self.ask_id} in {self.need_id}"


@personal_data(
    purpose=sentence("to keep what people decided about needs when these are computed again, and to undo it"),
    kept=sentence("without limit; it is the organisation's own judgement"),
    id=Datum.NONE,
    public_id=Datum.NONE,
    kind=Datum.NONE,
    need=Datum.NONE,
    other=Datum.NONE,
    voice=Datum.LINK,
    start=Datum.NONE,
    end=Datum.NONE,
    name=Datum.NONE,
    undoes=Datum.NONE,
    actor=Datum.STAFF,
    at=Datum.NONE,
)
class Decision(models.Model):
    """One line of the append-only log: rename, merge, move, aside, back, undo. Needs are named by public id.

    ``need`` is what it is about (for a move: where the ask came from), ``other`` where it went. An undo repeats the
    need, other and passage of what it undoes. A move names the passage (``start`` to ``end`` of the voice's text),
    not the ask: asks are derived and may be made again.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    kind = models.CharField(max_length=10)
    need = models.UUIDField(null=True)
    other = models.UUIDField(null=True)
    voice = models.ForeignKey(Voice, null=True, on_delete=models.CASCADE, related_name="+")
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    name = models.CharField(max_length=200, blank=True)
    undoes = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="undone_by")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.kind


@personal_data(
    purpose=sentence("to lay what people thought before they looked beside what was found"),
    kept=sentence("without limit; shown by name only to the one it is about"),
    id=Datum.NONE,
    guesser=Datum.STAFF,
    position=Datum.NONE,
    text=Datum.STAFF,
    at=Datum.STAFF,
)
class Guess(models.Model):
    """What someone thought that customers wait for, before looking. Without text: the question was passed over."""

    guesser = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="guesses")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["guesser", "position"], name="guess_once")]

    def __str__(self) -> str:
        return self.text
