"""Finding the entry that a text asks about: the index of the book, one in each process.

What the index is made of stands in the database (versions, phrasings, vectors); a copy is kept in the home so that a
process need not make it all again. An entry whose vectors are still to come is found by its words alone.
"""

import logging
import threading
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import numpy as np
from django.conf import settings
from django.db.models import Count, Max, Q
from django.utils import timezone
from numpy.typing import NDArray

from gehoor.analysis.agreement.statement import words_of
from gehoor.analysis.embedding.server import TeacherFailed
from gehoor.analysis.embedding.teacher import Teacher
from gehoor.analysis.questions.dense import common_asking
from gehoor.analysis.questions.entries import Entry, texts_of
from gehoor.analysis.questions.index import QuestionIndex
from gehoor.analysis.questions.windows import asked_sentences, spoken, windows
from gehoor.kernel.errors import CannotRead, PartMissing
from gehoor.rooms.answers.book.content import is_valid_on
from gehoor.rooms.answers.book.listing import phrasings_by_answer
from gehoor.rooms.answers.models import Answer, AnswerVector, Phrasing, State, Version
from gehoor.rooms.needs.teachers import the_teacher
from gehoor.rooms.privacy.rights import Subject

_log = logging.getLogger(__name__)
Floats = NDArray[np.float32]

_AT_ONCE = 500
_VECTORS_EVERY = 5.0
"""Seconds between two looks at vectors that came: while a book is being embedded they come all the time."""
_MORE = 8
_SAME = 0.7
"""So much of the words of two questions is the same when they are one question."""
_KEPT_QUERIES = 16_000
_OF_BEST = 0.1
_FITS = 0.1
"""Below this probability of the best nothing in the book answers what was asked."""


@dataclass(frozen=True, slots=True)
class Hit:
    """``text[start:end]`` of what was asked is answered by this entry, with this probability. ``draft``: nobody
    validated it yet."""

    answer: Answer
    version: Version
    probability: float
    start: int
    end: int

    @property
    def place(self) -> tuple[int, int]:
        """Where in the asked text."""
        return self.start, self.end

    @property
    def draft(self) -> bool:
        """Whether it still has to be validated."""
        return self.version.state != State.VALIDATED


def find_answers(text: str, n: int = 3, *, audience: str | None = None, on: date | None = None) -> list[Hit]:
    """The entries that a text asks about, best first: at most ``n``, of those that hold ``on`` a day (today) and are
    not archived; for an ``audience`` only what it may read. [] for a text without words."""
    if not any(each.isalnum() for each in text):
        return []
    day = on or timezone.localdate()
    index = _the_index.fresh()
    most = n * 2 + 4
    while True:
        found = index.find(text, most)
        hits = _validated_first(list(_holding(found, audience, day)))
        if len(hits) >= n or len(found) < most:
            return hits[:n]
        most *= _MORE


def find_each(texts: Sequence[str], n: int = 3, *, on: date | None = None) -> list[list[Hit]]:
    """For each text what :func:`find_answers` finds, many together: they are embedded in batches, and the entries are
    read once."""
    if not texts:
        return []
    day = on or timezone.localdate()
    index = _the_index.fresh()
    most = n * 2 + 4
    wanted = [any(each.isalnum() for each in text) for text in texts]
    found = index.find_each([text for text, words in zip(texts, wanted, strict=True) if words], most)
    rows = _rows({each.key for some in found for each in some})
    hits: list[list[Hit]] = []
    in_turn = iter(found)
    for text, words in zip(texts, wanted, strict=True):
        some = next(in_turn) if words else []
        held = _validated_first(list(_held(some, rows, None, day)))
        hits.append(held[:n] if len(held) >= n or len(some) < most else find_answers(text, n, on=day))
    return hits


def _validated_first(hits: list[Hit]) -> list[Hit]:
    """What nobody validated yet overrules no validated entry with the same question: it comes after that one, which
    gets what is probable of either."""
    changed = list(hits)
    for at, draft in enumerate(hits):
        twin = next((place for place, hit in enumerate(hits) if draft.draft and _asks_the_same(hit, draft)), None)
        if twin is not None:
            ours, theirs = changed[twin], changed[at]
            both = min(1.0, ours.probability + theirs.probability)
            changed[twin] = replace(ours, probability=both)
            changed[at] = replace(theirs, probability=min(ours.probability, theirs.probability))
    return sorted(changed, key=lambda hit: -hit.probability) if changed != hits else hits


def _asks_the_same(validated: Hit, draft: Hit) -> bool:
    if validated.draft:
        return False
    one, other = (words_of(hit.version.question) for hit in (validated, draft))
    return len(one & other) >= _SAME * max(1, len(one | other))


def near_best(hits: Sequence[Hit]) -> list[Hit]:
    """Of what was found what may be meant, the most probable first, for a list that people look through: none where
    even the best hardly can be, and nothing far behind the best."""
    found = sorted(hits, key=lambda hit: -hit.probability)
    if not found or found[0].probability < _FITS:
        return []
    return [hit for hit in found if hit.probability >= _OF_BEST * found[0].probability]


