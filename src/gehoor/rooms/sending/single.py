"""One text to one person: a run of one, taken out by the same senders, each exactly once, and to be taken back until it
is on its way."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from gehoor.kernel.clock import now
from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.privacy.audit import do_log
from gehoor.rooms.sending import told
from gehoor.rooms.sending.filling import Language
from gehoor.rooms.sending.models import Delivery, Run, RunKind, RunState, State, Wording
from gehoor.rooms.sending.replanning import Way
from gehoor.rooms.sending.replies import forget_replies, keep_replies
from gehoor.rooms.sending.runs import check_may, finish
from gehoor.rooms.sending.states import move_one

TAKEN_BACK = sentence("It was taken back before it went out.")
TAKEN_BACK_REMEDY = sentence("Nothing has to be done.")
CHANNELS = frozenset({"email", "letter", "call"})
"""The channels in which a run of one goes out."""


@dataclass(frozen=True, slots=True)
class Single:
    """What is said to one person, whole: it greets by itself, and braces in it are braces. ``person`` and ``voice`` are
    primary keys; ``why`` is why it goes this way; ``leaves_at`` the moment before which nothing goes out."""

    name: str
    subject: str
    text: str
    language: Language
    way: Way
    called: str
    leaves_at: datetime
    person: int | None = None
    voice: int | None = None
    why: str = ""
    kind: str = RunKind.ANSWER


def do_send_single(*, actor: User | None, said: Single, on_behalf: tuple[str, UUID]) -> Run:
    """Put it on its way. Raises Refused for a way in which nothing is sent, or an empty text."""
    check_may(actor, May.ANSWER)
    if said.way.channel not in CHANNELS or not said.text.strip():
        raise Refused(why=sentence("there is nothing to say, or no way to say it"))
    what, public_id = on_behalf
    with transaction.atomic():
        run = Run.objects.create(
            name=said.name[:200],
            wording=_wording(said, actor),
            kind=said.kind,
            state=RunState.SENDING,
            behalf_what=what,
            behalf=public_id,
            by=actor,
            started_at=now(),
        )
        Delivery.objects.create(
            run=run,
            person_id=said.person,
            voice_id=said.voice,
            channel=said.way.channel,
            why=said.why,
            name=said.called[:300],
            language=said.language,
            try_after=said.leaves_at if said.way.channel == "email" else None,
            **said.way.fields,
        )
        do_log(actor=actor, action="sending.start", what="run", public_id=run.public_id)
    return run


def _wording(said: Single, actor: User | None) -> Wording:
    own = {
        f"subject_{said.language}": said.subject[:200],
        f"text_{said.language}": said.text.strip().replace("\r\n", "\n"),
    }
    if said.way.channel == "call":
        own[f"points_{said.language}"] = own[f"text_{said.language}"]
    return Wording.objects.create(by=actor, whole=True, **own)


def do_take_back_single(*, actor: User | None, run: Run) -> None:
    """It is not to go out after all. Raises Refused when it is on its way or went, or is in a print job."""
    check_may(actor, May.ANSWER)
    with transaction.atomic():
        reason = [TAKEN_BACK, TAKEN_BACK_REMEDY, {}]
        if not move_one(_only(run), State.WAITING, State.NOT_WANTED, reason=reason, try_after=None):
            raise Refused(why=sentence("it is on its way already"))
        do_log(actor=actor, action="sending.stop", what="run", public_id=run.public_id)
    finish(run)


def do_say_told(*, actor: User | None, run: Run) -> None:
    """It was said just now, by telephone. Raises Refused when that was noted already."""
    check_may(actor, May.ANSWER)
    with transaction.atomic():
        delivery = _only(run)
        reply = keep_replies(run, [(delivery, None)], actor).get(delivery.pk)
        done: dict[str, Any] = {"reply_id": reply, "told_at": now(), "by": actor, "reason": []}
        if not move_one(delivery, State.WAITING, State.SENT, **done):
            raise Refused(why=sentence("this was noted already"))
        told.tell(run, [delivery.person_id])
    finish(run)


def _only(run: Run) -> Delivery:
    return Delivery.objects.select_related("run__wording", "person__merged_into", "voice").get(run=run)


def do_unsay_single(*, actor: User | None, run: Run) -> None:
    """It was not said after all. Raises Refused where it was not noted as said."""
    check_may(actor, May.ANSWER)
    with transaction.atomic():
        delivery = _only(run)
        reply = delivery.reply_id
        back: dict[str, Any] = {"reply": None, "told_at": None, "by": None}
        if not move_one(delivery, State.SENT, State.WAITING, **back):
            raise Refused(why=sentence("this was not noted, or it was undone already"))
        forget_replies([reply] if reply is not None else [])
        move_one(delivery, State.WAITING, State.NOT_WANTED, reason=[TAKEN_BACK, TAKEN_BACK_REMEDY, {}])
        do_log(actor=actor, action="sending.stop", what="run", public_id=run.public_id)
    finish(run)
