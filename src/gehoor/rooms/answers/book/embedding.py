"""The stage that gives every text of the book a vector, so that a question is found by what it means."""

from collections.abc import Iterator

import numpy as np
from django.db import transaction

from gehoor.analysis.embedding.teacher import Teacher
from gehoor.analysis.questions.entries import Entry, Field, texts_of
from gehoor.kernel.language import sentence
from gehoor.rooms.answers.book.index import entries_of, forget_index, hash_of, keep_copy, texts_state
from gehoor.rooms.answers.book.phrasing import plain
from gehoor.rooms.answers.models import Answer, AnswerVector, Phrasing, State
from gehoor.rooms.needs.teachers import the_teacher

STAGE_TITLE = sentence("Learning the answer book")
_BATCH = 128
_AT_ONCE = 500


class _Known:
    """What is pending, worked out once for each state of the book."""

    state: tuple[int, ...] = ()
    missing: list[int] = []
    """Entries with a text that has no vector; those of which the question itself has none come first."""


def _entries() -> list[int]:
    rows = Answer.objects.exclude(current=None).exclude(current__state=State.ARCHIVED)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _look() -> list[int]:
    """The entries that lack a vector; what nobody needs any more is thrown away meanwhile."""
    teacher = the_teacher()
    state = (*texts_state(), AnswerVector.objects.filter(model=teacher.name).count())
    if state != _Known.state:
        AnswerVector.objects.exclude(answer__in=Answer.objects.exclude(current__state=State.ARCHIVED)).delete()
        lacking = sorted(_lacking(_entries(), teacher))
        _Known.missing = [entry for _, entry in lacking]
        left = AnswerVector.objects.filter(model=teacher.name).count()
        _Known.state = (*state[:-1], left)
    return _Known.missing


def _lacking(answers: list[int], teacher: Teacher) -> Iterator[tuple[bool, int]]:
    """Entries without all of their vectors, and whether those of their questions are there."""
    for start in range(0, len(answers), _AT_ONCE):
        some = answers[start : start + _AT_ONCE]
        held: dict[int, dict[bytes, int]] = {}
        rows = AnswerVector.objects.filter(answer__in=some, model=teacher.name)
        for pk, answer, digest in rows.values_list("pk", "answer_id", "text_hash"):
            held.setdefault(answer, {})[bytes(digest)] = pk
        gone: list[int] = []
        for entry in entries_of(some):
            wanted = {hash_of(text): field for field, text in texts_of(entry)}
            has = held.get(entry.key, {})
            gone.extend(pk for digest, pk in has.items() if digest not in wanted)
            missing = [field for digest, field in wanted.items() if digest not in has]
            if missing:
                yield all(field == Field.PASSAGE for field in missing), entry.key
        AnswerVector.objects.filter(pk__in=gone).delete()


def pending() -> int:
    """How many entries have a text without a vector."""
    return len(_look())


def drain(limit: int) -> int:
    """Embed texts of at most ``limit`` entries; returns of how many entries all is done, at least one. Questions and
    ways to ask come first: by them most is found. Writes the copy of the index at the end of the work. Raises
    PartMissing, TeacherFailed."""
    missing = _look()
    if not missing:
        return 0
    teacher = the_teacher()
    some = missing[: max(1, min(limit, _BATCH))]
    entries = entries_of(some)
    if _embed(entries, teacher, (Field.QUESTION, Field.PHRASING)):
        rest = [entry.key for entry in entries if any(field == Field.PASSAGE for field, _ in texts_of(entry))]
    else:
        _embed(entries, teacher, tuple(Field))
        rest = []
    _Known.missing = [*missing[len(some) :], *rest]
    held = AnswerVector.objects.filter(model=teacher.name).count()
    _Known.state = (*_Known.state[:-1], held)
    if not _Known.missing:
        keep_copy()
    return max(1, len(some) - len(rest))


def _embed(entries: list[Entry], teacher: Teacher, fields: tuple[Field, ...]) -> int:
    """Embed what lacks a vector; returns how many texts. What was erased while the teacher was at work gets none."""
    keys = [entry.key for entry in entries]
    rows = AnswerVector.objects.filter(answer__in=keys, model=teacher.name).values_list("answer_id", "text_hash")
    held = {(answer, bytes(digest)) for answer, digest in rows}
    asked = _phrasings(keys)
    wanted: dict[tuple[int, bytes], tuple[str, int | None]] = {}
    for entry in entries:
        for field, text in texts_of(entry):
            key = (entry.key, hash_of(text))
            if field in fields and key not in held:
                phrasing = asked.get((entry.key, plain(text))) if field == Field.PHRASING else None
                wanted.setdefault(key, (text, phrasing))
    if not wanted:
        return 0
    vectors = teacher.embed([text for text, _ in wanted.values()])
    with transaction.atomic():
        there = set(Phrasing.objects.filter(answer__in=keys).values_list("pk", flat=True))
        answers = set(Answer.objects.filter(pk__in=keys).values_list("pk", flat=True))
        made = [
            AnswerVector(
                answer_id=answer,
                phrasing_id=phrasing,
                text_hash=digest,
                model=teacher.name,
                vector=vector.astype(np.float16).tobytes(),
            )
            for ((answer, digest), (_, phrasing)), vector in zip(wanted.items(), vectors, strict=True)
            if answer in answers and (phrasing is None or phrasing in there)
        ]
        AnswerVector.objects.bulk_create(made, ignore_conflicts=True)
    return len(wanted)


def _phrasings(answers: list[int]) -> dict[tuple[int, str], int]:
    rows = Phrasing.objects.filter(answer__in=answers, removed=False).values_list("pk", "answer_id", "text")
    return {(answer, plain(text)): pk for pk, answer, text in rows}


def forget() -> None:
    """Throw away every vector and the index."""
    AnswerVector.objects.all().delete()
    forget_index()
