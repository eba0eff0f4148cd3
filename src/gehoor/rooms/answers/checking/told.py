"""What a person was told before, over all channels: replies, and what our side said in calls and chats."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime

from gehoor.analysis.agreement.statement import words_of
from gehoor.analysis.text import turns
from gehoor.rooms.answers.checking.remarks import Earlier
from gehoor.rooms.answers.models import Given
from gehoor.rooms.people.models import Person
from gehoor.rooms.voices.models import Reply, Voice

MOST = 60
"""So many replies, and so many calls and chats, of one person are looked at: the newest."""
_LONGEST = 6_000
_ASKED = 1_500
_SHARED = 2
"""Ideas that what is asked now and what was said then have to share at least."""
_SHARE = 0.25
_SPOKEN = ("call", "chat")


def person_of(voice: Voice | None) -> Person | None:
    """Who said this, where that is sure."""
    if voice is None:
        return None
    return Person.objects.filter(attributions__voice=voice).first()


def told_before(person: Person | None, voice: Voice | None = None) -> list[Earlier]:
    """What this person was told, the newest first; without a person what was replied to this voice."""
    of_person = {"addressing__person": person} if person is not None else {"answers": voice}
    if person is None and voice is None:
        return []
    replies = list(
        Reply.objects.filter(**of_person)
        .select_related("answers", "answers__attribution")
        .order_by("-said_at", "-pk")[:MOST]
    )
    found = [*_replied(replies), *_spoken(person)]
    return sorted(found, key=_newest_first)


def _newest_first(told: Earlier) -> float:
    return -(told.at or datetime.min).timestamp() if told.at else 0.0


def _replied(replies: Collection[Reply]) -> Iterator[Earlier]:
    given: defaultdict[int | None, list[Given]] = defaultdict(list)
    for row in Given.objects.filter(reply__in=[each.pk for each in replies]).select_related("question", "voice"):
        given[row.reply_id].append(row)
    for reply in replies:
        rows = given[reply.pk]
        asked = reply.answers
        yield Earlier(
            text=reply.text[:_LONGEST],
            at=reply.said_at or reply.heard_at,
            channel=reply.channel,
            adviser=reply.adviser,
            voice=asked.public_id if asked else None,
            asked=" ".join(_asked(row) for row in rows if row.voice) or (asked.text[:_ASKED] if asked else ""),
            entries=frozenset(row.question.answer_id for row in rows if row.question and row.question.answer_id),
        )


def _asked(given: Given) -> str:
    return given.voice.text[given.ask_start : given.ask_end][:_ASKED] if given.voice else ""


def _spoken(person: Person | None) -> Iterator[Earlier]:
    """What our side said within calls and chats: as it was cut out of them, else by who speaks in the text."""
    if person is None:
        return
    voices = list(
        Voice.objects.filter(attribution__person=person, channel__in=_SPOKEN).order_by("-said_at", "-pk")[:MOST]
    )
    rows = Given.objects.filter(voice__in=voices, reply=None, visited=None).select_related("question", "voice")
    given: defaultdict[int | None, list[Given]] = defaultdict(list)
    for row in rows:
        given[row.voice_id].append(row)
    for voice in voices:
        at = voice.said_at or voice.heard_at
        if not given[voice.pk]:
            yield from _in_turns(voice, at)
        for row in given[voice.pk]:
            entry = row.question.answer_id if row.question else None
            yield Earlier(
                voice.text[row.start : row.end],
                at,
                voice.channel,
                row.adviser,
                voice.public_id,
                _asked(row),
                frozenset({entry} if entry else ()),
            )


def _in_turns(voice: Voice, at: datetime) -> Iterator[Earlier]:
    asked = ""
    for turn in turns(voice.text[: 10 * _LONGEST]):
        said = voice.text[turn.begin : turn.end].strip()
        if not turn.ours:
            asked = said[:_ASKED]
        elif said:
            yield Earlier(said[:_LONGEST], at, voice.channel, "", voice.public_id, asked)


def is_about(told: Earlier, entries: Collection[int], question: str) -> bool:
    """Whether it answered the same: a question of one of these entries, or one that shares its ideas."""
    if not told.entries.isdisjoint(entries):
        return True
    now, then = words_of(question), words_of(f"{told.asked}\n{told.text}")
    shared = len(now & then)
    return shared >= _SHARED and shared >= _SHARE * min(len(now), len(then))
