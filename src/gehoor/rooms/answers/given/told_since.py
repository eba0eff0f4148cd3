"""Who was told rightly after they were told wrongly: in a later answer to the same question, or in anything else that
we wrote or said to them since, whatever that was an answer to."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from functools import lru_cache

from gehoor.rooms.answers.given.entries import held_on, versions_of
from gehoor.rooms.answers.given.judging import AGREE, beside_entry
from gehoor.rooms.answers.models import Given, Question, Version
from gehoor.rooms.sending.models import Delivery, State
from gehoor.rooms.voices.models import Reply

_AT_ONCE = 500
Right = dict[int, list[datetime]]
"""By person: when we told them something that was right."""


def told_rightly(
    question: Question, persons: Collection[int], wrong: Collection[int], groups: Collection[int]
) -> Right:
    """When each of these persons was told rightly. ``wrong``: answers that were not, by primary key; ``groups``: those
    of the question that someone held up as right."""
    found: Right = defaultdict(list)
    for start in range(0, len(persons), _AT_ONCE):
        some = sorted(persons)[start : start + _AT_ONCE]
        for person, at in (*_answered(question, some, wrong, groups), *_written(question, some)):
            found[person].append(at)
    return found


def _answered(
    question: Question, persons: Collection[int], wrong: Collection[int], groups: Collection[int]
) -> Iterator[tuple[int, datetime]]:
    """Answers to this question that were right."""
    rows = Given.objects.filter(question=question, voice__attribution__person__in=persons, said_at__isnull=False)
    columns = ("pk", "voice__attribution__person_id", "said_at", "group", "against_book")
    agreeing = {group["number"] for group in question.groups if group.get("book") == AGREE}
    for pk, person, at, group, against in rows.values_list(*columns):
        right = against == AGREE or group in groups or (not against and group in agreeing)
        if right and pk not in wrong and person is not None and at is not None:
            yield person, at


def _written(question: Question, persons: Collection[int]) -> Iterator[tuple[int, datetime]]:
    """What else they got from us that says what the book does: replies to anything they said, and runs."""
    versions = versions_of(question.answer)
    if not versions:
        return
    replies = Reply.objects.filter(answers__attribution__person__in=persons, said_at__isnull=False)
    for person, at, text in replies.values_list("answers__attribution__person_id", "said_at", "text"):
        if person is not None and at is not None and _right(question.text, text, versions, at):
            yield person, at
    sent = Delivery.objects.filter(person__in=persons, state=State.SENT, ended_at__isnull=False)
    for person, at, language, *texts in sent.values_list(
        "person_id", "ended_at", "language", "run__wording__text_nl", "run__wording__text_en"
    ):
        text = texts[1] if language == "en" and texts[1] else texts[0]
        if person is not None and at is not None and _right(question.text, text, versions, at):
            yield person, at


def _right(question: str, text: str, versions: list[Version], at: datetime) -> bool:
    version = held_on(versions, at)
    return version is not None and _says_the_same(question, text, version.text)


@lru_cache(maxsize=4_096)
def _says_the_same(question: str, text: str, entry: str) -> bool:
    return beside_entry(question, text, entry) == AGREE


def forget(_: object = None) -> None:
    """Keep no text of anybody after something was erased."""
    _says_the_same.cache_clear()


def since(last_wrong: Mapping[int, datetime | None], right: Right) -> set[int]:
    """The persons who were told rightly after the last time that they were told wrongly."""
    return {
        person
        for person, at in last_wrong.items()
        if at is not None and any(moment > at for moment in right.get(person, ()))
    }
