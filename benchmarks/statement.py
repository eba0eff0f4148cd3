"""How well statements are judged: precision and recall over judged statements and the example's own texts.

    python benchmarks/statement.py [FILE.jsonl]

Each line of the file has a ``statement``, and the ids of the example's voices that ``supports`` it, speak ``against``
it, or mention it (``unclear``). Vectors are the bundled teacher's.
"""

import hashlib
import json
import sys
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np

from gehoor.analysis.embedding.teacher import E5Teacher
from gehoor.analysis.needs.asks import split_asks
from gehoor.analysis.needs.matter import matter
from gehoor.analysis.statement import Side, judge, read_claim
from gehoor.rooms.changes.statement_finding import NEAR, NEAREST

ROOT = Path(__file__).parents[1]
JUDGED = ROOT / "tests" / "changes" / "statements_judged.jsonl"
SAID = [ROOT / "src" / "gehoor" / "demo" / "linde" / f"said-{part}.jsonl" for part in "ab"]
"""What was judged; what the example got later was not."""
SHOW = "--show" in sys.argv


def read_asks() -> tuple[list[str], list[str], list[str]]:
    """The voice of each ask, its text, and what stands around it."""
    voices, texts, contexts = [], [], []
    for file in SAID:
        for line in file.read_text("utf-8").splitlines():
            voice = json.loads(line)
            whole = matter(voice["text"])
            for start, end in split_asks(voice["text"]):
                voices.append(voice["id"])
                texts.append(whole[start:end])
                contexts.append(f"{voice['subject'] or ''}\n{whole}")
    return voices, texts, contexts


def vectors_of(texts: list[str]) -> np.ndarray:
    """From a file when they were made before."""
    key = hashlib.sha256("\n".join(texts).encode()).hexdigest()[:16]
    kept = Path(tempfile.gettempdir()) / f"gehoor-statement-{key}.npy"
    if not kept.exists():
        np.save(kept, E5Teacher().embed(texts))
    return np.load(kept)


def centred(vectors: np.ndarray, mean: np.ndarray) -> np.ndarray:
    """Less the mean, of length 1."""
    moved = vectors - mean
    return moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9)


def side_of_voices(
    statement: str, asks: tuple[list[str], list[str], list[str]], cosines: np.ndarray
) -> dict[str, tuple]:
    """For each voice that is about it: the side of its strongest passage, and that passage."""
    claim = read_claim(statement)
    near = np.clip((cosines - NEAR[0]) / (NEAR[1] - NEAR[0]), 0, 1)
    near[np.argsort(-cosines)[NEAREST:]] = 0
    best = {}
    for voice, text, context, nearness in zip(*asks, near.tolist(), strict=True):
        found = judge(claim, text, nearness, context)
        if found is None:
            continue
        key = (found.side is not Side.UNCLEAR, found.score)
        if voice not in best or key > best[voice][0]:
            best[voice] = (key, found.side, text[found.start : found.end])
    return best


def main() -> None:
    """Print the figures."""
    files = [Path(each) for each in sys.argv[1:] if not each.startswith("--")] or [JUDGED]
    judged = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    asks = read_asks()
    vectors = vectors_of(asks[1])
    mean = vectors[np.any(vectors, axis=1)].mean(axis=0)
    unit = centred(vectors, mean)
    wanted = centred(vectors_of([read_claim(each["statement"]).topic or each["statement"] for each in judged]), mean)
    total = Counter()
    for each, topic in zip(judged, wanted, strict=True):
        found = side_of_voices(each["statement"], asks, unit @ topic)
        right = {voice: side for side in Side for voice in each[side]}
        mine = Counter()
        for side in (Side.SUPPORTS, Side.AGAINST):
            said = {voice for voice, (_, which, _) in found.items() if which is side}
            mine.update({f"{side} right": len(said & set(each[side])), f"{side} said": len(said)})
            mine.update(
                {
                    f"{side} is": len(each[side]),
                    f"{side} turned": sum(right.get(v) not in (None, side, "unclear") for v in said),
                }
            )
        mine.update({"about right": len(found.keys() & right.keys()), "about said": len(found), "about is": len(right)})
        total.update(mine)
        print(
            each["statement"][:52].ljust(52),
            *(f"{mine[f'{k} right']}/{mine[f'{k} said']}/{mine[f'{k} is']}" for k in ("supports", "against", "about")),
        )
        if SHOW:
            for voice, (_, side, passage) in sorted(found.items()):
                if right.get(voice) != side:
                    print("   ", voice, side, "is", right.get(voice), "|", " ".join(passage.split())[:150])
            for voice in sorted(right.keys() - found.keys()):
                print("   ", voice, "missed", right[voice])
    for kind in ("supports", "against", "about"):
        precision = total[f"{kind} right"] / max(total[f"{kind} said"], 1)
        recall = total[f"{kind} right"] / max(total[f"{kind} is"], 1)
        said, are, turned = (total[f"{kind} {what}"] for what in ("said", "is", "turned"))
        print(f"{kind}: precision {precision:.2f} of {said}, recall {recall:.2f} of {are}, turned {turned}")


if __name__ == "__main__":
    main()
