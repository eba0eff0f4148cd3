"""What several answers to one question really say: groups that say the same, and the facts in which they clash.

The only place of this room that calls :mod:`gehoor.analysis.agreement` about given answers.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gehoor.analysis.agreement import Fact, Statement, compare
from gehoor.kernel.language import sentence
from gehoor.rooms.answers.given.stub import Group, group

AGREE, DIFFER, CONTRADICT, CANNOT_TELL = "agree", "differ", "contradict", "cannot_tell"
VERDICTS = {
    CONTRADICT: sentence("They clash"),
    DIFFER: sentence("They differ"),
    CANNOT_TELL: sentence("We cannot tell"),
    AGREE: sentence("They agree"),
}
"""How a verdict on given answers is called on screen."""
LONGEST = 2_000
"""Characters of an answer that are read for its facts."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Values of one thing that cannot all be true: ``values`` are (number of the answer, fact in it), one a value; the
    fact is None where someone of ours saw the clash."""

    kind: str
    about: str
    values: tuple[tuple[int, Fact | None], ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """``labels``: the group of each answer, from 0, the largest first. ``facts``: what each answer states. ``says``: of
    each group the answer that stands for it, and which of its facts the group says."""

    labels: tuple[int, ...]
    facts: tuple[tuple[Fact, ...], ...]
    says: tuple[tuple[int, tuple[int, ...]], ...]
    verdict: str
    clashes: tuple[Clash, ...]


def judge(question: str, answers: Sequence[str]) -> Judged:
    """Judge the answers to one question, at least one. Equal texts are read once."""
    place: dict[str, int] = {}
    row_of = [place.setdefault(text, len(place)) for text in answers]
    times, first = Counter(row_of), {row: at for at, row in reversed(list(enumerate(row_of)))}
    statements = [Statement.of(text[:LONGEST], question) for text in place]
    found = group(question, statements)
    order = sorted(found.groups, key=lambda each: (-sum(times[row] for row in each.answers), min(each.answers)))
    label = {row: number for number, each in enumerate(order) for row in each.answers}
    return Judged(
        labels=tuple(label[row] for row in row_of),
        facts=tuple(tuple(statements[row].facts) for row in row_of),
        says=tuple(_says(each, statements, first) for each in order),
        verdict=str(found.verdict),
        clashes=tuple(
            Clash(str(clash.kind), clash.about, tuple((first[row], fact) for _, row, fact in clash.values))
            for clash in found.clashes
        ),
    )


def _says(each: Group, statements: Sequence[Statement], first: Mapping[int, int]) -> tuple[int, tuple[int, ...]]:
    """The answer of a group in which everything that the group says stands; most of it where none has all."""
    keys = {fact.key for fact in each.says}
    best = max(each.answers, key=lambda row: (len(keys & {fact.key for fact in statements[row].facts}), -row))
    numbers = [at for at, fact in enumerate(statements[best].facts) if fact.key in keys]
    return first[best], tuple(numbers)


def beside_entry(question: str, answer: str, entry: str) -> str:
    """The verdict on an answer beside what the book says."""
    one = Statement.of(answer[:LONGEST], question)
    return str(compare(one, Statement.of(entry[:LONGEST], question), question).verdict)
