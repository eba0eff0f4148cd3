"""The stage that gives every ask a vector."""

import numpy as np
from django.db.models import Exists, OuterRef, QuerySet

from gehoor.analysis.needs.context import in_context
from gehoor.kernel.language import sentence
from gehoor.rooms.needs.models import AskVector, VectorModel
from gehoor.rooms.needs.teaching import current_model, do_check_agreement, embed, fitting, model_for
from gehoor.rooms.needs.texts import text_of
from gehoor.rooms.needs.vectors import do_keep_vectors, do_sweep
from gehoor.rooms.voices.models import Ask

STAGE_TITLE = sentence("Understanding what is meant")

_CHECK_EVERY = 2_000
"""New asks after which a student is held against the teacher again."""
_CHECKED = 64
_BY_TEACHER = 256
"""Asks at once when the teacher embeds: what a kill can lose."""


def pending() -> int:
    """How many asks lack a vector of the current model; all of them when that has to be made anew."""
    model, asks = current_model(), Ask.objects.count()
    if asks and not fitting(model, asks):
        return asks
    done = AskVector.objects.filter(model=model).count() if model else 0
    unswept = VectorModel.objects.filter(unswept=True).exists()
    return max(asks - done, int(unswept))


def drain(limit: int) -> int:
    """Give at most ``limit`` asks a vector. Teaches first where that is needed: the first call may take minutes."""
    swept = VectorModel.objects.filter(unswept=True).exists()
    done = _embed_some(limit)
    if swept and not AskVector.objects.exclude(model__current=True).exists():
        do_sweep()
    return done or int(swept)


def _embed_some(limit: int) -> int:
    asks = Ask.objects.count()
    if not asks:
        return 0
    model = model_for(asks)
    waiting, voices, words = _whole_voices(model, _at_once(model, limit))
    if not waiting:
        return 0
    texts = text_of(waiting)
    vectors = in_context(embed(model, texts), np.array(voices), np.array(words))
    done = do_keep_vectors(model=model, asks=waiting, vectors=vectors)
    if model.taught_on and asks - model.checked_at_asks >= _CHECK_EVERY:
        do_check_agreement(model=model, texts=texts[-_CHECKED:], asks=asks)
    return done


def _whole_voices(model: VectorModel, limit: int) -> tuple[list[int], list[int], list[int]]:
    """Asks without a vector, their voices and words: as many as the limit, and then the rest of the last voice."""
    without = _without(model).order_by("voice", "position").values_list("pk", "voice", "words")
    rows = list(without[:limit])
    if len(rows) == limit:
        last = rows[-1][1]
        rows = [row for row in rows if row[1] != last] + list(without.filter(voice=last))
    asks, voices, words = zip(*rows, strict=True) if rows else ((), (), ())
    return list(asks), list(voices), list(words)


def _at_once(model: VectorModel, limit: int) -> int:
    return limit if model.taught_on else min(limit, _BY_TEACHER)


def _without(model: VectorModel) -> QuerySet[Ask]:
    """Asks that have no vector of this model. Every ask has one row of AskVector at most."""
    return Ask.objects.filter(~Exists(AskVector.objects.filter(ask=OuterRef("pk"), model=model)))


def forget() -> None:
    """Throw away every vector, and have the student taught again."""
    AskVector.objects.all().delete()
    VectorModel.objects.filter(taught_on__gt=0).update(stale=True)
    VectorModel.objects.update(unswept=True)
