"""What the answer book has against the words of a run, before they leave."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Max
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import get_language

from gehoor.kernel.language import Sentence, sentence
from gehoor.rooms.answers.checking.check import check
from gehoor.rooms.answers.checking.departing import BECAUSE_NAMES
from gehoor.rooms.answers.checking.remarks import Checked, Remark, Severity
from gehoor.rooms.answers.models import Departure, Version
from gehoor.rooms.sending import checking as sending
from gehoor.rooms.sending.checking import Objection
from gehoor.rooms.sending.filling import LANGUAGES
from gehoor.rooms.sending.models import Run, Wording

_FIELDS = ("text", "mail", "letter", "points")
_NAMES = {
    ("text", "nl"): sentence("The Dutch text"),
    ("mail", "nl"): sentence("The Dutch mail"),
    ("letter", "nl"): sentence("The Dutch letter"),
    ("points", "nl"): sentence("The Dutch talking points"),
    ("text", "en"): sentence("The English text"),
    ("mail", "en"): sentence("The English mail"),
    ("letter", "en"): sentence("The English letter"),
    ("points", "en"): sentence("The English talking points"),
}
_CLASH = sentence("The answer book says {book} about “{question}”, this text says {text}.")
_OUTDATED = sentence("About “{question}” this text says {text}; that held until {day}. Now the book says {book}.")
_CONDITION = sentence("About “{question}” the answer book names a condition that this text leaves out: {book}.")
_SAID_ANYWAY = sentence("{text} differs from the answer book on “{question}”; the reason given is: {because}.")
_ACT = sentence("Look at both, and say why if it stays")


@dataclass(frozen=True, slots=True)
class CheckedPart:
    """One text of a wording, held against the book."""

    name: str
    checked: Checked


def check_wording_of(wording: Wording) -> list[CheckedPart]:
    """Every text of a wording, each held against the book on its own."""
    stamp, today, tongue = _stamp(), timezone.localdate(), (get_language() or "nl")[:2]
    texts = [(field, language, getattr(wording, f"{field}_{language}")) for language in LANGUAGES for field in _FIELDS]
    return [
        CheckedPart(_NAMES[field, language], _checked(text.strip(), tongue, today, stamp))
        for field, language, text in texts
        if text.strip()
    ]


Stamp = tuple[int, int]


def _stamp() -> Stamp:
    """Changes whenever the book does, or what people said of a remark."""
    newest = Version.objects.aggregate(newest=Max("pk"))["newest"]
    said = Departure.objects.aggregate(newest=Max("pk"))["newest"]
    return newest or 0, said or 0


@lru_cache(maxsize=64)
def _checked(text: str, tongue: str, today: date, stamp: Stamp) -> Checked:
    """A page asks for the same words again and again."""
    return check(text, language=tongue, on=today)


def objections(run: Run) -> Iterator[Objection]:
    """For the objectors of sending: what differs from the book asks for a look, with the reason once it was given."""
    href = reverse("answers:wording", args=[run.public_id])
    for part in check_wording_of(run.wording):
        reasons = _reasons(part.checked)
        for remark in part.checked.remarks:
            if remark.entry is not None:
                yield _objection(remark, reasons.get((remark.entry.pk, remark.quote), ""), href)


def _reasons(checked: Checked) -> dict[tuple[int | None, str], str]:
    quotes = [each.quote for each in checked.remarks]
    rows = Departure.objects.filter(quote__in=quotes, person=None, voice=None).order_by("pk") if quotes else ()
    return {(row.answer_id, row.quote): BECAUSE_NAMES[row.because] for row in rows}


def _objection(remark: Remark, because: str, href: str) -> Objection:
    values: dict[str, str | int | float] = {
        "book": remark.source_says,
        "text": remark.draft_says or remark.source_says,
        "question": remark.entry.question[:120] if remark.entry else "",
        "day": formats.date_format(remark.until, "j F Y") if remark.until else "",
        "because": because,
    }
    if because:
        return Objection("otherwise_than_the_book", sending.Severity.HINT, Sentence(_SAID_ANYWAY, values), href, _ACT)
    text = {Severity.OUTDATED: _OUTDATED, Severity.CONDITION: _CONDITION}.get(remark.severity, _CLASH)
    severity = sending.Severity.HINT if remark.severity is Severity.CONDITION else sending.Severity.LOOK
    return Objection("otherwise_than_the_book", severity, Sentence(text, values), href, _ACT)
