"""One's own data: a link that goes to an address we know, opens once, and shows what we keep that went through it.

Whoever reads mail at an address proved no more than that. Which addresses and numbers are one person is found out from
what people wrote themselves, and anyone can write down another's number; so what reached us otherwise is not shown
here. Who wants all of it asks for it here, and the privacy officer first finds out who is asking.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.crypto import constant_time_compare

from gehoor.analysis.linking.normalise import normalise
from gehoor.kernel.clock import now
from gehoor.kernel.errors import NotAllowed, NotFound, Refused
from gehoor.kernel.ids import content_hash
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.models import OwnDataLink, OwnDataWish, Post, PostKind, WishKind
from gehoor.rooms.people.models import Destination, Identity, Preference, Sighting
from gehoor.rooms.people.stating import do_state_by_click
from gehoor.rooms.privacy import rights
from gehoor.rooms.privacy.audit import do_log
from gehoor.rooms.privacy.rights import Subject
from gehoor.rooms.voices.models import Reply, Voice

WORKS_FOR = timedelta(hours=24)
VISIT = timedelta(minutes=30)
MOST_A_DAY = 3
"""Links to one address: whoever types in another's address cannot fill that mailbox."""
SHOWN = 200
"""So many of each are read on the page; the file holds all."""


def do_ask_for_link(*, address: str, base: str, language: str) -> None:
    """Someone asks for the link of this address. Whether we know it is found out later, by who takes the mail out; so
    neither the page nor the time that it takes says anything. ``base`` is where this site stands, for the link."""
    moment = now()
    Post.objects.create(kind=PostKind.OWN_DATA, address=address, base=base, language=language, at=moment, due_at=moment)


def identity_to_tell(address: str) -> Identity | None:
    """The identity of an address, if we know it and it did not get too many links today."""
    normal = normalise("email", address)
    if normal is None:
        return None
    found = Identity.objects.filter(kind=normal.kind, value=normal.value, network=normal.network).first()
    since = now() - timedelta(days=1)
    if found is None or OwnDataLink.objects.filter(identity=found, asked_at__gt=since).count() >= MOST_A_DAY:
        return None
    return found


def new_token() -> str:
    """What stands in a link."""
    return secrets.token_urlsafe(32)


def do_make_link(*, identity: Identity, token: str) -> OwnDataLink:
    """Let this token open the own data of an identity, once."""
    made = OwnDataLink.objects.create(identity=identity, key=_hash(token), asked_at=now(), until=now() + WORKS_FOR)
    do_log(actor=None, action="own_data.link", what="person", public_id=_whose(identity))
    return made


def access_link(token: str) -> OwnDataLink:
    """The link with this token. Raises NotFound for one that we did not make."""
    found = OwnDataLink.objects.select_related("identity__person").filter(key=_hash(token)).first()
    if found is None:
        raise NotFound(what=sentence("link"))
    return found


def may_be_opened(link: OwnDataLink) -> bool:
    """Whether it was neither used nor is too old."""
    return link.opened_at is None and link.until > now()


def do_open(*, link: OwnDataLink, visit: str) -> None:
    """Open a link; from now on who holds ``visit`` may look, for half an hour. Raises Refused when it was opened
    otherwise, or is too old."""
    with transaction.atomic():
        held = OwnDataLink.objects.select_for_update().get(pk=link.pk)
        if held.opened_at is not None:
            check_visit(held, visit)
            return
        if not may_be_opened(held) or len(visit) < 32:
            raise Refused(why=sentence("this link was used already, or is too old"))
        held.opened_at, held.visit = now(), _hash(visit)
        held.save(update_fields=["opened_at", "visit"])
        do_log(actor=None, action="own_data.open", what="person", public_id=_whose(held.identity))


def check_visit(link: OwnDataLink, visit: str) -> None:
    """Pass for who opened the link, within half an hour. Raises Refused."""
    mine = link.visit is not None and constant_time_compare(bytes(link.visit), _hash(visit))
    if not mine or link.opened_at is None or link.opened_at + VISIT < now():
        raise Refused(why=sentence("this link was used already, or is too old"))


@dataclass(frozen=True, slots=True)
class Kept:
    """What went through one address: what was said with it and told to it, newest first, of how many; and the other
    rooms' own account of it."""

    voices: Sequence[Voice]
    replies: Sequence[Reply]
    all_voices: int
    all_replies: int
    wishes: Mapping[str, bool]
    listened: int
    identities: Sequence[Mapping[str, Any]]


