"""Many answers to one question, brought together by what they really say.

Answers whose facts are equal are one before anything is compared; only one of each is compared with the others, so that
thousands of answers cost as many comparisons as there are different sayings (at most ``MOST`` of them, the most
common first).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from gehoor.analysis.agreement.comparing import Comparison, Verdict, compare
from gehoor.analysis.agreement.facts import Fact, FactKind, Value
from gehoor.analysis.agreement.questions import read_question
from gehoor.analysis.agreement.statement import Statement

MOST = 300
"""How many different sayings are compared with each other."""


@dataclass(frozen=True, slots=True)
class Group:
    """Answers that say the same, by their indices. ``says``: the facts that answer the question, of ``representative``:
    the most common wording. ``idle``: they are no answer at all ("momentje, ik kijk even")."""

    indices: tuple[int, ...]
    representative: int
    says: tuple[Fact, ...]
    idle: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A value, the answer that states it, and where."""

    value: Value
    index: int
    fact: Fact


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What answers clash on: each value once for every group that states it."""

    kind: FactKind
    about: str
    values: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Grouping:
    """``groups`` hold every answer once, the largest first, what is no answer last. ``verdict`` is the worst between
    any two groups: contradict, then differ, then cannot tell; agree only when every answer says the same."""

    groups: tuple[Group, ...]
    verdict: Verdict
    clashes: tuple[Disagreement, ...]


def group(question: str, answers: Sequence[Statement]) -> Grouping:
    """Bring answers to ``question`` together. No answer is in two groups, and none in none; in what order they come
    makes no difference. What is no answer at all stands in one group and counts for no verdict."""
    idle = [index for index, answer in enumerate(answers) if answer.idle]
    alike = [indices for indices in _alike(answers) if not answers[indices[0]].idle]
    joined: list[list[int]] = []
    found: list[tuple[int, int, Comparison]] = []
    inside: list[Verdict] = []
    compared: list[int] = []
    clashing: set[tuple[int, int]] = set()
    asked = read_question(question).kinds
    for indices in alike[:MOST]:
        head = indices[0]
        results = [compare(answers[each], answers[head], same_person=False) for each in compared]
        pairs = zip(compared, results, strict=True)
        close = [_close(answers[each], answers[head], result, asked) for each, result in pairs]
        same = _belongs(close, clashing)
        if same is not None:
            joined[same] += indices
            inside.append(results[same].verdict)
            continue
        found += [(other, len(compared), result) for other, result in enumerate(results)]
        clashing |= {(o, len(compared)) for o, result in enumerate(results) if result.verdict is Verdict.CONTRADICT}
        compared.append(head)
        joined.append(list(indices))
    joined += [list(indices) for indices in alike[MOST:]]
    if idle:
        joined.append(idle)
    groups = [_group(indices, answers, asked | {FactKind.YES_NO}) for indices in joined]
    order = sorted(
        range(len(groups)),
        key=lambda i: (groups[i].idle, -len(groups[i].indices), answers[groups[i].representative].text),
    )
    verdict = _worst([*inside, *(result.verdict for _, _, result in found)], len(alike) > MOST)
    return Grouping(tuple(groups[i] for i in order), verdict, _disagreements(found, compared))


def _close(one: Statement, other: Statement, result: Comparison, asked: frozenset[FactKind]) -> int:
    """2: they agree; 1: the one only says more, and the figures that are asked, and whether there is a condition, are
    the same; 0: they are not one saying."""
    if result.verdict is Verdict.AGREE:
        return 2
    if result.verdict is not Verdict.DIFFER or one.conditional != other.conditional:
        return 0
    left = (*result.only_a, *result.only_b)
    given = all(any(fact.kind in asked and not fact.role for fact in each.facts) for each in (one, other))
    return int(given and not any(fact.kind in asked and not fact.role for fact in left))


def _belongs(close: list[int], clashing: set[tuple[int, int]]) -> int | None:
    """The first of the closest groups; none where it is close to two that clash with each other, since it is too vague
    to be counted with either."""
    near = [other for other, degree in enumerate(close) if degree]
    if any((one, other) in clashing for one in near for other in near):
        return None
    return max(near, key=lambda other: (close[other], -other), default=None)


def _alike(answers: Sequence[Statement]) -> list[list[int]]:
    """Indices of answers with equal text or equal facts about the same, the most common first; in each the most common
    wording first."""
    by_text: dict[str, list[int]] = {}
    for index, answer in enumerate(answers):
        by_text.setdefault(answer.text, []).append(index)
    by_key: dict[tuple[object, ...], list[str]] = {}
    for text in sorted(by_text, key=lambda text: (-len(by_text[text]), len(text), text)):
        by_key.setdefault(answers[by_text[text][0]].key, []).append(text)
    found = [(texts[0], [index for text in texts for index in by_text[text]]) for texts in by_key.values()]
    return [indices for _, indices in sorted(found, key=lambda each: (-len(each[1]), each[0]))]


def _group(indices: list[int], answers: Sequence[Statement], kinds: frozenset[FactKind]) -> Group:
    common = Counter(answers[index].text for index in indices)
    representative = min(indices, key=lambda i: (-common[answers[i].text], len(answers[i].text), answers[i].text, i))
    own = {(each.fact.start, each.fact.kind) for each in answers[representative].stated if each.own}
    facts = [fact for fact in answers[representative].facts if (fact.start, fact.kind) not in own]
    says = tuple(fact for fact in facts if fact.kind in kinds and not fact.role) or tuple(
        fact for fact in facts if fact.kind is not FactKind.CONDITION and not fact.role
    )
    return Group(tuple(sorted(indices)), representative, says, answers[representative].idle)


def _worst(verdicts: list[Verdict], uncompared: bool) -> Verdict:
    for verdict in (Verdict.CONTRADICT, Verdict.DIFFER, Verdict.CANNOT_TELL):
        if verdict in verdicts:
            return verdict
    return Verdict.CANNOT_TELL if uncompared else Verdict.AGREE


def _disagreements(found: list[tuple[int, int, Comparison]], heads: list[int]) -> tuple[Disagreement, ...]:
    """Clashes of all pairs, together by kind and by the values that hang together."""
    chains: list[tuple[FactKind, str, dict[tuple[Value, int], Said]]] = []
    for one, other, result in found:
        for clash in result.clashes:
            said = {
                (fact.value, heads[at]): Said(fact.value, heads[at], fact)
                for fact, at in ((clash.a, one), (clash.b, other))
            }
            for kind, _, values in chains:
                if kind is clash.kind and values.keys() & said.keys():
                    values.update(said)
                    break
            else:
                chains.append((clash.kind, clash.about, said))
    return tuple(Disagreement(kind, about, tuple(values.values())) for kind, about, values in chains)
