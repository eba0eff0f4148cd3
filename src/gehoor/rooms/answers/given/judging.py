"""What several answers to one question really say: groups that say the same, and the facts in which they clash.

The only place of this room that calls :mod:`gehoor.analysis.agreement` about given answers. Pure functions; many
questions are judged by two processes beside each other, since judging is all computing.
"""

import multiprocessing
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache

from gehoor.analysis.agreement import Comparison, Fact, FactKind, Group, Statement, compare, group
from gehoor.analysis.agreement.questions import read_question
from gehoor.kernel.language import sentence
from gehoor.rooms.answers.given.stating import stating

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
LONG = 600
"""Characters from which an answer tells of more than what was asked."""
_WORTH_A_PROCESS = 1_000
"""Different texts below which one process is as soon done."""
_EACH_THEIR_OWN = 4
"""Different values from which, with each told once only, they are values of each who asked."""
_TOLD_AGAIN = 2
_OUTRIGHT = re.compile(r"\W*(?:ja|jawel|zeker|inderdaad|nee|neen|yes|no|indeed|certainly)\b", re.IGNORECASE)

Asked = tuple[str, Sequence[str]]
"""A question, and the answers to it."""


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


def read(text: str, question: str) -> Statement:
    """What an answer states. Places in it are those in ``text``."""
    return Statement.of(stating(text[:LONGEST]), question)


def judge(question: str, answers: Sequence[str]) -> Judged:
    """Judge the answers to one question, at least one. Equal texts are read once."""
    known: dict[str, Statement] = {}
    for text in answers:
        if text not in known:
            known[text] = read(text, question)
    statements = [known[text] for text in answers]
    found = group(question, statements)
    label = {index: number for number, each in enumerate(found.groups) for index in each.indices}
    clashes = tuple(
        Clash(str(clash.kind), clash.about, values)
        for clash in found.clashes
        if (values := _sure_values([(said.index, said.fact) for said in clash.values], question, answers))
        and not _each_their_own([fact for _, fact in values], statements)
    )
    verdict = CANNOT_TELL if str(found.verdict) == CONTRADICT and not clashes else str(found.verdict)
    return Judged(
        labels=tuple(label[index] for index in range(len(answers))),
        facts=tuple(statement.facts for statement in statements),
        says=tuple((each.representative, _numbers(each, statements)) for each in found.groups),
        verdict=verdict,
        clashes=clashes,
    )


def _sure_values(
    values: Sequence[tuple[int, Fact]], question: str, answers: Sequence[str]
) -> tuple[tuple[int, Fact], ...]:
    """The values that surely answer the question; none when fewer than two different ones are left."""
    kept = tuple((at, fact) for at, fact in values if surely(fact, answers[at], question))
    return kept if len({fact.value for _, fact in kept}) > 1 or len(kept) == len(values) > 1 else ()


def _each_their_own(clashing: Sequence[Fact], statements: Iterable[Statement]) -> bool:
    """Whether everyone was told another value, as when it is worked out for each customer or office: what differs
    because rules are told differently is told more than once."""
    values = {fact.value for fact in clashing}
    if len(values) < _EACH_THEIR_OWN:
        return False
    told = Counter(value for each in statements for value in {fact.value for fact in each.facts} & values)
    return max(told.values(), default=0) < _TOLD_AGAIN


def surely(fact: Fact, text: str, question: str) -> bool:
    """Whether a fact of an answer is what was asked. A long answer tells of other years, parts and cases too: there,
    only a yes or no in so many words, or a value of a kind that the question asks for, is. Where two things were asked
    in one breath, a yes or no that is only hinted at may be to either."""
    long = len(text) > LONG
    if fact.kind is FactKind.YES_NO:
        return _OUTRIGHT.match(text, fact.start) is not None or not (long or question.count("?") > 1)
    return not long or fact.kind in read_question(question).kinds


def judge_many(asked: Sequence[Asked]) -> Iterator[Judged]:
    """Judge many questions, in order: the same as :func:`judge` on each."""
    texts = sum(len(set(answers)) for _, answers in asked)
    if texts < _WORTH_A_PROCESS or len(asked) < 2 or (os.cpu_count() or 1) < 2:
        return (judge(question, answers) for question, answers in asked)
    return _in_helpers(asked)


def _in_helpers(asked: Sequence[Asked]) -> Iterator[Judged]:
    """By two helpers; what they leave when one of them is killed is judged here."""
    done = 0
    try:
        for judged in _processes().map(_judge, asked):
            yield judged
            done += 1
    except BrokenProcessPool:
        _processes.cache_clear()
        yield from (judge(question, answers) for question, answers in asked[done:])


def _judge(asked: Asked) -> Judged:
    return judge(*asked)


@cache
def _processes() -> ProcessPoolExecutor:
    """Two helpers, started when first needed and kept: each loads its lexicons once."""
    return ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn"))


def _numbers(each: Group, statements: Sequence[Statement]) -> tuple[int, ...]:
    """Which facts of its representative a group says."""
    facts = statements[each.representative].facts
    return tuple(at for at, fact in enumerate(facts) if fact in each.says)


def beside_entry(question: str, answer: str, entry: str) -> str:
    """The verdict on an answer beside what the book says. One that states what the book does agrees with it, whatever
    either adds ("so for you € 26,000")."""
    said, book = read(answer, question), Statement.of(entry[:LONGEST], question)
    found = compare(said, book, question, same_person=False)
    if str(found.verdict) == CONTRADICT:
        return CONTRADICT if any(surely(clash.a, answer, question) for clash in found.clashes) else CANNOT_TELL
    if _share(said, book, question, found):
        return AGREE
    return CANNOT_TELL if str(found.verdict) == AGREE and answer != entry else str(found.verdict)


def _share(one: Statement, other: Statement, question: str, compared: Comparison | None = None) -> bool:
    """Whether both state the same of what was asked: a figure of a kind that was asked for, of one thing, and the
    answer gives no other figure of that kind ("five days is the norm, count on three weeks"); else the same yes or no.
    """
    found = compared or compare(one, other, question, same_person=False)
    kinds = read_question(question).kinds - {FactKind.NUMBER, FactKind.CONDITION}
    if not kinds:
        answers = [{fact.value for fact in each.facts if fact.kind is FactKind.YES_NO} for each in (one, other)]
        return len(answers[0]) == 1 and answers[0] == answers[1]
    alike = {(mine.kind, mine.start) for mine, _ in found.alike if mine.kind in kinds}
    values = {fact.value for fact in other.facts}
    stated = [fact for fact in one.facts if fact.kind in kinds and not (fact.role or fact.negated)]
    besides = [fact for fact in stated if fact.value not in values]
    own = {(each.fact.kind, each.fact.start) for each in one.stated if each.own}
    besides = [fact for fact in besides if (fact.kind, fact.start) not in own]
    return bool(alike) and not any(kind is fact.kind for kind, _ in alike for fact in besides)
