"""What the screens of this room show."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import get_language_info, gettext

from gehoor.analysis.kind import KINDS, UNSURE
from gehoor.analysis.text import LANGUAGES
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.voices.lenses import Fact, lenses
from gehoor.rooms.voices.models import Reply, Understanding, Voice
from gehoor.rooms.voices.reading_order import after, before
from gehoor.rooms.voices.search import Filters, find, hits, parse
from gehoor.rooms.voices.search.hits import Span
from gehoor.rooms.voices.signs import signs_of
from gehoor.rooms.voices.weight import current_table, minutes_of

PAGE = 25
MOST_IN_CONVERSATION = 50
LENS_RIGHTS: Mapping[str, May] = {
    "person": May.SEE_PEOPLE,
    "need": May.SEE_NEEDS,
    "heard": May.LISTEN,
    "pages": May.CORRECT,
}
"""What the lenses of other rooms tell is for those who may know it; an unknown lens is for everyone who sees voices."""
LENS_NAMES: Mapping[str, str] = {
    "person": sentence("Customer"),
    "need": sentence("Need"),
    "heard": sentence("Listening"),
    "pages": sentence("Scan"),
}
LENS_CHOICES: Mapping[str, tuple[str, ...]] = {"heard": ("yes", "no")}
"""The lenses whose values can be chosen from a list; the others are followed from elsewhere."""
ORDER_NAMES: Mapping[str, str] = {
    "newest": sentence("Newest first"),
    "oldest": sentence("Oldest first"),
    "longest": sentence("Longest first"),
}
KIND_NAMES: Mapping[str, str] = {
    "question": sentence("Question"),
    "complaint": sentence("Complaint"),
    "remark": sentence("Remark"),
    "compliment": sentence("Compliment"),
    "wish": sentence("Wish"),
    UNSURE: sentence("Kind unknown"),
}
SEARCHED_KINDS = (*KINDS, UNSURE)
SEARCHED_LANGUAGES = (*LANGUAGES, "und")


def language_name(code: str) -> str:
    """The name of a language that texts are told apart by."""
    if code == "und":
        return gettext("Without words")
    return str(get_language_info(code)["name_translated"]).capitalize()


def allowed_filters(filters: Filters, viewer: User) -> Filters:
    """The filters without the lenses that the viewer may not look through."""
    for name in filters.seen_as:
        if name in LENS_RIGHTS and not viewer.may(LENS_RIGHTS[name]):
            filters = filters.without(name)
    return filters


def offered_lenses(viewer: User) -> list[str]:
    """The lenses that stand in the search form: those with a list to choose from that the viewer may look through."""
    return [name for name in LENS_CHOICES if name in lenses() and viewer.may(LENS_RIGHTS[name])]


def facts_of(voices: Sequence[int], viewer: User) -> Mapping[str, Mapping[int, Fact]]:
    """What the rooms above know of these voices, by lens, as far as the viewer may know it."""
    return {
        name: lens.facts(voices)
        for name, lens in lenses().items()
        if name not in LENS_RIGHTS or viewer.may(LENS_RIGHTS[name])
    }


def channels_in_use() -> list[str]:
    """The channels through which something was said."""
    return list(Voice.objects.order_by("channel").values_list("channel", flat=True).distinct())


def understanding_of(voice: Voice) -> Understanding | None:
    """What was understood of a voice; None while that stage still has to read it."""
    return getattr(voice, "understanding", None)


@dataclass(frozen=True, slots=True)
class Line:
    """A voice in a list."""

    voice: Voice
    kind: str
    who: str
    spent: float
    marks: list[Span]
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Part of what a search found: ``found`` of ``all`` voices, of which these lines are shown."""

    lines: list[Line]
    found: int
    all: int
    has_previous: bool
    has_next: bool


def page_of(filters: Filters, viewer: User, *, follows: Voice | None = None, precedes: Voice | None = None) -> Page:
    """The page of a search that follows a voice, or that precedes one, or the first."""
    if precedes is not None:
        keys = _keys(before(filters, precedes))
        shown, has_previous, has_next = keys[:PAGE][::-1], len(keys) > PAGE, True
    else:
        keys = _keys(after(filters, follows) if follows else find(filters))
        shown, has_previous, has_next = keys[:PAGE], follows is not None, len(keys) > PAGE
    return Page(_lines(shown, filters, viewer), find(filters).count(), Voice.objects.count(), has_previous, has_next)


