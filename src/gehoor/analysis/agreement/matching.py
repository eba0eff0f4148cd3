"""Whether two values of one kind can both be true: the same, apart, or open.

Bounds are read as in TimeML's ``mod`` and interval arithmetic: two limits of one sort (both at most, both at least)
differ as soon as their figures do; a limit and a figure differ when the figure lies outside it.
"""

from enum import StrEnum

from gehoor.analysis.agreement.facts import Bound, Day, Fact, FactKind, Quantity

_INFINITE = float("inf")
_ROUND = 0.006
_ABOUT = 0.2
_DAYS_A_MONTH = (28.0, 31.0)
_YEARLY = {"year": 1.0, "month": 12.0, "quarter": 4.0, "week": 52.0, "day": 365.0}


class Relation(StrEnum):
    """How two values stand to each other."""

    SAME = "same"
    APART = "apart"
    OPEN = "open"


def relation(a: Fact, b: Fact, strict: bool, per: str = "") -> Relation:
    """``strict``: the question asks for a limit, so that a figure without a bound is one. ``per``: what the question
    says amounts are per, for a fact that says nothing of it."""
    if a.negated != b.negated:
        return Relation.OPEN
    if isinstance(a.value, Day) and isinstance(b.value, Day):
        return _days(a, b, a.value, b.value, strict)
    if not (isinstance(a.value, Quantity) and isinstance(b.value, Quantity)):
        return Relation.OPEN
    if a.value.low == _INFINITE or b.value.low == _INFINITE:
        return (
            Relation.SAME
            if a.value.low == b.value.low
            else (Relation.APART if strict or a.bound is b.bound else Relation.OPEN)
        )
    if a.value.unit == "clock" or b.value.unit == "clock":
        return _clock(a, b)
    if a.kind is FactKind.PERCENTAGE and a.value.low + b.value.low == 100 and 0 < a.value.low != 50 != b.value.low > 0:
        return Relation.OPEN
    spans = _in_one_unit(a, b, a.value, b.value, per)
    if spans is None:
        return Relation.OPEN
    return _quantities(spans, a, b, strict)


Span = tuple[float, float]


def _in_one_unit(a: Fact, b: Fact, one: Quantity, other: Quantity, per: str) -> tuple[Span, Span] | None:
    """Both values as spans in one unit; a month is 28 to 31 days, five working days five to nine. None: not
    comparable."""
    if a.kind is FactKind.PERIOD:
        if one.unit == other.unit:
            return (one.low, one.high), (other.low, other.high)
        return _in_days(one), _in_days(other)
    if one.unit != other.unit:
        return None
    factors = _factors(a, b, per)
    if factors is None:
        return None
    first, second = factors
    return (one.low * first, one.high * first), (other.low * second, other.high * second)


def _factors(a: Fact, b: Fact, per: str) -> tuple[float, float] | None:
    """What brings both to the same unit of time; one that says none may be either's."""
    if a.per == b.per or a.kind is FactKind.PERCENTAGE:
        return 1.0, 1.0
    if a.per in _YEARLY and b.per in _YEARLY:
        return _YEARLY[a.per], _YEARLY[b.per]
    known, silent = (a.per, b.per) if a.per != "once" else (b.per, a.per)
    if silent != "once" or known not in _YEARLY or not per:
        return 1.0, 1.0
    return (_YEARLY.get(a.per, _YEARLY.get(per, 1.0)), _YEARLY.get(b.per, _YEARLY.get(per, 1.0)))


def _in_days(value: Quantity) -> Span:
    low, high = value.low, value.high
    if value.unit == "month":
        return low * _DAYS_A_MONTH[0] + (1.0 if low >= 12 else 0.0), high * _DAYS_A_MONTH[1]
    if value.unit == "workday":
        return low, high * 1.4 + 3
    if value.unit == "hour":
        return low / 24, high / 24
    return low, high


def _quantities(spans: tuple[Span, Span], a: Fact, b: Fact, strict: bool) -> Relation:
    one, other = spans
    loose = _ABOUT if Bound.ABOUT in (a.bound, b.bound) else _ROUND
    if a.kind is FactKind.PERCENTAGE and (_rounded(one) or _rounded(other)):
        loose = max(loose, 0.012)
    touch = one[0] <= other[1] * (1 + loose) and other[0] <= one[1] * (1 + loose)
    limits = {a.bound, b.bound}
    if touch:
        if limits == {Bound.AT_MOST, Bound.AT_LEAST}:
            return Relation.OPEN
        whole = one[0] == one[1] or other[0] == other[1] or _wide(one, other) or a.kind is FactKind.PERIOD
        return Relation.SAME if whole and not _inside(a, b) else Relation.OPEN
    if limits == {Bound.ABOUT} and max(one[0], other[0]) < 1.5 * min(one[1], other[1]):
        return Relation.OPEN
    if a.bound is b.bound or not limits & {Bound.AT_MOST, Bound.AT_LEAST}:
        return Relation.APART
    return _limited(one, other, a, b, strict)


