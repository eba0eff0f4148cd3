"""What a check found, as the screens show it: the draft in pieces, remarks with what can be done about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gehoor.kernel.clock import now
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.answers.book.naming import STATE_NAMES
from gehoor.rooms.answers.checking.departing import BECAUSE_NAMES, SAME
from gehoor.rooms.answers.checking.draft import LONGEST
from gehoor.rooms.answers.checking.remarks import SEVERITY_NAMES, Checked, Outcome, Remark, Severity
from gehoor.rooms.answers.models import Departure, State

TONES: Mapping[str, str] = {
    Severity.CLASH: "stop",
    Severity.OUTDATED: "stop",
    Severity.CONDITION: "care",
    Severity.NOT_VALIDATED: "care",
}
OUTCOMES: Mapping[str, tuple[str, str]] = {
    Outcome.CLASHES: (
        "warning",
        sentence("Something in it clashes. You decide: change it, or send it and say why."),
    ),
    Outcome.LOOK: ("warning", sentence("Nothing clashes with what surely holds, and something deserves a look.")),
    Outcome.AGREES: (
        "success",
        sentence(
            "Nothing clashes, and something it states is said the same there. What is only said in words, such as "
            "whether approval is needed, may have gone unseen: read it beside the entry."
        ),
    ),
    Outcome.NOTHING_IN_COMMON: (
        "",
        sentence("Nothing clashes, and nothing agrees either: the draft and its sources state different things."),
    ),
    Outcome.NOTHING_TO_COMPARE: (
        "",
        sentence("There is nothing to compare it with: the answer book has no entry that surely fits."),
    ),
    Outcome.EMPTY: ("", sentence("Nothing in it is ours: it holds only what was quoted or how it is signed.")),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters of a draft. ``fact``: what the remark is about."""

    text: str
    fact: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a draft; ``numbers`` are those of the remarks on it, none for one without."""

    pieces: list[Piece]
    numbers: list[int]


@dataclass(frozen=True, slots=True)
class Shown:
    """A remark with its number, and the departure with which this user passed it by."""

    number: int
    remark: Remark
    severity: str
    tone: str
    unsure: str
    departure: Departure | None = None
    because: str = ""


def passages(checked: Checked) -> list[Passage]:
    """The draft in passages: each sentence that a remark is on is one."""
    text, found, here = checked.draft.text, [], 0
    numbers: dict[tuple[int, int], list[int]] = {}
    facts: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for number, remark in enumerate(checked.remarks, 1):
        numbers.setdefault((remark.start, remark.end), []).append(number)
        facts.setdefault((remark.start, remark.end), []).append((remark.fact_start, remark.fact_end))
    for start, end in sorted(numbers):
        if here < start:
            found.append(Passage([Piece(text[here:start])], []))
        found.append(Passage(_pieces(text, start, end, facts[start, end]), numbers[start, end]))
        here = end
    return [*found, Passage([Piece(text[here:])], [])] if here < len(text) else found


def _pieces(text: str, start: int, end: int, facts: Sequence[tuple[int, int]]) -> list[Piece]:
    found, here = [], start
    for first, last in sorted(set(facts)):
        first, last = max(first, here), min(last, end)
        if first < last:
            found += [Piece(text[here:first])] if here < first else []
            found.append(Piece(text[first:last], fact=True))
            here = last
    return [*found, Piece(text[here:end])] if here < end else found


def shown(checked: Checked, user: User) -> list[Shown]:
    """The remarks in the order of the draft."""
    passed = _passed_by(checked, user)
    found = []
    for number, remark in enumerate(checked.remarks, 1):
        departure = passed.get(_source(remark))
        state = remark.entry.state if remark.entry else State.VALIDATED
        found.append(
            Shown(
                number,
                remark,
                SEVERITY_NAMES[remark.severity],
                TONES[remark.severity],
                "" if state == State.VALIDATED else STATE_NAMES.get(state, ""),
                departure,
                BECAUSE_NAMES[departure.because] if departure else "",
            )
        )
    return found


Source = tuple[int | None, str, str]


def _source(remark: Remark) -> Source:
    return remark.entry.pk if remark.entry else None, remark.quote, remark.source_says[:300]


def _passed_by(checked: Checked, user: User) -> dict[Source, Departure]:
    """The departures of this user a moment ago."""
    if not checked.remarks:
        return {}
    quotes = [each.quote for each in checked.remarks]
    rows = Departure.objects.filter(by=user, handled="", at__gte=now() - SAME, quote__in=quotes)
    return {(row.answer_id, row.quote, row.book_says): row for row in rows}


def context_of(checked: Checked, user: User) -> dict[str, Any]:
    """What a page shows of a check."""
    tone, says = OUTCOMES[checked.outcome]
    return {
        "checked": checked,
        "tone": tone,
        "says": says,
        "passages": passages(checked),
        "remarks": shown(checked, user),
        "entries": [(each, STATE_NAMES.get(each.state, "")) for each in checked.entries],
        "because": list(BECAUSE_NAMES.items()),
        "may_depart": user.may(May.PROPOSE_ANSWERS),
        "longest": LONGEST,
    }
