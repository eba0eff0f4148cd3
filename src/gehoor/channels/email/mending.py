"""Mend a header in which a stray line stands, so that what follows it is not taken for the body."""

import re

_SEPARATION = re.compile(rb"\r?\n[ \t]*\r?\n")
_STRAY = re.compile(rb"^(?![!-9;-~]+[ \t]*:|[ \t]|From )[^\r\n]+", re.MULTILINE)
_SURE = re.compile(
    rb"^(?:from|to|cc|subject|date|message-id|mime-version|content-type|content-transfer-encoding|received|references|"
    rb"in-reply-to|reply-to)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)


def mend(raw: bytes) -> bytes:
    """``raw`` with each stray header line made a continuation of the one before, if headers go on after it."""
    separation = _SEPARATION.search(raw)
    end = separation.start() if separation else min(len(raw), 65_536)
    header = raw[:end]
    sure = [found.start() for found in _SURE.finditer(header)]
    if not sure:
        return raw
    mended = _STRAY.sub(lambda stray: b" " + stray[0] if 0 < stray.start() < sure[-1] else stray[0], header)
    return mended + raw[end:]
