"""Reviews as JSON: Google Business Profile, App Store Connect and its feed, Kiyoh and Klantenvertellen."""

import re
from collections.abc import Callable, Iterator

from gehoor.channels.base import Document, Outcome, Unreadable, Wishes
from gehoor.channels.json_records import MEDIA_TYPE, Members, Record, elements, member, records, text_of
from gehoor.channels.review.review import Review, as_written
from gehoor.channels.table import cells as reads
from gehoor.channels.table.dates import Moments
from gehoor.kernel.errors import Damaged
from gehoor.kernel.language import sentence

_STARS = {"ONE": 1.0, "TWO": 2.0, "THREE": 3.0, "FOUR": 4.0, "FIVE": 5.0}
_SIGNS = {
    "google": re.compile(r'"starRating"\s*:\s*"(?:ONE|TWO|THREE|FOUR|FIVE|STAR_RATING_UNSPECIFIED)"'),
    "app-store": re.compile(r'"type"\s*:\s*"customerReviews"'),
    "app-store-feed": re.compile(r'"im:rating"\s*:'),
    "kiyoh": re.compile(r'"reviewContent"\s*:\s*\[|"reviewAuthor"\s*:'),
}
Make = Callable[[Members, Record, dict[str, Members]], Review]


def site_of(head: str) -> str:
    """Whose reviews a JSON text holds, "" for nobody's that we know."""
    return next((site for site, sign in _SIGNS.items() if sign.search(head)), "")


def outcomes(document: Document, site: str, wishes: Wishes) -> Iterator[Outcome]:
    """Every review, in order. Raises Damaged when there is none."""
    is_review, make = _MAKERS[site]
    answers = _app_store_answers(document) if site == "app-store" else {}
    count = 0
    for record in records(document, whole=_is_bare(document)):
        if record.error is not None:
            count += 1
            yield Unreadable(f"after {count}", record.original, MEDIA_TYPE, record.error)
        elif is_review(record.members):
            count += 1
            yield from make(record.members, record, answers).outcomes(wishes)
    if not count:
        raise Damaged(what=sentence("JSON"), why=sentence("there is no review in it"))


def _is_bare(document: Document) -> bool:
    """Whether reviews stand by themselves, one or one a line, not in a list with something around it."""
    head = document.head(300).decode("utf-8", "replace").lstrip("\ufeff \r\n\t")
    return re.match(r'\{\s*"(?:name|reviewer|reviewId|starRating|comment|reviewAuthor)"', head) is not None


def _google(review: Members, record: Record, _: dict[str, Members]) -> Review:
    native_id = text_of(review.get("reviewId")) or text_of(review.get("name")).rpartition("/")[2]
    return Review(
        position=native_id or "1",
        original=record.original,
        text=as_written(text_of(review.get("comment"))),
        score=_STARS.get(text_of(review.get("starRating"))),
        said_at=Moments()(text_of(review.get("createTime"))),
        author=text_of(member(review, "reviewer", "displayName")),
        native_id=f"google-{native_id}" if native_id else "",
        answer=as_written(text_of(member(review, "reviewReply", "comment"))),
        answered_at=Moments()(text_of(member(review, "reviewReply", "updateTime"))),
    )


def _app_store(review: Members, record: Record, answers: dict[str, Members]) -> Review:
    native_id, said = text_of(review.get("id")), review.get("attributes")
    answer = answers.get(text_of(member(review, "relationships", "response", "data", "id")), {})
    return Review(
        position=native_id or "1",
        original=record.original,
        text=text_of(member(said, "body")),
        title=text_of(member(said, "title")),
        score=reads.score(member(said, "rating")),
        said_at=Moments()(text_of(member(said, "createdDate"))),
        author=text_of(member(said, "reviewerNickname")),
        native_id=f"app-store-{native_id}" if native_id else "",
        answer=text_of(member(answer, "responseBody")),
        answered_at=Moments()(text_of(member(answer, "lastModifiedDate"))),
    )


def _app_store_answers(document: Document) -> dict[str, Members]:
    """What the developer answered, by its id; it stands beside the reviews."""
    return {
        text_of(record.members.get("id")): said
        for record in records(document)
        if record.members.get("type") == "customerReviewResponses"
        and isinstance(said := record.members.get("attributes"), dict)
    }


def _app_store_feed(review: Members, record: Record, _: dict[str, Members]) -> Review:
    def label(*keys: str) -> str:
        return text_of(member(review, *keys, "label"))

    return Review(
        position=label("id") or "1",
        original=record.original,
        text=label("content"),
        title=label("title"),
        score=reads.score(label("im:rating")),
        said_at=Moments()(label("updated")),
        author=label("author", "name"),
        native_id=f"app-store-feed-{label('id')}" if label("id") else "",
    )


def _kiyoh(review: Members, record: Record, _: dict[str, Members]) -> Review:
    native_id = text_of(review.get("reviewId"))
    said = {
        text_of(member(each, "questionGroup")): text_of(member(each, "rating"))
        for each in elements(review.get("reviewContent"))
    }
    answer = review.get("reviewComments") or review.get("reviewComment")
    if isinstance(answer, list):
        answer = "\n".join(text_of(each) or text_of(member(each, "comment")) for each in answer)
    return Review(
        position=native_id or "1",
        original=record.original,
        text=said.get("DEFAULT_OPINION", ""),
        title=" ".join(said.get("DEFAULT_ONELINER", "").split()),
        score=reads.score(review.get("rating"))
        if review.get("rating")
        else reads.score(said.get("DEFAULT_OVERALL", "")),
        said_at=Moments()(text_of(review.get("dateSince"))),
        author=text_of(review.get("reviewAuthor")),
        native_id=f"kiyoh-{native_id}" if native_id else "",
        answer=text_of(answer),
    )


_MAKERS: dict[str, tuple[Callable[[Members], bool], Make]] = {
    "google": (lambda members: "starRating" in members, _google),
    "app-store": (lambda members: members.get("type") == "customerReviews", _app_store),
    "app-store-feed": (lambda members: "im:rating" in members, _app_store_feed),
    "kiyoh": (lambda members: "reviewContent" in members or "reviewAuthor" in members, _kiyoh),
}
