"""Reads what chat programs export: WhatsApp, Signal and Telegram. See README.md."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby

from gehoor.channels.base import Document, Outcome, Recognition, Unreadable, Wishes
from gehoor.channels.chat import telegram, whatsapp
from gehoor.channels.chat.media import belonging, files_beside, is_media
from gehoor.channels.chat.naming import is_titled, title_of, without_copy
from gehoor.channels.chat.turns import Telling, Turns
from gehoor.channels.chat.whose import ours
from gehoor.channels.json_records import MEDIA_TYPE
from gehoor.channels.table.encoding import KEEP, encoding_of
from gehoor.kernel.errors import Damaged
from gehoor.kernel.ids import key_of
from gehoor.kernel.language import sentence

CHANNEL = "chat"
_TEXTS = (".txt", ".text", "")
_TELEGRAM = re.compile(r'"(?:date_unixtime|from_id|text_entities|personal_information)"\s*:')
_HAS_MESSAGES = re.compile(r'"(?:messages|chats)"\s*:')


class ChatReader:
    """See README.md beside this file."""

    def recognise(self, document: Document, wishes: Wishes) -> Recognition:
        """Sure of what begins as an export does, and of the files that came with one."""
        if document.path is not None and document.path.is_dir():
            return Recognition(0.0)
        if is_media(document):
            return Recognition(0.99)
        name = document.name.lower().rpartition("/")[2]
        head = document.head()
        text = head.decode(encoding_of(head), KEEP)
        if name.endswith(".json"):
            return Recognition(0.9 if _TELEGRAM.search(text) and _HAS_MESSAGES.search(text) else 0.0)
        suffix = name[name.rfind(".") :] if "." in name else ""
        if suffix not in _TEXTS or "\0" in text:
            return Recognition(0.0)
        return Recognition(max(whatsapp.likeness(text), 0.4 if is_titled(document.name.rpartition("/")[2]) else 0.0))

    def read(self, document: Document, wishes: Wishes) -> Iterator[Outcome]:
        """Every turn of every chat in it.

        Raises WhoIsWeNeeded and DateOrderNeeded when that is said nowhere, Damaged when it holds no message.
        """
        if is_media(document):
            yield from belonging(document)
        elif document.name.lower().endswith(".json"):
            yield from _telegram(document, wishes)
        else:
            yield from _whatsapp(document, wishes)


def _whatsapp(document: Document, wishes: Wishes) -> Iterator[Outcome]:
    overview = whatsapp.overview(document)
    if not overview.dates.steps:
        raise Damaged(what=sentence("chat"), why=sentence("no line in it begins with a date and a time"))
    order = overview.dates.order(wishes.mapping.get("dates", ""))
    title = title_of(document)
    us = ours(overview.names, wishes, title, CHANNEL)
    chat = key_of(["title", title.casefold()] if title else ["root", overview.begins]).hex()[:32]
    telling = Telling(wishes.channel or CHANNEL, us, chat, files=files_beside(document), known=_known(wishes))
    yield from Turns(telling).outcomes(whatsapp.messages(document, order))


def _telegram(document: Document, wishes: Wishes) -> Iterator[Outcome]:
    chats, me = telegram.overviews(document)
    speaking = {number: chat for number, chat in chats.items() if chat.names.spoke}
    if not speaking:
        raise Damaged(what=sentence("chat"), why=sentence("there is no message in it"))
    tellings = {number: _telling(document, chat, wishes, me) for number, chat in speaking.items()}
    for number, found in groupby(telegram.messages(document), key=lambda each: each[0]):
        if number in tellings:
            yield from Turns(tellings[number]).outcomes(message for _, message in found)
        else:
            yield from (each for _, each in found if isinstance(each, Unreadable))


def _telling(document: Document, chat: telegram.Overview, wishes: Wishes, me: str) -> Telling:
    us = frozenset({me}) if me else ours(chat.names, wishes, chat.title, CHANNEL)
    named = chat.native_id or chat.title or without_copy(document.name.rpartition("/")[2])
    return Telling(
        wishes.channel or CHANNEL, us, key_of(["telegram", named]).hex()[:32], MEDIA_TYPE, known=_known(wishes)
    )


def _known(wishes: Wishes) -> Callable[[str], str | None]:
    return partial(wishes.known, wishes.channel or CHANNEL)


READER = ChatReader()
"""The reader of chats."""
