"""The stage that gives every ask a vector."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from django.db.models import Exists, OuterRef, QuerySet

from gehoor.analysis.needs.context import in_context, plain_subject
from gehoor.kernel.language import sentence
from gehoor.rooms.needs.models import AskVector, VectorModel
from gehoor.rooms.needs.teaching import current_model, do_check_agreement, embed, fitting, model_for
from gehoor.rooms.needs.texts import text_of
from gehoor.rooms.needs.vectors import Floats, do_keep_vectors, do_sweep
from gehoor.rooms.voices.models import Ask

STAGE_TITLE = sentence("Understanding what is meant")

_CHECK_EVERY = 2_000
"""New asks after which a student is held against the teacher again."""
_CHECKED = 64
_LONGEST_SUBJECT = 300
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
    everything = Ask.objects.count()
    if not everything:
        return 0
    model = model_for(everything)
    waiting = _whole_voices(model, _at_once(model, limit))
    if not waiting:
        return 0
    asks = [each.ask for each in waiting]
    texts = text_of(asks)
    vectors = _in_their_light(model, waiting, texts)
    done = do_keep_vectors(model=model, asks=asks, vectors=vectors)
    if model.taught_on and everything - model.checked_at_asks >= _CHECK_EVERY:
        do_check_agreement(model=model, texts=texts[-_CHECKED:], asks=everything)
    return done


class _Waiting(NamedTuple):
    """An ask without a vector, and the voice that it stands in."""

    ask: int
    voice: int
    words: int
    subject: str


def _whole_voices(model: VectorModel, limit: int) -> list[_Waiting]:
    """Asks without a vector: as many as the limit, and then the rest of the last voice."""
    without = _without(model).order_by("voice", "position").values_list("pk", "voice", "words", "voice__subject")
    rows = list(without[:limit])
    if len(rows) == limit:
        last = rows[-1][1]
        rows = [row for row in rows if row[1] != last] + list(without.filter(voice=last))
    return [_Waiting(*row) for row in rows]


def _in_their_light(model: VectorModel, waiting: Sequence[_Waiting], texts: Sequence[str]) -> Floats:
    """The vectors of asks, leaning on their voices and subject lines; each different line is embedded once."""
    lines = [plain_subject(each.subject[:_LONGEST_SUBJECT]) for each in waiting]
    different = sorted(set(lines))
    place = {line: at for at, line in enumerate(different)}
    embedded = embed(model, [*texts, *different])
    vectors, subjects = embedded[: len(texts)], embedded[len(texts) :][[place[line] for line in lines]]
    voices, words = np.array([each.voice for each in waiting]), np.array([each.words for each in waiting])
    return in_context(vectors, voices, words, subjects=subjects)


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
