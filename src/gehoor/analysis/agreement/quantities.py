"""Numbers with their units: amounts, shares, periods and counts; products and periods of two parts."""

from collections.abc import Iterator
from dataclasses import replace

from gehoor.analysis.agreement.facts import FactKind
from gehoor.analysis.agreement.numbers import Number, may_begin, read_number, word_value
from gehoor.analysis.agreement.ranges import second_end, with_cents, with_range
from gehoor.analysis.agreement.tokens import Token
from gehoor.analysis.agreement.units import (
    BEFORE,
    EURO,
    NO_COUNT,
    PERCENT,
    TIMES,
    UNITS,
    Measure,
    tidy,
    unit_at,
    word,
)


def find_measures(found: list[Token]) -> Iterator[Measure]:
    """Measures in a text, in order, without overlap."""
    at = 0
    while at < len(found):
        token = found[at]
        measure = _measure(found, at) if token.sort != "word" or _may_measure(token.text) else None
        if measure is None:
            at += 1
            continue
        yield measure
        at = max(measure.after, at + 1)


def _may_measure(word: str) -> bool:
    return may_begin(word) or word in UNITS or word in BEFORE


def _measure(found: list[Token], at: int) -> Measure | None:
    token = found[at]
    if token.text in BEFORE and at + 1 < len(found):
        number = read_number(found, at + 1)
        if number is None or number.sort in ("article", "vague"):
            return None
        unit = UNITS[BEFORE[token.text]]
        return with_range(
            found, Measure(number.value * unit.factor, number.value * unit.factor, unit, at, number.after)
        )
    if token.sort == "word" and token.text in UNITS:
        return _loose(found, at)
    number = read_number(found, at)
    if number is None:
        return None
    return _with_unit(found, number)


def _with_unit(found: list[Token], number: Number) -> Measure | None:
    if number.sort == "fraction" and word(found, number.after) == "of" and word(found, number.after + 1) in ("an", "a"):
        whole = UNITS.get(word(found, number.after + 2))
        if whole is not None and whole.kind is FactKind.PERIOD:
            value = tidy(number.value * whole.factor)
            return Measure(value, value, whole, number.first, number.after + 3)
    product = _product(found, number)
    if product is not None:
        return product
    second = second_end(found, number)
    after = second.after if second else number.after
    unit = unit_at(found, after)
    high = second.value if second else number.value
    vague, written = number.sort == "vague", number.sort
    if unit is not None:
        named_unit, end = unit
        if number.sort == "article" and (
            named_unit.kind in (FactKind.NUMBER, FactKind.PERCENTAGE) and named_unit.name != "GB"
        ):
            return None
        low = number.value * named_unit.factor
        measure = Measure(tidy(low), tidy(high * named_unit.factor), named_unit, number.first, end, vague, written)
        measure = _and_more(found, measure)
        if number.sort == "article":
            return _article(found, measure) if measure.after == end else measure
        return with_range(found, with_cents(found, measure))
    if found[number.first].text.endswith((",-", ",=", ".-")) or found[after - 1].text.endswith((",-", ",=")):
        return Measure(number.value, high, EURO, number.first, after)
    if number.sort == "fraction":
        if _is_per(found, number.first) or (
            found[number.after - 1].text in ("quarter",) and _is_per(found, number.first - 1)
        ):
            return None
        return Measure(tidy(number.value * 100), tidy(high * 100), PERCENT, number.first, after, vague, written)
    if vague or number.sort == "article" or found[number.first].text in NO_COUNT:
        return None
    return Measure(number.value, high, None, number.first, after, vague, written)


def _and_more(found: list[Token], measure: Measure) -> Measure:
    """ "Een jaar en zes maanden", "an hour and a half": one period."""
    unit, at = measure.unit, measure.after
    if unit is None or unit.kind is not FactKind.PERIOD or word(found, at) not in ("en", "and"):
        return measure
    if word(found, at + 1) in ("a", "een") and word(found, at + 2) == "half" and not unit_at(found, at + 3):
        half = tidy(unit.factor / 2)
        return replace(measure, low=tidy(measure.low + half), high=tidy(measure.high + half), after=at + 3)
    rest = read_number(found, at + 1) if at + 1 < len(found) else None
    smaller = unit_at(found, rest.after) if rest is not None and rest.sort in ("figure", "word") else None
    if rest is None or smaller is None or smaller[0].name != unit.name or smaller[0].factor >= unit.factor:
        return measure
    more = rest.value * smaller[0].factor
    return replace(measure, low=tidy(measure.low + more), high=tidy(measure.high + more), after=smaller[1])


def _is_per(found: list[Token], at: int) -> bool:
    return at > 0 and found[at - 1].text in ("per", "in", "each", "every", "elk", "elke", "ieder")


def _article(found: list[Token], measure: Measure) -> Measure | None:
    """ "een maand" is a month; "een dag of zeven", "een week of twee, drie" are about so many; "50 euro een keer"
    none."""
    after, unit = measure.after, measure.unit
    if after + 1 < len(found) and found[after].text == "of" and unit is not None:
        number = read_number(found, after + 1)
        if number is not None and number.sort in ("word", "figure"):
            second = (
                read_number(found, number.after + 1)
                if number.after + 1 < len(found) and found[number.after].text == ","
                else None
            )
            high = second or number
            return replace(
                measure,
                low=tidy(number.value * unit.factor),
                high=tidy(high.value * unit.factor),
                after=high.after,
                vague=True,
            )
    if found[measure.first].text in ("a", "an") and _counts_before(found, measure.first):
        return None
    before = found[measure.first - 1].text if measure.first else ""
    if before in UNITS or before.isdigit():
        return None
    return measure


def _counts_before(found: list[Token], at: int) -> bool:
    """ "Twelve sessions a year": a number stands just before, so that "a year" says per what it is."""
    for token in reversed(found[max(0, at - 4) : at]):
        if token.sort == "sign" and token.text in ",.;:!?":
            return False
        if (
            token.sort == "number"
            or token.text in ("once", "twice", "%", "procent", "percent", "half")
            or word_value(token.text)
        ):
            return True
    return False


def _product(found: list[Token], number: Number) -> Measure | None:
    """ "twee keer 18 maanden": thirty-six months."""
    if (
        number.sort in ("article", "fraction")
        or number.after + 1 >= len(found)
        or found[number.after].text not in TIMES
    ):
        return None
    start = number.after + 1
    if found[start].text in BEFORE:
        start += 1
    second = read_number(found, start) if start < len(found) else None
    if second is None or second.sort in ("article", "vague"):
        return None
    unit = (EURO, second.after) if start > number.after + 1 else unit_at(found, second.after)
    if unit is None or unit[0].kind not in (FactKind.AMOUNT, FactKind.PERIOD):
        return None
    value = tidy(number.value * second.value * unit[0].factor)
    return Measure(value, value, unit[0], number.first, unit[1])


def _loose(found: list[Token], at: int) -> Measure | None:
    """A unit that is a number by itself: "halfjaar", "kwartier" without "een" before it are read where they stand."""
    if found[at].text in ("halfjaar", "half-jaar", "fortnight") and not (at and read_number(found, at - 1)):
        unit = UNITS[found[at].text]
        return Measure(unit.factor, unit.factor, unit, at, at + 1)
    return None
