"""The answer book as an index: a text in, the entries it asks about out, with how sure that is and where it asks."""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gehoor.analysis.embedding.teacher import Teacher, normalised
from gehoor.analysis.needs.sentences import Span, sentences
from gehoor.analysis.questions.dense import common_asking
from gehoor.analysis.questions.entries import Entry, Field, texts_of
from gehoor.analysis.questions.lexical import Row
from gehoor.analysis.questions.scoring import Likeness, probability, traits
from gehoor.analysis.questions.tables import Known, Tables, know, wording
from gehoor.analysis.questions.windows import asked_sentences, spoken, windows
from gehoor.kernel.errors import Damaged

Floats = NDArray[np.float32]
_FEW, _SHARE = 64, 40
"""So many changes, and such a part of all, stand beside the rest before everything is put together anew."""
_OF_A_WINDOW = 5
_SAME_PLACE = 0.5
"""What the second entry for one place of a letter counts beside the first."""


@dataclass(frozen=True, slots=True)
class Hit:
    """``text[start:end]`` asks what entry ``key`` answers. ``score`` compares hits of one text; ``probability`` is the
    measured chance that this is the entry meant; ``field``: which of its texts is nearest."""

    key: int
    score: float
    probability: float
    field: Field
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Asked:
    """A place of a text as it is looked up: hashed wordings of it and of its sentences, and vectors (any number, d)."""

    place: Span
    wordings: Sequence[int]
    vectors: Floats


