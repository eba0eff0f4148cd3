"""Every figure about needs: how good the groups are, what a student keeps, how long and how large, beside their limits.

    python benchmarks/needs.py [--data ../shared/data] [--cache /tmp/gehoor-benchmarks] [--quick]
    python benchmarks/needs.py --blind groupings.json

NMI: normalised mutual information; ARI: adjusted Rand index (Hubert & Arabie 1985); both against people's own labels.
"""

import argparse
import csv
import hashlib
import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

from gehoor.analysis.embedding.student import Student, teach
from gehoor.analysis.embedding.teacher import E5Teacher
from gehoor.analysis.embedding.teaching import teach_within
from gehoor.analysis.needs.asks import split_asks
from gehoor.analysis.needs.assigning import assign, know
from gehoor.analysis.needs.grouping import group
from gehoor.analysis.needs.naming import name_needs
from gehoor.analysis.needs.neighbours import centred, neighbours

ROOT = Path(__file__).resolve().parents[1]
Result = TypeVar("Result")
Floats = NDArray[np.float32]


class Material(NamedTuple):
    """Texts with what people said they are about."""

    name: str
    texts: list[str]
    labels: list[str]
    slow: bool = False


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """What ``work`` gives, and the seconds it took."""
    start = time.perf_counter()
    return work(), time.perf_counter() - start


def materials(data: Path) -> Iterator[Material]:
    """The sets that are there; says which are not."""
    for name, read in (("banking77/train.csv", _banking), ("clinc150/train_val.json", _clinc), (DEKAMER, _dekamer)):
        if (data / name).exists():
            yield from read(data / name)
        else:
            print(f"NOT MEASURED: {data / name} is not there; say where with --data")


DEKAMER = "nl_dekamer_qa/dekamer_2017_q1.csv"


def _banking(path: Path) -> Iterator[Material]:
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    yield Material("banking77", [row["text"] for row in rows], [row["category"] for row in rows])


def _clinc(path: Path) -> Iterator[Material]:
    rows = json.loads(path.read_text("utf-8"))["val"]
    yield Material("clinc150 val", [text for text, _ in rows], [label for _, label in rows])


def _dekamer(path: Path) -> Iterator[Material]:
    rows = [row for row in csv.DictReader(path.open(encoding="utf-8")) if row["question_theme_main"].strip()]
    labels = [row["question_theme_main"] for row in rows]
    yield Material("dekamer, 300 characters", [row["question"][:300] for row in rows], labels)
    yield Material("dekamer, long", [row["question"] for row in rows], labels, slow=True)


def taught_vectors(material: Material, cache: Path) -> Floats:
    """The teacher's vectors, from ``cache`` when it has them."""
    teacher = E5Teacher()
    key = hashlib.sha256("\0".join([teacher.name, *material.texts]).encode()).hexdigest()[:16]
    path = cache / f"{key}.npy"
    if not path.exists():
        vectors, seconds = timed(lambda: teacher.embed(material.texts))
        print(f"  teacher: {len(vectors)} texts in {seconds:.0f} s, {len(vectors) / seconds:.0f} a second")
        cache.mkdir(parents=True, exist_ok=True)
        np.save(path, vectors)
    return np.asarray(np.load(path), np.float32)


def agreement(labels: list[str], found: NDArray[np.int64]) -> tuple[float, float]:
    """(NMI, ARI)."""
    return float(normalized_mutual_info_score(labels, found)), float(adjusted_rand_score(labels, found))


def measure_groups(material: Material, vectors: Floats) -> None:
    """The default level against people's labels, with all levels' sizes and the time."""
    found, seconds = timed(lambda: group(vectors))
    nmi, ari = agreement(material.labels, found.labels)
    levels = " > ".join(str(int(level.max()) + 1) for level in found.levels)
    print(
        f"  needs {levels}, default {int(found.labels.max()) + 1} (people: {len(set(material.labels))}), "
        f"unassigned {int((found.labels < 0).sum())}, NMI {nmi:.3f}, ARI {ari:.3f}, {seconds:.1f} s"
    )


