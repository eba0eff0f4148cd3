"""Fits how sure a found entry is, on books of 1 to 111 entries in which the right one stands or not.

Books: the FAQ with whole answers, with their first sentence, and with none; our own questions, one wording of each as
the entry, a third of them left out; and questions in one form about different things, which are never the same. Each
kind of book weighs the same, the last a tenth. Weights are held at or above zero, so that more likeness never makes it
less sure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from benchmarks.questions_data import Vectors, faq, faq_entries, own
from numpy.typing import NDArray
from scipy.optimize import minimize

from gehoor.analysis.questions.dense import common_asking
from gehoor.analysis.questions.entries import Entry, passages, texts_to_embed
from gehoor.analysis.questions.fitted import Fit
from gehoor.analysis.questions.index import QuestionIndex
from gehoor.analysis.questions.scoring import Likeness, traits

_LIKE_FRAMES = 0.1
_STRENGTH = 1e-3
_FRAMES = (
    "Hoeveel kost {} per jaar?",
    "Hoe vraag ik {} aan?",
    "Waar vind ik {}?",
    "Mag ik {} opzeggen?",
    "Hoe lang duurt het voordat ik {} krijg?",
    "Wat moet ik doen als ik {} kwijt ben?",
    "Kan ik {} online regelen?",
    "Wanneer krijg ik bericht over {}?",
    "Hoeveel mag ik per jaar uitgeven aan {}?",
    "Hoe wijzig ik {}?",
)
_THINGS = (
    *("een parkeervergunning", "mijn jaaropgave", "de reisverzekering", "een paspoort", "mijn bankpas"),
    *("een zwembadabonnement", "de huurtoeslag", "mijn nieuwe modem", "een uittreksel", "mijn rijbewijs"),
    *("de begrafenis van mijn vader", "het bouwdepot", "een oplaadpaal", "de boetevrije aflossing"),
    *("een tweede telefoon", "het groene afval"),
)


@dataclass(frozen=True, slots=True)
class Case:
    """A book, and texts with the row of the entry that each asks about, -1 for none."""

    name: str
    book: Sequence[Entry]
    asked: Sequence[tuple[str, int]]


def _drawn(name: str, book: list[Entry], asked: list[tuple[str, int]], n: int, rng: np.random.Generator) -> Case:
    """``n`` entries of a book, with all that ask about them and about as many that do not."""
    chosen = rng.choice(len(book), n, replace=False)
    row = {int(at): number for number, at in enumerate(chosen)}
    held = [(text, row[at]) for text, at in asked if at in row]
    rest = [text for text, at in asked if at not in row]
    few = rng.choice(len(rest), min(len(rest), max(6, len(held))), replace=False)
    return Case(f"{name} {n}", [book[at] for at in chosen], held + [(rest[at], -1) for at in few])


def _faq_cases(data: Path, part: str, rng: np.random.Generator) -> Iterator[Case]:
    entries, lines = faq_entries(data), faq(part)
    rows = {key: at for at, (key, _) in enumerate(entries)}
    asked = [(text, rows[key]) for text, key in zip(lines.texts, lines.keys, strict=True)]
    whole = [entry for _, entry in entries]
    short = [Entry(one.key, one.question, (), passages(one.answer)[0].split(". ")[0]) for one in whole]
    bare = [Entry(one.key, one.question) for one in whole]
    for name, book in (("whole", whole), ("short", short), ("bare", bare)):
        yield Case(f"{name} all", book, asked)
        for n, times in ((25, 4), (5, 8), (3, 8), (1, 8)):
            for _ in range(times):
                yield _drawn(name, book, asked, n, rng)


def _own_cases(part: str, rng: np.random.Generator) -> Iterator[Case]:
    lines = own(part)
    keys = sorted(set(lines.keys))
    for _ in range(2):
        first: dict[str, int] = {}
        for at in rng.permutation(len(lines.texts)).tolist():
            first.setdefault(lines.keys[at], at)
        kept = sorted(set(keys) - set(rng.permutation(keys)[: len(keys) // 3].tolist()))
        row = {key: at for at, key in enumerate(kept)}
        book = [Entry(at, lines.texts[first[key]]) for at, key in enumerate(kept)]
        pairs = enumerate(zip(lines.texts, lines.keys, strict=True))
        asked = [(text, row.get(key, -1)) for at, (text, key) in pairs if at != first[key]]
        yield Case("own all", book, asked)
        for n in (1, 5, 25):
            for _ in range(6):
                yield _drawn("own", book, asked, n, rng)


def _frame_cases(rng: np.random.Generator) -> Iterator[Case]:
    every = [(frame, thing) for frame in _FRAMES for thing in _THINGS]
    for n, times in ((1, 60), (3, 30), (25, 8)):
        for _ in range(times):
            book = [every[at] for at in rng.choice(len(every), n, replace=False)]
            frame = book[0][0]
            others = [thing for thing in _THINGS if (frame, thing) not in book]
            if others:
                asked = [(frame.format(others[at]), -1) for at in rng.permutation(len(others))[:3]]
                yield Case(f"frame {n}", [Entry(at, f.format(t)) for at, (f, t) in enumerate(book)], asked)


def without(likeness: Likeness, row: int) -> Likeness:
    """As if the entry in ``row`` did not stand in the book."""
    return likeness.of(np.delete(np.arange(len(likeness.question)), row))


def _material(
    vectors: Vectors, data: Path, part: str
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.str_]]:
    """Traits of the first three entries of each text, whether each is right, and the kind of book."""
    rng, common = np.random.default_rng(3), common_asking(vectors)
    found, right, names = [], [], []
    for case in (*_faq_cases(data, part, rng), *_own_cases(part, rng), *_frame_cases(rng)):
        index = QuestionIndex.build(case.book, vectors.embed(texts_to_embed(case.book)), vectors, common)
        texts = [text for text, _ in case.asked]
        for (_, gold), likeness in zip(case.asked, index.likeness(texts, vectors.embed(texts)), strict=True):
            seen = [(likeness, gold)]
            if gold >= 0 and case.name.endswith("all"):
                seen.append((without(likeness, gold), -1))
            for one, row in seen:
                best = np.argsort(-one.fused)[:3]
                found += list(traits(one)[best])
                right += (best == row).tolist()
                names += [case.name] * len(best)
    return np.array(found), np.array(right), np.array(names)


def fit_chance(vectors: Vectors, data: Path) -> Fit:
    """Logistic regression with weights of at least zero."""
    x, y, names = _material(vectors, data, "tune")
    weight = np.zeros(len(y))
    for name in sorted(set(names.tolist())):
        weight[names == name] = (_LIKE_FRAMES if name.startswith("frame") else 1.0) / (names == name).sum()
    weight /= weight.sum()
    scale = x.std(axis=0)
    x = x / scale

    def loss(p: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        logit = p[0] + x @ p[1:]
        off = weight * (1 / (1 + np.exp(-logit)) - y)
        value = float((weight * (np.logaddexp(0, logit) - y * logit)).sum() + _STRENGTH * (p[1:] ** 2).sum())
        return value, np.r_[off.sum(), off @ x + 2 * _STRENGTH * p[1:]]

    bounds = [(None, None), *[(0, None)] * x.shape[1]]
    best = minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B", bounds=bounds).x
    return {"constant": round(float(best[0]), 3), "weights": [round(float(w), 3) for w in best[1:] / scale]}
