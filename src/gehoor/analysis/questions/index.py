"""The answer book as an index: a text in, the entries it asks about out, with how sure that is and where it asks."""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gehoor.analysis.embedding.teacher import Teacher, normalised
from gehoor.analysis.needs.sentences import Span
from gehoor.analysis.questions.dense import DenseIndex, common_asking
from gehoor.analysis.questions.entries import Entry, Field, texts_of
from gehoor.analysis.questions.lexical import PieceIndex, Row, WordIndex, entry_pieces, entry_terms
from gehoor.analysis.questions.scoring import Likeness, probability, traits
from gehoor.analysis.questions.windows import asked_sentences, spoken, windows
from gehoor.kernel.errors import Damaged

Floats = NDArray[np.float32]
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
class _Known:
    """An entry in the index: no text of it is kept, only hashed counts and vectors (float16)."""

    words: Row
    pieces: Row
    fields: NDArray[np.int8]
    vectors: NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class _Tables:
    keys: list[int]
    words: WordIndex
    pieces: PieceIndex
    dense: DenseIndex


def _know(entry: Entry, vectors: Floats) -> _Known:
    fields = np.array([field for field, _ in texts_of(entry)], np.int8)
    if len(fields) != len(vectors):
        raise ValueError("one vector for each text of texts_to_embed")
    return _Known(entry_terms(entry), entry_pieces(entry), fields, vectors.astype(np.float16))


class QuestionIndex:
    """Entries by key. What follows from all of them together is made when first asked for after a change."""

    def __init__(self, teacher: Teacher, common: Floats | None = None) -> None:
        """``common`` (d): what :func:`common_asking` gave for this teacher, when it is kept."""
        self._teacher = teacher
        self._common = common_asking(teacher) if common is None else common
        self._known: dict[int, _Known] = {}

    @classmethod
    def build(
        cls, entries: Sequence[Entry], vectors: Floats, teacher: Teacher, common: Floats | None = None
    ) -> "QuestionIndex":
        """``vectors`` (m, d): of ``texts_to_embed(entries)``, by the same teacher. Raises ValueError for another m."""
        index, at = cls(teacher, common), 0
        for entry in entries:
            end = at + len(texts_of(entry))
            index._known[entry.key] = _know(entry, vectors[at:end])
            at = end
        if at != len(vectors):
            raise ValueError("one vector for each text of texts_to_embed")
        return index

    def __len__(self) -> int:
        return len(self._known)

    def put(self, entry: Entry, vectors: Floats) -> None:
        """Add an entry, or replace the one with its key. ``vectors``: of ``texts_to_embed([entry])``."""
        self._known[entry.key] = _know(entry, vectors)
        self.__dict__.pop("_tables", None)

    def remove(self, key: int) -> None:
        """Forget an entry; none with that key is fine."""
        if self._known.pop(key, None) is not None:
            self.__dict__.pop("_tables", None)

    @cached_property
    def _tables(self) -> _Tables:
        known = list(self._known.values())
        dense = DenseIndex([one.vectors for one in known], [one.fields for one in known], self._common)
        words, pieces = WordIndex([one.words for one in known]), PieceIndex([one.pieces for one in known])
        return _Tables(list(self._known), words, pieces, dense)

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
        tables = self._tables
        by_question, by_passage = tables.dense.scores(vectors)
        return [
            Likeness(question, passage, tables.words.scores(text), tables.pieces.scores(text))
            for text, question, passage in zip(texts, by_question, by_passage, strict=True)
        ]

    def _of_one(self, text: str, part: Span, n: int) -> list[Hit]:
        """A short text: ranked as a whole, its place found by sentence."""
        inner = [(part[0] + a, part[0] + b) for a, b in asked_sentences(text[part[0] : part[1]])]
        spans = [part] if len(inner) < 2 else [part, *inner]
        texts = [text[a:b] for a, b in spans]
        vectors = self._teacher.embed(texts)
        found = self._best(self.likeness(texts[:1], vectors[:1])[0], part, n)
        if len(spans) == 1:
            return [hit for _, hit in found]
        return [_placed(hit, spans[1 + self._nearest(hit.key, vectors[1:])]) for _, hit in found]

    def _nearest(self, key: int, sentences: Floats) -> int:
        """Which of the sentences is nearest to a text of the entry."""
        texts = normalised(self._known[key].vectors.astype(np.float32) - self._common)
        asked = normalised(np.asarray(sentences - self._common, np.float32))
        return int(np.argmax((asked @ texts.T).max(axis=1)))

    def _of_many(self, text: str, parts: Sequence[Span], n: int) -> list[Hit]:
        """A long text: the best entries of each part, so that one place does not take all of the answer."""
        texts = [text[a:b] for a, b in parts]
        best: dict[int, Hit] = {}
        for part, likeness in zip(parts, self.likeness(texts, self._teacher.embed(texts)), strict=True):
            for row, hit in self._best(likeness, part, _OF_A_WINDOW):
                if row not in best or hit.probability > best[row].probability:
                    best[row] = hit
        return _spread(list(best.values()), n)

    def _best(self, likeness: Likeness, part: Span, n: int) -> list[tuple[int, Hit]]:
        fused = likeness.fused
        found = []
        for row in np.argsort(-fused, kind="stable")[:n].tolist():
            field = Field.QUESTION if likeness.question[row] >= likeness.passage[row] else Field.PASSAGE
            chance = probability(traits(likeness, fused, row))
            found.append((row, Hit(self._tables.keys[row], float(fused[row]), chance, field, *part)))
        return found

    def save(self, path: Path) -> None:
        """Write as .npz, whole or not at all."""
        part = path.with_name(path.name + ".part")
        known = list(self._known.values())
        arrays: dict[str, NDArray[np.generic]] = {
            "teacher": np.array(self._teacher.name),
            "common": self._common,
            "keys": np.array(list(self._known), np.int64),
            "texts": np.array([len(one.fields) for one in known], np.int64),
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
            for key, word, piece, (fields, vectors) in zip(arrays["keys"].tolist(), words, pieces, texts, strict=False):
                index._known[key] = _Known(word, piece, fields, vectors)
            same_teacher = str(arrays["teacher"]) == teacher.name
        except (ValueError, KeyError, zipfile.BadZipFile, EOFError) as error:
            raise Damaged(what="question index", why="not what was saved") from error
        if not same_teacher:
            raise Damaged(what="question index", why="made with another teacher")
        return index


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