def _inside(a: Fact, b: Fact) -> bool:
    """A figure within the range of the other: it may be or may not be the same."""
    return (a.bound is Bound.RANGE) != (b.bound is Bound.RANGE)


def _wide(one: Span, other: Span) -> bool:
    return one == other


def _rounded(span: Span) -> bool:
    return span[0] != round(span[0], 1)


def _limited(one: Span, other: Span, a: Fact, b: Fact, strict: bool) -> Relation:
    """One of the two is a limit and the other a figure or the opposite limit, and they do not touch."""
    low, high = (a, b) if one[1] < other[0] else (b, a)
    outside = low.bound in (Bound.AT_MOST, Bound.EXACT, Bound.ABOUT, Bound.RANGE) and high.bound in (
        Bound.AT_LEAST,
        Bound.EXACT,
        Bound.ABOUT,
        Bound.RANGE,
    )
    if outside:
        return Relation.APART
    opposite = {low.bound, high.bound} == {Bound.AT_MOST, Bound.AT_LEAST}
    return Relation.APART if strict and not opposite and Bound.ABOUT not in (a.bound, b.bound) else Relation.OPEN


def _clock(a: Fact, b: Fact) -> Relation:
    one, other = a.value, b.value
    if not (isinstance(one, Quantity) and isinstance(other, Quantity)) or one.unit != other.unit:
        return Relation.OPEN
    return Relation.SAME if (one.low - other.low) % 720 == 0 else Relation.APART


def _days(a: Fact, b: Fact, one: Day, other: Day, strict: bool) -> Relation:
    if one.anchor or other.anchor:
        same = (one.anchor, one.offset) == (other.anchor, other.offset)
        both_days = one.anchor == other.anchor == "today"
        return Relation.SAME if same else (Relation.APART if both_days else Relation.OPEN)
    if one.year and other.year and one.year != other.year and not _next_day(a, b, one, other):
        return Relation.OPEN if _opposite(a, b) else Relation.APART
    if not (one.last and other.last):
        return _weekdays(one, other)
    if (one.last < 100) != (other.last < 100):
        return _month_unnamed(*((one, other) if one.last < 100 else (other, one)))
    if one.first <= other.last and other.first <= one.last:
        return _touching(a, b, one, other)
    return Relation.SAME if _next_day(a, b, one, other) else _apart_days(a, b, one, other, strict)


def _month_unnamed(bare: Day, full: Day) -> Relation:
    """ "Woensdag de achtste" against 8 July."""
    if full.first // 100 != full.last // 100:
        return Relation.OPEN
    if bare.first <= full.last % 100 and full.first % 100 <= bare.last and full.last - full.first <= 3:
        return Relation.SAME
    return Relation.APART if bare.weekday else Relation.OPEN


def _weekdays(one: Day, other: Day) -> Relation:
    if not (one.weekday and other.weekday):
        return Relation.OPEN
    if one.last or other.last:
        return Relation.OPEN
    return Relation.SAME if one.weekday == other.weekday else Relation.APART


def _touching(a: Fact, b: Fact, one: Day, other: Day) -> Relation:
    if one.weekday and other.weekday and one.weekday != other.weekday:
        return Relation.APART
    if {a.bound, b.bound} == {Bound.AT_MOST, Bound.AT_LEAST}:
        return Relation.OPEN
    narrow = max(one.last - one.first, other.last - other.first) <= 3 or (one.first, one.last) == (
        other.first,
        other.last,
    )
    return Relation.SAME if narrow else Relation.OPEN


def _next_day(a: Fact, b: Fact, one: Day, other: Day) -> bool:
    """ "Vóór 1 mei" is until 30 April."""
    if Bound.AT_MOST not in (a.bound, b.bound):
        return False
    early, late = sorted((one, other), key=lambda day: day.first)
    if early.first == 101 and late.last == 1231 and late.first >= 1228:
        return not (one.year and other.year) or early.year == late.year + 1
    return late.first % 100 == 1 and (late.first // 100 - early.last // 100) == 1 and early.last % 100 >= 28


def _opposite(a: Fact, b: Fact) -> bool:
    return {a.bound, b.bound} == {Bound.AT_MOST, Bound.AT_LEAST}


def _apart_days(a: Fact, b: Fact, one: Day, other: Day, strict: bool) -> Relation:
    if _opposite(a, b):
        return Relation.OPEN
    if Bound.AT_MOST in (a.bound, b.bound) and a.bound is not b.bound and not strict:
        limit, day = (one, other) if a.bound is Bound.AT_MOST else (other, one)
        return Relation.APART if day.first > limit.last else Relation.OPEN
    return Relation.APART
