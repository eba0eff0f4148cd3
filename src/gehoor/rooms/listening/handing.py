"""Handing on what was heard: a wish, a thanks, a change. The room of changes, above, takes wishes and changes up."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from gehoor.kernel import clock
from gehoor.kernel.errors import NotAllowed, NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.listening.models import HandedOn, Handing, Session
from gehoor.rooms.privacy.audit import do_log
from gehoor.rooms.voices.models import Voice

LONGEST = 4_000
WHAT = "handed_on"
"""The kind of thing in the audit trail."""


@dataclass(frozen=True, slots=True)
class Passage:
    """``text[start:end]`` of a voice."""

    start: int
    end: int


def handed_on(*, kind: Handing | str | None = None, open: bool = True) -> QuerySet[HandedOn]:  # noqa: A002
    """What was handed on, newest first, each with its ``voice``, ``by`` and ``to``; without what was withdrawn, and
    without that of which the voice was erased. ``open``: only what nothing was made of yet."""
    found = HandedOn.objects.filter(withdrawn_at=None, voice__isnull=False).select_related("voice", "by", "to")
    if kind is not None:
        found = found.filter(kind=kind)
    if open:
        found = found.filter(taken_up_at=None)
    return found.order_by("-at", "-pk")


def access_handed(public_id: UUID) -> HandedOn:
    """Something that was handed on and not withdrawn; raises NotFound."""
    found = handed_on(open=False).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(what=sentence("thing handed on"))
    return found


def do_hand_on(
    *,
    actor: User,
    kind: Handing,
    voice: Voice,
    text: str,
    passage: Passage | None = None,
    to: User | None = None,
    session: Session | None = None,
) -> HandedOn:
    """Hand a wish, a thanks or a change on. A thanks goes ``to`` a colleague and may do without words of one's own."""
    if not actor.may(May.LISTEN):
        raise NotAllowed()
    text = text.strip()
    _check(actor, kind, text, to)
    if passage and not 0 <= passage.start < passage.end <= len(voice.text):
        raise Refused(why=sentence("the text has no such passage"))
    with transaction.atomic():
        handed = HandedOn.objects.create(
            kind=kind,
            voice=voice,
            session=session,
            start=passage.start if passage else None,
            end=passage.end if passage else None,
            text=text,
            by=actor,
            at=clock.now(),
            to=to if kind == Handing.THANKS else None,
        )
        do_log(actor=actor, action="hand_on", what=WHAT, public_id=handed.public_id)
    return handed


def _check(actor: User, kind: Handing, text: str, to: User | None) -> None:
    if len(text) > LONGEST:
        raise Refused(why=sentence("it is longer than 4000 characters"))
    if kind != Handing.THANKS:
        if not text:
            raise Refused(why=sentence("it does not say yet what is to be handed on"))
        return
    if to is None or not to.is_active or to.pk == actor.pk:
        raise Refused(why=sentence("a thanks goes to a colleague"))


def do_withdraw(*, actor: User, handed: HandedOn) -> None:
    """Take back what one handed on oneself. Raises Refused when something was made of it already."""
    if handed.by_id != actor.pk:
        raise NotAllowed()
    with transaction.atomic():
        withdrawn = HandedOn.objects.filter(pk=handed.pk, withdrawn_at=None, taken_up_at=None)
        if not withdrawn.update(withdrawn_at=clock.now()):
            raise Refused(why=sentence("something was made of it already"))
        do_log(actor=actor, action="withdraw_handed_on", what=WHAT, public_id=handed.public_id)


def do_hand_on_again(*, actor: User, public_id: UUID) -> HandedOn:
    """Undo a withdrawal of one's own."""
    with transaction.atomic():
        withdrawn = HandedOn.objects.filter(public_id=public_id, by=actor, withdrawn_at__isnull=False)
        if not withdrawn.update(withdrawn_at=None):
            raise NotFound(what=sentence("thing handed on"))
        do_log(actor=actor, action="hand_on", what=WHAT, public_id=public_id)
    return access_handed(public_id)


def do_take_up(*, actor: User, handed: HandedOn, became: UUID) -> HandedOn:
    """Say that a change (``became``, its public id) was made of this. Raises Refused for a thanks, and when something
    was made of it already, or it was withdrawn."""
    if not actor.may(May.DECIDE_CHANGES):
        raise NotAllowed()
    if handed.kind == Handing.THANKS:
        raise Refused(why=sentence("a thanks is no change"))
    with transaction.atomic():
        still_open = HandedOn.objects.filter(pk=handed.pk, withdrawn_at=None, taken_up_at=None)
        if not still_open.update(taken_up_at=clock.now(), taken_up_by=actor, became=became):
            raise Refused(why=sentence("something was made of it already"))
        do_log(actor=actor, action="take_up", what=WHAT, public_id=handed.public_id)
    handed.refresh_from_db()
    return handed


def do_put_back(*, actor: User, handed: HandedOn) -> HandedOn:
    """Undo taking up: it waits again."""
    if not actor.may(May.DECIDE_CHANGES):
        raise NotAllowed()
    with transaction.atomic():
        if not HandedOn.objects.filter(pk=handed.pk, taken_up_at__isnull=False).update(
            taken_up_at=None, taken_up_by=None, became=None
        ):
            raise Refused(why=sentence("nothing was made of it"))
        do_log(actor=actor, action="put_back", what=WHAT, public_id=handed.public_id)
    handed.refresh_from_db()
    return handed


def thanks_for(user: User) -> QuerySet[HandedOn]:
    """The thanks that this colleague got and did not put away yet."""
    return handed_on(kind=Handing.THANKS).filter(to=user, seen_at=None)


def do_see_thanks(*, actor: User, public_id: UUID) -> None:
    """Put a thanks that one got away; it stays where it was given."""
    if not thanks_for(actor).filter(public_id=public_id).update(seen_at=clock.now()):
        raise NotFound(what=sentence("thanks"))
