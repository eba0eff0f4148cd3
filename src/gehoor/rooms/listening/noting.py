"""Writing down what one takes away, from one voice or from a whole sitting; nothing that was written gets lost."""

import hashlib
from uuid import UUID

from django.db import transaction

from gehoor.kernel import clock
from gehoor.kernel.errors import NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.listening.models import Note, Session
from gehoor.rooms.voices.models import Voice

LONGEST = 10_000


def mark_of(text: str) -> str:
    """What a page says that it began to write from: short, and without the text itself."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def joined(kept: str, begun_from: str, new: str) -> str:
    """What is to be kept when ``new`` comes from a page that began from the text with the mark ``begun_from``.

    When another page wrote in the meantime, neither text goes: the new stands under the kept, unless one holds the
    other.
    """
    if begun_from == mark_of(kept) or not kept or kept in new:
        return new
    if new in kept:
        return kept
    return f"{kept}\n\n{new}"


def do_note(
    *, session: Session, text: str, begun_from: str, voice: Voice | None = None, shared: bool | None = None
) -> Note | None:
    """Keep what the listener of a session takes away; ``shared`` None: as it was. Of an empty text where there was
    none nothing is kept. Raises Refused when it is longer than 10,000 characters, and NotFound for a voice that is not
    in the stack."""
    text = text.replace("\r\n", "\n").strip()
    if len(text) > LONGEST:
        raise Refused(why=sentence("it is longer than 10,000 characters"))
    if voice is not None and not session.stack.filter(voice=voice).exists():
        raise NotFound(what=sentence("voice in this stack"))
    with transaction.atomic():
        note = Note.objects.select_for_update().filter(session=session, voice=voice).first()
        if note is None and not text:
            return None
        note = note or Note(session=session, voice=voice, changed_at=clock.now())
        kept = joined(note.text, begun_from, text)
        if note.pk is None or kept != note.text or shared not in (None, note.shared):
            note.text, note.changed_at = kept, clock.now()
            note.shared = note.shared if shared is None else shared
            note.save()
    return note


def do_share_note(*, actor: User, public_id: UUID, shared: bool) -> Note:
    """Let colleagues read what one takes away, or no longer."""
    note = Note.objects.filter(public_id=public_id, session__listener=actor).select_related("session").first()
    if note is None:
        raise NotFound(what=sentence("note"))
    Note.objects.filter(pk=note.pk).update(shared=shared)
    note.shared = shared
    return note
