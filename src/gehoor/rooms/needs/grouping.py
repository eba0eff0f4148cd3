"""The stage that makes needs of asks: all anew when there is reason to, else new asks are added to what there is."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import Exists, OuterRef, QuerySet

from gehoor.kernel.language import sentence
from gehoor.rooms.needs import embedding
from gehoor.rooms.needs.adding import do_add
from gehoor.rooms.needs.generations import do_remove_leftovers, do_write_generation
from gehoor.rooms.needs.models import AskNeed, AskVector, Generation
from gehoor.rooms.needs.proposing import propose
from gehoor.rooms.needs.recount import current_generation
from gehoor.rooms.needs.rows import columns
from gehoor.rooms.needs.teaching import current_model
from gehoor.rooms.needs.vectors import folder
from gehoor.rooms.voices import understanding

STAGE_TITLE = sentence("Finding what people are waiting for")

SMALL = 0.1
"""New asks up to this part of those that were grouped together are assigned; beyond it everything is grouped anew."""
LARGE = 1.0
"""The same while more asks are still to get their vectors: grouping at every tenth would take ten times as long as
grouping once, and each time only to be done again."""


def pending() -> int:
    """How many asks wait for a need.

    Nothing, while what was thrown away is still being made anew: half of the asks would carry on half of the needs.
    """
    generation, model = current_generation(), current_model()
    if model is None:
        return 0
    if generation is None:
        return AskVector.objects.filter(model=model).count()
    if _whole(generation):
        if understanding.pending() or embedding.pending():
            return 0
        return AskVector.objects.filter(model=model).count() or int(generation.asks > 0)
    return _new(generation).count()


def drain(limit: int) -> int:
    """Group everything, or assign what is new, whatever ``limit``; returns how many asks were looked at."""
    with _alone() as alone:
        if not alone:
            return 0
        do_remove_leftovers()
        waiting = pending()
        if not waiting:
            return 0
        generation = current_generation()
        if generation is None or _whole(generation) or _grown(generation):
            do_group()
        else:
            do_add(generation=generation, asks=list(_new(generation).values_list("ask_id", flat=True)))
        return waiting


def do_group() -> Generation | None:
    """Group all asks that have a vector, and make the result current."""
    model = current_model()
    if model is None:
        return None
    rows = AskVector.objects.filter(model=model).order_by("ask_id").values_list("ask_id", "row")
    asks, places = columns(rows.iterator(), 2)
    return do_write_generation(proposal=propose(model, asks, places))


def _whole(generation: Generation) -> bool:
    """Whether everything has to be grouped anew, however little is new."""
    return generation.stale or _other_model(generation)


def _other_model(generation: Generation) -> bool:
    model = current_model()
    return model is None or generation.model_id != model.pk


def forget() -> None:
    """Have everything grouped anew. The generation stays until then: ids, names and decisions are carried on."""
    Generation.objects.update(stale=True)


def _grown(generation: Generation) -> bool:
    """Whether what was added since the grouping, and what is to be added now, is no longer a small part."""
    added = AskNeed.objects.filter(generation=generation, added=True).count() + _new(generation).count()
    if added <= SMALL * generation.grouped:
        return False
    return added > LARGE * generation.grouped or not embedding.pending()


def _new(generation: Generation) -> QuerySet[AskVector]:
    """Vectors of asks that this generation does not know."""
    known = AskNeed.objects.filter(generation=generation, ask=OuterRef("ask_id"))
    return AskVector.objects.filter(~Exists(known), model__current=True).order_by("ask_id")


@contextmanager
def _alone() -> Iterator[bool]:
    """One process groups at a time; another one finds nothing to do."""
    with (folder() / "grouping.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
