"""Reads a plain text file: a typed letter, a mail saved without its headers, a transcript.

The channel is what the person who sends it in says; else what a folder or the file is called (``brieven/``); else
it is mail when it quotes an earlier mail, and a letter when it opens and closes as one. Anything else waits.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from gehoor.channels.base import Direction, Document, Heard, NothingSaid, Outcome, Recognition, Wishes
from gehoor.channels.email.charset import decode
from gehoor.channels.email.lines import Line, ToldApart
from gehoor.channels.email.quoting import tell_apart
from gehoor.channels.registry import cards
from gehoor.kernel.errors import CannotRead, TooLarge
from gehoor.kernel.language import sentence

MEDIA_TYPE = "text/plain"
LARGEST = 1024 * 1024
EMPTY = sentence("The file holds no text.")
_NAMES = (".txt", ".text")
_LETTERS = re.compile(r"[a-z]+")
_CONTROLS = re.compile(rb"[\0-\x08\x0e-\x1a\x1c-\x1f]")
_GREETING = re.compile(r"^\W*(?:geachte|beste|lieve|l\.?\s?s\.?,|dear|to whom)\b", re.IGNORECASE | re.MULTILINE)
_CLOSING = re.compile(
    r"^\W*(?:hoogachtend|met (?:vriendelijke|hartelijke|beleefde)? ?groet|groet|yours|kind regards|sincerely)",
    re.IGNORECASE | re.MULTILINE,
)


class ChannelNeeded(CannotRead):
    """A text of which nobody said in which channel it was said."""

    code = "channel_needed"
    text = sentence("It is a text, and it is not said in which channel it reached you.")
    remedy = sentence("Send it in again with --channel (letter, email, call, note...).")
    retry_helps = True


class TextReader:
    """See README.md beside this file."""

    def recognise(self, document: Document, wishes: Wishes) -> Recognition:
        """A little sure of a text file by its name, less of any other text for which a channel was given."""
        if document.path is not None and document.path.is_dir():
            return Recognition(0.0)
        head = document.head()
        if _CONTROLS.search(head) or (document.size and not head):
            return Recognition(0.0)
        if document.name.lower().endswith(_NAMES):
            return Recognition(0.3)
        return Recognition(0.1 if wishes.channel and "." not in document.name.rsplit("/", 1)[-1] else 0.0)

    def read(self, document: Document, wishes: Wishes) -> Iterator[Outcome]:
        """One voice. Raises :class:`ChannelNeeded` when nothing says where it was said, TooLarge past a megabyte."""
        with document.open() as stream:
            data = stream.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise TooLarge(what=sentence("text"), limit=sentence("1 MiB"))
        text = decode(data).strip()
        if not text:
            yield NothingSaid("1", data, MEDIA_TYPE, EMPTY)
            return
        told = tell_apart([Line(line) for line in text.split("\n")])
        channel = wishes.channel or _named(document.name) or _channel(text, told)
        if channel != "email":
            told = ToldApart(text, "", "")
        yield Heard(
            channel=channel,
            text=told.text,
            position="1",
            original=data,
            media_type=MEDIA_TYPE,
            direction=Direction.FROM_CUSTOMER,
            quoted=told.quoted,
            signature=told.signature,
        )


def _named(name: str) -> str:
    """The channel that a folder or the file is called after, the nearest to the file first; "" for none."""
    parts = _LETTERS.findall(name.lower())
    return next((kind for part in reversed(parts) if (kind := _names().get(part))), "")


@cache
def _names() -> Mapping[str, str]:
    """What each channel may be called: its kind and its names in both languages, singular and plural."""
    found: dict[str, str] = {}
    for kind, card in cards().items():
        for word in {kind, card.name_nl.lower(), card.name_en.lower()}:
            if len(word) > 2 and word.isalpha():
                found |= dict.fromkeys((word, f"{word}s", f"{word}en"), kind)
    return {**found, "brieven": "letter", "mail": "email", "mails": "email", "gesprekken": "call", "twitter": "x"}


def _channel(text: str, told: ToldApart) -> str:
    if told.quoted:
        return "email"
    if _GREETING.search(text[:1_000]) and _CLOSING.search(text[-1_000:]):
        return "letter"
    raise ChannelNeeded


READER = TextReader()
