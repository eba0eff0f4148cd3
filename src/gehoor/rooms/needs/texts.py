"""What asks are about, read a batch at a time."""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from gehoor.analysis.needs.context import plain_subject
from gehoor.analysis.needs.matter import matter
from gehoor.analysis.needs.naming import Said
from gehoor.rooms.voices.models import Ask

_AT_ONCE = 5_000
_OUR_OWN_LINE = 5
"""A subject line above more voices than this was thought up by us ("Survey after your call"), not by them."""


def text_of(asks: Sequence[int]) -> list[str]:
    """What each ask is about, in the order asked; "" for one that is not there any more.

    As long as the passage itself, with its envelope blank (see :func:`matter`), so that offsets stay right.
    """
    found: dict[int, str] = {}
    for start in range(0, len(asks), _AT_ONCE):
        found.update(_some(asks[start : start + _AT_ONCE]))
    return [found.get(ask, "") for ask in asks]


def _some(asks: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Whole voices are blanked, since a passage may begin within a turn of ours; asks of one voice come together."""
    last, whole, said = 0, "", ""
    rows = Ask.objects.filter(pk__in=asks).order_by("voice", "position")
    for pk, voice, start, end, text in rows.values_list("pk", "voice", "start", "end", "voice__text").iterator():
        if voice != last:
            last, said, whole = voice, text, matter(text)
        passage = whole[start:end]
        yield pk, passage if passage.strip() else said[start:end]


def languages_of(asks: Sequence[int]) -> list[str]:
    """The language of each ask's voice, in the order asked; "nl" where it is not known."""
    found: dict[int, str] = {}
    for start in range(0, len(asks), _AT_ONCE):
        some = Ask.objects.filter(pk__in=asks[start : start + _AT_ONCE])
        found.update(some.values_list("pk", "voice__understanding__language"))
    return [found.get(ask) or "nl" for ask in asks]


def said(asks: Sequence[int]) -> Said:
    """In the order asked: the voice of each ask (-1 for one that is not there any more), and its own subject line."""
    found: dict[int, tuple[int, str]] = {}
    for start in range(0, len(asks), _AT_ONCE):
        rows = Ask.objects.filter(pk__in=asks[start : start + _AT_ONCE])
        for pk, voice, subject in rows.values_list("pk", "voice", "voice__subject").iterator():
            found[pk] = voice, plain_subject(subject)
    lines = Counter(subject for _, subject in set(found.values()))
    own = [found.get(ask, (-1, "")) for ask in asks]
    subjects = [subject if lines[subject] <= _OUR_OWN_LINE else "" for _, subject in own]
    return Said(np.array([voice for voice, _ in own], np.int64), subjects)
