"""How well answers that clash are found: pairs of answers to one question, judged by hand.

    python benchmarks/agreement.py [FILE.jsonl ...] [--set tune|test|all] [--show]

A line of a file holds a question, two answers and a label (see ``benchmarks/answers/README.md``). Printed are
precision and recall of "contradict", over all and per kind of fact, how often the clashing values were the ones
found, the table of verdicts, and how many answers are read and compared in a second. Intervals are Wilson's, of 95 in
100. ``--show`` prints the pairs of the set that were judged otherwise; never use it on a set that is to measure.
"""

import json
import sys
import time
from collections import Counter
from math import sqrt
from pathlib import Path

from gehoor.analysis.agreement import Comparison, Fact, Statement, Verdict, compare

ROOT = Path(__file__).parent / "answers"
LABELS = [str(verdict) for verdict in Verdict]
KINDS = ("amount", "percentage", "date", "period", "yes_no")
Pair = dict[str, str]


def wilson(hits: int, n: int) -> str:
    """A share with its interval."""
    if not n:
        return "   - (0)"
    z, share = 1.96, hits / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return f"{share:.3f} ({hits}/{n}; {max(0.0, middle - half):.3f} to {min(1.0, middle + half):.3f})"


def read_pairs(files: list[Path], wanted: str) -> list[Pair]:
    """The pairs of a set."""
    pairs = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines() if line.strip()]
    return [pair for pair in pairs if wanted == "all" or pair["set"] == wanted]


def within(text: str, quote: str, fact: Fact) -> bool:
    """Does a fact stand where the quote does?"""
    start = text.find(quote)
    return start >= 0 and fact.start < start + len(quote) and start < fact.end


def quoted(pair: Pair, found: Comparison) -> bool:
    """Is one of the clashes the one that was labelled?"""
    return any(
        within(pair["a"], pair["a_quote"], clash.a) and within(pair["b"], pair["b_quote"], clash.b)
        for clash in found.clashes
    )


def judge(pairs: list[Pair]) -> list[Comparison]:
    """The comparison of each pair."""
    return [compare(pair["a"], pair["b"], pair["question"]) for pair in pairs]


def print_rates(pairs: list[Pair], found: list[Comparison]) -> None:
    """Precision and recall of contradict."""
    told = [(pair, each) for pair, each in zip(pairs, found, strict=True) if each.verdict is Verdict.CONTRADICT]
    real = [(pair, each) for pair, each in zip(pairs, found, strict=True) if pair["label"] == "contradict"]
    hits = [(pair, each) for pair, each in told if pair["label"] == "contradict"]
    print(f"pairs                     {len(pairs)}")
    print(f"contradict, precision     {wilson(len(hits), len(told))}")
    print(f"contradict, recall        {wilson(len(hits), len(real))}")
    for kind in KINDS:
        of_kind = [(pair, each) for pair, each in real if pair["fact"] == kind]
        caught = sum(each.verdict is Verdict.CONTRADICT for _, each in of_kind)
        claimed = [pair for pair, each in told if each.clashes[0].kind == kind]
        right = sum(pair["label"] == "contradict" for pair in claimed)
        print(f"  {kind:<12} precision   {wilson(right, len(claimed))}   recall {wilson(caught, len(of_kind))}")
    print(f"clashing values found     {wilson(sum(quoted(pair, each) for pair, each in hits), len(hits))}")
    unknown = sum(each.verdict is Verdict.CANNOT_TELL for each in found)
    print(f"cannot tell               {wilson(unknown, len(found))}")


def print_table(pairs: list[Pair], found: list[Comparison]) -> None:
    """Labels down, verdicts across."""
    cells = Counter((pair["label"], str(each.verdict)) for pair, each in zip(pairs, found, strict=True))
    print("\n" + " " * 14 + "".join(f"{verdict:>13}" for verdict in LABELS))
    for label in LABELS:
        print(f"{label:<14}" + "".join(f"{cells[label, verdict]:>13}" for verdict in LABELS))


def print_speed(pairs: list[Pair]) -> None:
    """Answers read, and comparisons of answers already read, in a second."""
    began = time.perf_counter()
    read = [(Statement.of(p["a"], p["question"]), Statement.of(p["b"], p["question"])) for p in pairs for _ in range(3)]
    middle = time.perf_counter()
    for a, b in read:
        compare(a, b)
    ended = time.perf_counter()
    print(f"\nread      {2 * len(read) / (middle - began):,.0f} answers a second")
    print(f"compared  {len(read) / (ended - middle):,.0f} pairs a second")


def main() -> None:
    """Measure the set that was asked for."""
    arguments = sys.argv[1:]
    wanted = arguments[arguments.index("--set") + 1] if "--set" in arguments else "tune"
    files = [Path(each) for each in arguments if each.endswith(".jsonl")] or [ROOT / "pairs.jsonl"]
    pairs = read_pairs(files, wanted)
    found = judge(pairs)
    print_rates(pairs, found)
    print_table(pairs, found)
    print_speed(pairs)
    if "--show" in arguments and wanted == "tune":
        for pair, each in zip(pairs, found, strict=True):
            if pair["label"] != each.verdict:
                clashes = [(clash.a.says(), clash.b.says()) for clash in each.clashes]
                print(f"\n{pair['id']} {pair['label']} {pair['fact'] or ''} -> {each.verdict} {each.why} {clashes}")
                print(f"  Q {pair['question']}\n  A {pair['a']}\n  B {pair['b']}")


if __name__ == "__main__":
    main()
