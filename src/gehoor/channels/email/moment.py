"""When a message was sent: its own word where that can be true, else what carried it says."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import mktime_tz, parsedate_tz

from gehoor.channels.email.header import plain
from gehoor.channels.email.part import Part
from gehoor.kernel.clock import now

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=2)
_WIDEST_OFFSET = 14 * 3600
_HOUR = 3600
_ZONES = {
    "WET": 0, "WEST": 1, "BST": 1, "IST": 1, "CET": 1, "MET": 1, "MEZ": 1, "CEST": 2, "MEST": 2, "MESZ": 2, "EET": 2,
    "EEST": 3, "MSK": 3, "JST": 9, "AEST": 10,
}  # fmt: skip
_MONTHS = {
    "januari": "Jan", "februari": "Feb", "maart": "Mar", "mrt": "Mar", "april": "Apr", "mei": "May", "juni": "Jun",
    "juli": "Jul", "augustus": "Aug", "september": "Sep", "okt": "Oct", "oktober": "Oct", "november": "Nov",
    "december": "Dec", "mai": "May", "dez": "Dec", "märz": "Mar",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_DAY_NAME = re.compile(r"^\s*[^\W\d_]{2,10}\.?\s*,?\s+(?=\d)")
_ISO = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)[T ](\d\d?):(\d\d)(?::(\d\d))?(?:\.\d+)?\s*(Z|[+-]\d\d:?\d\d)?")


def said_at(part: Part, envelope_date: str = "") -> datetime | None:
    """Aware UTC from Date, else Received (the last hop first), else the mbox line; None when none can be true."""
    latest = now() + AHEAD
    for written in _candidates(part, envelope_date):
        moment = read_moment(written)
        if moment is not None and EARLIEST <= moment <= latest:
            return moment
    return None


def _candidates(part: Part, envelope_date: str) -> Iterator[str]:
    yield part.header("date")
    for received in part.headers("received")[:20]:
        yield received.rpartition(";")[2]
    yield from (part.header("delivery-date"), part.header("resent-date"), envelope_date)


def read_moment(written: str) -> datetime | None:
    """One written date as aware UTC; None when it makes no sense. A zone that cannot be is taken as UTC."""
    text = _in_english(plain(written[:200]))
    parsed = _parsed(text) or _parsed(_DAY_NAME.sub("", text))
    if parsed is None:
        return _iso(text)
    offset = parsed[9] or _named_offset(text)
    if abs(offset) > _WIDEST_OFFSET:
        offset = 0
    try:
        return datetime.fromtimestamp(mktime_tz((*parsed[:9], offset)), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _parsed(text: str) -> tuple[int, int, int, int, int, int, int, int, int, int | None] | None:
    try:
        return parsedate_tz(text)
    except (ValueError, IndexError, TypeError):
        return None


def _in_english(text: str) -> str:
    return _WORD.sub(lambda word: _MONTHS.get(word[0].lower(), word[0]), text)


def _named_offset(text: str) -> int:
    return next((_ZONES[word] * _HOUR for word in _WORD.findall(text.upper()) if word in _ZONES), 0)


def _iso(text: str) -> datetime | None:
    found = _ISO.search(text)
    if found is None:
        return None
    try:
        moment = datetime(*(int(each or 0) for each in found.groups()[:6]), tzinfo=UTC)  # type: ignore[arg-type, misc]
    except ValueError:
        return None
    return moment - _offset(found[7] or "Z")


def _offset(zone: str) -> timedelta:
    if zone == "Z":
        return timedelta()
    size = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    return size if zone[0] == "+" else -size
