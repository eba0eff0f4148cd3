"""The facts of a text: every day, amount, share, period and count, with what limits it and what it is about."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from gehoor.analysis.agreement.clock import find_times
from gehoor.analysis.agreement.context import Clause, read_clauses
from gehoor.analysis.agreement.dates import DateSpan, find_dates
from gehoor.analysis.agreement.facts import Bound, Fact, FactKind, Proviso, Quantity
from gehoor.analysis.agreement.ideas import ideas_of
from gehoor.analysis.agreement.lexicon import any_of, named, pattern_of, plain
from gehoor.analysis.agreement.limits import bound_of
from gehoor.analysis.agreement.noise import without_noise
from gehoor.analysis.agreement.polarity import Leaning, leaning
from gehoor.analysis.agreement.quantities import find_measures
from gehoor.analysis.agreement.questions import Question, read_question
from gehoor.analysis.agreement.quoted import with_quoted
from gehoor.analysis.agreement.tokens import Token, tokens
from gehoor.analysis.agreement.units import Measure
from gehoor.analysis.agreement.worked import with_bases, with_examples, with_own_sums
from gehoor.kernel.patterns import regex

_PER_BY = {phrase: key for key, phrases in named("per").items() for phrase in phrases}
_PER = any_of(_PER_BY)
_SPACE = regex(r"[\s-]+")
_DATE_BOUNDS = named("date_bounds")
_DATE_CUES = tuple((Bound(key), any_of(_DATE_BOUNDS[key])) for key in ("at_most", "at_least", "about"))
_OPEN = tuple((key, any_of(_DATE_BOUNDS[key])) for key in ("before", "until"))
_INCLUDING = any_of(_DATE_BOUNDS["including"])
_NOT_BEFORE = any_of(_DATE_BOUNDS["not_before"])
_NOT_EARLIER = regex(r"[^.!?\n]{0,40}?(?:eerder (?:\w+ ){0,4}niet|niet eerder|not (?:sooner|earlier|before))(?!\w)")
_VERBS, _NAMED_SO = (frozenset(named("uncounted")[key]) for key in ("verbs", "before"))
_PRICE = regex(r"\d+,\d\d")
_INFINITE = float("inf")
_NEAR = 34
_UNLESS = regex(r"\s*(?:tenzij|unless)")
_FROM = regex(r"(?<!\w)(?:van|from)\s*(?:€\s*)?\Z")
_FROM_TO = regex(r"\s+(?:naar|to)\s+(?:€\s*)?\d")


@cache
def _not_counted() -> frozenset[str]:
    """Nouns of which no number says how many, with their ideas; made when first asked, since that takes a while."""
    return frozenset(idea for word in named("uncounted")["nouns"] for idea in (word, *ideas_of(word)))


def find_facts(text: str, question: str = "") -> tuple[Fact, ...]:
    """Every fact that a text states, in order; figures that are no fact (phone numbers, dates of letters) are left out.
    With a question that asks for yes or no, also that."""
    asked = read_question(question)
    said = plain(text)
    return tuple(fact for fact, _ in facts_in_clauses(said, read_clauses(said), asked)[0])


def facts_in_clauses(
    said: str, found: list[Clause], asked: Question
) -> tuple[list[tuple[Fact, Clause]], Leaning | None]:
    """The facts of a text in lower case, each with its clause, in order; and which way it leans on yes or no, also when
    that is too unsure to be a fact."""
    if not found:
        return [], None
    clean = without_noise(said)
    starts = [clause.start for clause in found]
    facts = [*_dated(clean), *_timed(clean), *_nothing(clean, asked)]
    facts += _measured(_hide(clean, facts), asked)
    placed = []
    for fact in facts:
        clause = found[max(0, bisect_right(starts, fact.start) - 1)]
        placed.append((_completed(clean, fact, clause, asked), clause))
    placed = with_examples(said, sorted(with_bases(said, placed), key=_place), asked)
    placed = with_quoted(said, with_own_sums(said, placed, asked), found)
    answer = leaning(said, found, asked)
    if answer and answer.sure:
        placed.append((answer.fact, answer.clause))
    placed += _provisos(said, found)
    return sorted(placed, key=_place), answer


def _place(each: tuple[Fact, Clause]) -> tuple[int, int, str]:
    return each[0].start, each[0].end, str(each[0].kind)


def _dated(said: str) -> Iterator[Fact]:
    for span in find_dates(said):
        bound = Bound.EXACT if _NOT_EARLIER.match(said, span.end) else _date_bound(said, span)
        left_open = _open(said, span) if bound is Bound.AT_MOST else ""
        yield Fact(FactKind.DATE, span.start, span.end, span.day, bound=bound, open=left_open)


def _open(said: str, span: DateSpan) -> str:
    """Whether the words before a last day, or at its beginning, leave that day itself out, or open."""
    words = f"{said[max(0, span.start - 12) : span.start]}{said[span.start : span.start + 8]}"
    if _INCLUDING.search(words):
        return ""
    return next((key for key, pattern in _OPEN if pattern.search(words)), "")


def _date_bound(said: str, span: DateSpan) -> Bound:
    before = said[max(0, span.start - 32) : span.start].rstrip()
    own = said[span.start : span.end]
    if _NOT_BEFORE.search(before) and before.endswith(("vóór", "voor", "before", "dan", "than", "earlier")):
        return Bound.AT_LEAST
    for bound, pattern in _DATE_CUES:
        hits = list(pattern.finditer(before))
        if hits and len(before) - hits[-1].end() <= 4 and hits[-1].end() >= len(before.rstrip("de th")) - 1:
            return bound
        if pattern.match(own):
            return bound
    return Bound.EXACT


def _timed(said: str) -> Iterator[Fact]:
    for start, end, minutes in find_times(said):
        yield Fact(FactKind.NUMBER, start, end, Quantity(minutes, minutes, "clock"))


_SAID = (
    ("amount", FactKind.AMOUNT, Quantity(0, 0, "euro")),
    ("period", FactKind.PERIOD, Quantity(0, 0, "day")),
    ("lifelong", FactKind.PERIOD, Quantity(_INFINITE, _INFINITE, "")),
    ("unlimited", FactKind.NUMBER, Quantity(_INFINITE, _INFINITE, "")),
)
_SAID_OF_TIME = (
    ("same_day", FactKind.PERIOD, Quantity(0, 0, "day")),
    ("next_day", FactKind.PERIOD, Quantity(1, 1, "day")),
    ("next_workday", FactKind.PERIOD, Quantity(1, 1, "workday")),
    ("day_one", FactKind.PERIOD, Quantity(0, 0, "day")),
)
_SAID_OF_PARTS = (
    ("all", FactKind.PERCENTAGE, Quantity(100, 100, "percent")),
    ("none", FactKind.PERCENTAGE, Quantity(0, 0, "percent")),
)


def _nothing(said: str, asked: Question) -> Iterator[Fact]:
    """ "Gratis" is nothing to pay, "geen wachttijd" no time, "onbeperkt" no limit; where a period is asked "dezelfde
    dag" is one, and where a share is asked and none is given in figures "volledig" is all of it."""
    wanted: tuple[tuple[str, FactKind, Quantity], ...] = _SAID
    if FactKind.PERIOD in asked.kinds:
        wanted += _SAID_OF_TIME
    if (
        FactKind.PERCENTAGE in asked.kinds
        and FactKind.AMOUNT not in asked.kinds
        and not (_SHARE.search(said) or "%" in said)
    ):
        wanted += _SAID_OF_PARTS
    for key, kind, value in wanted:
        if key == "unlimited" and asked.kinds == {FactKind.PERIOD}:
            kind = FactKind.PERIOD
        if key == "day_one" and not pattern_of("nothing", "waiting").search(asked.said):
            continue
        for hit in pattern_of("nothing", key).finditer(said):
            if key != "lifelong" or FactKind.PERIOD in asked.kinds:
                yield Fact(kind, hit.start(), hit.end(), value)


