"""Finding the entry that a question is about, and joining questions that are the same.

    python benchmarks/questions.py --data ../shared/data [--cache vectors.npz] [--large] [--tune-only] [--faq-only]

FAQ: rewordings against 111 published entries, beside tf-idf, BM25 and the teacher alone; calibration with the right
entry in the book and without it. Chamber: each line held against all 1,962 originals, with its own among them and
without it. Own: questions of customers of four kinds of organisation. banking77: 2,000 questions, pairs of joined
questions against its categories, which are broader than questions. Intervals: bootstrap over originals.
"""

import argparse
import csv
import sys
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.questions_chance import without
from benchmarks.questions_data import Vectors, chamber, chamber_whole, faq, faq_entries, own

from gehoor.analysis.embedding.teacher import E5Teacher, normalised
from gehoor.analysis.questions.entries import Entry, texts_of, texts_to_embed
from gehoor.analysis.questions.index import QuestionIndex
from gehoor.analysis.questions.same import LEAD, SURE, SameQuestions, join
from gehoor.analysis.questions.scoring import probability, traits

Floats = NDArray[np.float32]


def _interval(values: NDArray[np.float64], groups: list[str]) -> str:
    """Mean over groups of the mean within, with 95 % of 2,000 draws of groups."""
    means = np.array([values[np.array(groups) == one].mean() for one in sorted(set(groups))])
    draws = np.random.default_rng(0).choice(means, (2_000, len(means))).mean(axis=1)
    low, high = np.percentile(draws, [2.5, 97.5])
    return f"{means.mean():.3f} ({low:.3f}-{high:.3f})"


def _ranked(name: str, scores: NDArray[np.float32], gold: NDArray[np.int64], groups: list[str]) -> None:
    rank = (scores > scores[np.arange(len(gold)), gold][:, None]).sum(axis=1)
    first, third = (rank < 1).astype(float), (rank < 3).astype(float)
    by_entry = f"{_interval(first, groups)} | {_interval(third, groups)}"
    print(f"| {name} | {first.mean():.3f} | {third.mean():.3f} | {by_entry} |")


def measure_faq(vectors: Vectors, data: Path, parts: list[str]) -> None:
    """Top-1 and top-3 by line and by entry, and calibration."""
    entries = faq_entries(data)
    book, rows = [entry for _, entry in entries], {key: at for at, (key, _) in enumerate(entries)}
    every = vectors.embed(texts_to_embed(book))
    index = QuestionIndex.build(book, every, vectors)
    whole = TfidfVectorizer(sublinear_tf=True)
    table = whole.fit_transform([f"{entry.question} {entry.answer}" for entry in book])
    plain = normalised(every[np.cumsum([0, *(len(texts_of(entry)) for entry in book[:-1])])])
    for part in parts:
        lines = faq(part)
        gold = np.array([rows[key] for key in lines.keys])
        asked = vectors.embed(lines.texts)
        found = index.likeness(lines.texts, asked)
        print(f"\nFAQ {part}, {len(gold)} lines\n\n| | top-1 | top-3 | top-1 by entry | top-3 by entry |")
        print("|---|---|---|---|---|")
        _ranked("tf-idf, question and answer", (whole.transform(lines.texts) @ table.T).toarray(), gold, lines.keys)
        _ranked("BM25, lemmas and everyday words", np.array([one.words for one in found]), gold, lines.keys)
        _ranked("e5 alone, questions", asked @ plain.T, gold, lines.keys)
        _ranked("e5 alone, question and passage", np.array([one.passage for one in found]), gold, lines.keys)
        _ranked("all together", np.array([one.fused for one in found]), gold, lines.keys)
        hits = [[hit.key for hit in index.find(text)] for text in lines.texts]
        firsts = np.array([found_keys[:1] == [row] for found_keys, row in zip(hits, gold.tolist(), strict=True)])
        thirds = np.array([row in found_keys for found_keys, row in zip(hits, gold.tolist(), strict=True)])
        by_entry = f"{_interval(firsts.astype(float), lines.keys)} | {_interval(thirds.astype(float), lines.keys)}"
        print(f"| find, as it is used | {firsts.mean():.3f} | {thirds.mean():.3f} | {by_entry} |")
        chances, right = [], []
        for likeness, row in zip(found, gold.tolist(), strict=True):
            for seen, known in ((likeness, True), (without(likeness, row), False)):
                best = int(np.argmax(seen.fused))
                chances.append(probability(traits(seen)[best]))
                right.append(known and best == row)
        _calibration(np.array(chances), np.array(right))


