"""Keeps an answer that no sender took out: said by telephone where no number is known, or placed by a person."""

import json
from io import BytesIO

from django.utils.translation import gettext

from gehoor.channels.base import Direction, Document, Heard
from gehoor.kernel.clock import now
from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.desk.models import Answer
from gehoor.rooms.intake.keeping import Incoming
from gehoor.rooms.intake.keys import KeyMaker
from gehoor.rooms.intake.models import Arrival, Item, State
from gehoor.rooms.intake.own import own
from gehoor.rooms.intake.storing import Store
from gehoor.rooms.intake.summary import Summary
from gehoor.rooms.sending.replies import ANSWERS, FOLDER
from gehoor.rooms.voices.models import Reply, Voice

_MAPPING = {"run": "by hand"}


def keep_reply(answer: Answer, voice: Voice, actor: User | None) -> Reply:
    """The reply that this answer is. Needs a transaction; asked twice it is the same one."""
    heard = _heard(answer, voice, actor)
    document = Document(FOLDER, len(heard.original), lambda: BytesIO(heard.original))
    arrival = _arrival()
    incoming = Incoming(heard, KeyMaker(document).keys(heard), arrival.name)
    Store(arrival, own(), Summary(), dict(arrival.counts)).store([incoming])
    reply = Reply.objects.filter(pk__in=Item.objects.filter(key=incoming.keys.key).values("reply")).first()
    if reply is None:
        raise Refused(why=sentence("it could not be kept"))
    Reply.objects.filter(pk=reply.pk, answers=None).update(answers=voice)
    if voice.conversation_id is not None:
        Reply.objects.filter(pk=reply.pk, conversation=None).update(conversation=voice.conversation_id)
    return reply


def _heard(answer: Answer, voice: Voice, actor: User | None) -> Heard:
    written = {"answer": str(answer.public_id), "channel": answer.channel, "text": answer.text}
    return Heard(
        channel=answer.channel,
        text=answer.text,
        position=str(answer.public_id),
        original=json.dumps(written, ensure_ascii=False, indent=1).encode(),
        media_type="application/json",
        direction=Direction.TO_CUSTOMER,
        said_at=now(),
        subject=answer.subject,
        native_id=f"gehoor.answer.{answer.public_id.hex}",
        thread=(voice.native_id,) if voice.native_id and voice.channel == answer.channel else (),
        adviser=actor.name if actor else "",
    )


def _arrival() -> Arrival:
    kept = Arrival.objects.filter(folder=FOLDER, mapping=_MAPPING).first()
    return kept or Arrival.objects.create(
        name=gettext(ANSWERS), state=State.DONE, folder=FOLDER, mapping=_MAPPING, counts=Summary().counts()
    )
