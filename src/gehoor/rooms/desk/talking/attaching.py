"""Files that come with the contact form: what they are is read from their own bytes, never believed."""

import re

from gehoor.channels.base import Attachment
from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence

LARGEST = 10 * 1024 * 1024
"""Bytes."""
ACCEPT = ".pdf,.jpg,.jpeg,.png,.gif,.webp,.heic,.tif,.tiff,.docx,.xlsx,.odt,.ods,.txt"
_BEGINNINGS = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
)
_OFFICE = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
}
_HEIC = re.compile(rb"ftyp(?:heic|heix|mif1|msf1)")


def attachment(name: str, data: bytes) -> Attachment:
    """A file as it is kept beside the voice. Raises Refused, in words for customers."""
    if not data:
        raise Refused(why=sentence("this file is empty"))
    if len(data) > LARGEST:
        raise Refused(why=sentence("this file is larger than 10 MB"))
    kind = _kind(name.lower(), data)
    if kind is None:
        raise Refused(why=sentence("send a picture, a PDF, a document or a plain text; we do not take other files"))
    return Attachment(_safe(name), kind, data)


def _kind(name: str, data: bytes) -> str | None:
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if _HEIC.match(data[4:12]):
        return "image/heic"
    if data.startswith(b"PK\x03\x04"):
        return next((kind for ending, kind in _OFFICE.items() if name.endswith(ending)), None)
    return "text/plain" if name.endswith(".txt") and _is_text(data) else None


def _is_text(data: bytes) -> bool:
    try:
        return "\0" not in data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return b"\0" not in data


def _safe(name: str) -> str:
    """Without path or control signs."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(sign for sign in last if sign.isprintable()).strip(". ")[-150:] or "bijlage"
