"""Numbers that belong together: the two ends of a range, and euros with their cents."""

from dataclasses import replace

from gehoor.analysis.agreement.lexicon import named
from gehoor.analysis.agreement.numbers import Number, read_number
from gehoor.analysis.agreement.tokens import Token
from gehoor.analysis.agreement.units import BEFORE, EURO, UNITS, Measure, tidy, unit_at, word

_TO = frozenset(named("measuring")["to"])


def second_end(found: list[Token], number: Number) -> Number | None:
    """The other end of a range that has its unit once: "tien à vijftien procent", "2-3 weken"."""
    if number.sort in ("article", "vague") or number.after + 1 >= len(found) or not _joins(found, number):
        return None
    second = read_number(found, number.after + 1)
    if second is None or second.sort in ("article", "vague") or second.value <= number.value:
        return None
    return second if unit_at(found, second.after) else None


def _joins(found: list[Token], number: Number) -> bool:
    """Does a sign or word between the ends of a range follow: "tot", "-", or "en" after "tussen"?"""
    joint = found[number.after].text
    if joint in ("en", "and"):
        return any(word(found, number.first - back) in ("tussen", "between") for back in (1, 2) if number.first >= back)
    return joint in _TO


def with_cents(found: list[Token], measure: Measure) -> Measure:
    """ "vijfenzeventig euro tachtig", "twee euro en vijftig cent"."""
    if measure.unit is not EURO or measure.after >= len(found) or measure.low != int(measure.low):
        return measure
    at = measure.after + (found[measure.after].text in ("en", "and"))
    number = read_number(found, at) if at < len(found) else None
    if (
        number is None
        or number.sort not in ("figure", "word")
        or not 1 <= number.value < 100
        or number.value != int(number.value)
    ):
        return measure
    unit = unit_at(found, number.after)
    said_cent = unit is not None and unit[0].name == "euro" and unit[0].factor < 1
    if not said_cent and (unit is not None or at > measure.after or _counts(found, number.after)):
        return measure
    value = round(measure.low + number.value / 100, 2)
    return replace(measure, low=value, high=value, after=unit[1] if unit is not None and said_cent else number.after)


def _counts(found: list[Token], at: int) -> bool:
    """Does a word that may be counted follow?"""
    return at < len(found) and found[at].sort == "word" and len(found[at].text) > 5


def with_range(found: list[Token], measure: Measure) -> Measure:
    """ "10% tot 15%", "€ 10 - € 15", "zes maanden tot een jaar": one range where the units are of one dimension."""
    at = measure.after
    if at + 1 >= len(found) or (
        found[at].text not in _TO and not (found[at].text in ("en", "and") and _opens(found, measure.first))
    ):
        return measure
    second = _measure_plain(found, at + 1)
    if second is None or second.unit is None or measure.unit is None or second.unit.name != measure.unit.name:
        return measure
    return replace(measure, high=second.high, after=second.after) if second.low > measure.high else measure


def _measure_plain(found: list[Token], at: int) -> Measure | None:
    if found[at].text in BEFORE and at + 1 < len(found):
        number = read_number(found, at + 1)
        unit = UNITS[BEFORE[found[at].text]]
        return None if number is None else Measure(number.value, number.value, unit, at, number.after)
    number = read_number(found, at)
    if number is None:
        return None
    unit_found = unit_at(found, number.after)
    if unit_found is None:
        return None
    value = tidy(number.value * unit_found[0].factor)
    return Measure(value, value, unit_found[0], at, unit_found[1])


def _opens(found: list[Token], first: int) -> bool:
    return first > 0 and found[first - 1].text in ("tussen", "between")
