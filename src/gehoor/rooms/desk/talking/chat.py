"""Chats on the organisation's own site: each line is a voice or a reply, in one conversation, each once.

Who holds the secret holds the chat. It is made in the customer's browser, which keeps it; here stands its hash.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from gehoor.analysis.linking.normalise import normalise
from gehoor.channels.base import Direction, Heard, Identity
from gehoor.kernel.clock import now
from gehoor.kernel.errors import NotAllowed, Refused
from gehoor.kernel.ids import content_hash, key_of, new_id
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.models import Chat, ChatLine, Post, PostKind
from gehoor.rooms.desk.talking import cleaning
from gehoor.rooms.desk.talking.taking_in import keep
from gehoor.rooms.privacy.audit import do_log
from gehoor.rooms.voices.models import Reply, Voice

CHANNEL = "chat"
LONGEST = 4_000
"""Characters of one line."""
SHORTEST_SECRET, LONGEST_SECRET = 32, 128
AT_ONCE = 200
"""Lines that are given at once; a browser asks on from there."""
MAIL_AFTER = timedelta(minutes=2)
"""Who has not read an answer by then, and left an address, gets it by mail too."""
SEEN_EVERY = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Said:
    """What the customer's browser sends. ``id`` is what it calls the line; ``page`` is where the chat was begun."""

    id: str
    text: str
    name: str = ""
    email: str = ""
    page: str = ""
    language: str = "nl"


@dataclass(frozen=True, slots=True)
class Line:
    """One line as the customer sees it."""

    number: int
    ours: bool
    text: str
    at: datetime
    who: str = ""
    """Who of us said it, by the first name."""
    id: str = ""


def chat_by(secret: str) -> Chat | None:
    """The chat of who holds this secret."""
    return Chat.objects.filter(key=_key(secret)).first() if _could_be(secret) else None


def chat_of(conversation_pk: int | None) -> Chat | None:
    """The chat in which this conversation is held, None where it is held elsewhere."""
    return Chat.objects.filter(conversation=conversation_pk).first() if conversation_pk is not None else None


def do_hear(*, secret: str, said: Said) -> ChatLine | None:
    """Keep what a customer says, as a voice; the first line begins the chat. A line that is known by its ``id`` is
    given back. Without a text only the name and the address are kept. Raises Refused, in words for customers."""
    said = _checked(secret, said)
    with transaction.atomic():
        chat = _held(secret, said)
        known = chat.said.filter(client_id=said.id).first()
        if known is not None or not said.text:
            return known
        item = keep(_heard(chat, said))
        if item is None or item.voice is None:
            return None
        return _add(chat, ChatLine(client_id=said.id, voice=item.voice), item.voice)


def do_say(chat: Chat, text: str, actor: User | None) -> Reply:
    """Say something back. It stands in the customer's chat within seconds; who left an address and does not look gets
    it by mail. Raises Refused for an empty or endless text, NotAllowed."""
    if actor is not None and not actor.may(May.ANSWER):
        raise NotAllowed()
    text = cleaning.words(text)
    if not text or len(text) > cleaning.LONGEST_TEXT:
        raise Refused(why=sentence("say something, in at most 20,000 characters"))
    with transaction.atomic():
        chat = Chat.objects.select_for_update().get(pk=chat.pk)
        item = keep(_told(chat, text, actor))
        if item is None or item.reply is None:
            raise Refused(why=sentence("it could not be kept"))
        line = _add(chat, ChatLine(reply=item.reply), item.reply)
        if chat.email:
            _mail_unless_read(chat, line)
        do_log(actor=actor, action="chat.say", what="chat", public_id=chat.public_id)
    return item.reply


def lines_after(chat: Chat, number: int) -> Sequence[Line]:
    """What was said after this line, in order."""
    rows = chat.said.filter(number__gt=number).select_related("voice", "reply").order_by("number")[:AT_ONCE]
    return [_line(row) for row in rows]


def note_seen(chat: Chat, read: int) -> None:
    """The customer's browser asked, and has all up to this line. Written down only now and then, or when it read on."""
    read = min(max(read, chat.read), chat.lines)
    if read > chat.read or chat.seen_at < now() - SEEN_EVERY:
        Chat.objects.filter(pk=chat.pk).update(read=read, seen_at=now())


