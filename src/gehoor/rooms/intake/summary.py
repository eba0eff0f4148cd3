"""What became of everything that was sent in: every item falls in exactly one place, and the summary adds up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gehoor.kernel.errors import CannotRead
from gehoor.kernel.language import Sentence

KEPT = ("voices", "replies", "broadcasts")


@dataclass(frozen=True, slots=True)
class Trouble:
    """One item that waits or was refused. ``fields`` fill the placeholders of reason and remedy."""

    source: str
    code: str
    reason: Sentence
    remedy: Sentence
    names: tuple[str, ...] = ()
    """The names in a chat of which nobody knows who is us; personal data, for whoever may take in."""

    @classmethod
    def of(cls, source: str, error: CannotRead) -> "Trouble":
        """From the error that a reader gave."""
        return cls(source, error.code, error.reason, error.advice, names_in(error.hints))


@dataclass(slots=True)
class Summary:
    """Counts up while items come in."""

    new: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KEPT, 0))
    known: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KEPT, 0))
    nothing_said: list[tuple[str, str]] = field(default_factory=list)
    accounts: list[tuple[str, Sentence]] = field(default_factory=list)
    """What was found in a document as a whole, and what not; they are no items."""
    waiting: list[Trouble] = field(default_factory=list)
    refused: list[Trouble] = field(default_factory=list)

    @property
    def items(self) -> int:
        """How many items there were in all."""
        kept = sum(self.new.values()) + sum(self.known.values())
        return kept + len(self.nothing_said) + len(self.waiting) + len(self.refused)

    def add(self, more: "Summary") -> None:
        """Count what another summary counted."""
        for name in KEPT:
            self.new[name] += more.new[name]
            self.known[name] += more.known[name]
        self.nothing_said += more.nothing_said
        self.accounts += more.accounts
        self.waiting += more.waiting
        self.refused += more.refused

    def plus(self, more: "Summary") -> "Summary":
        """Both together, leaving both as they are."""
        both = Summary()
        both.add(self)
        both.add(more)
        return both

    def take_over(self, again: "Summary", trouble: Trouble) -> None:
        """Something that waited was read after all: what came of it stands in its place."""
        self.waiting.remove(trouble)
        self.add(again)

    def counts(self) -> dict[str, Any]:
        """Numbers only, to show while it goes on."""
        return {
            **{name: {"new": self.new[name], "known": self.known[name]} for name in KEPT},
            "nothing_said": len(self.nothing_said),
            "waiting": len(self.waiting),
            "refused": len(self.refused),
            "items": self.items,
        }

    def document(self, seconds: float) -> dict[str, Any]:
        """The JSON document of ``listen``."""
        return {
            **{name: {"new": self.new[name], "known": self.known[name]} for name in KEPT},
            "nothing_said": [{"source": source, "reason": reason} for source, reason in self.nothing_said],
            "accounts": [{"source": source, "said": str(said), **said.values} for source, said in self.accounts],
            "waiting": _troubles(self.waiting),
            "refused": _troubles(self.refused),
            "items": self.items,
            "seconds": round(seconds, 3),
        }


def added(before: Mapping[str, Any], counts: Mapping[str, Any]) -> dict[str, Any]:
    """The counts of two summaries together."""
    return {
        name: added(before.get(name, {}), count) if isinstance(count, Mapping) else before.get(name, 0) + count
        for name, count in counts.items()
    }


def names_in(hints: Mapping[str, str]) -> tuple[str, ...]:
    """The names that stand among the hints of an item."""
    return tuple(filter(None, hints.get("names", "").split("\n")))


def _troubles(troubles: Sequence[Trouble]) -> list[dict[str, Any]]:
    return [
        {"source": each.source, "code": each.code, "reason": str(each.reason), "remedy": str(each.remedy)}
        | ({"names": list(each.names)} if each.names else {})
        for each in troubles
    ]