def _keys(voices: QuerySet[Voice]) -> list[int]:
    """Primary keys first: an index alone gives them in order, and only the rows that are shown are read whole."""
    return list(voices.values_list("pk", flat=True)[: PAGE + 1])


def _lines(keys: Sequence[int], filters: Filters, viewer: User) -> list[Line]:
    voices = Voice.objects.select_related("understanding").in_bulk(keys)
    names, signs = _names(keys, viewer), signs_of(keys)
    table, query = current_table(), parse(filters.query)
    lines = []
    for voice in (voices[pk] for pk in keys if pk in voices):
        read = understanding_of(voice)
        marks = hits(voice.text, read.language if read else "", query)
        kind, who, sign = read.kind if read else "", names.get(voice.pk, ""), signs.get(voice.pk, "")
        lines.append(Line(voice, kind, who, minutes_of(voice, table), marks, sign))
    return lines


def _names(keys: Sequence[int], viewer: User) -> Mapping[int, str]:
    """Who said it, for those who may see people."""
    if not viewer.may(May.SEE_PEOPLE) or "person" not in lenses():
        return {}
    return {pk: fact.text for pk, fact in lenses()["person"].facts(keys).items()}


def voice_at(public_id: str) -> Voice | None:
    """The voice that a page in a list begins or ends at; None when there is none any more."""
    try:
        return Voice.objects.filter(public_id=UUID(public_id)).first()
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a voice stands in a search: ``number`` of ``all``, and its neighbours' public ids."""

    number: int
    all: int
    previous: UUID | None
    next: UUID | None


def place_of(voice: Voice, filters: Filters) -> Place:
    """Where a voice stands in the search that it was found in."""
    earlier = before(filters, voice)
    previous = earlier.values_list("public_id", flat=True).first()
    following = after(filters, voice).values_list("public_id", flat=True).first()
    found = find(filters)
    inside = not filters.narrowed or found.filter(pk=voice.pk).exists()
    return Place(earlier.count() + 1 if inside else 0, found.count(), previous, following)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a screen shows of a voice or reply. The signature stands apart, for those who may see people."""

    public_id: UUID
    channel: str
    said_at: datetime | None
    subject: str
    text: str
    quoted: str
    score: float | None = None
    duration_seconds: float | None = None
    waited_seconds: float | None = None
    signature: str = ""

    @classmethod
    def of(cls, said: Voice | Reply, viewer: User) -> "Shown":
        """As this viewer may see it."""
        quoted = said.quoted if viewer.may(May.SEE_PEOPLE) else ""
        shown = (said.public_id, said.channel, said.said_at, said.subject, said.text, quoted)
        if isinstance(said, Reply):
            return cls(*shown)
        return cls(*shown, said.score, said.duration_seconds, said.waited_seconds)


@dataclass(frozen=True, slots=True)
class Turn:
    """One moment of a conversation."""

    at: datetime | None
    ours: bool
    current: bool
    said: Shown
    adviser: str


def conversation_of(voice: Voice, viewer: User, *, without: Collection[UUID] = ()) -> list[Turn]:
    """What else was said back and forth, in order of time; a reply without a date stands after what it answers.

    ``without`` are replies that the page shows already.
    """
    if voice.conversation_id is None:
        return []
    others = Voice.objects.filter(conversation=voice.conversation_id)
    voices = others.order_by(F("said_at").asc(nulls_last=True), "id")[:MOST_IN_CONVERSATION]
    answers = Reply.objects.filter(conversation=voice.conversation_id).select_related("answers")
    replies = answers.order_by(F("said_at").asc(nulls_last=True), "id")[:MOST_IN_CONVERSATION]
    turns = [Turn(each.said_at, False, each.pk == voice.pk, Shown.of(each, viewer), "") for each in voices]
    turns += [
        Turn(_answered_at(each), True, False, Shown.of(each, viewer), each.adviser)
        for each in replies
        if each.public_id not in without
    ]
    turns.sort(key=lambda turn: (turn.at is None, turn.at.timestamp() if turn.at else 0.0, turn.ours))
    return turns if len(turns) > 1 else []


def _answered_at(reply: Reply) -> datetime | None:
    return reply.said_at or (reply.answers.said_at if reply.answers else None)
