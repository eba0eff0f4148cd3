"""The stretches of a text that each state something of their own: a sentence, or where one sentence gives figures of
several things ("15 % a year, and the offer holds for six weeks") the part with each."""

from bisect import bisect_right

from gehoor.analysis.agreement.context import Clause, read_clauses
from gehoor.analysis.agreement.facts import FactKind
from gehoor.analysis.agreement.finding import facts_in_clauses
from gehoor.analysis.agreement.lexicon import plain
from gehoor.analysis.agreement.questions import read_question

_NO_FIGURES = frozenset((FactKind.CONDITION, FactKind.YES_NO))


def stretches(text: str) -> list[tuple[int, int]]:
    """(start, end) of each, in order, without the white space around it."""
    said = plain(text)
    found = read_clauses(said)
    starts = [clause.start for clause in found]
    figures = {
        max(0, bisect_right(starts, fact.start) - 1)
        for fact, _ in facts_in_clauses(said, found, read_question(""))[0]
        if fact.kind not in _NO_FIGURES
    }
    spans: list[tuple[int, int]] = []
    sentence, stated = -1, False
    for number, clause in enumerate(found):
        if clause.sentence == sentence and not (stated and number in figures and _of_its_own(clause)):
            spans[-1] = (spans[-1][0], clause.end)
            stated = stated or number in figures
        else:
            spans.append((clause.start, clause.end))
            sentence, stated = clause.sentence, number in figures
    return [_bare(text, *span) for span in spans if text[span[0] : span[1]].strip()]


def _of_its_own(clause: Clause) -> bool:
    """Whether a clause names what its figure is of, and is no condition of another."""
    return bool(clause.ideas) and not clause.condition


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip(" \t\r\n,;"))
    return start, max(start, start + len(text[start:end].rstrip()))
