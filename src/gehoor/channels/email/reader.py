"""Reads e-mail: a message, also as Outlook saves it, an mbox, a maildir."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from gehoor.channels.base import Document, NothingSaid, Outcome, Recognition, Unreadable, Wishes
from gehoor.channels.email.compound import SIGN
from gehoor.channels.email.errors import NotMail
from gehoor.channels.email.mailbox import files_of_maildir, split_mbox
from gehoor.channels.email.message import DRAFT, LARGEST, MEDIA_TYPE, read_message, read_mime, too_large
from gehoor.channels.email.outlook import MEDIA_TYPE as OUTLOOK
from gehoor.channels.email.outlook import as_mime, is_draft, is_outlook
from gehoor.channels.email.recognition import confidence, is_maildir, is_mbox
from gehoor.kernel.errors import Damaged
from gehoor.kernel.language import sentence

SAVED = (".msg", ".oft")
"""Names under which Outlook saves a message."""


class EmailReader:
    """See README.md beside this file for what is read and what is not."""

    def recognise(self, document: Document, wishes: Wishes) -> Recognition:
        """Sure of a maildir; of bytes by their first headers, a little surer when the name says so too."""
        if document.path is not None and document.path.is_dir():
            return Recognition(0.95 if is_maildir(document.path) else 0.0)
        head = document.head()
        if head.startswith(SIGN):
            named = document.name.lower().endswith(SAVED)
            return Recognition(0.95 if named else 0.6 if is_outlook(head) else 0.0)
        if document.name.lower().endswith(SAVED):
            return Recognition(0.3)
        return Recognition(confidence(document.name, head, wished=wishes.channel == "email"))

    def read(self, document: Document, wishes: Wishes) -> Iterator[Outcome]:
        """Every message, in order. Raises :class:`NotMail` when there is none in the document."""
        if document.path is not None and document.path.is_dir():
            return _read_maildir(document.path)
        head = document.head()
        if head.startswith(SIGN) or (document.name.lower().endswith(SAVED) and not _is_text(head)):
            return _read_outlook(document)
        if is_mbox(head):
            return _read_mbox(document)
        return _read_single(document)


def _read_single(document: Document) -> Iterator[Outcome]:
    with document.open() as stream:
        raw = stream.read(LARGEST + 1)
    outcome = read_message(raw, 1)
    if isinstance(outcome, Unreadable) and isinstance(outcome.error, NotMail):
        raise outcome.error
    yield outcome


def _is_text(head: bytes) -> bool:
    """Whether bytes under such a name may be mail as text, which other programs save there."""
    return bool(head) and b"\0" not in head


def _read_outlook(document: Document) -> Iterator[Outcome]:
    with document.open() as stream:
        raw = stream.read(LARGEST + 1)
    if len(raw) > LARGEST:
        yield replace(too_large(raw, 1), media_type=OUTLOOK)
    elif not raw.startswith(SIGN):
        raise Damaged(what=sentence("message"), why=sentence("it is cut off or corrupt"))
    elif is_draft(raw):
        yield NothingSaid("1", raw, OUTLOOK, DRAFT)
    else:
        yield replace(read_mime(as_mime(raw), raw, 1), media_type=OUTLOOK)


def _read_mbox(document: Document) -> Iterator[Outcome]:
    with document.open() as stream:
        for ordinal, each in enumerate(split_mbox(stream, LARGEST), start=1):
            if each.too_large:
                yield too_large(each.raw, ordinal)
            else:
                yield read_message(each.raw, ordinal, each.envelope_date)


def _read_maildir(folder: Path) -> Iterator[Outcome]:
    if not is_maildir(folder):
        raise NotMail
    for ordinal, filed in enumerate(files_of_maildir(folder), start=1):
        with filed.path.open("rb") as stream:
            raw = stream.read(LARGEST + 1)
        yield NothingSaid(str(ordinal), raw, MEDIA_TYPE, DRAFT) if filed.draft else read_message(raw, ordinal)


READER = EmailReader()
