"""What stayed of earlier sessions: of one's own everything, of colleagues what they share."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q, Sum

from gehoor.rooms.accounts.models import User
from gehoor.rooms.listening.handing import handed_on
from gehoor.rooms.listening.models import HandedOn, Handing, Note, Session, Struck

_MOST = 40


@dataclass(slots=True)
class Kept:
    """What stayed of one sitting. ``note`` is about it as a whole, ``notes`` about a voice each."""

    session: Session
    note: Note | None = None
    notes: list[Note] = field(default_factory=list)
    struck: list[Struck] = field(default_factory=list)
    handed: list[HandedOn] = field(default_factory=list)


def kept_of(session: Session) -> Kept:
    """Everything that its listener kept of a sitting."""
    return _kept([session])[0]


def earlier(listener: User, most: int = _MOST) -> list[Kept]:
    """The newest sittings in which something was read or kept, each session with ``spent`` and ``voices``."""
    found = Session.objects.filter(listener=listener).annotate(
        spent=Sum("stack__seconds"), voices=Count("stack", filter=Q(stack__seconds__gt=0))
    )
    return _kept(list(found.filter(Q(spent__gt=0) | Q(disowned_at__isnull=False)).order_by("-pk")[:most]))


def _kept(sessions: Sequence[Session]) -> list[Kept]:
    found = {session.pk: Kept(session) for session in sessions}
    for note in Note.objects.filter(session__in=found).exclude(text="").select_related("voice").order_by("pk"):
        if note.voice is None:
            found[note.session_id].note = note
        else:
            found[note.session_id].notes.append(note)
    for struck in Struck.objects.filter(session__in=found).select_related("voice").order_by("pk"):
        found[struck.session_id or 0].struck.append(struck)
    handed = HandedOn.objects.filter(session__in=found, withdrawn_at=None, voice__isnull=False)
    for each in handed.select_related("voice", "to").order_by("pk"):
        found[each.session_id or 0].handed.append(each)
    return [found[session.pk] for session in sessions]


@dataclass(slots=True)
class Shared:
    """What one colleague shares of one sitting."""

    session: Session
    notes: list[Note] = field(default_factory=list)
    struck: list[Struck] = field(default_factory=list)


def shared_by_all(most: int = _MOST) -> list[Shared]:
    """What colleagues chose to share, newest sitting first."""
    notes = Note.objects.filter(shared=True).exclude(text="").select_related("session__listener", "voice")
    struck = Struck.objects.filter(shared=True, session__isnull=False).select_related("session__listener", "voice")
    found: dict[int, Shared] = {}
    for note in notes.order_by("-session", "voice__pk")[: 4 * most]:
        found.setdefault(note.session_id, Shared(note.session)).notes.append(note)
    for each in struck.order_by("-session", "pk")[: 4 * most]:
        if each.session is not None:
            found.setdefault(each.session.pk, Shared(each.session)).struck.append(each)
    return [found[key] for key in sorted(found, reverse=True)[:most]]


def open_handed(most: int = _MOST) -> list[HandedOn]:
    """The wishes and changes that were handed on and that nothing was made of yet, newest first."""
    return list(handed_on().exclude(kind=Handing.THANKS)[:most])
