"""Answers of the Graph API: the posts of a page with the comments under them."""

from collections.abc import Iterator

from gehoor.channels.base import Direction, Document, Heard, Identity, NothingSaid, Outcome, Unreadable, Wishes
from gehoor.channels.json_records import MEDIA_TYPE, Members, canonical, elements, member, records, text_of
from gehoor.channels.table.dates import Moments
from gehoor.kernel.errors import CannotRead, Damaged
from gehoor.kernel.language import sentence

CHANNEL = "facebook"
NO_WORDS = sentence("There are no words in it.")
_DEEPEST = 5


class GraphRefused(CannotRead):
    """What was saved is an error of the interface, and holds no posts."""

    code = "facebook_api_refused"
    text = sentence("It is an error that Facebook gave instead of posts.")
    remedy = sentence("Ask Facebook again, with a key that may see this page, and send that answer in.")


def outcomes(document: Document, wishes: Wishes) -> Iterator[Outcome]:
    """Every post and comment. Raises :class:`GraphRefused` for an error, Damaged when there is nothing."""
    count, refused = 0, False
    for record in records(document):
        refused = refused or record.path == "error.code"
        if record.error is not None:
            count += 1
            yield Unreadable(f"after {count}", record.original, MEDIA_TYPE, record.error)
        elif record.path == "data[]" and text_of(record.members.get("id")):
            for outcome in _post(record.members, wishes):
                count += 1
                yield outcome
    if not count:
        raise GraphRefused() if refused else Damaged(what=sentence("JSON"), why=sentence("there is no post in it"))


def _post(post: Members, wishes: Wishes) -> Iterator[Outcome]:
    """A post, then what was written under it. Its id begins with that of the page."""
    native_id = text_of(post.get("id"))
    page = native_id.partition("_")[0] if "_" in native_id else ""
    if "created_time" in post or "message" in post:
        yield _told(post, page, wishes, "", ())
    yield from _comments(post, page, wishes, native_id, "", 0)


def _comments(of: Members, page: str, wishes: Wishes, post: str, above: str, depth: int) -> Iterator[Outcome]:
    for each in elements(member(of, "comments", "data")):
        if isinstance(each, dict) and text_of(each.get("id")) and depth < _DEEPEST:
            parent = text_of(member(each, "parent", "id")) or above
            yield _told(each, page, wishes, post, tuple(part for part in (post, parent) if part))
            yield from _comments(each, page, wishes, post, text_of(each.get("id")), depth + 1)


def _told(item: Members, page: str, wishes: Wishes, post: str, thread: tuple[str, ...]) -> Outcome:
    native_id = text_of(item.get("id"))
    original = canonical({name: value for name, value in item.items() if name != "comments"})
    text = text_of(item.get("message")).strip()
    if not text:
        return NothingSaid(native_id, original, MEDIA_TYPE, NO_WORDS)
    number, name = text_of(member(item, "from", "id")), text_of(member(item, "from", "name"))
    identities = (Identity("handle", number, CHANNEL),) if number else ()
    ours = bool(number and number == page) or any(map(wishes.is_own, identities))
    direction = Direction.FROM_CUSTOMER
    if ours:
        direction = Direction.TO_CUSTOMER if post else Direction.TO_EVERYONE
    return Heard(
        channel=wishes.channel or CHANNEL,
        text=text,
        position=native_id,
        original=original,
        media_type=MEDIA_TYPE,
        direction=direction,
        said_at=Moments()(text_of(item.get("created_time"))),
        author=name,
        identities=() if ours else identities,
        native_id=native_id,
        thread=thread,
    )
