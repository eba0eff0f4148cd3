"""At hand: while a voice is read, the answers that fit it, and what this person was told about it before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import get_language

from gehoor.channels.registry import cards
from gehoor.rooms.answers.book.content import content_of, given
from gehoor.rooms.answers.book.index import Hit
from gehoor.rooms.answers.checking.check import asks_of, beside, fitting
from gehoor.rooms.answers.checking.judging import hold, read, read_entry
from gehoor.rooms.answers.checking.remarks import Earlier
from gehoor.rooms.answers.checking.told import is_about, person_of, told_before
from gehoor.rooms.answers.models import Answer, Manner, Version
from gehoor.rooms.voices.models import Understanding, Voice

MOST = 3
MOST_TOLD = 5
_MANNERS = {"letter": Manner.LETTER, "call": Manner.PHONE, "chat": Manner.POST}


@dataclass(frozen=True, slots=True)
class Fit:
    """An answer as it is given in this voice's channel. ``start`` to ``end`` is what it fits in the voice's text."""

    answer: Answer
    version: Version
    probability: float
    start: int
    end: int
    manner: str
    text: str

    @property
    def place(self) -> str:
        """As an address names it."""
        return f"{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Told:
    """Something that this person was told about it. ``book_says`` and ``told_says``: where it clashes with the book."""

    earlier: Earlier
    told_says: str = ""
    book_says: str = ""


@dataclass(frozen=True, slots=True)
class AtHand:
    """Answers that surely fit, and what was told before."""

    fits: list[Fit]
    told: list[Told]


def at_hand(voice: Voice, *, with_person: bool) -> AtHand:
    """What helps to answer this voice; without ``with_person`` nothing of what anyone was told."""
    spans = asks_of(voice)
    asked = [voice.text[start:end] for start, end in spans]
    found = fitting(asked, beside(voice), MOST, timezone.localdate())
    fits = [_fit(voice, hit, spans[place]) for hit, place in found]
    told = list(_told(voice, fits, asked)) if with_person else []
    return AtHand(fits, told[:MOST_TOLD])


def _fit(voice: Voice, hit: Hit, span: tuple[int, int]) -> Fit:
    manner = manner_of(voice.channel)
    text = given(content_of(hit.version), manner, _language_of(voice)).text
    return Fit(hit.answer, hit.version, hit.probability, *span, manner, text)


def _told(voice: Voice, fits: Sequence[Fit], asked: Sequence[str]) -> Iterator[Told]:
    """What states something about it; of one call or reply once, rather what clashes than what does not."""
    entries = {fit.answer.pk for fit in fits}
    found: dict[tuple[object, ...], Told] = {}
    for earlier in told_before(person_of(voice), voice):
        if is_about(earlier, entries, "\n".join(asked)):
            told, key = _against(earlier, fits), (earlier.at, earlier.channel, earlier.voice)
            if told is not None and (key not in found or (told.book_says and not found[key].book_says)):
                found[key] = told
    yield from found.values()


def _against(earlier: Earlier, fits: Sequence[Fit]) -> Told | None:
    """With its clash with the book, where there is one; None when it states nothing."""
    tongue = (get_language() or "nl")[:2]
    for fit in fits:
        question = fit.version.question
        for clash in hold(read(earlier.text, question), read_entry(fit.version.text, question)).clashes:
            return Told(earlier, clash.draft.says(tongue), clash.source.says(tongue))
    stated = [fact for fact in read(earlier.text, earlier.asked).facts if fact.role != "contact"]
    return Told(earlier) if stated else None


def manner_of(channel: str) -> str:
    """In which form an answer is given in this channel."""
    card = cards().get(channel)
    return _MANNERS.get(channel) or (Manner.POST if card is not None and card.public else Manner.MAIL)


def _language_of(voice: Voice) -> str:
    found = Understanding.objects.filter(voice=voice).values_list("language", flat=True).first()
    return "en" if found == "en" else "nl"
