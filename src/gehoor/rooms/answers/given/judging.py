"""What several answers to one question really say: groups that say the same, and the facts in which they clash.

The only place of this room that calls :mod:`gehoor.analysis.agreement` about given answers.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gehoor.analysis.agreement import Fact, Group, Statement, compare, group
from gehoor.analysis.needs.sentences import sentences
from gehoor.kernel.language import sentence

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


_ELSEWHERE = re.compile(
    r"\b(?:verwijs|verwezen|verwijzen|verwijst|refer(?:red|s)?)\b[^\n]*?\b(?:antwoord\w*|vra(?:ag|gen)|answers?|question"
    r"|bulletin)\b",
    re.IGNORECASE,
)
"""A sentence that sends the reader to an answer given elsewhere: its numbers say where, not what."""
_ITEM = re.compile(r"(?:(?<=^)|(?<=\n)|(?<=[.?!] )|(?<=[.?!]))\d{1,2}[.)](?=\s*[A-Z])")


def read(text: str, question: str) -> Statement:
    """What an answer states. Places in it stay right: what states nothing is blank, not cut out."""
    plain = _ITEM.sub(lambda found: " " * len(found[0]), text[:LONGEST])
    for start, end in sentences(plain):
        if _ELSEWHERE.search(plain, start, end):
            plain = plain[:start] + " " * (end - start) + plain[end:]
    return Statement.of(plain, question)


def judge(question: str, answers: Sequence[str]) -> Judged:
    """Judge the answers to one question, at least one. Equal texts are read once."""
    known: dict[str, Statement] = {}
    for text in answers:
        if text not in known:
            known[text] = read(text, question)
    statements = [known[text] for text in answers]
    found = group(question, statements)
    label = {index: number for number, each in enumerate(found.groups) for index in each.indices}
    return Judged(
        labels=tuple(label[index] for index in range(len(answers))),
        facts=tuple(statement.facts for statement in statements),
        says=tuple((each.representative, _numbers(each, statements)) for each in found.groups),
        verdict=str(found.verdict),
        clashes=tuple(
            Clash(str(clash.kind), clash.about, tuple((said.index, said.fact) for said in clash.values))
            for clash in found.clashes
        ),
    )


def _numbers(each: Group, statements: Sequence[Statement]) -> tuple[int, ...]:
    """Which facts of its representative a group says."""
    facts = statements[each.representative].facts
    return tuple(at for at, fact in enumerate(facts) if fact in each.says)


def beside_entry(question: str, answer: str, entry: str) -> str:
    """The verdict on an answer beside what the book says."""
    return str(compare(read(answer, question), Statement.of(entry[:LONGEST], question), question).verdict)