def measure_student(material: Material, vectors: Floats) -> None:
    """A student taught on one half, and what grouping the other half by its vectors keeps of the teacher's."""
    order = np.random.default_rng(0).permutation(len(vectors))
    half, rest = order[: len(order) // 2], order[len(order) // 2 :]
    texts = [material.texts[row] for row in half.tolist()]
    student, seconds = timed(lambda: teach(texts, vectors[half], np.full(len(half), -1)))
    if student is None:
        print("  student: too few features of five persons")
        return
    others, labels = [material.texts[row] for row in rest.tolist()], [material.labels[row] for row in rest.tolist()]
    own, embedding = timed(lambda: student.embed(others))
    by_teacher = agreement(labels, group(vectors[rest]).labels)
    by_student = agreement(labels, group(own).labels)
    print(
        f"  student on half: NMI {by_student[0]:.3f} of {by_teacher[0]:.3f} (kept {by_student[0] / by_teacher[0]:.3f}), "  # noqa: E501
        f"ARI {by_student[1]:.3f} of {by_teacher[1]:.3f} (kept {by_student[1] / by_teacher[1]:.3f}); cosine "
        f"{float((own * vectors[rest]).sum(axis=1).mean()):.3f}, said of itself {student.agreement:.3f}; taught in "
        f"{seconds:.1f} s, {len(others) / embedding:,.0f} texts a second"
    )


def measure_none_of_these(data: Path, cache: Path) -> None:
    """Assigning clinc150's out-of-scope rows and an unseen half of its own."""
    path = data / "clinc150/train_val.json"
    if not path.exists():
        return
    rows = json.loads(path.read_text("utf-8"))
    inside = Material("", [text for text, _ in rows["val"]], [label for _, label in rows["val"]])
    strange = [text for name in ("oos_train", "oos_val") for text, _ in rows[name]]
    vectors = taught_vectors(inside, cache)
    outside = taught_vectors(Material("", strange, []), cache)
    half = np.random.default_rng(0).random(len(vectors)) < 0.5
    labels = np.unique(inside.labels, return_inverse=True)[1]
    known = know(vectors[half], labels[half])
    for strictness in (0.01, 0.03, 0.1, 0.2):
        found, none = assign(vectors[~half], known, strictness), assign(outside, known, strictness)
        print(
            f"  strictness {strictness}: right need {float((found.labels == labels[~half]).mean()):.3f}, own called none "  # noqa: E501
            f"{float((found.labels < 0).mean()):.3f}, strange called none {float((none.labels < 0).mean()):.3f}"
        )


def recombined(texts: list[str], n: int) -> list[str]:
    """``n`` short texts: one with some words left out, then a few words of another. Fixed seed."""
    random = np.random.default_rng(0)
    words = [text.split() for text in texts]
    found = []
    for _ in range(n):
        first, second = words[random.integers(len(words))], words[random.integers(len(words))]
        kept = [word for word in first if random.random() > 0.15]
        found.append(" ".join([*kept, *second[: random.integers(0, 4)]]))
    return found


def measure_large(texts: list[str], n: int, seconds: float) -> None:
    """Teaching, embedding, grouping and naming ``n`` short texts: seconds of each, and peak memory of this process."""
    made = recombined(texts, n)
    start = time.perf_counter()
    _, splitting = timed(lambda: [split_asks(text) for text in made])
    taught, teaching = timed(lambda: teach_within(E5Teacher(), made, np.full(n, -1), seconds))
    student: Student | None = taught.student
    if student is None:
        print("  no student: too few features")
        return
    vectors, embedding = timed(lambda: student.embed(made))
    found, grouping = timed(lambda: group(vectors))
    _, naming = timed(lambda: name_needs(made, found.labels, ["en"] * n))
    print(
        f"  {n:,} texts: asks {splitting:.1f} s; teaching {teaching:.0f} s ({len(taught.rows)} read, cosine "
        f"{student.agreement:.3f}); embedding {embedding:.1f} s; grouping {grouping:.0f} s into "
        f"{' > '.join(str(int(level.max()) + 1) for level in found.levels)}; naming {naming:.0f} s; "
        f"all {time.perf_counter() - start:.0f} s, peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB"  # noqa: E501
    )
    _, near = timed(lambda: neighbours(centred(vectors), 17))
    print(f"  of grouping, neighbours {near:.0f} s")


def measure_neighbours(vectors: Floats) -> None:
    """Exact and in cells, beside the matrix product alone, which no exact search can beat; with recall."""
    unit = centred(vectors)
    _, product = timed(lambda: [unit[start : start + 1024] @ unit.T for start in range(0, len(unit), 1024)])
    exact, exactly = timed(lambda: neighbours(unit, 15, exact=True))
    cells, quickly = timed(lambda: neighbours(unit, 15, exact=False))
    shared = [len(set(a) & set(b)) / 15 for a, b in zip(exact.rows.tolist(), cells.rows.tolist(), strict=True)]
    print(
        f"  15 neighbours of {len(unit):,}: product alone {product:.2f} s, exact {exactly:.2f} s, cells {quickly:.2f} s "  # noqa: E501
        f"at recall {np.mean(shared):.3f}"
    )


def compare_blind(path: Path) -> None:
    """Agreement of the program with each person, and of the people with each other, on the same items."""
    document = json.loads(path.read_text("utf-8"))
    items = [str(item) for item in document["items"]]
    groupings = {**document["groupings"], "program": document["program"]}
    for first, second in combinations(groupings, 2):
        both = [item for item in items if item in groupings[first] and item in groupings[second]]
        labels = [[str(groupings[name][item]) for item in both] for name in (first, second)]
        nmi, ari = normalized_mutual_info_score(*labels), adjusted_rand_score(*labels)
        print(f"{first} - {second}: {len(both)} of {len(items)} items, ARI {ari:.3f}, NMI {nmi:.3f}")


def main() -> int:
    """Read the options and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--cache", type=Path, default=Path("/tmp/gehoor-benchmarks"))
    parser.add_argument("--quick", action="store_true", help="skip long Dutch texts and the 100,000")
    parser.add_argument("--texts", type=int, default=100_000, help="how many for the large run")
    parser.add_argument("--seconds", type=float, default=60.0, help="the teacher's time in the large run")
    parser.add_argument("--blind", type=Path, help="only compare the groupings in this file")
    options = parser.parse_args()
    if options.blind:
        compare_blind(options.blind)
        return 0
    for material in materials(options.data):
        if material.slow and options.quick:
            continue
        print(f"{material.name}: {len(material.texts):,} texts")
        vectors = taught_vectors(material, options.cache)
        measure_groups(material, vectors)
        measure_student(material, vectors)
        if material.name == "banking77":
            measure_neighbours(vectors)
            if not options.quick:
                measure_large(material.texts, options.texts, options.seconds)
    print("none of these, clinc150")
    measure_none_of_these(options.data, options.cache)
    return 0


if __name__ == "__main__":
    sys.exit(main())
