"""Is this mail? From the name and the first bytes only."""

import re
from pathlib import Path

KNOWN_HEADERS = frozenset({
    "from", "to", "cc", "bcc", "subject", "date", "message-id", "received", "mime-version", "return-path", "reply-to",
    "sender", "in-reply-to", "references", "delivered-to", "x-mailer", "content-type", "content-transfer-encoding",
    "dkim-signature", "authentication-results", "received-spf", "arc-seal", "x-received", "x-original-to",
    "envelope-to", "auto-submitted", "list-id", "thread-topic", "thread-index", "x-gm-thrid", "x-mozilla-status",
    "user-agent", "importance", "resent-from", "resent-date", "apparently-to", "disposition-notification-to",
})  # fmt: skip
_ONLY_MAIL = KNOWN_HEADERS - {
    "date", "content-type", "content-transfer-encoding", "to", "subject", "user-agent", "importance", "sender", "bcc",
    "references", "from", "cc",
}  # fmt: skip
_TOGETHER = (frozenset({"from", "to"}), frozenset({"from", "subject"}), frozenset({"from", "date"}),
             frozenset({"from", "content-type"}), frozenset({"to", "subject"}))  # fmt: skip
_NAMES = (".eml", ".mbox", ".mbx", ".mbs", ".mboxrd", ".mboxo", ".emlx", ".email")
_HEADER = re.compile(rb"^([!-9;-~]{1,100})[ \t]*:")
FROM_LINE = re.compile(rb"^From \S.*\d{1,2}:\d\d.*\d{4}|^From [^:]*$")
_SAVED_PAGE = re.compile(rb"^(?:from:\s*<?saved by|snapshot-content-location:)", re.IGNORECASE | re.MULTILINE)
_FEW_WRONG = 1


def is_maildir(path: Path | None) -> bool:
    """Whether a path is a folder with ``cur`` or ``new`` in it."""
    return path is not None and path.is_dir() and any((path / each).is_dir() for each in ("cur", "new"))


def is_mbox(head: bytes) -> bool:
    """Whether the bytes begin as an mbox does: a From_ line, then a header."""
    first, _, rest = head.lstrip(b"\xef\xbb\xbf\r\n").partition(b"\n")
    if not first.startswith(b"From "):
        return False
    following = rest.split(b"\n", 1)[0]
    return bool(_HEADER.match(following) or following.startswith(b">From "))


def confidence(name: str, head: bytes, *, wished: bool) -> float:
    """How sure it is that these are the first bytes of a message or an mbox: 0 to 1."""
    if is_mbox(head):
        head = head.lstrip(b"\xef\xbb\xbf\r\n").partition(b"\n")[2]
        return 0.95 if header_names(head) & KNOWN_HEADERS else 0.0
    if b"\0" in head[:2048]:
        return 0.0
    known = header_names(head) & KNOWN_HEADERS
    named = wished or name.lower().endswith(_NAMES)
    if not known or _SAVED_PAGE.search(head[:2048]):
        return 0.1 if known else 0.0
    if known & _ONLY_MAIL or any(both <= known for both in _TOGETHER):
        return 0.95 if named or len(known) >= 4 else 0.8
    return 0.7 if named else 0.0


def header_names(head: bytes) -> frozenset[str]:
    """Lower-case names of the headers before the first empty line; none when other lines stand between them."""
    names: set[str] = set()
    wrong = 0
    for line in head.lstrip(b"\xef\xbb\xbf\r\n").split(b"\n"):
        if not line.strip():
            break
        found = _HEADER.match(line)
        if found:
            names.add(found[1].decode("ascii").lower())
        elif not names or not line.startswith((b" ", b"\t", b">From ")):
            wrong += 1
            if wrong > _FEW_WRONG or not names:
                return frozenset()
    return frozenset(names)
