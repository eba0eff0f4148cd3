"""What a draft is about: the entries that it touches, and of each the stretches of the draft that are held against it.

A mail answers several things, and nobody says which. So each stretch that states something is looked up by itself.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from gehoor.analysis.agreement import FactKind, find_facts
from gehoor.analysis.agreement.questions import read_question
from gehoor.analysis.agreement.statement import words_of
from gehoor.rooms.answers.book.index import Hit, find_each
from gehoor.rooms.answers.checking.judging import SURE, VERY_SURE
from gehoor.rooms.answers.given.asking import is_small_talk
from gehoor.rooms.answers.models import Version

Span = tuple[int, int]

MOST_LOOKED_UP = 24
"""So many stretches of a draft are looked up, those that give figures first: embedding is what a check waits for."""
_FEWEST_LETTERS = 12
_NAMED = 0.1
"""How probable an entry has to be that asks for what a stretch gives, in words that all stand in it."""
_CLEAR, _AHEAD = 0.4, 3
"""How probable in other words, and how many times more than the next."""
_LONGEST = 400


def touched(text: str, spans: Sequence[Span], day: date, *, asked: bool) -> dict[int, Hit]:
    """By number of a stretch the entry that it surely is about. ``asked``: it is known what the draft answers, so that
    anything else has to be very sure."""
    found: dict[int, Hit] = {}
    worth = {number: text[slice(*spans[number])][:_LONGEST] for number in _worth_looking_up(text, spans, asked)}
    for (number, said), near in zip(worth.items(), find_each(list(worth.values()), on=day), strict=True):
        hits = [hit for hit in near if not is_small_talk(hit.version.question)]
        if hits and hits[0].probability >= (VERY_SURE if asked else SURE):
            found[number] = hits[0]
        elif not asked and (named := _named(said, hits)) is not None:
            found[number] = named
    return found


def _worth_looking_up(text: str, spans: Sequence[Span], asked: bool) -> list[int]:
    """Where it is known what the draft answers, only what gives a figure can be beside it."""
    long = [number for number, (start, end) in enumerate(spans) if end - start >= _FEWEST_LETTERS]
    giving = {number for number in long if _figures(text[slice(*spans[number])])}
    chosen = [*sorted(giving), *(() if asked else (number for number in long if number not in giving))]
    return sorted(chosen[:MOST_LOOKED_UP])


def _figures(said: str) -> frozenset[FactKind]:
    return frozenset(fact.kind for fact in find_facts(said)) - {FactKind.CONDITION, FactKind.YES_NO, FactKind.NUMBER}


def _named(said: str, hits: Sequence[Hit]) -> Hit | None:
    """Of several entries that are near, none of them surely: the one that asks for a figure which is given here, and
    whose question is in so many words in it, or is far nearer than the next. Where two are, nobody can tell."""
    ideas, kinds = words_of(said), _figures(said)
    questions = [(hit, read_question(hit.version.question)) for hit in hits]
    giving = [(hit, asked) for hit, asked in questions if asked.kinds & kinds]
    fits = [hit for hit, asked in giving if hit.probability >= _NAMED and asked.ideas and asked.ideas <= ideas]
    if not fits and giving and giving[0][0] is hits[0] and hits[0].probability >= _CLEAR:
        fits = [hits[0]] if all(hits[0].probability >= _AHEAD * each.probability for each in hits[1:]) else []
    return fits[0] if len(fits) == 1 else None


def shares(text: str, spans: Sequence[Span], versions: Sequence[Version], own: Mapping[int, int]) -> list[str]:
    """For each of these entries the draft with only those stretches that are about it, so that no figure of one thing
    is held against another. ``own``: by number of a stretch the place of the entry that it surely is about. One that
    names nothing goes with the one before it."""
    if len(versions) < 2:
        return [text] * len(versions)
    named = [words_of(f"{version.question}\n{version.text}") for version in versions]
    common = frozenset.intersection(*named)
    owner: list[int] = []
    last = next(iter(own.values()), 0)
    for number, (start, end) in enumerate(spans):
        said = words_of(text[start:end])
        near = [len(said & ideas - common) + 0.1 * len(said & ideas) for ideas in named]
        last = own.get(number, near.index(max(near)) if max(near) >= 1 else last)
        owner.append(last)
    return [_only(text, spans, place, owner) for place in range(len(versions))]


def _only(text: str, spans: Sequence[Span], place: int, owner: Sequence[int]) -> str:
    blank = [character if character == "\n" else " " for character in text]
    for (start, end), each in zip(spans, owner, strict=True):
        if each == place:
            blank[start:end] = text[start:end]
    return "".join(blank)
