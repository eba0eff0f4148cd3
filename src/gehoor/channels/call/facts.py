"""What is known of a call beside what was said in it: from its file's name, or from a list that came with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import PurePosixPath

from gehoor.channels.base import Identity, IdentityKind
from gehoor.channels.table.dates import Moments

_MOMENT = re.compile(
    r"(?<!\d)(?P<year>20\d\d)(?P<cut>[-_.]?)(?P<month>[01]\d)(?P=cut)(?P<day>[0-3]\d)"
    r"(?:[T_ -]{1,3}(?P<hour>[0-2]\d)[.:_h-]?(?P<minute>[0-5]\d)(?:[.:_-]?(?P<second>[0-5]\d))?)?(?P<zone>Z?)(?!\d)"
)
_DUTCH = re.compile(
    r"(?<!\d)(?P<day>[0-3]?\d)(?P<cut>[-_.])(?P<month>[01]?\d)(?P=cut)(?P<year>20\d\d)"
    r"(?:[T_ -]{1,3}(?P<hour>[0-2]\d)[.:_h-]?(?P<minute>[0-5]\d)(?:[.:_-]?(?P<second>[0-5]\d))?)?(?P<zone>Z?)(?!\d)"
)
_CUSTOMER = re.compile(
    r"(?<![a-z])(?:klant|relatie|debiteur|customer|client|cust)[ _-]?(?:nr|nummer|number|no|id)?[ _.#-]?"
    r"(\d{3,12})(?!\d)",
    re.IGNORECASE,
)
_ADVISER = re.compile(
    r"(?<![a-z])(?:adviseur|medewerk(?:st)?er|agent|advis[eo]r)[ _.-]+([^\W\d_]{2,30}|\d{2,6})(?![^\W_])", re.IGNORECASE
)
_EXTENSION = re.compile(r"(?<![a-z])(?:ext(?:ension)?|toestel|tst)[ _.-]?(\d{2,5})(?!\d)", re.IGNORECASE)
_PHONE = re.compile(r"(?<![\d.+])(\+\d{9,14}|00[1-9]\d{8,12}|31[1-9]\d{8}|0[1-9]\d{8})(?![\d])")
_OUT = re.compile(r"(?<![a-z])(?:out|outbound|uit|uitgaand)(?![a-z])", re.IGNORECASE)
_IN = re.compile(r"(?<![a-z])(?:in|inbound|inkomend|external|q|queue)(?![a-z])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known; empty where nothing says it."""

    said_at: datetime | None = None
    identities: tuple[Identity, ...] = ()
    author: str = ""
    subject: str = ""
    adviser: str = ""
    duration_seconds: float | None = None
    waited_seconds: float | None = None
    customer_side: str = ""
    """``left`` or ``right``: on which side of a recording in stereo the customer speaks."""

    def over(self, other: "Facts") -> "Facts":
        """These facts, and those of ``other`` where these say nothing."""
        held = {each.name: getattr(self, each.name) for each in fields(self)}
        return Facts(
            **{name: getattr(other, name) if value in (None, "", ()) else value for name, value in held.items()}
        )

    def as_hints(self) -> dict[str, str]:
        """As :class:`gehoor.channels.base.Wishes` carries them to the engine."""
        hints = {name: getattr(self, name) for name in _TEXTS}
        hints |= {name: str(value) for name in _NUMBERS if (value := getattr(self, name)) is not None}
        hints |= {each.kind: each.value for each in self.identities}
        hints["said_at"] = self.said_at.isoformat() if self.said_at else ""
        return {name: value for name, value in hints.items() if value}

    @classmethod
    def from_hints(cls, hints: Mapping[str, str]) -> "Facts":
        """What :meth:`as_hints` made; wrong values are passed over."""
        return cls(
            said_at=Moments()(hints.get("said_at", "")),
            identities=_identities(hints),
            author=hints.get("author", ""),
            subject=hints.get("subject", ""),
            adviser=hints.get("adviser", ""),
            duration_seconds=_number(hints.get("duration_seconds", "")),
            waited_seconds=_number(hints.get("waited_seconds", "")),
            customer_side=hints.get("customer_side", ""),
        )


_TEXTS = ("author", "subject", "adviser", "customer_side")
_NUMBERS = ("duration_seconds", "waited_seconds")


def _identities(hints: Mapping[str, str]) -> tuple[Identity, ...]:
    kinds: tuple[IdentityKind, ...] = ("phone", "customer_number", "email")
    return tuple(Identity(kind, hints[kind]) for kind in kinds if hints.get(kind))


def _number(text: str) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


def facts_in_name(name: str) -> Facts:
    """What a file's name tells: ``20260314_101502_in_0612345678_klant123456_adviseur-karin.wav``."""
    stem = PurePosixPath(name.replace("\\", "/")).stem
    found = _MOMENT.search(stem) or _DUTCH.search(stem)
    rest = stem[: found.start()] + " " + stem[found.end() :] if found else stem
    customer, adviser = _CUSTOMER.search(rest), _ADVISER.search(rest) or _EXTENSION.search(rest)
    without = _CUSTOMER.sub(" ", rest)
    identities = _phone(without)
    if customer:
        identities += (Identity("customer_number", customer[1]),)
    return Facts(
        said_at=_moment(found) if found else None, identities=identities, adviser=adviser[1] if adviser else ""
    )


def _moment(found: re.Match[str]) -> datetime | None:
    part = found.groupdict()
    text = f"{part['year']}-{int(part['month']):02}-{int(part['day']):02}"
    if part["hour"]:
        text += f"T{part['hour']}:{part['minute']}:{part['second'] or '00'}"
        text += "+00:00" if part["zone"] else ""
    return Moments()(text)


def _phone(stem: str) -> tuple[Identity, ...]:
    """The customer's number: of two, the one that was dialled in a call out, the one that called in a call in."""
    numbers = list(dict.fromkeys(_PHONE.findall(stem)))
    if len(numbers) > 1:
        out, into = bool(_OUT.search(stem)), bool(_IN.search(stem))
        numbers = [] if out is into else [numbers[0] if out else numbers[-1]]
    return tuple(Identity("phone", f"+{each}" if each.startswith("31") else each) for each in numbers)
