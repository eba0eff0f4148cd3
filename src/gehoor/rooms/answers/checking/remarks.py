"""What the check of a draft found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from gehoor.kernel.ids import content_hash
from gehoor.kernel.language import sentence
from gehoor.rooms.answers.checking.draft import Draft


class Severity(StrEnum):
    """What is the matter; the heaviest first."""

    CLASH = "clash"
    OUTDATED = "outdated"
    CONDITION = "condition"
    NOT_VALIDATED = "not_validated"


SEVERITY_NAMES: Mapping[str, str] = {
    Severity.CLASH: sentence("says otherwise"),
    Severity.OUTDATED: sentence("was so before"),
    Severity.CONDITION: sentence("a condition is missing"),
    Severity.NOT_VALIDATED: sentence("differs from an entry that nobody has validated"),
}


class Outcome(StrEnum):
    """What the check as a whole says."""

    CLASHES = "clashes"
    LOOK = "look"
    AGREES = "agrees"
    NOTHING_IN_COMMON = "nothing_in_common"
    """There was something to compare with, and it states nothing that the draft states too."""
    NOTHING_TO_COMPARE = "nothing_to_compare"
    EMPTY = "empty"
    """Nothing in the draft is ours."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the book that the draft was held against."""

    pk: int
    public_id: UUID
    question: str
    version: int
    state: str
    owner: str
    since: datetime
    """When this version was written."""
    probability: float
    agrees: bool = False
    """The draft states at least one thing as it does, and nothing otherwise."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """Something that this person was told before."""

    text: str
    """The passage, as it was said."""
    at: datetime | None
    channel: str
    adviser: str
    voice: UUID | None
    """Where it can be read again."""
    asked: str = ""
    entries: frozenset[int] = frozenset()
    """Primary keys of the entries whose question it answered, where that is known."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing in the draft that deserves a look. ``start`` to ``end`` is the sentence, ``fact_start`` to ``fact_end``
    the fact within it; both are the whole of the draft's answer where a condition is missing. Exactly one of ``entry``
    and ``earlier`` is set. ``until``: the last day that an earlier version, which says what the draft says, held."""

    severity: Severity
    kind: str
    about: str
    start: int
    end: int
    fact_start: int
    fact_end: int
    quote: str
    draft_says: str
    source_says: str
    source_quote: str = ""
    entry: Entry | None = None
    earlier: Earlier | None = None
    until: date | None = None

    @property
    def key(self) -> str:
        """The same for the same remark on the same sentence, however often it is checked."""
        source = str(self.entry.public_id) if self.entry else f"{self.earlier and self.earlier.text}"
        parts = "\0".join([self.severity, self.kind, source, self.quote, self.draft_says, self.source_says])
        return content_hash(parts.encode()).hex()[:24]


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft, held against the book and against what this person was told."""

    draft: Draft
    remarks: list[Remark] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    earlier: int = 0
    """So many things that this person was told were looked at."""
    earlier_agrees: bool = False
    questions: list[str] = field(default_factory=list)
    """What was looked up; empty when it was the draft's own sentences."""
    passed_over: int = 0
    """Remarks that are not made, since colleagues said of the same sentence that it does not clash."""

    @property
    def outcome(self) -> Outcome:
        """In one word."""
        if self.draft.empty:
            return Outcome.EMPTY
        if self.clashes:
            return Outcome.CLASHES
        if self.remarks:
            return Outcome.LOOK
        if not self.entries and not self.earlier:
            return Outcome.NOTHING_TO_COMPARE
        if self.earlier_agrees or any(each.agrees for each in self.entries):
            return Outcome.AGREES
        return Outcome.NOTHING_IN_COMMON

    @property
    def clashes(self) -> list[Remark]:
        """The remarks that say that something else holds, or was told."""
        return [each for each in self.remarks if each.severity in {Severity.CLASH, Severity.OUTDATED}]
