"""Questions to measure on: our own lines, and the published originals that they reword."""

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gehoor.analysis.embedding.teacher import E5Teacher
from gehoor.analysis.questions.entries import Entry

LINES = Path(__file__).parent / "answers"
_OPENING = 450


class Vectors:
    """The bundled teacher, which keeps what it read in a file when one is given."""

    def __init__(self, path: Path | None) -> None:
        self._teacher, self._path = E5Teacher(), path
        self.name, self.dimensions = self._teacher.name, self._teacher.dimensions
        self._known: dict[str, NDArray[np.float32]] = {}
        if path is not None and path.exists():
            with np.load(path) as file:
                self._known = dict(zip(file["texts"].tolist(), file["vectors"], strict=True))

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """As a teacher does."""
        new = sorted(set(texts) - self._known.keys())
        self._known.update(zip(new, self._teacher.embed(new), strict=True))
        return np.array([self._known[text] for text in texts], np.float32).reshape(len(texts), self.dimensions)

    def save(self) -> None:
        """Keep what was read."""
        if self._path is not None:
            texts = list(self._known)
            np.savez(self._path, texts=np.array(texts), vectors=np.array([self._known[text] for text in texts]))


@dataclass(frozen=True, slots=True)
class Lines:
    """Questions, what each is a wording of, and what is to stay together when they are divided."""

    texts: list[str]
    keys: list[str]
    together: list[str]

    def folds(self, n: int) -> NDArray[np.int64]:
        """A fold number a line."""
        number = {name: at % n for at, name in enumerate(sorted(set(self.together)))}
        return np.array([number[name] for name in self.together])


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the Chamber's: the original that it stands by, and whether it is the same question."""

    text: str
    key: str
    same: bool


def _read(name: str, part: str) -> list[dict[str, str]]:
    lines = [json.loads(line) for line in (LINES / name).read_text("utf-8").splitlines()]
    return [line for line in lines if part in ("all", line["set"])]


def own(part: str) -> Lines:
    """Our own questions of customers; part "tune", "test" or "all"."""
    lines = _read("own_questions.jsonl", part)
    keys = [f"{line['subject']}/{line['question']}" for line in lines]
    return Lines([line["text"] for line in lines], keys, [line["subject"] for line in lines])


def faq(part: str) -> Lines:
    """Rewordings of the FAQ; the key is the entry's id."""
    lines = _read("reworded_faq.jsonl", part)
    ids = [line["id"] for line in lines]
    return Lines([line["reworded"] for line in lines], ids, ids)


def faq_entries(data: Path) -> list[tuple[str, Entry]]:
    """(id, entry) of the published FAQ."""
    with (data / "nl_rijksoverheid_faq" / "vacs.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [(row["id"], Entry(at, row["question"], (), row["reference_answer"])) for at, row in enumerate(rows)]


def chamber_whole(data: Path) -> tuple[list[str], list[str]]:
    """The whole text of every original, and the key that those share which are the same question."""
    csv.field_size_limit(10**9)
    with (data / "nl_dekamer_qa" / "dekamer_2017_q1.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [row["question"] for row in rows], [row["same_question_key"] or row["doc_id"] for row in rows]


def chamber(data: Path, part: str) -> tuple[Lines, list[Line]]:
    """Every original (title and the beginning of what follows; that is what a teacher reads), and the lines."""
    csv.field_size_limit(10**9)
    with (data / "nl_dekamer_qa" / "dekamer_2017_q1.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    parts = [row["question"].partition("\n\n") for row in rows]
    texts = [f"{title.strip()} {body.strip()[:_OPENING]}" for title, _, body in parts]
    keys = [row["doc_id"] for row in rows]
    lines = _read("reworded_dekamer.jsonl", part)
    return Lines(texts, keys, keys), [Line(line["reworded"], line["id"], bool(line["same"])) for line in lines]
