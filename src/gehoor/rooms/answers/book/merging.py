"""Two people changed the same entry: what each wrote is laid together, field by field."""

from dataclasses import dataclass, replace

from gehoor.kernel.language import sentence
from gehoor.rooms.answers.book.content import FIELDS, Content

FIELD_NAMES = {
    "question": sentence("The question"),
    "text": sentence("The answer"),
    "subject": sentence("Subject"),
    "language": sentence("Language"),
    "owner": sentence("Who looks after it"),
    "audience": sentence("For whom"),
    "state": sentence("How far it is"),
    "valid_from": sentence("Holds from"),
    "valid_to": sentence("Holds up to and including"),
    "review_on": sentence("Look at it again on"),
}
"""What each field is called, but for the forms, which are called each by its own name."""


@dataclass(frozen=True, slots=True)
class Merged:
    """``content`` keeps every field that only one of both changed; where both did, it is mine. ``theirs``: fields that
    the other changed; ``both``: those that both changed, each otherwise."""

    content: Content
    theirs: tuple[str, ...]
    both: tuple[str, ...]


def merge(base: Content, mine: Content, other: Content) -> Merged:
    """Lay my text beside the other's, knowing what both began with."""
    changed = [name for name in FIELDS if getattr(other, name) != getattr(base, name)]
    taken = {name: getattr(other, name) for name in changed if getattr(mine, name) == getattr(base, name)}
    both = tuple(name for name in changed if name not in taken and getattr(mine, name) != getattr(other, name))
    return Merged(replace(mine, **taken), tuple(changed), both)