def subject_of(identity: Identity) -> Subject:
    """What was said with this identity, and told to it or in answer to that."""
    voices = list(Sighting.objects.filter(identity=identity).values_list("voice", flat=True))
    told = Destination.objects.filter(identity=identity).values_list("reply", flat=True)
    answered = Reply.objects.filter(answers__in=voices).values_list("pk", flat=True)
    return Subject(None, sorted(set(voices)), sorted({*told, *answered}))


def kept_of(identity: Identity) -> Kept:
    """What we keep, to be read."""
    subject = subject_of(identity)
    voices = Voice.objects.filter(pk__in=subject.voices).prefetch_related("attachments")
    rooms = dict(rights.exported(subject))
    return Kept(
        voices=list(voices.order_by("-said_at", "-pk")[:SHOWN]),
        replies=list(Reply.objects.filter(pk__in=subject.replies).order_by("-said_at", "-pk")[:SHOWN]),
        all_voices=len(subject.voices),
        all_replies=len(subject.replies),
        wishes=stated(identity),
        listened=len(rooms.get("listening", {}).get("listened_to", ())),
        identities=rooms.get("people", {}).get("identities", ()),
    )


def stated(identity: Identity) -> dict[str, bool]:
    """Whether each way to be reached was wanted, as was last said with this address; ways not spoken of are left
    out."""
    rows = Preference.objects.filter(holders__identity=identity, undone=False).order_by("since", "pk")
    return {row.channel: row.wanted for row in rows}


def as_file(identity: Identity) -> bytes:
    """Everything that every room keeps of what went through this address, for programs to read."""
    found = {"address": identity.shown, "wishes": stated(identity), **dict(rights.exported(subject_of(identity)))}
    return json.dumps(found, ensure_ascii=False, indent=2, default=str).encode()


def do_note_file(identity: Identity) -> None:
    """Their own data were saved as a file."""
    do_log(actor=None, action="own_data.export", what="person", public_id=_whose(identity))


def do_state_reach(*, identity: Identity, channel: str, wanted: bool) -> None:
    """How someone likes to be reached. Saying it twice changes nothing."""
    if stated(identity).get(channel) is not wanted:
        do_state_by_click(identity=identity, channel=channel, wanted=wanted)


def do_wish(*, identity: Identity, kind: WishKind, text: str) -> OwnDataWish:
    """Ask us to correct, erase, or send all: it waits for the privacy officer. The same wish twice is one."""
    with transaction.atomic():
        same = OwnDataWish.objects.filter(identity=identity, kind=kind, text=text, done_at=None)
        found = same.select_for_update().first()
        if found is not None:
            return found
        made = OwnDataWish.objects.create(identity=identity, kind=kind, text=text, at=now())
        do_log(actor=None, action=f"own_data.wish_{kind.value}", what="own_data_wish", public_id=made.public_id)
    return made


def open_wishes() -> Sequence[OwnDataWish]:
    """What waits for the privacy officer, the oldest first."""
    rows = OwnDataWish.objects.filter(done_at=None).select_related("identity__person__merged_into")
    return list(rows.order_by("at", "pk"))


def access_wish(public_id: Any) -> OwnDataWish:
    """One wish; raises NotFound."""
    found = OwnDataWish.objects.select_related("identity__person").filter(public_id=public_id).first()
    if found is None:
        raise NotFound(what=sentence("wish"))
    return found


def do_settle_wish(*, wish: OwnDataWish, done: bool, actor: User | None) -> None:
    """It was done, or after all was not. Raises Refused when it stands so already."""
    if actor is not None and not actor.may(May.ERASE):
        raise NotAllowed()
    with transaction.atomic():
        values = {"done_at": now(), "done_by": actor} if done else {"done_at": None, "done_by": None}
        if not OwnDataWish.objects.filter(pk=wish.pk, done_at__isnull=done).update(**values):
            raise Refused(why=sentence("somebody else said so already"))
        action = "own_data.wish_done" if done else "own_data.wish_undone"
        do_log(actor=actor, action=action, what="own_data_wish", public_id=wish.public_id)


def _whose(identity: Identity) -> Any:
    return identity.person.public_id if identity.person else None


def _hash(secret: str) -> bytes:
    return content_hash(b"gehoor own data\n" + secret.encode())
