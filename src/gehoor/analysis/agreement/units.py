"""Units and what a number with its unit is: a kind of fact, a name for the dimension, and what it is multiplied by.

The dimensions and their conversion follow quantity normalisers such as Duckling and quantulum3; working days are a
unit of their own, since they cannot be converted without a calendar.
"""

from dataclasses import dataclass

from gehoor.analysis.agreement.facts import FactKind
from gehoor.analysis.agreement.lexicon import lines, named, parts
from gehoor.analysis.agreement.tokens import Token


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: what sort of fact it makes, its name, and by what a number is multiplied."""

    kind: FactKind
    name: str
    factor: float


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with its unit from token ``first`` up to ``after``. ``unit`` is None for a bare number. ``vague``: said
    with a word such as "een paar"."""

    low: float
    high: float
    unit: Unit | None
    first: int
    after: int
    vague: bool = False
    written: str = "figure"


def _read_units() -> dict[str, Unit]:
    found = {}
    for line in lines("units"):
        head, _, forms = line.partition(":")
        kind, _, name = head.partition(")")
        name, _, factor = name.strip().partition("*")
        unit = Unit(FactKind(kind.strip("( ")), name, float(factor))
        found.update(dict.fromkeys(parts(forms), unit))
    return found


UNITS = _read_units()
_SIGNS = {"€": "euro", "£": "pound", "$": "dollars", "%": "procent", "‰": "promille"}
BEFORE = {"€": "euro", "£": "pound", "$": "dollars", "eur": "euro"}
_BETWEEN = frozenset(named("measuring")["between"])
TIMES = frozenset(("keer", "maal", "x", "times"))
_WORKING = frozenset(named("measuring")["working"])
NO_COUNT = frozenset(named("measuring")["no_count"])
PERCENT = UNITS["procent"]
EURO = UNITS["euro"]


def unit_at(found: list[Token], at: int) -> tuple[Unit, int] | None:
    """The unit that begins at a token, and the token after it."""
    index = at
    while index < len(found) and found[index].text in _BETWEEN and index < at + 2:
        index += 1
    if index >= len(found):
        return None
    word = found[index].text
    if word in _WORKING and index + 1 < len(found) and found[index + 1].text.startswith(("dag", "day")):
        return UNITS["werkdag"], index + 2
    if word == "per" and index + 1 < len(found) and found[index + 1].text == "cent":
        return PERCENT, index + 2
    if word == "vierkante" and index + 1 < len(found):
        return UNITS["m2"], index + 2
    if word in ("m",) and index + 1 < len(found) and found[index + 1].text in ("²", "2"):
        return UNITS["m2"], index + 2
    unit = UNITS.get(_SIGNS.get(word, word)) or UNITS.get(word.removesuffix("-"))
    if unit is None or (word == "man" and index > at):
        return None
    return unit, index + 1


def word(found: list[Token], at: int) -> str:
    """The text of a token; empty past the end."""
    return found[at].text if at < len(found) else ""


def tidy(value: float) -> float:
    """Without what floating point adds."""
    return round(value, 4)
