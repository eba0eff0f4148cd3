"""Entries of the answer book for the composer, in the form of the channel in which they are given."""

from collections.abc import Sequence
from dataclasses import dataclass

from gehoor.rooms.answers.book.content import content_of, given
from gehoor.rooms.answers.book.index import find_answers
from gehoor.rooms.answers.checking.hand import at_hand, manner_of
from gehoor.rooms.answers.models import Answer, Version
from gehoor.rooms.voices.models import Understanding, Voice

MOST = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, as it is given in this channel."""

    answer: Answer
    version: Version
    text: str


def found_in_book(voice: Voice, words: str) -> Sequence[Entry]:
    """What surely fits this voice; with words what they ask about, best first."""
    if not words:
        return [Entry(fit.answer, fit.version, fit.text) for fit in at_hand(voice, with_person=False).fits]
    language = Understanding.objects.filter(voice=voice).values_list("language", flat=True).first() or "nl"
    manner = manner_of(voice.channel)
    return [
        Entry(hit.answer, hit.version, given(content_of(hit.version), manner, language).text)
        for hit in find_answers(words, MOST)
    ]
