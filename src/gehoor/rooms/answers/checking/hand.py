"""At hand: while a voice is read, the answers that fit it, and what this person was told about it before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import get_language

from gehoor.channels.registry import cards
from gehoor.rooms.answers.book.content import content_of, given
from gehoor.rooms.answers.checking.check import LONGEST_QUESTION, MOST_ASKS
from gehoor.rooms.answers.checking.finding import Hit, find_answers
from gehoor.rooms.answers.checking.judging import SURE, hold
from gehoor.rooms.answers.checking.remarks import Earlier
from gehoor.rooms.answers.checking.told import is_about, person_of, told_before
from gehoor.rooms.answers.models import Manner, Version
from gehoor.rooms.voices.models import Ask, Understanding, Voice

MOST = 3
MOST_TOLD = 5
_MANNERS = {"letter": Manner.LETTER, "call": Manner.PHONE, "chat": Manner.POST}


@dataclass(frozen=True, slots=True)
class Fit:
    """An answer as it is given in this voice's channel. ``start`` to ``end`` is what it fits in the voice's text."""

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
    """``asks``: so many things are asked in the voice; ``unsure``: something was found, and not sure enough to show."""

    fits: list[Fit]
    told: list[Told]
    asks: int
    unsure: bool = False


def at_hand(voice: Voice, *, with_person: bool) -> AtHand:
    """What helps to answer this voice; without ``with_person`` nothing of what anyone was told."""
    asks = list(_asks(voice))
    found = [(hit, ask) for ask in asks for hit in find_answers(ask[2], MOST, on=timezone.localdate())]
    fits = _sure(voice, found)
    told = list(_told(voice, fits, [ask[2] for ask in asks])) if with_person else []
    return AtHand(fits, told[:MOST_TOLD], len(asks), bool(found) and not fits)


Asked = tuple[int, int, str]


def _asks(voice: Voice) -> Iterator[Asked]:
    """Where each thing that is asked stands, and what it says; a voice that was not read yet is one."""
    longest = list(Ask.objects.filter(voice=voice).order_by("-words", "position")[:MOST_ASKS])
    spans = sorted((ask.start, ask.end) for ask in longest) or [(0, len(voice.text))]
    for start, end in spans:
        said = voice.text[start:end][:LONGEST_QUESTION]
        first = start + len(said) - len(said.lstrip())
        if said.strip():
            yield first, first + len(said.strip()), said.strip()


def _sure(voice: Voice, found: Sequence[tuple[Hit, Asked]]) -> list[Fit]:
    """The surest, each entry once, those that fit the same passage beside each other."""
    manner, language = manner_of(voice.channel), _language_of(voice)
    fits: dict[int, Fit] = {}
    for hit, (start, end, _) in sorted(found, key=lambda each: -each[0].probability):
        if hit.probability < SURE or hit.version.answer_id in fits:
            continue
        first, last = start + hit.start, min(end, start + hit.end)
        text = given(content_of(hit.version), manner, language).text
        fits[hit.version.answer_id] = Fit(hit.version, hit.probability, first, last, manner, text)
    return list(fits.values())[:MOST]


def _told(voice: Voice, fits: Sequence[Fit], asked: Sequence[str]) -> Iterator[Told]:
    entries = {fit.version.answer_id for fit in fits}
    for earlier in told_before(person_of(voice), voice):
        if is_about(earlier, entries, "\n".join(asked)):
            yield _against(earlier, fits)


def _against(earlier: Earlier, fits: Sequence[Fit]) -> Told:
    tongue = (get_language() or "nl")[:2]
    for fit in fits:
        question = fit.version.question
        for clash in hold(earlier.text, question, fit.version.text, question).clashes:
            return Told(earlier, clash.draft.says(tongue), clash.source.says(tongue))
    return Told(earlier)


def manner_of(channel: str) -> str:
    """In which form an answer is given in this channel."""
    card = cards().get(channel)
    return _MANNERS.get(channel) or (Manner.POST if card is not None and card.public else Manner.MAIL)


def _language_of(voice: Voice) -> str:
    found = Understanding.objects.filter(voice=voice).values_list("language", flat=True).first()
    return "en" if found == "en" else "nl"
