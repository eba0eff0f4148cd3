"""What the index knows of each entry, and the tables that follow from many of them together."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from gehoor.analysis.needs.words import WORD
from gehoor.analysis.questions.dense import DenseIndex
from gehoor.analysis.questions.entries import Entry, texts_of
from gehoor.analysis.questions.lexical import PieceIndex, Row, WordIndex, entry_pieces, entry_terms
from gehoor.analysis.questions.scoring import Likeness

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Known:
    """An entry in the index: no text of it is kept, only hashed counts, hashed wordings and vectors (float16)."""

    words: Row
    pieces: Row
    wordings: NDArray[np.int64]
    fields: NDArray[np.int8]
    vectors: NDArray[np.float16]


def know(entry: Entry, vectors: Floats) -> Known:
    """Raises ValueError unless there is a vector for each text of the entry."""
    fields = np.array([field for field, _ in texts_of(entry)], np.int8)
    if len(fields) != len(vectors):
        raise ValueError("one vector for each text of texts_to_embed")
    wordings = np.array([wording(text) for text in (entry.question, *entry.phrasings)], np.int64)
    return Known(entry_terms(entry), entry_pieces(entry), wordings, fields, vectors.astype(np.float16))


def wording(text: str) -> int:
    """A hash that is the same for texts of the same words, however they are written with capitals and signs."""
    words = " ".join(WORD.findall(text.lower())).encode()
    return crc32(words) << 31 | crc32(words, 1) >> 1


class Tables:
    """Entries side by side, in the order given."""

    def __init__(self, known: Mapping[int, Known], common: Floats, usual: "Tables | None" = None) -> None:
        """``usual``: the large tables that these stand beside, so that likenesses in both can be compared."""
        self.keys = list(known)
        each = list(known.values())
        vectors, fields = [one.vectors for one in each], [one.fields for one in each]
        beside = (None, None, None) if usual is None else (usual.words, usual.pieces, usual.dense)
        self.words: WordIndex = WordIndex([one.words for one in each], beside[0])
        self.pieces: PieceIndex = PieceIndex([one.pieces for one in each], beside[1])
        self.dense: DenseIndex = DenseIndex(vectors, fields, common, beside[2])
        self.row_of = {key: row for row, key in enumerate(self.keys)}
        self._worded: dict[int, list[int]] = defaultdict(list)
        for key, one in known.items():
            for number in one.wordings.tolist():
                self._worded[number].append(key)

    def worded(self, number: int) -> list[int]:
        """Keys of the entries whose question or phrasing is worded so."""
        return self._worded.get(number, [])

    def likeness(self, texts: Sequence[str], vectors: Floats) -> list[Likeness]:
        """Of each text, with its vector, to every entry."""
        by_question, by_passage = self.dense.scores(vectors)
        return [
            Likeness(question, passage, self.words.scores(text), self.pieces.scores(text))
            for text, question, passage in zip(texts, by_question, by_passage, strict=True)
        ]
