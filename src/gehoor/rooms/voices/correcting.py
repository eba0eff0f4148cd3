"""Correcting what an engine made out of a scan or a recording.

Each correction is a new version beside the old; the newest is what the voice or reply says. Its asks stay the same
rows, so that what people decided about them stays theirs. What was understood is made again by its stage.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean

from django.db import transaction

from gehoor.analysis.text import count_words
from gehoor.kernel.errors import NotAllowed, NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.privacy.audit import do_log
from gehoor.rooms.voices.changes import Changed, do_tell
from gehoor.rooms.voices.edits import Edits, Word, corrected_words, edits_between
from gehoor.rooms.voices.models import Ask, Reply, Transcription, Understanding, Voice

Said = Voice | Reply

_CONFIDENCE = 2
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def do_correct_text(
    *, said: Said, start: int, end: int, text: str, actor: User, seen: int | None = None
) -> Transcription:
    """Put ``text`` in the place of ``said.text[start:end]``; returns the version that stands now.

    The same text says that it was read rightly. ``seen`` is the version that the places were taken from: raises Refused
    when someone else corrected meanwhile, and when nothing was read there. Raises NotAllowed.
    """
    _check_may(actor)
    with transaction.atomic():
        newest = _newest(said, seen)
        if not 0 <= start <= end <= len(newest.text):
            raise Refused(why=sentence("the text has no such passage"))
        new = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
        if not new:
            start = _with_one_space(newest.text, start, end)
        whole = newest.text[:start] + new + newest.text[end:]
        words = corrected_words(newest.text, newest.words, start, end, new)
        if whole == newest.text and words == [list(word) for word in newest.words]:
            return newest
        return _keep(said, newest, whole, words, actor, "correct_text")


def do_restore_text(*, said: Said, version: int, actor: User) -> Transcription:
    """Go back to an earlier version, as a new one. Raises NotAllowed, or NotFound for a version of something else."""
    _check_may(actor)
    with transaction.atomic():
        newest, wanted = _newest(said, None), said.transcriptions.filter(pk=version).first()
        if wanted is None:
            raise NotFound(what=sentence("version of the text"))
        if (wanted.text, wanted.words) == (newest.text, newest.words):
            return newest
        return _keep(said, newest, wanted.text, wanted.words, actor, "restore_text")


def newest_of(said: Said) -> Transcription | None:
    """The version that stands; None when the text was made out of no scan or recording."""
    return said.transcriptions.order_by("-pk").first()


def _check_may(actor: User) -> None:
    if not actor.may(May.CORRECT):
        raise NotAllowed()


def _newest(said: Said, seen: int | None) -> Transcription:
    """The version that stands, and nobody else's turn until the transaction ends."""
    type(said)._default_manager.select_for_update().filter(pk=said.pk).first()
    newest = newest_of(said)
    if newest is None:
        raise Refused(why=sentence("only what was read from a scan or a recording can be corrected"))
    if seen is not None and newest.pk != seen:
        raise Refused(why=sentence("someone else corrected this text meanwhile"))
    return newest


def _with_one_space(text: str, start: int, end: int) -> int:
    """Of a word that goes, one of the spaces around it goes too."""
    between = start > 0 and text[start - 1] == " " and (end == len(text) or text[end].isspace())
    return start - 1 if between else start


def _keep(
    said: Said, newest: Transcription, text: str, words: Sequence[Word], actor: User, action: str
) -> Transcription:
    sure = [word[_CONFIDENCE] for word in words]
    version = Transcription.objects.create(
        voice=said if isinstance(said, Voice) else None,
        reply=said if isinstance(said, Reply) else None,
        engine="",
        confidence=None if newest.confidence is None or not sure else fmean(sure),
        pages=newest.pages,
        text=text,
        words=list(words),
        actor=actor,
    )
    said.text = text
    if isinstance(said, Voice):
        _follow(said, edits_between(newest.text, text))
    else:
        said.save(update_fields=["text"])
    do_log(
        actor=actor,
        action=action,
        what="voice" if isinstance(said, Voice) else "reply",
        public_id=said.public_id,
    )
    return version


def _follow(voice: Voice, edits: Edits) -> None:
    """All that leans on the text of a voice."""
    counted, voice.words = voice.words, count_words(voice.text)
    voice.save(update_fields=["text", "words"])
    if not edits.each:
        return
    Understanding.objects.filter(voice=voice).delete()
    changed, gone = _move_asks(voice, edits)
    do_tell(Changed(voice.pk, edits, changed, gone, words_changed=voice.words != counted))
    Ask.objects.filter(pk__in=gone).delete()


def _move_asks(voice: Voice, edits: Edits) -> tuple[list[int], list[int]]:
    """Asks whose words changed, and those of which nothing is left; one always stays."""
    asks = list(voice.asks.order_by("start", "position"))
    changed = [ask.pk for ask in asks if edits.touches(ask.start, ask.end)]
    for ask in asks:
        ask.start = edits.moved(ask.start) if ask.start else 0
        ask.end = max(ask.start, edits.moved(ask.end))
        ask.words = count_words(voice.text[ask.start : ask.end])
    gone = [ask.pk for ask in asks if not ask.words]
    if len(gone) == len(asks):
        gone = gone[1:]
    Ask.objects.bulk_update(asks, ["start", "end", "words"])
    return [pk for pk in changed if pk not in gone], gone


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a text, as people look back on it. ``again`` is the number of the one that it went back to."""

    pk: int
    number: int
    at: datetime
    by_person: bool
    actor: User | None
    text: str
    current: bool
    again: int = 0


def versions_of(transcriptions: Sequence[Transcription]) -> list[Version]:
    """The versions of one text (given oldest first), newest first; nothing when it was never corrected."""
    first_with: dict[str, int] = {}
    found = []
    for number, each in enumerate(transcriptions, start=1):
        first = first_with.setdefault(each.text, number)
        found.append(
            Version(
                pk=each.pk,
                number=number,
                at=each.at,
                by_person=number > 1 and not each.engine,
                actor=each.actor,
                text=each.text,
                current=number == len(transcriptions),
                again=first if first < number - 1 else 0,
            )
        )
    return found[::-1] if len(found) > 1 else []
