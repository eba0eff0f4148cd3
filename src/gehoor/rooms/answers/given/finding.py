"""The stage that finds what was asked of us and what we answered: in replies, and within calls and chats themselves.

Each reply and each voice is looked at once; a mystery visit when it was reported. Looked at again (after a correction,
or when everything is made anew) the same answers keep their rows, and with them what people ruled.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from gehoor.analysis.needs.matter import matter
from gehoor.analysis.text import turns
from gehoor.kernel.clock import now
from gehoor.kernel.ids import new_id
from gehoor.kernel.language import sentence
from gehoor.rooms.answers.given.advisers import adviser_in
from gehoor.rooms.answers.given.asking import Asked, asked_in, told_in_turns
from gehoor.rooms.answers.given.parting import Embed, Span, part
from gehoor.rooms.answers.models import Given, Joined, Looked, Question, Righted, Ruling, VisitAnswer, VisitState
from gehoor.rooms.needs.teaching import current_model, embed
from gehoor.rooms.voices import rows
from gehoor.rooms.voices.models import Ask, Reply, Transcription, Understanding, Voice

STAGE_TITLE = sentence("Finding what customers were told")

_THANKS = "compliment"
"""Who asks nothing in such a voice waits for no answer."""
_MOST = 2_000
"""Items at once: what a kill can lose."""
_OF_VOICE = ("text", "channel", "said_at", "conversation")
_OF_REPLY = (*_OF_VOICE, "adviser", *(f"answers__{name}" for name in _OF_VOICE))


@dataclass(frozen=True, slots=True)
class Found:
    """One answer, before it is kept."""

    voice: int
    ask: Span
    reply: int | None
    answer: Span
    adviser: str
    channel: str
    said_at: datetime | None


def _replies() -> QuerySet[Reply]:
    """Replies to look at: new ones, and those whose text was corrected since."""
    corrected = Transcription.objects.filter(reply=OuterRef("pk"), actor__isnull=False, at__gt=OuterRef("looked__at"))
    unread = Voice.objects.filter(pk=OuterRef("answers"), understanding=None)
    return Reply.objects.filter(Q(looked=None) | Exists(corrected)).exclude(Exists(unread))


def _voices() -> QuerySet[Voice]:
    return Voice.objects.filter(looked=None).exclude(understanding=None)


def _visits() -> QuerySet[VisitAnswer]:
    told = VisitAnswer.objects.filter(visit__state=VisitState.REPORTED, asked=True).exclude(told="")
    return told.exclude(Exists(Given.objects.filter(visited=OuterRef("pk"))))


def pending() -> int:
    """How many replies, voices and reports of visits were not looked at yet."""
    return _replies().count() + _voices().count() + _visits().count()


def drain(limit: int) -> int:
    """Look at at most ``limit`` of them."""
    limit = min(limit, _MOST)
    replies = list(_replies().select_related("answers").only(*_OF_REPLY).order_by("pk")[:limit])
    if replies:
        return _look(replies, [])
    voices = list(_voices().only(*_OF_VOICE).order_by("pk")[:limit])
    if voices:
        return _look([], voices)
    return _take_visits(limit)


def forget() -> None:
    """Look at everything again. What is found again stays the same row."""
    Looked.objects.all().delete()
    Given.objects.update(joined=Joined.NOT_YET)


def _look(replies: Sequence[Reply], voices: Sequence[Voice]) -> int:
    reading = _Reading(replies, voices)
    found = [*reading.in_replies(), *reading.in_voices()]
    try:
        _keep(found, replies, voices)
    except IntegrityError:
        # Another process looked at one of these at the same moment: what it left is pending still.
        return 0 if pending() == 0 else len(replies) + len(voices)
    return len(replies) + len(voices)


class _Reading:
    """Some replies and voices, with what has to be known to read them, in a fixed number of queries."""

    def __init__(self, replies: Sequence[Reply], voices: Sequence[Voice]) -> None:
        self._replies, self._voices = replies, voices
        self._answered = {reply.pk: reply.answers or None for reply in replies}
        self._seek_in_conversations()
        wanted = {voice.pk for voice in self._answered.values() if voice is not None}
        self._asks: dict[int, list[Span]] = {}
        for voice, start, end in (
            Ask.objects.filter(voice__in=wanted).order_by("position").values_list("voice", "start", "end")
        ):
            self._asks.setdefault(voice, []).append((start, end))
        self._kinds = dict(Understanding.objects.filter(voice__in=wanted).values_list("voice", "kind"))
        model = current_model()
        self._embed: Embed | None = None if model is None else (lambda texts: embed(model, texts))

    def _seek_in_conversations(self) -> None:
        """A reply that names no voice answers the last one before it in its conversation."""
        stray = [each for each in self._replies if each.answers_id is None and each.conversation_id is not None]
        beside: dict[int | None, list[Voice]] = {}
        for voice in Voice.objects.filter(conversation__in={each.conversation_id for each in stray}).order_by("pk"):
            beside.setdefault(voice.conversation_id, []).append(voice)
        for reply in stray:
            before = [voice for voice in beside.get(reply.conversation_id, []) if _before(voice, reply)]
            self._answered[reply.pk] = max(before, key=_moment, default=None)

    def in_replies(self) -> Iterator[Found]:
        """What each reply answers."""
        for reply in self._replies:
            voice = self._answered[reply.pk]
            if voice is None or not reply.text.strip():
                continue
            asks = self._asked(voice)
            texts = [voice.text[each.start : each.end] for each in asks]
            answers = part(reply.text, texts, self._embed) if asks else []
            adviser = reply.adviser or adviser_in(reply.text) or _adviser_of_turns(voice.text)
            for ask, span in zip(asks, answers, strict=True):
                if span is not None and span[0] < span[1]:
                    place = (ask.start, ask.end)
                    at = reply.said_at or voice.said_at
                    yield Found(voice.pk, place, reply.pk, span, adviser, reply.channel, at)

    def _asked(self, voice: Voice) -> list[Asked]:
        whole = matter(voice.text)
        places = self._asks.get(voice.pk) or [(0, len(voice.text))]
        asks = [ask for start, end in places for ask in asked_in(voice.text, start, end, whole)]
        surely = [ask for ask in asks if ask.surely]
        return surely or ([] if self._kinds.get(voice.pk) == _THANKS else asks[:1])

    def in_voices(self) -> Iterator[Found]:
        """What was answered within the text of calls and chats."""
        told = [(voice, told_in_turns(voice.text)) for voice in self._voices]
        talks = {voice.conversation_id for voice, found in told if found} - {None}
        named = dict(
            Reply.objects.filter(conversation__in=talks).exclude(adviser="").values_list("conversation", "adviser")
        )
        for voice, found in told:
            adviser = named.get(voice.conversation_id or 0, "") or (_adviser_of_turns(voice.text) if found else "")
            for each in found:
                place = (each.ask.start, each.ask.end)
                yield Found(voice.pk, place, None, (each.start, each.end), adviser, voice.channel, voice.said_at)


def _before(voice: Voice, reply: Reply) -> bool:
    if voice.said_at is None or reply.said_at is None:
        return True
    return voice.said_at <= reply.said_at


def _moment(voice: Voice) -> tuple[float, int]:
    return (voice.said_at.timestamp() if voice.said_at else 0.0, voice.pk)


def _adviser_of_turns(text: str) -> str:
    """Who of ours says a name in the first turns."""
    ours = [text[turn.begin : turn.end] for turn in turns(text) if turn.ours][:2]
    return next(filter(None, map(adviser_in, ours)), "")


def _keep(found: Sequence[Found], replies: Sequence[Reply], voices: Sequence[Voice]) -> None:
    """Keep what was found and that it was looked for, in one transaction. Raises IntegrityError when others did."""
    with transaction.atomic():
        Looked.objects.filter(reply__in=replies, at__lt=now()).delete()
        rows.insert(Looked, [{"voice": None, "reply": each.pk, "at": now()} for each in replies])
        rows.insert(Looked, [{"voice": each.pk, "reply": None, "at": now()} for each in voices])
        before = Given.objects.filter(reply__in=replies) if replies else Given.objects.none()
        within = Given.objects.filter(voice__in=voices, reply=None, visited=None) if voices else Given.objects.none()
        _match([*before, *within], found)


def _match(before: Iterable[Given], found: Sequence[Found]) -> None:
    """What was there already and is found again stays the same row; the rest is new, or gone."""
    known: dict[tuple[int | None, int | None], list[Given]] = {}
    for given in before:
        known.setdefault((given.voice_id, given.reply_id), []).append(given)
    new: list[Found] = []
    for each in found:
        same = _same(known.get((each.voice, each.reply), []), each)
        if same is None:
            new.append(each)
        else:
            known[each.voice, each.reply].remove(same)
            _renew(same, each)
    _let_go([given.pk for left in known.values() for given in left])
    rows.insert(Given, [_row(each) for each in new])


def _same(known: Sequence[Given], each: Found) -> Given | None:
    exact = [given for given in known if given.ask_start == each.ask[0]]
    near = [given for given in known if given.ask_start < each.ask[1] and each.ask[0] < given.ask_end]
    return next(iter([*exact, *near]), None)


def _renew(given: Given, each: Found) -> None:
    fresh = {
        "ask_start": each.ask[0],
        "ask_end": each.ask[1],
        "start": each.answer[0],
        "end": each.answer[1],
        "adviser": each.adviser,
        "channel": each.channel,
        "said_at": each.said_at,
    }
    if any(getattr(given, name) != value for name, value in fresh.items()):
        Given.objects.filter(pk=given.pk).update(**fresh, joined=Joined.NOT_YET, states=[])


def _let_go(pks: Sequence[int]) -> None:
    """What is not found any more goes, unless people ruled about it or someone is told about it."""
    held = set(Ruling.objects.filter(Q(one__in=pks) | Q(other__in=pks)).values_list("one_id", "other_id"))
    kept = {pk for pair in held for pk in pair} | set(
        Righted.objects.filter(given__in=pks).values_list("given_id", flat=True)
    )
    gone = Given.objects.filter(pk__in=[pk for pk in pks if pk not in kept])
    Question.objects.filter(given__in=gone).update(verdict="", groups=[], clashes=[])
    gone.delete()


def _row(each: Found) -> dict[str, object]:
    return {
        "public_id": new_id(),
        "voice": each.voice,
        "ask_start": each.ask[0],
        "ask_end": each.ask[1],
        "reply": each.reply,
        "visited": None,
        "start": each.answer[0],
        "end": each.answer[1],
        "adviser": each.adviser,
        "channel": each.channel,
        "said_at": each.said_at,
        "question": None,
        "joined": Joined.NOT_YET,
        "group": 0,
        "against_book": "",
        "states": [],
    }


def _take_visits(limit: int) -> int:
    """What visitors were told. The transaction keeps two processes from taking the same visit twice."""
    with transaction.atomic():
        visits = list(_visits().select_related("visit").select_for_update(of=("self",)).order_by("pk")[:limit])
        Given.objects.bulk_create(
            [
                Given(
                    visited=each,
                    end=len(each.told),
                    adviser="",
                    channel=each.visit.channel,
                    said_at=each.visit.visited_at,
                )
                for each in visits
            ]
        )
    return len(visits)


def look_again(voice: int) -> None:
    """Have this voice and the replies to it looked at again."""
    beside = Reply.objects.filter(Q(answers=voice) | Q(answers=None, conversation__voices=voice))
    Looked.objects.filter(Q(voice=voice) | Q(reply__in=beside)).delete()
