"""How this room erases and exports what it keeps around a person's voices."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q

from gehoor.rooms.listening.board.erasing import erase_quotes, quotes_of
from gehoor.rooms.listening.models import Drawn, HandedOn, Heard, Laid, Note, Struck
from gehoor.rooms.listening.quoted import without_words_of
from gehoor.rooms.privacy.rights import Subject
from gehoor.rooms.voices.models import Voice

_AT_ONCE = 5_000


def erase(subject: Subject) -> None:
    """Take the voices out of every stack, with what was marked in them, noted about them and handed on from them. The
    seconds that we listened stay, without the voice; of what was handed on only that it was."""
    for at in range(0, len(subject.voices), _AT_ONCE):
        some = subject.voices[at : at + _AT_ONCE]
        _clean_notes(some)
        Struck.objects.filter(voice__in=some).delete()
        Note.objects.filter(voice__in=some).delete()
        HandedOn.objects.filter(voice__in=some).update(voice=None, start=None, end=None, text="")
        Laid.objects.filter(voice__in=some).delete()
        erase_quotes(some)
        Drawn.objects.filter(voice__in=some).delete()
        Heard.objects.filter(voice__in=some).update(voice=None)


def _clean_notes(voices: Sequence[int]) -> None:
    """A note about a whole sitting loses what it took over from these voices; the rest was about others too."""
    sittings = Drawn.objects.filter(voice__in=voices).values("session")
    for note in Note.objects.filter(voice=None, session__in=sittings).exclude(text=""):
        heard = Voice.objects.filter(pk__in=voices, drawn__session=note.session_id)
        text = note.text
        for voice in heard.only("text", "subject", "quoted", "author", "signature", "identities"):
            names = [voice.author, voice.signature, *(str(value) for _, value, _ in voice.identities)]
            text = without_words_of(text, said=[voice.subject, voice.text, voice.quoted], names=names)
        if text != note.text:
            Note.objects.filter(pk=note.pk).update(text=text)


def judged(voices: Collection[int]) -> Iterable[int | None]:
    """Voices that someone listened to long enough to have heard them, or marked, noted or handed something on from."""
    kept = [
        Heard.objects.filter(voice__in=voices, enough=True),
        Struck.objects.filter(voice__in=voices),
        Note.objects.filter(voice__in=voices),
        HandedOn.objects.filter(voice__in=voices),
    ]
    return {voice for rows in kept for voice in rows.values_list("voice_id", flat=True)}


def export(subject: Subject) -> Mapping[str, Any]:
    """When and how long each voice was listened to, which passages struck someone, and what was written about it; by
    whom is about those who work here, and stays out."""
    parts = [subject.voices[at : at + _AT_ONCE] for at in range(0, len(subject.voices), _AT_ONCE)]
    return {
        "listened_to": [row for part in parts for row in _listened(part)],
        "struck": [row for part in parts for row in _struck(part)],
        "written_about": [row for part in parts for row in _written(part)],
        "on_board_letters": [row for part in parts for row in quotes_of(part)],
    }


def _listened(voices: Sequence[int]) -> Iterable[Mapping[str, Any]]:
    rows = Heard.objects.filter(voice__in=voices).order_by("voice__said_at", "voice_id", "first_at")
    for voice, first, last, seconds in rows.values_list("voice__public_id", "first_at", "last_at", "seconds"):
        yield {"voice": str(voice), "first": first.isoformat(), "last": last.isoformat(), "seconds": round(seconds)}


def _struck(voices: Sequence[int]) -> Iterable[Mapping[str, Any]]:
    for each in Struck.objects.filter(voice__in=voices).select_related("voice").order_by("voice_id", "start", "pk"):
        yield {"voice": str(each.voice.public_id), "at": each.at.isoformat(), "passage": each.quote}


def _written(voices: Sequence[int]) -> Iterable[Mapping[str, Any]]:
    notes = Note.objects.filter(~Q(text=""), voice__in=voices).order_by("voice_id", "pk")
    for voice, at, text in notes.values_list("voice__public_id", "changed_at", "text"):
        yield {"voice": str(voice), "at": at.isoformat(), "kind": "note", "text": text}
    for each in HandedOn.objects.filter(voice__in=voices).select_related("voice").order_by("voice_id", "pk"):
        public_id = str(each.voice.public_id) if each.voice else ""
        yield {"voice": public_id, "at": each.at.isoformat(), "kind": each.kind, "text": each.text}