_SHARE = any_of(("procent", "percent", "per cent", "pct", "kwart", "helft", "derde", "half", "quarter", "third"))


def _hide(said: str, facts: Iterable[Fact]) -> str:
    parts, at = [], 0
    for fact in sorted(facts, key=lambda each: each.start):
        if fact.start >= at:
            parts += [said[at : fact.start], ";" * (fact.end - fact.start)]
            at = fact.end
    return "".join([*parts, said[at:]])


def _measured(said: str, asked: Question) -> Iterator[Fact]:
    found = tokens(said)
    for measure in find_measures(found):
        start, end = found[measure.first].start, found[measure.after - 1].end
        made = _made(found, measure, asked)
        if made is None:
            continue
        kind, value = made
        bound = Bound.ABOUT if measure.vague else (Bound.RANGE if value.low != value.high else Bound.EXACT)
        yield Fact(kind, start, end, value, bound=bound)


def _made(found: list[Token], measure: Measure, asked: Question) -> tuple[FactKind, Quantity] | None:
    if measure.unit is not None:
        return measure.unit.kind, Quantity(measure.low, measure.high, measure.unit.name)
    noun = _counted(found, measure.after)
    if noun in _not_counted() or (measure.first and found[measure.first - 1].text in _NAMED_SO):
        return None
    if not noun and _PRICE.fullmatch(found[measure.first].text):
        return FactKind.AMOUNT, Quantity(measure.low, measure.high, "euro")
    if FactKind.AMOUNT in asked.kinds and not noun and measure.low >= 5:
        return FactKind.AMOUNT, Quantity(measure.low, measure.high, "euro")
    return FactKind.NUMBER, Quantity(measure.low, measure.high, noun)


