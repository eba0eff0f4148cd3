"""What single cells say: scores, durations, addresses and numbers that point to a person."""

import re
from datetime import time, timedelta
from functools import lru_cache

from gehoor.channels.base import Identity
from gehoor.channels.table.sheet import Cell, as_text

_EMAIL = re.compile(r"[\w.+%'&-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_BETWEEN_PHONES = re.compile(r"[;,\n|]|\s/\s|\sof\s|\sen\s|\sor\s|\sand\s", re.IGNORECASE)
_PHONE = re.compile(r"\+?[\d\s().\-/]{6,24}\Z")
_SCORE = re.compile(
    r"[^\d+-]{0,20}([+-]?\d{1,6}(?:[.,]\d{1,6})?)(?:\s*(?:/|van(?: de)?|of|out of|uit)\s*\d{1,4}(?:[.,]\d+)?)?[^\d]*\Z",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2}(?:[.,]\d+)?)\Z")
_PARTS = re.compile(
    r"(?:(\d{1,3})\s*(?:u|uur|h|hrs?|hours?)\b\.?)?\s*(?:(\d{1,4})\s*(?:m|min|minuten|minuut|minutes?)\b\.?)?\s*"
    r"(?:(\d{1,6}(?:[.,]\d+)?)\s*(?:s|sec|seconden|secs?|seconds?)?\b\.?)?\Z",
    re.IGNORECASE,
)
_NOBODY = frozenset(
    {"", "-", "--", "0", "n/a", "na", "nvt", "n.v.t.", "onbekend", "unknown", "null", "none", "nan", "?"}
)


def score(cell: Cell) -> float | None:
    """A mark: ``8``, ``8,5``, ``9/10``, ``3 sterren``; None when it is none."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell) if abs(cell) < 1e7 else None
    return _score_of(as_text(cell)[:61])


@lru_cache(maxsize=4096)
def _score_of(text: str) -> float | None:
    text = text.strip()
    if not text or len(text) > 60:
        return None
    found = _SCORE.match(text)
    return float(found.group(1).replace(",", ".")) if found else None


def seconds(cell: Cell) -> float | None:
    """A duration: ``3:20``, ``1:02:03``, ``200``, ``3 min 20 s``; None when it is none, or negative."""
    if isinstance(cell, time):
        return cell.hour * 3600.0 + cell.minute * 60 + cell.second
    if isinstance(cell, timedelta):
        return cell.total_seconds() if cell >= timedelta(0) else None
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell) if 0 <= cell < 1e7 else None
    text = as_text(cell).strip()
    found = (_CLOCK.match(text) or _PARTS.match(text)) if len(text) <= 40 else None
    if found is None or not any(found.groups()):
        return None
    hours, minutes, rest = (float((part or "0").replace(",", ".")) for part in found.groups())
    return hours * 3600 + minutes * 60 + rest


def emails(cell: Cell) -> tuple[Identity, ...]:
    """Every e-mail address in a cell; none in a cell without one."""
    text = as_text(cell)
    if "@" not in text:
        return ()
    if len(text) < 255 and _EMAIL.fullmatch(text):
        return (Identity("email", text.strip(".'")),)
    return tuple(Identity("email", value.strip(".'")) for value in dict.fromkeys(_EMAIL.findall(text[:4096])))


def phones(cell: Cell) -> tuple[Identity, ...]:
    """Every telephone number in a cell: 6 to 15 digits and the signs between them."""
    parts = (part.strip() for part in _BETWEEN_PHONES.split(as_text(cell)[:4096]))
    return tuple(Identity("phone", part) for part in dict.fromkeys(parts) if _is_phone(part))


def _is_phone(text: str) -> bool:
    return bool(_PHONE.match(text)) and 6 <= sum(map(str.isdecimal, text)) <= 15


def customer_numbers(cell: Cell) -> tuple[Identity, ...]:
    """The customer number in a cell, unless the cell says that there is none."""
    text = as_text(cell).strip()
    return () if text.casefold() in _NOBODY or len(text) > 100 else (Identity("customer_number", text),)


def handles(cell: Cell, network: str) -> tuple[Identity, ...]:
    """The handle in a cell, on the network that the voice came by."""
    text = as_text(cell).strip()
    return () if text.casefold() in _NOBODY or len(text) > 100 else (Identity("handle", text, network),)