def _holding(found: Sequence["_Found"], audience: str | None, day: date) -> Iterable[Hit]:
    return _held(found, _rows({each.key for each in found}), audience, day)


def _rows(keys: Collection[int]) -> Mapping[int, Answer]:
    rows = Answer.objects.select_related("current__owner")
    return rows.in_bulk(list(keys))


def _held(found: Sequence["_Found"], rows: Mapping[int, Answer], audience: str | None, day: date) -> Iterable[Hit]:
    for each in found:
        answer = rows.get(each.key)
        now = answer.current if answer is not None else None
        if answer is None or now is None or now.state == State.ARCHIVED or not is_valid_on(now, day):
            continue
        if audience is None or now.audience == audience:
            yield Hit(answer, now, each.probability, each.start, each.end)


@dataclass(frozen=True, slots=True)
class _Found:
    key: int
    probability: float
    start: int
    end: int


class _PatientTeacher:
    """The teacher for questions: knows the last ones again (by hash, not by their words), and gives nothing (zeros)
    while the real one is away."""

    def __init__(self, teacher: Teacher) -> None:
        self._teacher = teacher
        self._last: dict[bytes, Floats] = {}
        self.name = teacher.name

    @property
    def dimensions(self) -> int:
        return self._teacher.dimensions

    def embed(self, texts: Sequence[str]) -> Floats:
        """See :class:`Teacher`."""
        keys = [hash_of(text) for text in texts]
        new = list({key: text for key, text in zip(keys, texts, strict=True) if key not in self._last}.values())
        if new:
            try:
                vectors = self._teacher.embed(new)
            except (PartMissing, TeacherFailed) as error:
                _log.warning("answers are found by words alone: %s", error.code)
                return np.zeros((len(texts), self.dimensions), np.float32)
            if len(self._last) > _KEPT_QUERIES:
                self._last = {key: self._last[key] for key in keys if key in self._last}
            self._last |= dict(zip(map(hash_of, new), vectors, strict=True))
        return np.stack([self._last[key] for key in keys])


def _looked_at(text: str) -> list[str]:
    """What of a text is embedded to find its entry: its parts, and the sentences of a short one."""
    said = spoken(text)
    parts = [said[start:end] for start, end in windows(said)]
    if len(parts) != 1:
        return parts
    inner = [parts[0][start:end] for start, end in asked_sentences(parts[0])]
    return parts if len(inner) < 2 else [*parts, *inner]


def hash_of(text: str) -> bytes:
    """Under what a text's vector is kept: SHA-256."""
    return sha256(text.strip().encode("utf-8", "surrogatepass")).digest()


def entries_of(answers: Sequence[int]) -> list[Entry]:
    """These entries as the index sees them; archived ones are left out."""
    found: list[Entry] = []
    for start in range(0, len(answers), _AT_ONCE):
        some = answers[start : start + _AT_ONCE]
        asked = phrasings_by_answer(some)
        rows = Answer.objects.filter(pk__in=some).exclude(current=None).exclude(current__state=State.ARCHIVED)
        said = rows.order_by("pk").values_list("pk", "current__question", "current__text")
        found.extend(Entry(pk, question, tuple(asked.get(pk, ())), text) for pk, question, text in said)
    return found


def _vectors(entries: Sequence[Entry], teacher: Teacher) -> Floats:
    """The vectors of all texts of these entries, in their order; zeros for what was not embedded yet."""
    kept: dict[tuple[int, bytes], bytes] = {}
    keys = [entry.key for entry in entries]
    for start in range(0, len(keys), _AT_ONCE):
        rows = AnswerVector.objects.filter(answer__in=keys[start : start + _AT_ONCE], model=teacher.name)
        found = rows.values_list("answer", "text_hash", "vector")
        kept |= {(answer, bytes(digest)): bytes(vector) for answer, digest, vector in found}
    nothing = np.zeros(teacher.dimensions, np.float32)
    vectors = []
    for entry in entries:
        for _, text in texts_of(entry):
            data = kept.get((entry.key, hash_of(text)))
            vectors.append(nothing if data is None else np.frombuffer(data, np.float16).astype(np.float32))
    return np.stack(vectors) if vectors else np.zeros((0, teacher.dimensions), np.float32)


Mark = tuple[int, int, int, int]
"""Of an entry: its version, how many phrasings it has and the newest, and how many vectors."""


def _marks(teacher: Teacher) -> dict[int, Mark]:
    """By which to see that an entry has to be put in anew."""
    rows = Answer.objects.exclude(current=None).exclude(current__state=State.ARCHIVED)
    versions = dict(rows.values_list("pk", "current_id"))
    counted = (
        Phrasing.objects.filter(removed=False).values_list("answer_id").annotate(Count("pk"), Max("pk")).order_by()
    )
    asked = {answer: (count, last) for answer, count, last in counted}
    held = AnswerVector.objects.filter(model=teacher.name).values_list("answer_id").annotate(Count("pk")).order_by()
    vectors: dict[int, int] = dict(held)
    return {pk: (version or 0, *asked.get(pk, (0, 0)), vectors.get(pk, 0)) for pk, version in versions.items()}


