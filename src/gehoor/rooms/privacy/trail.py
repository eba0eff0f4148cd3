"""The audit trail as people look through it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.privacy.models import AuditEntry
from gehoor.rooms.privacy.subjects import Named, named

ACTIONS: Mapping[str, str] = {
    "looked": sentence("looked at the dossier"),
    "exported": sentence("exported everything"),
    "erased": sentence("erased everything"),
    "keep_apart": sentence("decided to keep apart"),
    "undo_keep_apart": sentence("undid keeping apart"),
    "state_preference": sentence("wrote down how to be reached"),
    "undo_preference": sentence("took back how to be reached"),
    "chose_by_click": sentence("was chosen in a mail of ours"),
    "undo_click": sentence("was taken back in a mail of ours"),
    "enter_address": sentence("entered a postal address"),
    "undo_address": sentence("took back a postal address"),
    "set_letterhead": sentence("changed the letterhead"),
    "export_register": sentence("downloaded the register"),
    "correct_kind": sentence("corrected the kind"),
    "correct_text": sentence("corrected the text"),
    "restore_text": sentence("went back to an earlier text"),
    "set_thresholds": sentence("changed what saying it costs"),
    "add_own_identity": sentence("added"),
    "remove_own_identity": sentence("removed"),
    "letter.split": sentence("took apart"),
    "letter.join": sentence("put together"),
    "source.add": sentence("added"),
    "source.change": sentence("changed"),
    "source.pause": sentence("paused"),
    "source.resume": sentence("went on hearing"),
    "source.remove": sentence("removed"),
    "not_heard.tell": sentence("entered"),
    "not_heard.remove": sentence("removed"),
    "not_heard.undo": sentence("took back"),
    "remove_unread": sentence("removed what could not be read"),
    "send_in": sentence("sent in"),
    "take_back": sentence("took back what was sent in"),
    "start_session": sentence("began to listen"),
    "guess_needs": sentence("guessed beforehand"),
    "need_rename": sentence("renamed"),
    "need_merge": sentence("merged"),
    "need_split": sentence("split"),
    "need_move": sentence("moved"),
    "need_aside": sentence("put aside"),
    "need_back": sentence("took back"),
    "need_undo": sentence("undid a decision"),
    "user.first": sentence("began with Gehoor"),
    "user.add": sentence("added"),
    "user.change": sentence("changed"),
    "user.password": sentence("changed the password"),
    "user.invite": sentence("invited"),
}
"""What the known actions are called; an action of a newer room is called by its own code."""

THINGS: Mapping[str, str] = {
    "person": sentence("a customer"),
    "identity": sentence("an address or number"),
    "register": sentence("the register of personal data"),
    "voice": sentence("a voice"),
    "reply": sentence("an answer of ours"),
    "need": sentence("a need"),
    "arrival": sentence("what came in"),
    "item": sentence("something that came in"),
    "source": sentence("a source"),
    "not_heard": sentence("what was not heard"),
    "own_identity": sentence("an address of our own"),
    "letterhead": sentence("the letterhead"),
    "threshold_table": sentence("the table of thresholds"),
    "listening_session": sentence("a listening session"),
    "user": sentence("a colleague"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """Which part of the trail someone wants to see."""

    action: str = ""
    actor: UUID | None = None
    since: date | None = None
    until: date | None = None
    about: UUID | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line: who did what to what, and when. ``thing`` is what it is called for those who may know."""

    at: datetime
    actor: User | None
    action: str
    what: str
    public_id: UUID | None
    thing: Named | None


def entries(question: Question) -> QuerySet[AuditEntry]:
    """The entries asked for, newest first."""
    found = AuditEntry.objects.select_related("actor").order_by("-at", "-id")
    if question.action:
        found = found.filter(action=question.action)
    if question.actor:
        found = found.filter(actor__public_id=question.actor)
    if question.about:
        found = found.filter(public_id=question.about)
    if question.since:
        found = found.filter(at__gte=_midnight(question.since))
    if question.until:
        found = found.filter(at__lt=_midnight(question.until + timedelta(days=1)))
    return found


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def lines(found: Iterable[AuditEntry], viewer: User) -> Iterator[Line]:
    """Entries in words, with names as far as this viewer may know them."""
    shown = list(found)
    about: dict[str, set[UUID]] = {}
    for entry in shown:
        if entry.public_id:
            about.setdefault(entry.what, set()).add(entry.public_id)
    names = {what: named(what, ids, viewer) for what, ids in about.items()}
    for entry in shown:
        thing = names.get(entry.what, {}).get(entry.public_id) if entry.public_id else None
        yield Line(entry.at, entry.actor, action_name(entry.action), _thing(entry.what), entry.public_id, thing)


def action_name(code: str) -> str:
    """An action in words."""
    return gettext(ACTIONS[code]) if code in ACTIONS else code.replace("_", " ")


def _thing(code: str) -> str:
    return gettext(THINGS[code]) if code in THINGS else code.replace("_", " ")


def actions_seen() -> list[tuple[str, str]]:
    """The actions that the trail holds, with their names, for a choice."""
    codes = AuditEntry.objects.order_by().values_list("action", flat=True).distinct()
    return sorted(((code, action_name(code)) for code in codes), key=lambda each: each[1].lower())
