"""Does speed matter for what someone said, or is a good answer tomorrow better?

Precise rules: what someone says decides, not how loud it is said. A judgement names every sign with the words it stands
in, so that whoever disagrees sees why. Where nothing points either way it says that it is unsure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from gehoor.analysis.speed.days import near_days
from gehoor.analysis.speed.signs import Found, Sign, found_in, lexicon, sentences
from gehoor.analysis.text import turns
from gehoor.kernel.patterns import regex

AUDIENCE = 5
"""Others who spoke in the same public conversation: with so many, one hard word is a quarrel."""
MANY_AROUND = 15
"""With so many, a complaint is one whatever its words."""
LONG = 80
"""Words: in a longer story a day and what happens on it stand in one sentence, or belong to different things."""
ASKED_OFTEN = 3
"""Voices of the same person in one case without an answer between them."""


class Verdict(StrEnum):
    """Whether an answer has to be quick."""

    MATTERS = "matters"
    CAN_WAIT = "can_wait"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Said:
    """What is judged. ``kind`` is the kind of voice; ``public`` whether others read along, ``around`` how many of them
    spoke; ``asked`` how often this person asked without an answer, this time included."""

    text: str
    at: datetime
    kind: str = ""
    public: bool = False
    around: int = 0
    asked: int = 1


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict, and the signs that led to it: those for it first, then those against it."""

    verdict: Verdict
    signs: tuple[Found, ...] = ()


_SHOUTED = regex(r"!!|\b[A-Z]{4,}\b(?:\W+\b[A-Z]{2,}\b)+")
_PRESSING = (Sign.DEADLINE, Sign.STRANDED, Sign.MONEY, Sign.VULNERABLE, Sign.PUBLIC, Sign.AGAIN)
_NOT_CALMED = frozenset({Sign.DEADLINE, Sign.STRANDED, Sign.MONEY})
"""Signs that stay what they are when someone is polite enough to say that there is no haste."""
_PLAIN = frozenset({"question", "wish", "remark"})


def judge(said: Said) -> Judgement:
    """Whether speed matters for this voice. Of a transcript only what the customer said is looked at."""
    said = replace(said, text=_customers_part(said.text))
    pressing = _first_of_each([*_pressing(said)])
    haste = list(found_in("haste", Sign.HASTE, said.text))[:1]
    calm = _first_of_each([*found_in("calm", Sign.CALM, said.text), *found_in("far", Sign.FAR, said.text)])
    if pressing:
        return _weighed(said, pressing, haste, calm)
    if haste:
        return Judgement(Verdict.UNSURE, (*haste, *calm))
    if said.kind == "compliment":
        calm = [*calm, Found(Sign.FRIENDLY)]
    elif not calm and said.kind in _PLAIN:
        calm = [Found(Sign.PLAIN)]
    return Judgement(Verdict.CAN_WAIT if calm else Verdict.UNSURE, tuple(calm))


def _weighed(said: Said, pressing: Sequence[Found], haste: Sequence[Found], calm: Sequence[Found]) -> Judgement:
    """Something presses; who says that it can wait is believed where only they themselves can know."""
    stays = [found for found in pressing if found.sign in _NOT_CALMED]
    if (calm and not stays) or said.kind == "compliment":
        return Judgement(Verdict.UNSURE, (*pressing, *calm))
    return Judgement(Verdict.MATTERS, (*pressing, *haste))


def _pressing(said: Said) -> Iterator[Found]:
    yield from _deadlines(said)
    yield from found_in("stranded", Sign.STRANDED, said.text)
    yield from found_in("money", Sign.MONEY, said.text)
    yield from found_in("vulnerable", Sign.VULNERABLE, said.text)
    if said.public:
        yield from _quarrel(said)
    yield from found_in("again", Sign.AGAIN, said.text)
    if said.asked >= ASKED_OFTEN:
        yield Found(Sign.AGAIN)


def _quarrel(said: Said) -> Iterator[Found]:
    """Hard words where others read along: several of them, shouted, or with an audience already."""
    hard = list(lexicon("anger").all(said.text))
    if hard and (len(hard) > 1 or said.around >= AUDIENCE or _SHOUTED.search(said.text)):
        yield Found(Sign.PUBLIC, *hard[0])
    elif said.around >= MANY_AROUND and said.kind == "complaint":
        yield Found(Sign.PUBLIC)


def _deadlines(said: Said) -> Iterator[Found]:
    """A near day with something to be in time for, in the same sentence or the one beside it."""
    near = list(near_days(said.text, said.at))
    if not near:
        return
    parts = list(sentences(said.text))
    for place, (start, end) in enumerate(parts):
        days = [day for day in near if start <= day[0] < end]
        if not days or lexicon("hypothetical").find(said.text, start, end):
            continue
        beside = 1 if len(said.text.split()) <= LONG else 0
        if _held_in(said.text, parts[max(0, place - beside) : place + 1 + beside]):
            yield Found(Sign.DEADLINE, *days[0])


def _held_in(text: str, parts: Sequence[tuple[int, int]]) -> bool:
    return any(lexicon("events").find(text, start, end) is not None for start, end in parts)


def _first_of_each(found: Sequence[Found]) -> list[Found]:
    """Each sign once, in the order of how much it presses."""
    order = {sign: place for place, sign in enumerate((*_PRESSING, *Sign))}
    kept: dict[Sign, Found] = {}
    for each in found:
        if each.sign not in kept or (each.end and not kept[each.sign].end):
            kept[each.sign] = each
    return sorted(kept.values(), key=lambda each: order[each.sign])


def _customers_part(text: str) -> str:
    """The text with what our side said in it blank, every other letter in its place."""
    kept, at = [], 0
    for turn in turns(text):
        blank = turn.end if turn.ours else turn.begin
        kept += [text[at : turn.start], "\n" * (blank - turn.start)]
        at = blank
    return "".join([*kept, text[at:]])
