"""Whether given answers agree, ready for JSON: the schema stands in docs/json.md."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from gehoor.rooms.answers.given.counting import Count, Period, by_question
from gehoor.rooms.answers.given.judging import AGREE, CONTRADICT, DIFFER
from gehoor.rooms.answers.given.saying import Difference, Standing, standing
from gehoor.rooms.answers.models import Given, Question
from gehoor.rooms.voices.models import Voice

_AT_ONCE = 5_000
ORDER = {CONTRADICT: 0, DIFFER: 1, "cannot_tell": 2, AGREE: 3}
"""What is shown first."""


def in_order(questions: Iterable[Question], counts: Mapping[int, Count]) -> list[Question]:
    """Questions in which answers clash first, and of these those of which most people were told something."""
    there = [question for question in questions if question.pk in counts]
    return sorted(there, key=lambda each: (ORDER.get(each.verdict, 4), -counts[each.pk].people, each.pk))


def document(period: Period, language: str = "nl") -> dict[str, Any]:
    """Every judged question that at least two advisers answered within the period."""
    counts = {pk: count for pk, count in by_question(period).items() if len(count.advisers) > 1}
    questions = in_order(Question.objects.exclude(verdict="").exclude(groups=[]).select_related("answer"), counts)
    told = _told(period, counts)
    known = standing(questions)
    voices = _public_ids(known)
    return {
        "questions": [_question(each, counts[each.pk], told[each.pk], known, voices, language) for each in questions]
    }


@dataclass(slots=True)
class _Group:
    """What was told in one group: by whom, to which voices, and each answer with its day and channel."""

    who: dict[str, None] = field(default_factory=dict)
    voices: dict[str, None] = field(default_factory=dict)
    told: list[dict[str, str | None]] = field(default_factory=list)


_Told = Mapping[int, _Group]


def _told(period: Period, wanted: Mapping[int, Count]) -> Mapping[int, _Told]:
    """By question and group what was told."""
    found: dict[int, dict[int, _Group]] = defaultdict(lambda: defaultdict(_Group))
    rows = Given.objects.filter(period.condition).exclude(question=None).order_by("pk")
    for question, group, adviser, channel, voice, at, against in rows.values_list(
        "question_id", "group", "adviser", "channel", "voice__public_id", "said_at", "against_book"
    ).iterator(chunk_size=_AT_ONCE):
        if question not in wanted:
            continue
        here = found[question][group]
        here.who[adviser or channel] = None
        if voice is not None:
            here.voices[str(voice)] = None
        here.told.append(
            {
                "answer": None if voice is None else str(voice),
                "at": None if at is None else at.isoformat(),
                "channel": channel,
                "adviser": adviser or None,
                "against_book": against or None,
            }
        )
    return found


def _public_ids(known: Standing) -> dict[int, UUID]:
    pks = [passage.voice for passage in known.said.values() if passage.voice is not None]
    found: dict[int, UUID] = {}
    for at in range(0, len(pks), _AT_ONCE):
        found.update(Voice.objects.filter(pk__in=pks[at : at + _AT_ONCE]).values_list("pk", "public_id"))
    return found


def _question(
    question: Question, count: Count, told: _Told, known: Standing, voices: Mapping[int, UUID], language: str
) -> dict[str, Any]:
    groups = [group for group in question.groups if group["number"] in told]
    clashes = [
        left
        for clash in question.clashes
        if (found := known.difference(clash, language)) and (left := _within(found, told, voices))
    ]
    return {
        "id": str(question.public_id),
        "question": question.text,
        "asked": len(count.voices),
        "advisers": len(count.advisers),
        "entry": None if question.answer is None else str(question.answer.public_id),
        "first": None if count.first is None else count.first.isoformat(),
        "last": None if count.last is None else count.last.isoformat(),
        "verdict": verdict_within(question, len(groups), bool(clashes)),
        "groups": [
            {
                "says": known.says(group, language),
                "advisers": sorted(told[group["number"]].who),
                "answers": list(told[group["number"]].voices),
                "book": group.get("book") or None,
                "told": told[group["number"]].told,
            }
            for group in groups
        ],
        "clashes": clashes,
    }


def _within(found: Difference, told: _Told, voices: Mapping[int, UUID]) -> dict[str, Any] | None:
    """A clash as far as its values were told within the period, each value once; None when fewer than two are left."""
    first: dict[str, dict[str, str | None]] = {}
    for each in found.values:
        if each.group in told:
            answer = str(voices[each.voice]) if each.voice is not None and each.voice in voices else None
            first.setdefault(each.says, {"value": each.says, "answer": answer, "quote": each.quote})
    values = list(first.values())
    return {"fact": found.kind, "values": values} if len(values) > 1 else None


def verdict_within(question: Question, groups: int, clashes: bool) -> str:
    """The verdict on what was told within a period, which may hold less than all of it."""
    if clashes or groups == len(question.groups):
        return question.verdict
    return AGREE if groups < 2 else DIFFER if question.verdict == CONTRADICT else question.verdict


def rows(found: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """The same as a table for people: question, how many asked, by how many advisers answered, what was said."""
    return [
        [
            each["question"],
            str(each["asked"]),
            str(each["advisers"]),
            " | ".join(group["says"] for group in each["groups"]),
        ]
        for each in found
    ]
