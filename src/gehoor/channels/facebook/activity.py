"""What the account itself wrote: posts and comments out of "download your information", and what others wrote to it.

None of it has an id: an item is known by its sort, moment and text, and which occurrence of these it is in its file.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

from gehoor.channels.base import Direction, Document, Heard, NothingSaid, Outcome, Unreadable, Wishes
from gehoor.channels.facebook.mending import mending
from gehoor.channels.json_records import MEDIA_TYPE, Members, elements, member, records, text_of
from gehoor.kernel.errors import Damaged
from gehoor.kernel.ids import key_of
from gehoor.kernel.language import sentence

CHANNEL = "facebook"
NO_WORDS = sentence("There are no words in it.")
_OWN = re.compile(r"\b(?:own|eigen|eigenen|propre|propia|propio|proprio)\b", re.IGNORECASE)
_FROM_OTHERS = "wall_posts_sent_to_you"


def outcomes(document: Document, wishes: Wishes) -> Iterator[Outcome]:
    """Every post and comment. Raises Damaged when there is none."""
    mend, count, seen = mending(document), 0, Counter[bytes]()
    for record in records(document, whole=_is_single(document)):
        if record.error is not None:
            count += 1
            yield Unreadable(str(count), record.original, MEDIA_TYPE, record.error)
            continue
        value = mend(record.value)
        if isinstance(value, dict) and "timestamp" in value:
            count += 1
            yield _told(value, record.path, record.original, str(count), wishes, seen)
    if not count:
        raise Damaged(what=sentence("JSON"), why=sentence("there is no post or comment in it"))


def _is_single(document: Document) -> bool:
    """Whether the file holds one post, not in a list."""
    head = document.head(400).decode("utf-8", "replace").lstrip("\ufeff \r\n\t")
    return re.match(r'\{\s*"(?:timestamp|data|attachments|title|tags)"\s*:', head) is not None


def _told(item: Members, path: str, original: bytes, position: str, wishes: Wishes, seen: Counter[bytes]) -> Outcome:
    comment = next(
        (found for each in elements(item.get("data")) if (found := member(each, "comment")) is not None), None
    )
    text = text_of(member(comment, "comment")) if comment is not None else _post(item)
    if not text.strip():
        return NothingSaid(position, original, MEDIA_TYPE, NO_WORDS)
    said_at = _moment(member(comment, "timestamp") or item.get("timestamp"))
    what = key_of([CHANNEL, path.removesuffix("[]"), said_at.isoformat() if said_at else "", text])
    seen[what] += 1
    return Heard(
        channel=wishes.channel or CHANNEL,
        text=text.strip(),
        position=position,
        original=original,
        media_type=MEDIA_TYPE,
        direction=_direction(item, path, is_comment=comment is not None),
        said_at=said_at,
        author="" if _FROM_OTHERS in path else text_of(member(comment, "author")),
        native_id=key_of([what, seen[what]]).hex()[:32],
    )


def _post(item: Members) -> str:
    return next((text for each in elements(item.get("data")) if (text := text_of(member(each, "post")))), "")


def _direction(item: Members, path: str, *, is_comment: bool) -> Direction:
    """What others wrote is a voice; of ours a comment on somebody is a reply, anything else a broadcast."""
    if _FROM_OTHERS in path:
        return Direction.FROM_CUSTOMER
    answers = is_comment and not _OWN.search(text_of(item.get("title")))
    return Direction.TO_CUSTOMER if answers else Direction.TO_EVERYONE


def _moment(value: object) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(text_of(value)), UTC)
    except (ValueError, OverflowError, OSError):
        return None