def texts_state() -> tuple[int, ...]:
    """What differs as soon as an entry or a phrasing does; quick."""
    versions = Version.objects.aggregate(last=Max("pk"))
    asked = Phrasing.objects.aggregate(last=Max("pk"), count=Count("pk"), gone=Count("pk", filter=Q(removed=True)))
    found = (versions["last"], Answer.objects.count(), asked["last"], asked["count"], asked["gone"])
    return tuple(each or 0 for each in found)


class _Index:
    """The index of this process, made when first asked for and put right when the book changed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._index: QuestionIndex | None = None
        self._marks: dict[int, Mark] = {}
        self._teacher: _PatientTeacher | None = None
        self._state: tuple[int, ...] = ()
        self._vectors = -1
        self._looked = 0.0

    def fresh(self) -> "_Index":
        """Itself, as the book is now."""
        with self._lock:
            teacher = the_teacher()
            if self._teacher is None or self._teacher.name != teacher.name:
                self._begin(teacher)
            self._refresh()
        return self

    def find(self, text: str, n: int) -> list[_Found]:
        """The entries that fit best."""
        with self._lock:
            index = self._index
            found = index.find(text, n) if index is not None else []
        return [_Found(each.key, each.probability, each.start, each.end) for each in found]

    def find_each(self, texts: Sequence[str], n: int) -> list[list[_Found]]:
        """The entries that fit each best: all that has to be embedded is embedded together first."""
        for start in range(0, len(texts), _AT_ONCE):
            said = [each for text in texts[start : start + _AT_ONCE] for each in _looked_at(text)]
            with self._lock:
                if self._teacher is not None and said:
                    self._teacher.embed(said)
        return [self.find(text, n) for text in texts]

    def forget(self) -> None:
        """Know nothing any more; the copy in the home goes too."""
        with self._lock:
            self._index, self._teacher, self._marks, self._state = None, None, {}, ()
            path().unlink(missing_ok=True)

    def _begin(self, teacher: Teacher) -> None:
        self._teacher = _PatientTeacher(teacher)
        self._index, self._marks = _loaded(self._teacher)
        self._state, self._vectors, self._looked = (), -1, 0.0

    def _refresh(self) -> None:
        state, now = texts_state(), time.monotonic()
        if state == self._state and now - self._looked < _VECTORS_EVERY:
            return
        self._looked = now
        teacher = self._teacher
        if self._index is None or teacher is None:
            return
        vectors = AnswerVector.objects.filter(model=teacher.name).count()
        if (state, vectors) == (self._state, self._vectors):
            return
        marks = _marks(teacher)
        for gone in self._marks.keys() - marks.keys():
            self._index.remove(gone)
        changed = [key for key, mark in marks.items() if self._marks.get(key) != mark]
        self._put(changed, teacher)
        self._marks, self._state, self._vectors = marks, state, vectors

    def _put(self, changed: list[int], teacher: Teacher) -> None:
        if self._index is None:
            return
        for start in range(0, len(changed), _AT_ONCE):
            entries = entries_of(changed[start : start + _AT_ONCE])
            vectors, at = _vectors(entries, teacher), 0
            for entry in entries:
                end = at + len(texts_of(entry))
                self._index.put(entry, vectors[at:end])
                at = end

    def keep(self) -> None:
        """Write the copy from which other processes begin."""
        with self._lock:
            if self._index is None or self._teacher is None:
                return
            self._index.save(path())
            marks = np.array([(key, *mark) for key, mark in self._marks.items()], np.int64).reshape(-1, 5)
            np.save(_marks_path(), marks, allow_pickle=False)


def path() -> Path:
    """Where the copy stands. It holds no text: hashed counts of words, and vectors."""
    return Path(settings.HOME.folder("vectors")) / "answers.npz"


def _marks_path() -> Path:
    return path().with_name("answers-marks.npy")


_commons: dict[str, Floats] = {}


def _common(teacher: Teacher) -> Floats:
    """What all askings have in common, worked out once a process: it takes a second or two."""
    if teacher.name not in _commons:
        _commons[teacher.name] = common_asking(teacher)
    return _commons[teacher.name]


def _loaded(teacher: Teacher) -> tuple[QuestionIndex, dict[int, Mark]]:
    """The copy, when there is one that this teacher made; else an empty index."""
    try:
        marks = np.load(_marks_path(), allow_pickle=False)
        index = QuestionIndex.load(path(), teacher)
    except (CannotRead, OSError, ValueError, EOFError):
        return QuestionIndex(teacher, _common(teacher)), {}
    if len(marks) != len(index):
        return QuestionIndex(teacher, _common(teacher)), {}
    return index, {int(row[0]): (int(row[1]), int(row[2]), int(row[3]), int(row[4])) for row in marks}


_the_index = _Index()


def keep_copy() -> None:
    """Bring the index up to date and write the copy."""
    _the_index.fresh().keep()


def forget_index(_: Subject | None = None) -> None:
    """After something of a person was erased: the index of this process and the copy go; others see that phrasings
    went, and take them out."""
    _the_index.forget()