class QuestionIndex:
    """Entries by key. What follows from all of them together is made when first asked for; what is changed after that
    stands beside it until there is much of it."""

    def __init__(self, teacher: Teacher, common: Floats | None = None) -> None:
        """``common`` (d): what :func:`common_asking` gave for this teacher, when it is kept."""
        self._teacher = teacher
        self._common = common_asking(teacher) if common is None else common
        self._known: dict[int, Known] = {}
        self._main: Tables | None = None
        self._beside: Tables | None = None
        self._since: dict[int, None] = {}
        """Keys that were put or removed since the main tables were made."""
        self._stand = np.zeros(0, np.int64)
        """Rows of the main tables that still hold."""

    @classmethod
    def build(
        cls, entries: Sequence[Entry], vectors: Floats, teacher: Teacher, common: Floats | None = None
    ) -> "QuestionIndex":
        """``vectors`` (m, d): of ``texts_to_embed(entries)``, by the same teacher. Raises ValueError for another m."""
        index, at = cls(teacher, common), 0
        for entry in entries:
            end = at + len(texts_of(entry))
            index._known[entry.key] = know(entry, vectors[at:end])
            at = end
        if at != len(vectors):
            raise ValueError("one vector for each text of texts_to_embed")
        return index

    def __len__(self) -> int:
        return len(self._known)

    def put(self, entry: Entry, vectors: Floats) -> None:
        """Add an entry, or replace the one with its key. ``vectors``: of ``texts_to_embed([entry])``."""
        self._known[entry.key] = know(entry, vectors)
        self._changed(entry.key)

    def remove(self, key: int) -> None:
        """Forget an entry; none with that key is fine."""
        if self._known.pop(key, None) is not None:
            self._changed(key)

    def _changed(self, key: int) -> None:
        self._since[key] = None
        self._beside = None

    def _brought_up(self) -> tuple[Tables | None, Tables | None]:
        """The tables of all, and beside them those of what changed since, which are small and soon made. What changed
        is merged when it is a good part of the whole."""
        if self._main is None or len(self._since) > _FEW + len(self._main.keys) // _SHARE:
            self._main = Tables(self._known, self._common) if self._known else None
            self._since.clear()
        if self._beside is None and self._main is not None:
            gone = [self._main.row_of[key] for key in self._since if key in self._main.row_of]
            self._stand = np.delete(np.arange(len(self._main.keys)), gone)
            new = {key: self._known[key] for key in self._since if key in self._known}
            self._beside = Tables(new, self._common, self._main) if new else None
        return self._main, self._beside

    @property
    def _keys(self) -> list[int]:
        """The key of each row of :meth:`likeness`."""
        main, beside = self._brought_up()
        if main is None:
            return []
        stand = main.keys if not self._since else [main.keys[row] for row in self._stand.tolist()]
        return stand if beside is None else [*stand, *beside.keys]

    def find(self, text: str, n: int = 3) -> list[Hit]:
        """The ``n`` entries that fit best, best first. A long text is looked up part by part, so that each thing
        that it asks finds its entry; [] for an empty book or a text without words."""
        said = spoken(text)
        parts = windows(said)
        if not self._known or not parts:
            return []
        found = self._of_one(said, parts[0], n) if len(parts) == 1 else self._of_many(said, parts, n)
        return found[:n]

    def likeness(self, texts: Sequence[str], vectors: Floats) -> list[Likeness]:
        """Of each text, with its vector, to every entry in the order in which they were put."""
        main, beside = self._brought_up()
        if main is None:
            nothing = np.zeros(0, np.float32)
            return [Likeness(nothing, nothing, nothing, nothing) for _ in texts]
        found = main.likeness(texts, vectors)
        if self._since:
            found = [one.of(self._stand) for one in found]
        if beside is None:
            return found
        return [one.and_of(other) for one, other in zip(found, beside.likeness(texts, vectors), strict=True)]

    def _of_one(self, text: str, part: Span, n: int) -> list[Hit]:
        """A short text: ranked as a whole, its place found by sentence."""
        inner = [(part[0] + a, part[0] + b) for a, b in asked_sentences(text[part[0] : part[1]])]
        spans = [part] if len(inner) < 2 else [part, *inner]
        texts = [text[a:b] for a, b in spans]
        vectors = self._teacher.embed(texts)
        asked = _Asked(part, _wordings(texts[0]), vectors)
        found = self._best(self.likeness(texts[:1], vectors[:1])[0], asked, n)
        if len(spans) == 1:
            return found
        return [_placed(hit, spans[1 + self._nearest(hit.key, vectors[1:])]) for hit in found]

    def _nearest(self, key: int, asked: Floats) -> int:
        """Which of the sentences is nearest to a text of the entry."""
        return int(np.argmax(self._cosines(key, asked).max(axis=1)))

    def _cosines(self, key: int, asked: Floats) -> Floats:
        """(a, texts of the entry): of vectors with those of the entry, less what all askings have in common."""
        texts = self._known[key].vectors.astype(np.float32)
        with_text = np.asarray(texts.any(axis=1))
        texts = np.where(with_text[:, None], normalised(texts - self._common), 0.0)
        return np.asarray(normalised(np.asarray(asked - self._common, np.float32)) @ texts.T, np.float32)

    def _of_many(self, text: str, parts: Sequence[Span], n: int) -> list[Hit]:
        """A long text: the best entries of each part, so that one place does not take all of the answer."""
        texts = [text[a:b] for a, b in parts]
        vectors = self._teacher.embed(texts)
        best: dict[int, Hit] = {}
        for at, likeness in enumerate(self.likeness(texts, vectors)):
            asked = _Asked(parts[at], _wordings(texts[at]), vectors[at : at + 1])
            for hit in self._best(likeness, asked, _OF_A_WINDOW):
                if hit.key not in best or hit.probability > best[hit.key].probability:
                    best[hit.key] = hit
        return _spread(list(best.values()), n)

    def _best(self, likeness: Likeness, asked: _Asked, n: int) -> list[Hit]:
        """What is worded as an entry comes first, whatever else is alike."""
        fused, keys, told = likeness.fused, self._keys, traits(likeness)
        worded = self._worded(asked.wordings)
        order = np.argsort(-fused, kind="stable")[: n + len(worded)].tolist()
        rows = [row for row, key in enumerate(keys) if key in worded] if worded else []
        rows += [row for row in order if row not in rows]
        found = []
        for row in rows[:n]:
            field = Field.QUESTION if likeness.question[row] >= likeness.passage[row] else Field.PASSAGE
            chance = probability(told[row], 1.0 if keys[row] in worded else self._worded_alike(keys[row], asked))
            found.append(Hit(keys[row], float(fused[row]), chance, field, *asked.place))
        return found

    def _worded(self, numbers: Sequence[int]) -> set[int]:
        """Keys of the entries with one of these wordings now."""
        said = set(numbers)
        found = {key for each in self._brought_up() if each for number in said for key in each.worded(number)}
        return {key for key in found & self._known.keys() if said & set(self._known[key].wordings.tolist())}

    def _worded_alike(self, key: int, asked: _Asked) -> float:
        """The largest cosine with its question or a phrasing."""
        own = self._known[key].fields != Field.PASSAGE
        return float(self._cosines(key, asked.vectors)[:, own].max(initial=0.0))

    def save(self, path: Path) -> None:
        """Write as .npz, whole or not at all."""
        part = path.with_name(path.name + ".part")
        known = list(self._known.values())
        arrays: dict[str, NDArray[np.generic]] = {
            "teacher": np.array(self._teacher.name),
            "common": self._common,
            "keys": np.array(list(self._known), np.int64),
            "texts": np.array([len(one.fields) for one in known], np.int64),
            "wordings": np.array([len(one.wordings) for one in known], np.int64),
            "worded": np.concatenate([np.zeros(0, np.int64), *(one.wordings for one in known)]),
            "fields": np.concatenate([np.zeros(0, np.int8), *(one.fields for one in known)]),
            "vectors": np.concatenate([np.zeros((0, len(self._common)), np.float16), *(one.vectors for one in known)]),
        }
        for name in ("words", "pieces"):
            arrays |= _packed(name, [getattr(one, name) for one in known])
        with part.open("wb") as file:
            np.savez(file, allow_pickle=False, **arrays)
        part.replace(path)

    @classmethod
    def load(cls, path: Path, teacher: Teacher) -> "QuestionIndex":
        """Read what :meth:`save` wrote. Raises Damaged, also when another teacher's vectors stand there, and
        FileNotFoundError."""
        try:
            with path.open("rb") as handle, np.load(handle, allow_pickle=False) as file:
                arrays = {name: file[name] for name in file.files}
            index = cls(teacher, arrays["common"])
            edges = np.cumsum(arrays["texts"])[:-1]
            words, pieces = (_unpacked(name, arrays) for name in ("words", "pieces"))
            texts = zip(np.split(arrays["fields"], edges), np.split(arrays["vectors"], edges), strict=True)
            worded = np.split(arrays["worded"], np.cumsum(arrays["wordings"])[:-1])
            each = zip(arrays["keys"].tolist(), words, pieces, worded, texts, strict=False)
            for key, word, piece, hashes, (fields, vectors) in each:
                index._known[key] = Known(word, piece, hashes, fields, vectors)
            same_teacher = str(arrays["teacher"]) == teacher.name
        except (ValueError, KeyError, zipfile.BadZipFile, EOFError) as error:
            raise Damaged(what="question index", why="not what was saved") from error
        if not same_teacher:
            raise Damaged(what="question index", why="made with another teacher")
        return index