def _counted(found: list[Token], at: int) -> str:
    """The idea that a bare number counts: the next word that names one, within three."""
    for token in found[at : at + 3]:
        if token.sort != "word" or token.text in _VERBS:
            return ""
        ideas = ideas_of(token.text)
        if ideas:
            return ideas[-1]
        if token.text in ("per", "in", "van", "op", "of", "a", "de", "is", "en", "and", "or"):
            return ""
    return ""


def _completed(said: str, fact: Fact, clause: Clause, asked: Question) -> Fact:
    """With its bound, what it is per, and the words it is about."""
    bound, per = fact.bound, "once"
    span = (clause.start, clause.end)
    if fact.kind is not FactKind.DATE and isinstance(fact.value, Quantity) and fact.value.unit != "clock":
        limit = bound_of(said, fact.start, fact.end, span)
        bound = limit if limit and bound is not Bound.RANGE else bound
        if bound is Bound.AT_MOST and fact.value.low == 0 and fact.kind is not FactKind.NUMBER:
            bound = Bound.EXACT
        per = _per(said, fact, clause)
    about = " ".join(
        said[max(clause.start, fact.start - 70) : fact.start].split()[-6:]
        + said[fact.end : min(clause.end, fact.end + 70)].split()[:6]
    )
    role = _role(said, fact, clause, asked)
    denied = _denied(said, fact, clause)
    return replace(fact, about=about, bound=bound, per=per, role=role, negated=denied)


def _role(said: str, fact: Fact, clause: Clause, asked: Question) -> str:
    """Whether a fact only says when we will call, stands in a condition, or held before."""
    if clause.contact and not asked.contact:
        return "reply" if asked.process else "contact"
    if clause.condition == "if" or (clause.condition == "unless" and _UNLESS.match(said, clause.start)):
        return "condition"
    return (
        "past"
        if clause.past or (_FROM_TO.match(said, fact.end) and _FROM.search(said[max(0, fact.start - 8) : fact.start]))
        else ""
    )


def _denied(said: str, fact: Fact, clause: Clause) -> bool:
    before = said[max(clause.start, fact.start - 8) : fact.start].rstrip()
    return before.endswith((" niet", " not", " geen")) or before in ("niet", "not")


def _per(said: str, fact: Fact, clause: Clause) -> str:
    """The unit of time that stands after the figure, or else before it in the same clause."""
    if fact.kind is FactKind.DATE:
        return "once"
    after = _PER.search(said, fact.end, min(fact.end + _NEAR, max(clause.end, fact.end)))
    if after and not _other_figure(said, fact.end, after.start()):
        return _PER_BY[_SPACE.sub(" ", after[0])]
    if fact.kind is FactKind.PERIOD:
        return "once"
    before = max(
        _PER.finditer(said, max(clause.start, fact.start - 60), fact.start), key=lambda hit: hit.start(), default=None
    )
    if before is None or _other_figure(said, before.end(), fact.start):
        return "once"
    return _PER_BY[_SPACE.sub(" ", before[0])]


def _other_figure(said: str, start: int, end: int) -> bool:
    return any(c.isdigit() for c in said[start:end])


def _provisos(said: str, found: list[Clause]) -> Iterator[tuple[Fact, Clause]]:
    for clause in found:
        if clause.condition:
            text = said[clause.start : clause.end]
            start = clause.start + len(text) - len(text.lstrip())
            value = Proviso(clause.condition, tuple(sorted(clause.ideas)))
            yield Fact(FactKind.CONDITION, start, clause.start + len(text.rstrip()), value, text.strip()), clause
