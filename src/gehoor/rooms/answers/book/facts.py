"""The facts of an answer: proposed by the machine, confirmed or typed by people, carried on while they stand there.

A version keeps its facts as JSON (see :class:`gehoor.rooms.answers.models.Version`). A fact that someone struck is in
no list; that it was found and is not there says so, and it is not proposed again.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from gehoor.analysis.agreement import Fact, find_facts

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact of an answer, and whether a person said so."""

    fact: Fact
    by_person: bool

    def to_json(self) -> dict[str, Any]:
        """As a version keeps it."""
        return {**self.fact.to_json(), "by_person": self.by_person}


def read_facts(kept: Iterable[Mapping[str, Any]]) -> list[Stated]:
    """The facts that a version keeps; what an older release kept and this one cannot read is left out."""
    return list(_read(kept))


def _read(kept: Iterable[Mapping[str, Any]]) -> Iterator[Stated]:
    for each in kept:
        try:
            yield Stated(Fact.from_json(dict(each)), bool(each.get("by_person")))
        except (KeyError, TypeError, ValueError):
            _log.warning("a fact of an answer could not be read and is left out")


def write_facts(facts: Iterable[Stated]) -> list[dict[str, Any]]:
    """As a version keeps them, in the order of the text."""
    return [each.to_json() for each in sorted(facts, key=lambda each: (each.fact.start, each.fact.end))]


def facts_after(question: str, text: str, before: tuple[str, str, Sequence[Stated]] | None = None) -> list[Stated]:
    """The facts of a new text: those that people confirmed ``before`` (question, text, facts) and that still stand in
    it, and what is found in it besides. What was found before too and is not among the facts was struck."""
    found = list(find_facts(text, question))
    if before is None:
        return [Stated(fact, by_person=False) for fact in found]
    old_question, old_text, old = before
    carried = [moved for each in old if each.by_person and (moved := _moved(each, old_text, text))]
    struck = _struck(old_question, old_text, old)
    taken = [(each.fact.start, each.fact.end) for each in carried]
    fresh = [
        Stated(fact, by_person=False)
        for fact in found
        if not _overlaps(fact, taken) and _trace(fact, text) not in struck
    ]
    return carried + fresh


def _moved(stated: Stated, old: str, new: str) -> Stated | None:
    """The same fact where its words stand now; None when they are gone."""
    words = old[stated.fact.start : stated.fact.end]
    places = list(_places(words, new))
    if not words or not places:
        return None
    start = min(places, key=lambda at: abs(at - stated.fact.start))
    return Stated(replace(stated.fact, start=start, end=start + len(words)), by_person=True)


def _places(words: str, text: str) -> Iterator[int]:
    at = text.find(words) if words else -1
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _struck(question: str, text: str, kept: Sequence[Stated]) -> set[tuple[object, ...]]:
    places = [(each.fact.start, each.fact.end) for each in kept]
    return {_trace(fact, text) for fact in find_facts(text, question) if not _overlaps(fact, places)}


def _trace(fact: Fact, text: str) -> tuple[object, ...]:
    return (*fact.key, text[fact.start : fact.end])


def _overlaps(fact: Fact, places: Sequence[tuple[int, int]]) -> bool:
    return any(start < fact.end and fact.start < end for start, end in places)
