"""Reads statuses as Mastodon's interface and its archive give them. See README.md."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from gehoor.channels.base import (
    Direction,
    Document,
    Heard,
    Identity,
    NothingSaid,
    Outcome,
    Recognition,
    Unreadable,
    Wishes,
)
from gehoor.channels.email.markup import stripped
from gehoor.channels.json_records import MEDIA_TYPE, Members, Record, canonical, elements, member, records, text_of
from gehoor.channels.table.dates import Moments
from gehoor.channels.table.encoding import KEEP, encoding_of
from gehoor.kernel.errors import Damaged
from gehoor.kernel.language import sentence

CHANNEL = "mastodon"
PASSED_ON = sentence("It passes on what somebody else wrote.")
NO_WORDS = sentence("There are no words in it.")
NO_STATUS = sentence("It is no post.")
_STATUS = re.compile(r'"(?:spoiler_text|in_reply_to_account_id|reblogs_count)"\s*:')
_OUTBOX = re.compile(r'"orderedItems"\s*:')
_LISTS = re.compile(r'\s*\{\s*"(?:ancestors|descendants|statuses|orderedItems|@context)"\s*:')
_SUFFIXES = (".json", ".jsonl", ".ndjson", "")


class MastodonReader:
    """See README.md beside this file."""

    def recognise(self, document: Document, wishes: Wishes) -> Recognition:
        """Sure of what holds the members that only a status has."""
        if document.path is not None and document.path.is_dir():
            return Recognition(0.0)
        name = document.name.lower().rpartition("/")[2]
        head = document.head()
        text = head.decode(encoding_of(head), KEEP)
        fits = name.endswith(_SUFFIXES[:3]) or "." not in name
        known = _STATUS.search(text) or (_OUTBOX.search(text) and "activitystreams" in text)
        return Recognition(0.95 if fits and known and not wishes.mapping and text.lstrip()[:1] in "{[" else 0.0)

    def read(self, document: Document, wishes: Wishes) -> Iterator[Outcome]:
        """Every status. Raises Damaged when there is none."""
        head = document.head().decode("utf-8", "replace")
        whole = _LISTS.match(head) is None
        addresses = _addresses(document, whole=whole)
        count = 0
        for record in records(document, whole=whole):
            if record.error is not None:
                yield Unreadable(f"after {count}", record.original, MEDIA_TYPE, record.error)
                count += 1
            elif record.path in {"", "orderedItems[]"} or record.path.endswith("[]"):
                found = _status_in(record)
                if found is not None:
                    count += 1
                    yield _told(found, wishes, addresses)
                elif record.path == "orderedItems[]" or (record.members and "type" in record.members):
                    count += 1
                    yield NothingSaid(str(count), record.original, MEDIA_TYPE, NO_STATUS)
        if not count:
            raise Damaged(what=sentence("JSON"), why=sentence("there is no post in it"))


def _status_in(record: Record) -> Members | None:
    """The status that a record is or holds (a notification, an activity); None for anything else."""
    for found in (record.value, member(record.value, "status"), member(record.value, "object")):
        if isinstance(found, dict) and "content" in found and text_of(found.get("id")):
            return found
    return None


def _addresses(document: Document, *, whole: bool) -> dict[str, str]:
    """The address of every status in the file by its number on the server that gave it."""
    statuses = (found for record in records(document, whole=whole) if (found := _status_in(record)) is not None)
    return {text_of(each.get("id")): _address(each) for each in statuses}


def _address(status: Members) -> str:
    return text_of(status.get("uri")) or text_of(status.get("id"))


def _told(status: Members, wishes: Wishes, addresses: dict[str, str]) -> Outcome:
    original, native_id = canonical(status), _address(status)
    if status.get("reblog"):
        return NothingSaid(native_id, original, MEDIA_TYPE, PASSED_ON)
    text = _text(text_of(status.get("content")))
    if not text:
        return NothingSaid(native_id, original, MEDIA_TYPE, NO_WORDS)
    author = _author(status)
    answers = text_of(status.get("in_reply_to_id")) or text_of(status.get("inReplyTo"))
    direction = _direction(status, author, wishes)
    ours = direction is not Direction.FROM_CUSTOMER
    return Heard(
        channel=wishes.channel or CHANNEL,
        text=text,
        position=native_id,
        original=original,
        media_type=MEDIA_TYPE,
        direction=direction,
        said_at=Moments()(text_of(status.get("created_at")) or text_of(status.get("published"))),
        author=text_of(member(status, "account", "display_name")) or (author[0].value if author else ""),
        identities=() if ours else author,
        recipients=_mentioned(status, wishes) if direction is Direction.TO_CUSTOMER else (),
        subject=" ".join((text_of(status.get("spoiler_text")) or text_of(status.get("summary"))).split()),
        native_id=native_id,
        thread=(addresses.get(answers, answers),) if answers in addresses or answers.startswith("http") else (),
    )


def _text(html: str) -> str:
    """Words of a status: its few tags undone, a paragraph from the next by an empty line."""
    apart = re.sub(r"</p>\s*<p[^>]*>", "\n\n", html)
    lines = [" ".join(line.split()) for line in stripped(apart).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _author(status: Members) -> tuple[Identity, ...]:
    """The account with its server: its page says which, where the name is only that of the own server."""
    account = member(status, "account")
    name, page = text_of(member(account, "acct")), text_of(member(account, "url"))
    if not name:
        return ()
    host = urlsplit(page).hostname if "@" not in name and page.startswith("https://") else ""
    return (Identity("handle", f"@{name}@{host}" if host else f"@{name}", CHANNEL),)


def _direction(status: Members, author: tuple[Identity, ...], wishes: Wishes) -> Direction:
    if "account" not in status:  # an outbox: our own account
        mine, answered = text_of(status.get("attributedTo")), text_of(status.get("inReplyTo"))
        return Direction.TO_CUSTOMER if answered and not answered.startswith(f"{mine}/") else Direction.TO_EVERYONE
    if not any(map(wishes.is_own, author)):
        return Direction.FROM_CUSTOMER
    to = text_of(status.get("in_reply_to_account_id"))
    answers_other = bool(to) and to != text_of(member(status, "account", "id"))
    return Direction.TO_CUSTOMER if answers_other else Direction.TO_EVERYONE


def _mentioned(status: Members, wishes: Wishes) -> tuple[Identity, ...]:
    """Whom an answer of ours names, ourselves left out."""
    names = (text_of(member(each, "acct")) for each in elements(status.get("mentions")))
    found = (Identity("handle", f"@{name}", CHANNEL) for name in names if name)
    return tuple(each for each in found if not wishes.is_own(each))


READER = MastodonReader()
"""The reader of Mastodon."""
