"""What a search asks for, as it stands in the address bar and on the command line."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self

from gehoor.rooms.voices.lenses import lenses

ORDERS = ("newest", "oldest", "longest")
_LONGEST = 500
_YEARS = range(1900, 2200)
"""Outside these, a day has no moment in every time zone, or nobody means it."""


def _date(raw: str) -> date | None:
    try:
        day = date.fromisoformat(raw)
    except ValueError:
        return None
    return day if day.year in _YEARS else None


@dataclass(frozen=True, slots=True)
class Filters:
    """Everything optional. ``seen_as`` holds the values for the lenses of higher rooms (person, need, heard)."""

    query: str = ""
    channel: str = ""
    since: date | None = None
    until: date | None = None
    language: str = ""
    kind: str = ""
    order: str = "newest"
    seen_as: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Self:
        """From an address bar; what makes no sense there is left out."""
        given = {name: value.replace("\0", " ")[:_LONGEST].strip() for name, value in given.items()}
        order = given.get("order", "")
        return cls(
            query=given.get("q", ""),
            channel=given.get("channel", ""),
            since=_date(given.get("since", "")),
            until=_date(given.get("until", "")),
            language=given.get("language", ""),
            kind=given.get("kind", ""),
            order=order if order in ORDERS else ORDERS[0],
            seen_as={name: given[name] for name in lenses() if given.get(name)},
        )

    def items(self) -> dict[str, str]:
        """For an address bar: only what is set."""
        found = {
            "q": self.query,
            "channel": self.channel,
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
            "language": self.language,
            "kind": self.kind,
            "order": "" if self.order == ORDERS[0] else self.order,
            **self.seen_as,
        }
        return {name: value for name, value in found.items() if value}

    def without(self, name: str) -> Self:
        """The same without one of its items."""
        return type(self).read({key: value for key, value in self.items().items() if key != name})

    @property
    def narrowed(self) -> bool:
        """Whether anything but the order is set."""
        return bool(replace(self, order=ORDERS[0]).items())
