"""Running multilingual-e5-small: text to pieces (SentencePiece unigram), pieces to a vector (BERT encoder)."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from gehoor.analysis.embedding.e5 import Floats, Layer, Vocabulary, Weights, dequantise
from gehoor.kernel.patterns import regex

_SPACE = "\u2581"
_WORD = regex(f"{_SPACE}[^{_SPACE}]*|^[^{_SPACE}]+")
_TOKENS_AT_ONCE = 512


class Tokenizer:
    """Unigram segmentation (Kudo 2018, https://arxiv.org/abs/1804.10959), word by word, each word once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._unknown_score = min(vocabulary.scores) - 10.0
        self._longest = max(map(len, vocabulary.index))
        self._known: dict[str, list[int]] = {}

    def pieces(self, text: str, limit: int) -> list[int]:
        """Piece numbers of ``text``, at most ``limit`` (then cut at the end), between the two marks."""
        normal = re.sub(" {2,}", " ", text.translate(self._vocabulary.normal))
        spaced = normal if normal.startswith(" ") else " " + normal
        found: list[int] = []
        for word in _WORD.findall(spaced.replace(" ", _SPACE)):
            if word not in self._known:
                self._known[word] = self._segment(word)
            found.extend(self._known[word])
            if len(found) >= limit:
                break
        return [self._vocabulary.bos, *found[: limit - 2], self._vocabulary.eos]

    def _segment(self, word: str) -> list[int]:
        index, scores = self._vocabulary.index, self._vocabulary.scores
        best = [0.0] + [-1e30] * len(word)
        back = [(0, 0)] * (len(word) + 1)
        for start in range(len(word)):
            for end in range(start + 1, min(start + self._longest, len(word)) + 1):
                piece = index.get(word[start:end])
                score = best[start] + scores[piece] if piece is not None else -1e30
                if score > best[end]:
                    best[end], back[end] = score, (start, index[word[start:end]])
            if best[start] + self._unknown_score > best[start + 1]:
                best[start + 1], back[start + 1] = best[start] + self._unknown_score, (start, self._vocabulary.unknown)
        return _walk_back(back)


def _walk_back(back: list[tuple[int, int]]) -> list[int]:
    found, at = [], len(back) - 1
    while at > 0:
        at, piece = back[at]
        found.append(piece)
    return found[::-1]


def _normalise(x: Floats, norm: tuple[Floats, Floats], eps: float) -> None:
    """Layer normalisation of (t, d) over d, in place."""
    x -= x.mean(axis=1, keepdims=True)
    x *= 1.0 / np.sqrt(np.einsum("td,td->t", x, x)[:, None] / x.shape[1] + np.float32(eps))
    x *= norm[0]
    x += norm[1]


def _gelu(x: Floats) -> None:
    """x * Phi(x) in its tanh form, in place."""
    inner = x * x
    inner *= 0.044715 * 0.7978845608
    inner += 0.7978845608
    inner *= x
    np.tanh(inner, out=inner)
    inner += 1.0
    inner *= 0.5
    x *= inner


def batches(rows: Sequence[Sequence[int]]) -> list[list[int]]:
    """Row numbers by length, cut where a batch padded to its longest row would pass what the cache holds."""
    found: list[list[int]] = []
    for row in sorted(range(len(rows)), key=lambda row: (len(rows[row]), row)):
        if found and (len(found[-1]) + 1) * len(rows[row]) <= _TOKENS_AT_ONCE:
            found[-1].append(row)
        else:
            found.append([row])
    return found


class Encoder:
    """The encoder over packed weights: piece numbers to the mean over pieces, L2-normalised."""

    def __init__(self, weights: Weights) -> None:
        self._w = weights

    def batch(self, rows: Sequence[Sequence[int]]) -> Floats:
        """(n) rows of piece numbers, of about one length, none past the model's 512 -> float32 (n, d), length 1."""
        w = self._w
        lengths = np.array([len(row) for row in rows])
        longest = int(lengths.max())
        ids = np.array([[*row, *([0] * (longest - len(row)))] for row in rows])
        x: Floats = dequantise(w.words[ids.ravel()]) + np.tile(w.positions[:longest], (len(rows), 1))
        _normalise(x, w.norm, w.eps)
        real = np.arange(longest) < lengths[:, None]
        mask = np.where(real, 0.0, -1e9).astype(np.float32)[:, None, None, :]
        for layer in w.layers:
            x = self._layer(x, layer, len(rows), mask)
        x = x.reshape(len(rows), longest, w.width)
        pooled = np.einsum("btd,bt->bd", x, real.astype(np.float32))
        return np.asarray(pooled / np.linalg.norm(pooled, axis=1, keepdims=True), np.float32)

    def _layer(self, x: Floats, layer: Layer, n: int, mask: Floats) -> Floats:
        w = self._w
        attended = x + (self._attend(x @ layer.qkv + layer.qkv_bias, n, mask) @ layer.out + layer.out_bias)
        _normalise(attended, layer.norm1, w.eps)
        wide = attended @ layer.widen
        wide += layer.widen_bias
        _gelu(wide)
        attended += wide @ layer.narrow
        attended += layer.narrow_bias
        _normalise(attended, layer.norm2, w.eps)
        return attended

    def _attend(self, qkv: Floats, n: int, mask: Floats) -> Floats:
        heads, width = self._w.heads, self._w.width
        q, k, v = qkv.reshape(n, -1, 3, heads, width // heads).transpose(2, 0, 3, 1, 4)
        weight = q @ k.transpose(0, 1, 3, 2)
        weight *= np.float32((width // heads) ** -0.5)
        weight += mask
        weight -= weight.max(axis=-1, keepdims=True)
        np.exp(weight, out=weight)
        weight /= weight.sum(axis=-1, keepdims=True)
        mixed: NDArray[np.float32] = (weight @ v).transpose(0, 2, 1, 3).reshape(-1, width)
        return mixed