def _line(row: ChatLine) -> Line:
    said = row.voice or row.reply
    text = said.text if said else ""
    who = row.reply.adviser.split(" ")[0] if row.reply else ""
    return Line(row.number, row.reply is not None, text, row.at, who, row.client_id or "")


def _checked(secret: str, said: Said) -> Said:
    text = cleaning.words(said.text)
    if not _could_be(secret) or not 0 < len(said.id) <= 64:
        raise Refused(why=sentence("this chat could not be found; load the page again"))
    if len(text) > LONGEST:
        raise Refused(why=sentence("that is too long for a chat; say it in parts of at most 4,000 characters"))
    email = cleaning.one_line(said.email, 300)
    if email and normalise("email", email) is None:
        raise Refused(why=sentence("this is no e-mail address; correct it, or leave it empty"))
    language = said.language if said.language in {"nl", "en"} else "nl"
    page = cleaning.one_line(said.page, 300).split("?")[0].split("#")[0]
    return Said(said.id, text, cleaning.one_line(said.name), email, page, language)


def _held(secret: str, said: Said) -> Chat:
    """The chat of this secret, begun when it is not there, and nobody else's for as long as the transaction lasts."""
    begun = {"name": said.name, "email": said.email, "page": said.page, "language": said.language}
    if said.text:
        Chat.objects.get_or_create(key=_key(secret), defaults=begun)
    chat = Chat.objects.select_for_update().filter(key=_key(secret)).first()
    if chat is None:
        raise Refused(why=sentence("this chat could not be found; load the page again"))
    new = {name: value for name, value in (("name", said.name), ("email", said.email)) if value}
    if any(getattr(chat, name) != value for name, value in new.items()):
        for name, value in new.items():
            setattr(chat, name, value)
        chat.save(update_fields=list(new))
    return chat


def _heard(chat: Chat, said: Said) -> Heard:
    written = {"chat": str(chat.public_id), "id": said.id, "text": said.text, "name": chat.name, "email": chat.email}
    return Heard(
        channel=CHANNEL,
        text=said.text,
        position=said.id,
        original=_json(written | {"page": said.page}),
        media_type="application/json",
        direction=Direction.FROM_CUSTOMER,
        said_at=now(),
        author=chat.name,
        identities=(Identity("email", chat.email),) if chat.email else (),
        native_id=key_of(["own chat", str(chat.public_id), said.id]).hex()[:32],
        conversation=str(chat.public_id),
    )


def _told(chat: Chat, text: str, actor: User | None) -> Heard:
    number = str(new_id())
    last = Voice.objects.filter(conversation=chat.conversation_id).order_by("-id").first()
    return Heard(
        channel=CHANNEL,
        text=text,
        position=number,
        original=_json({"chat": str(chat.public_id), "id": number, "text": text}),
        media_type="application/json",
        direction=Direction.TO_CUSTOMER,
        said_at=now(),
        recipients=(Identity("email", chat.email),) if chat.email else (),
        native_id=key_of(["own chat", str(chat.public_id), number]).hex()[:32],
        thread=(last.native_id,) if last is not None else (),
        conversation=str(chat.public_id),
        adviser=actor.name if actor else "",
    )


def _add(chat: Chat, line: ChatLine, said: Voice | Reply) -> ChatLine:
    """The next line of a chat that is held."""
    chat.lines += 1
    chat.conversation_id = said.conversation_id
    chat.last_at = now()
    chat.save(update_fields=["lines", "conversation", "last_at"])
    line.chat, line.number = chat, chat.lines
    line.save()
    return line


def _mail_unless_read(chat: Chat, line: ChatLine) -> None:
    moment = now()
    Post.objects.create(
        kind=PostKind.CHAT,
        address=chat.email,
        language=chat.language,
        line=line,
        at=moment,
        due_at=moment + MAIL_AFTER,
    )


def do_forget_empty(chats: Q) -> None:
    """Forget the chats among these in which nothing stands any more."""
    Chat.objects.filter(chats, said=None).delete()


def _could_be(secret: str) -> bool:
    return SHORTEST_SECRET <= len(secret) <= LONGEST_SECRET and secret.isascii()


def _key(secret: str) -> bytes:
    return content_hash(b"gehoor chat\n" + secret.encode())


def _json(written: dict[str, str]) -> bytes:
    return json.dumps(written, ensure_ascii=False, indent=1).encode()
