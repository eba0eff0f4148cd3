"""A review, whichever site it stands on: what it says, its mark, and what the owner answered."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from gehoor.channels.base import Direction, Heard, Identity, NothingSaid, Outcome, Wishes
from gehoor.channels.json_records import MEDIA_TYPE
from gehoor.kernel.ids import content_hash
from gehoor.kernel.language import sentence

CHANNEL = "review"
ONLY_A_MARK = sentence("It is a mark without words.")
_TRANSLATED = re.compile(r"\s*\(Translated by Google\)\s*(.*?)\s*(?:\(Original\)\s*(.*))?\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Review:
    """``native_id`` is the site's own id of it, with the site before it; ``""`` where there is none."""

    position: str
    original: bytes
    text: str = ""
    title: str = ""
    score: float | None = None
    said_at: datetime | None = None
    author: str = ""
    identities: tuple[Identity, ...] = ()
    native_id: str = ""
    answer: str = ""
    answered_at: datetime | None = None
    scope: str = ""

    def outcomes(self, wishes: Wishes) -> Iterator[Outcome]:
        """The voice, and the reply where the owner answered. A review of a title alone says its title."""
        channel = wishes.channel or CHANNEL
        text, title = (self.text.strip(), self.title) if self.text.strip() else (self.title, "")
        conversation = "" if self.native_id else content_hash(self.original).hex()[:32]
        if text:
            yield Heard(
                channel=channel,
                text=text,
                position=self.position,
                original=self.original,
                media_type=MEDIA_TYPE,
                direction=Direction.FROM_CUSTOMER,
                said_at=self.said_at,
                author=self.author,
                identities=self.identities,
                subject=title,
                score=self.score,
                native_id=self.native_id,
                scope=self.scope,
                conversation=conversation if self.answer.strip() else "",
            )
        else:
            yield NothingSaid(self.position, self.original, MEDIA_TYPE, ONLY_A_MARK)
        if self.answer.strip():
            yield Heard(
                channel=channel,
                text=self.answer.strip(),
                position=self.position,
                original=self.original,
                media_type=MEDIA_TYPE,
                direction=Direction.TO_CUSTOMER,
                said_at=self.answered_at,
                recipients=self.identities,
                subject=title,
                native_id=f"{self.native_id}#answer" if self.native_id else "",
                scope=self.scope,
                thread=(self.native_id,) if self.native_id else (),
                conversation=conversation,
            )


def as_written(text: str) -> str:
    """The words of a review without the translation that Google puts beside them."""
    found = _TRANSLATED.search(text)
    if found is None:
        return text
    return found[2] if found[2] is not None else text[: found.start()]