def _calibration(chances: NDArray[np.float64], right: NDArray[np.bool_]) -> None:
    print("\nbest hit, each line with its entry in the book and without it: said, true, how many")
    for low, high in ((0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.01)):
        inside = (chances >= low) & (chances < high)
        if inside.any():
            print(f"  {low:.1f}-{high:.1f}: {chances[inside].mean():.2f} {right[inside].mean():.2f} {inside.sum()}")
    print(f"  Brier {((chances - right) ** 2).mean():.3f}, of the base rate {right.mean() * (1 - right.mean()):.3f}")


def measure_chamber(vectors: Vectors, data: Path, part: str, leads: list[float]) -> None:
    """Rewordings held against all originals (whole text; vector of its beginning): recall is the share joined with
    their own original, wrong the share of what was joined that went to another question. Near misses apart."""
    originals, lines = chamber(data, part)
    whole, keys = chamber_whole(data)
    n, given = len(whole), vectors.embed(originals.texts + [line.text for line in lines])
    same = SameQuestions([*whole, *(line.text for line in lines)], given, vectors.name)
    own_key = dict(zip(originals.keys, keys, strict=True))
    for lead in leads:
        found = same.repeated(np.arange(n, n + len(lines)), np.arange(n), lead).tolist()
        joined = np.array([row >= 0 for row in found])
        right = np.array([row >= 0 and keys[row] == own_key[line.key] for row, line in zip(found, lines, strict=True)])
        of = np.array([line.same for line in lines])
        wrong = int((joined & ~right & of).sum())
        groups = [line.key for line in lines if line.same]
        stray = [
            bool(_without_own(same, keys, own_key[line.key], n + at, lead))
            for at, line in enumerate(lines)
            if line.same
        ]
        print(
            f"Chamber {part}, lead {lead}: recall {_interval(right[of].astype(float), groups)}; wrong joins {wrong},"
            f" {wrong / max(1, int((joined & of).sum())):.3f} of joins; near misses ({int((~of).sum())}): joined with"
            f" their original {right[~of].mean():.2f}, with another {(joined & ~right)[~of].mean():.2f};"
            f" joined though their own is not there {np.mean(stray):.2f}"
        )


def _without_own(same: SameQuestions, keys: list[str], own_key: str, row: int, lead: float) -> bool:
    """Whether a rewording is joined with any question when the one that it rewords is not among them."""
    rest = np.array([at for at, key in enumerate(keys) if key != own_key])
    return bool(same.repeated(np.array([row]), rest, lead)[0] >= 0)


def measure_groups(name: str, texts: list[str], keys: list[str], given: Floats, teacher: str, sure: float) -> None:
    """Pairs within joined groups against pairs within a key."""
    labels, of = join(texts, given, teacher, sure), np.unique(keys, return_inverse=True)[1]
    joined, right = _pairs(labels[labels >= 0]), _pairs_of_both(labels, of)
    print(
        f"{name}, sure {sure}: {len(texts)} questions, {labels.max() + 1} groups, {(labels < 0).mean():.2f} alone;"
        f" pairs: precision {right / max(1, joined):.3f}, recall {right / max(1, _pairs(of)):.4f}, {joined} joined"
    )