def _wordings(text: str) -> list[int]:
    """Hashed, of the whole and of each sentence."""
    return [wording(text), *(wording(text[start:end]) for start, end in sentences(text))]


def _placed(hit: Hit, place: Span) -> Hit:
    return replace(hit, start=place[0], end=place[1])


def _spread(hits: list[Hit], n: int) -> list[Hit]:
    """The ``n`` most probable, where a hit counts half for each better one of the same place."""
    left = list(hits)
    chosen: list[Hit] = []
    while left and len(chosen) < n:

        def worth(hit: Hit) -> tuple[float, int]:
            beside = sum(hit.start < other.end and other.start < hit.end for other in chosen)
            return hit.probability * _SAME_PLACE**beside, -hit.key

        best = max(left, key=worth)
        left.remove(best)
        chosen.append(best)
    return chosen


def _packed(name: str, rows: Sequence[Row]) -> dict[str, NDArray[np.generic]]:
    return {
        f"{name}_lengths": np.array([len(row.columns) for row in rows], np.int64),
        f"{name}_columns": np.concatenate([np.zeros(0, np.int32), *(row.columns for row in rows)]),
        f"{name}_counts": np.concatenate([np.zeros(0, np.float32), *(row.counts for row in rows)]),
    }


def _unpacked(name: str, arrays: dict[str, NDArray[np.generic]]) -> list[Row]:
    edges = np.cumsum(arrays[f"{name}_lengths"])[:-1]
    columns = np.split(arrays[f"{name}_columns"].astype(np.int32), edges)
    counts = np.split(arrays[f"{name}_counts"].astype(np.float32), edges)
    return [Row(column, count) for column, count in zip(columns, counts, strict=True)]
