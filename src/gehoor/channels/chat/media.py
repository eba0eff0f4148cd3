"""Pictures, recordings and other files that came with an exported chat, beside its text."""

import re
from collections.abc import Callable, Iterable, Iterator
from mimetypes import guess_type

from gehoor.channels.base import Attachment, Document, NothingSaid
from gehoor.channels.chat.naming import is_titled
from gehoor.kernel.errors import CannotRead, TooLarge
from gehoor.kernel.language import sentence

LARGEST = 25 << 20
"""Bytes of a file that is kept with its message."""
BELONGS = sentence("It came with a chat and is kept with the message that brought it.")
_UNKNOWN = "application/octet-stream"
_NAMED = re.compile(
    r"(?:IMG|VID|AUD|PTT|STK|DOC|GIF)-\d{8}-WA\d{4}\.\w{1,5}|"
    r"\d{6,10}-(?:PHOTO|VIDEO|AUDIO|STICKER|GIF|PTT)-[\d-]{10,24}\.\w{1,5}|\d{6,10}-[^/]{1,150}\.\w{1,5}",
)


def is_media(document: Document) -> bool:
    """Whether a document is a file that WhatsApp put beside a chat."""
    name = _name(document)
    return _NAMED.fullmatch(name) is not None and any(map(is_titled, document.beside()))


def belonging(document: Document) -> Iterator[NothingSaid]:
    """The file by itself says nothing: it is kept with its message. Raises TooLarge."""
    if document.size > LARGEST:
        raise TooLarge(what=sentence("file"), limit=f"{LARGEST >> 20} MiB")
    with document.open() as stream:
        yield NothingSaid("1", stream.read(), _media_type(_name(document)), BELONGS)


def files_beside(document: Document) -> Callable[[Iterable[str]], tuple[Attachment, ...]]:
    """Finds files of these names in the folder or archive of the chat."""

    def find(names: Iterable[str]) -> tuple[Attachment, ...]:
        beside = document.beside()
        found = (beside[name] for name in names if name in beside and beside[name].size <= LARGEST)
        return tuple(each for each in map(_attached, found) if each is not None)

    return find


def _attached(file: Document) -> Attachment | None:
    try:
        with file.open() as stream:
            data = stream.read(LARGEST + 1)
    except (CannotRead, OSError):
        return None
    return Attachment(_name(file), _media_type(_name(file)), data) if 0 < len(data) <= LARGEST else None


def _media_type(name: str) -> str:
    return "audio/ogg" if name.lower().endswith(".opus") else guess_type(name)[0] or _UNKNOWN


def _name(document: Document) -> str:
    return document.name.replace("\\", "/").rpartition("/")[2]
