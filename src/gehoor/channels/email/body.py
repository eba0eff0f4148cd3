"""Which parts of a message are its text, and which came with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from mimetypes import guess_extension

from gehoor.channels.base import Attachment
from gehoor.channels.email import opaque, pgp
from gehoor.channels.email.charset import decode
from gehoor.channels.email.flowed import unflow
from gehoor.channels.email.header import file_name, plain
from gehoor.channels.email.invitation import lines_of_invitation
from gehoor.channels.email.lines import Line
from gehoor.channels.email.markup import lines_of, stripped, without_looks
from gehoor.channels.email.part import DEEPEST, Part, parse
from gehoor.channels.email.transfer import uu_blocks, without_uu_blocks

_NO_TEXT = frozenset({"calendar", "x-vcalendar", "vcard", "x-vcard", "directory", "rfc822-headers", "css", "csv", "xml",
                      "x-amp-html", "javascript"})  # fmt: skip
_ENRICHED = frozenset({"text/enriched", "text/richtext"})
_PKCS7 = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
LONGEST_TEXT = 1024 * 1024
"""Characters; what is longer nobody typed: it is kept as an attachment."""
_STUB = 300
_STUB_RATIO = 4


@dataclass(slots=True)
class Body:
    """What was found: the lines of the text, and all else. ``forwarded`` are whole messages within this one."""

    lines: list[Line] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    forwarded: list[Part] = field(default_factory=list)
    encrypted: bool = False

    @property
    def blank(self) -> bool:
        """Whether no line can be seen."""
        return all(line.blank for line in self.lines)

    @property
    def length(self) -> int:
        """Characters of text."""
        return sum(len(line.text) for line in self.lines)

    def take(self, other: "Body", *, text: bool = True) -> None:
        """Add what another part held; ``text`` False leaves its lines out."""
        if text and not other.blank:
            self.lines += [Line(""), *other.lines] if self.lines else other.lines
        self.attachments += other.attachments
        self.forwarded += other.forwarded
        self.encrypted |= other.encrypted


def read_body(message: Part) -> Body:
    """The body of a whole message. Where it has no text of its own, what it forwards or invites to is its text."""
    body = _gather(message)
    body.lines = pgp.without_armour(body.lines)
    if body.blank:
        body.lines = _told_by_others(body)
    if pgp.is_encrypted(body.lines):
        body.encrypted, body.lines = True, []
    return body


def _told_by_others(body: Body) -> list[Line]:
    for part in body.forwarded:
        forwarded = read_body(part)
        subject = plain(part.header("subject"))
        lines = ([Line(subject), Line("")] if subject else []) + forwarded.lines
        if any(not line.blank for line in lines):
            return lines
    invitations = (each for each in body.attachments if each.media_type == "text/calendar")
    return next((lines for each in invitations if (lines := lines_of_invitation(decode(each.data)))), [])


def _gather(part: Part) -> Body:
    if not part.children:
        return _leaf(part)
    match part.kind:
        case "multipart/alternative":
            return _alternative(part.children)
        case "multipart/related" | "multipart/signed":
            return _first_with_company(part.children)
        case "multipart/encrypted":
            return replace(_company(part.children), encrypted=True)
        case _:
            return _all(part.children)


def _all(parts: Sequence[Part]) -> Body:
    body = Body()
    for part in parts:
        body.take(_gather(part))
    return body


def _first_with_company(parts: Sequence[Part]) -> Body:
    body = _gather(parts[0])
    body.take(_company(parts[1:]))
    return body


def _company(parts: Sequence[Part]) -> Body:
    """Parts that go with another: whatever they are, they are kept as attachments."""
    body = Body()
    for part in parts:
        for leaf in part.leaves():
            body.attachments.append(_attachment(leaf))
    return body


def _alternative(parts: Sequence[Part]) -> Body:
    """The plain text, or the HTML where the plain text is missing or no more than a stub."""
    found = [(part, _gather(part)) for part in parts]
    visible = [(part, body) for part, body in found if not body.blank]
    plain_ones = [body for part, body in visible if part.kind == "text/plain"]
    others = [body for part, body in visible if part.kind != "text/plain"]
    chosen = plain_ones[0] if plain_ones else None
    if others and (chosen is None or _is_stub(chosen, others[-1])):
        chosen = others[-1]
    whole = Body()
    for _, body in found:
        whole.take(body, text=body is chosen)
    return whole


def _is_stub(body: Body, richer: Body) -> bool:
    """Such as "Your mail program does not support HTML"."""
    return body.length < _STUB and body.length * _STUB_RATIO < richer.length


def _leaf(part: Part) -> Body:
    kind, _, rest = part.kind.partition("/")
    if kind == "text" and rest not in _NO_TEXT and part.disposition != "attachment" and not file_name(part):
        return _text(part)
    if kind == "multipart" and part.depth < DEEPEST:
        return _text(part)
    body = Body(attachments=[_attachment(part)])
    if part.kind == "message/rfc822" and part.depth < DEEPEST:
        body.forwarded.append(parse(part.content(), part.depth + 1))
    if part.kind in _PKCS7:
        return _sealed(part, body)
    return body


def _sealed(part: Part, body: Body) -> Body:
    """S/MIME in one piece: what is only signed is opened, what is encrypted cannot be."""
    signed = opaque.content_of(part.content())
    if signed and part.depth < DEEPEST:
        body.take(_gather(parse(signed, part.depth + 1)))
    elif "sign" not in part.plain_parameter("smime-type").lower():
        body.encrypted = True
    return body


def _text(part: Part) -> Body:
    data = part.content()
    files = uu_blocks(data) if b"\nend" in data else []
    text = decode(without_uu_blocks(data) if files else data, part.plain_parameter("charset"))
    if part.kind == "text/html":
        text = without_looks(text)
    if len(text) > LONGEST_TEXT:
        return Body(attachments=[_attachment(part)])
    attachments = [Attachment(name, "application/octet-stream", block) for name, block in files]
    return Body(lines=_lines(part, text), attachments=attachments)


def _lines(part: Part, text: str) -> list[Line]:
    if part.kind == "text/html":
        return lines_of(text)
    if part.kind in _ENRICHED:
        text = stripped(text)
    if part.plain_parameter("format").lower() == "flowed":
        text = unflow(text, delete_space=part.plain_parameter("delsp").lower() == "yes")
    return [Line(line) for line in text.split("\n")]


def _attachment(part: Part) -> Attachment:
    return Attachment(file_name(part) or _made_up_name(part), part.kind, part.content())


def _made_up_name(part: Part) -> str:
    if part.kind == "message/rfc822":
        return "message.eml"
    return f"{part.kind.split('/')[0]}{guess_extension(part.kind) or '.bin'}"
