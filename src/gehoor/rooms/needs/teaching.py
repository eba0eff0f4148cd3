"""Which model makes the vectors now: the teacher itself while there are few asks, else a student that it taught.

The student is taught on a sample of the organisation's own asks, and again when something was erased, when there are
ten times as many asks as then, or when it no longer agrees with the teacher. The teacher works outside every
transaction.
"""

import time
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from django.db import transaction
from django.db.models import Sum
from numpy.typing import NDArray

from gehoor.analysis.embedding.student import Student, teach
from gehoor.analysis.embedding.teacher import Teacher
from gehoor.kernel.ids import key_of, new_id
from gehoor.rooms.needs.models import VectorModel
from gehoor.rooms.needs.teachers import the_teacher
from gehoor.rooms.needs.texts import text_of
from gehoor.rooms.needs.vectors import folder_of, locked
from gehoor.rooms.people.models import Attribution
from gehoor.rooms.voices.models import Ask

Floats = NDArray[np.float32]

FEW = 1_500
"""Up to so many asks the teacher embeds everything itself, however long they are."""
WORDS = 400_000
"""And up to so many words, some five minutes on two cores: of long texts a student keeps least."""
MANY = 12_000
"""But never more asks than this: of many short texts a student keeps nearly everything."""
SAMPLE = 4_000
"""Asks that a student is taught on, at most."""
TEACHING_SECONDS = 50.0
"""The teacher stops reading for the sample after so long, once it has read ``FEW``."""
GROWTH = 10
"""Teach again when there are so many times more asks than when it was taught."""
FELL = 0.05
"""Teach again when the agreement with the teacher is lower by more than this."""
_CHUNK = 256
_STUDENT = "student.npz"


def current_model() -> VectorModel | None:
    """The model whose vectors count, None before the first."""
    return VectorModel.objects.filter(current=True).first()


def few(asks: int) -> bool:
    """Whether so many asks are few enough for the teacher to read them all."""
    if FEW < asks <= MANY:
        return (Ask.objects.aggregate(words=Sum("words"))["words"] or 0) <= WORDS
    return asks <= FEW


def fitting(model: VectorModel | None, asks: int) -> bool:
    """Whether this model may go on, for this many asks."""
    if model is None or model.stale or model.teacher != the_teacher().name:
        return False
    if not model.taught_on:
        return asks <= 2 * model.asks_then or few(asks)
    return asks < GROWTH * model.asks_then


def model_for(asks: int) -> VectorModel:
    """The model to embed with now; makes a new one when the current one does not fit. May take minutes."""
    model = current_model()
    if model is not None and fitting(model, asks):
        return model
    teacher = the_teacher()
    if not few(asks) and (student := _taught(teacher)) is not None:
        return do_use_student(student=student, teacher=teacher, asks=asks)
    return do_use_teacher(teacher=teacher, asks=asks)


def embed(model: VectorModel, texts: Sequence[str]) -> Floats:
    """The vectors of texts under this model, (n, dimensions). Raises FileNotFoundError when its student is gone."""
    return student_of(model.name).embed(texts) if model.taught_on else _by_teacher(texts, model.dimensions)


@lru_cache(maxsize=2)
def student_of(name: str) -> Student:
    """The student of this name, read once a process: a name is never used twice."""
    return Student.load(folder_of(name) / _STUDENT)


def do_use_teacher(*, teacher: Teacher, asks: int) -> VectorModel:
    """Let the teacher embed everything itself. ``asks``: how many there are; a student is tried again at twice as
    many."""
    with locked(), transaction.atomic():
        VectorModel.objects.filter(current=True).exclude(name=teacher.name).update(current=False, unswept=True)
        model, _ = VectorModel.objects.update_or_create(
            name=teacher.name,
            defaults={
                "teacher": teacher.name,
                "dimensions": teacher.dimensions,
                "current": True,
                "stale": False,
                "asks_then": 0 if few(asks) else asks,
            },
        )
    return model


def do_use_student(*, student: Student, teacher: Teacher, asks: int) -> VectorModel:
    """Keep a student that was just taught, and make it the current model. Everything is then embedded again."""
    name = f"student-{new_id().hex}-{teacher.name}"[:200]
    with locked():
        place = folder_of(name)
        place.mkdir(parents=True, exist_ok=True)
        student.save(place / _STUDENT)
        with transaction.atomic():
            VectorModel.objects.filter(current=True).update(current=False, unswept=True)
            return VectorModel.objects.create(
                name=name,
                teacher=teacher.name,
                dimensions=teacher.dimensions,
                taught_on=student.taught,
                asks_then=asks,
                checked_at_asks=asks,
                agreement=None if np.isnan(student.agreement) else student.agreement,
                current=True,
            )


def _taught(teacher: Teacher) -> Student | None:
    """A student of ``teacher``; None when too little is said by five persons to teach one."""
    asks, persons = sample(SAMPLE)
    texts = text_of(asks)
    vectors = _teachers_vectors(teacher, texts)
    return teach(texts[: len(vectors)], vectors, persons[: len(vectors)], teacher.name)


def _teachers_vectors(teacher: Teacher, texts: Sequence[str]) -> Floats:
    """The teacher's vectors of the first texts, as many as it manages in time. (Those kept lean on their voices.)"""
    until = time.monotonic() + TEACHING_SECONDS
    parts: list[Floats] = []
    for start in range(0, len(texts), _CHUNK):
        if time.monotonic() > until and start >= FEW:
            break
        parts.append(teacher.embed(texts[start : start + _CHUNK]))
    return np.concatenate(parts) if parts else np.zeros((0, teacher.dimensions), np.float32)


def sample(size: int) -> tuple[list[int], NDArray[np.int64]]:
    """A sample of asks that is the same each time, and who said each: a person, or -1 for an anonymous voice."""
    rows = Ask.objects.values_list("pk", "voice_id", "public_id").iterator()
    chosen = sorted((key_of([public_id.bytes]), pk, voice) for pk, voice, public_id in rows)[:size]
    who = dict(Attribution.objects.exclude(person=None).values_list("voice_id", "person_id").iterator())
    persons = np.array([who.get(voice, -1) for _, _, voice in chosen], np.int64)
    return [pk for _, pk, _ in chosen], persons


def _by_teacher(texts: Sequence[str], dimensions: int) -> Floats:
    vectors = the_teacher().embed(texts)
    return vectors if vectors.shape[1] else np.zeros((len(texts), dimensions), np.float32)


def agreement_with_teacher(model: VectorModel, texts: Sequence[str]) -> float:
    """The mean cosine of the model's vectors with the teacher's."""
    return float((embed(model, texts) * _by_teacher(texts, model.dimensions)).sum(axis=1).mean())


def do_check_agreement(*, model: VectorModel, texts: Sequence[str], asks: int) -> None:
    """Hold a student against the teacher on texts that it was not taught; mark it stale when it fell behind."""
    fell = model.agreement is not None and agreement_with_teacher(model, texts) < model.agreement - FELL
    VectorModel.objects.filter(pk=model.pk).update(checked_at_asks=asks, stale=fell)