def _pairs(labels: NDArray[np.int64]) -> int:
    sizes = np.unique(labels, return_counts=True)[1]
    return int((sizes * (sizes - 1) // 2).sum())


def _pairs_of_both(labels: NDArray[np.int64], of: NDArray[np.int64]) -> int:
    together = labels * (of.max() + 1) + of
    return _pairs(together[labels >= 0])


def measure_banking(vectors: Vectors, data: Path, n: int) -> None:
    """Joined pairs against the categories of banking77."""
    with (data / "banking77" / "train.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    drawn = np.random.default_rng(0).permutation(len(rows))[:n]
    texts, keys = [rows[at]["text"] for at in drawn], [rows[at]["category"] for at in drawn]
    given = vectors.embed(texts)
    for sure in (0.45, SURE):
        measure_groups("banking77", texts, keys, given, vectors.name, sure)


def measure_speed(vectors: Vectors, data: Path, n: int = 20_000) -> None:
    """``find`` in ``n`` made entries: recombined published passages, vectors with noise, so that all differ."""
    rng, entries = np.random.default_rng(0), [entry for _, entry in faq_entries(data)]
    made = []
    for key in range(n):
        one, other = (entries[at] for at in rng.integers(0, len(entries), 2))
        made.append(Entry(key, f"{one.question} {key}", (), one.answer[:600] + "\n\n" + other.answer[:600]))
    wanted = sum(len(texts_of(entry)) for entry in made)
    base = vectors.embed(texts_to_embed(entries))
    noise = rng.normal(0, 0.03, (wanted, base.shape[1])).astype(np.float32)
    given = normalised(base[rng.integers(0, len(base), wanted)] + noise)
    began = time.perf_counter()
    index = QuestionIndex.build(made, given, E5Teacher())
    index.find("opwarmen")
    print(f"\n{n} entries, {wanted} vectors: built and warm in {time.perf_counter() - began:.1f} s")
    texts, taken, computed = faq("tune").texts[:40], [], []
    for text in texts:
        began, spent = time.perf_counter(), time.process_time()
        index.find(text)
        taken.append((time.perf_counter() - began) * 1000)
        computed.append((time.process_time() - spent) * 1000)
    late = np.percentile(taken, 95)
    print(f"find: median {np.median(taken):.0f} ms, 95th {late:.0f} ms, CPU {np.median(computed):.0f} ms")
    letter, began = " ".join(texts[:14]), time.perf_counter()
    index.find(letter)
    print(f"a letter of {len(letter.split())} words: {(time.perf_counter() - began) * 1000:.0f} ms")
    began = time.perf_counter()
    index.put(made[0], given[: len(texts_of(made[0]))])
    index.find("opwarmen")
    print(f"one entry replaced, first find after it: {(time.perf_counter() - began) * 1000:.0f} ms")


def measure_large(vectors: Vectors, n: int = 50_000) -> None:
    """Time to join ``n`` made questions."""
    rng, texts = np.random.default_rng(0), own("all").texts
    base = vectors.embed(texts)
    drawn = rng.integers(0, len(texts), n)
    given = normalised(base[drawn] + rng.normal(0, 0.02, (n, base.shape[1])).astype(np.float32))
    began = time.perf_counter()
    labels = join([f"{texts[at]} {rng.integers(10, 99)}" for at in drawn], given, vectors.name)
    print(f"{n} questions joined in {time.perf_counter() - began:.0f} s into {labels.max() + 1} groups")


def main() -> None:
    """Run what was asked for and print it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--cache", type=Path)
    options.add_argument("--large", action="store_true")
    options.add_argument("--tune-only", action="store_true")
    options.add_argument("--faq-only", action="store_true")
    chosen = options.parse_args()
    vectors, parts = Vectors(chosen.cache), ["tune"] if chosen.tune_only else ["tune", "test"]
    measure_faq(vectors, chosen.data, parts)
    print()
    for part in [] if chosen.faq_only else parts:
        measure_chamber(vectors, chosen.data, part, [0.8, LEAD, 2.0])
        lines = own(part)
        for sure in (0.3, 0.45, SURE):
            given = vectors.embed(lines.texts)
            measure_groups(f"own {part}", lines.texts, lines.keys, given, vectors.name, sure)
    if not (chosen.tune_only or chosen.faq_only):
        measure_banking(vectors, chosen.data, 2_000)
        measure_speed(vectors, chosen.data)
    if chosen.large:
        measure_large(vectors)
    vectors.save()


if __name__ == "__main__":
    main()
