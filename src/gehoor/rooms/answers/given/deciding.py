"""Judging questions: what their answers say, whether these agree, and how they stand beside the book.

The machine proposes; what people ruled wins, stays when everything is judged again, and holds for whole groups: who
says that "10 %" and "a tenth" are the same says so of all answers that say either.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from gehoor.kernel.clock import now
from gehoor.rooms.answers.given.alike import joined_alike, merged
from gehoor.rooms.answers.given.by_book import entry_of_most
from gehoor.rooms.answers.given.entries import entry_of, held_on, versions_of
from gehoor.rooms.answers.given.judging import (
    AGREE,
    CANNOT_TELL,
    CONTRADICT,
    DIFFER,
    Clash,
    Judged,
    beside_entry,
    judge_many,
)
from gehoor.rooms.answers.given.keeping import keep_states
from gehoor.rooms.answers.given.second_opinion import second_opinion
from gehoor.rooms.answers.given.texts import Passage, passages
from gehoor.rooms.answers.models import Answer, Given, Question, Ruling, State, Version

WRONG = "wrong"
BY_PERSON = "by_person"
"""The kind of a clash that someone of ours saw, and the machine did not."""
_ANSWERS = 20_000
"""Answers that are held in memory at once; one question with more is judged by itself."""
_LONGEST = 300
_OF_A_GROUP = 12
"""Different answers of a group that are held beside the book of today."""


def to_judge() -> QuerySet[Question]:
    """Questions to judge: new, changed, or the book says something else since."""
    versions = Version.objects.filter(at__gt=OuterRef("read"), proposal="")
    of_entry = Exists(versions.filter(answer=OuterRef("answer")))
    new_in_book = Q(answer=None) & Exists(versions.exclude(state=State.WORK_IN_PROGRESS))
    return Question.objects.filter(Q(verdict="") | of_entry | new_in_book).order_by("pk")


def pending() -> int:
    """How many questions wait to be judged."""
    return to_judge().count()


def do_judge_some(limit: int) -> int:
    """Judge at most so many, each in a transaction of its own; says how many."""
    questions = list(to_judge().select_related("answer__current")[:limit])
    answers = dict(
        Given.objects.filter(question__in=questions).values_list("question").annotate(n=Count("pk")).order_by()
    )
    done, held = 0, 0
    while done < len(questions) and (done == 0 or held + answers.get(questions[done].pk, 0) <= _ANSWERS):
        held += answers.get(questions[done].pk, 0)
        done += 1
    _judge_these(questions[:done])
    return done


def do_judge(question: Question) -> None:
    """Judge one question anew. One without answers goes."""
    _judge_these([question])


def _judge_these(questions: Sequence[Question]) -> None:
    read: list[tuple[Question, _Asked, list[Passage]]] = []
    for question in questions:
        said = passages(Given.objects.filter(question=question).order_by("pk"))
        if said:
            read.append((question, _asked(question, said), said))
        else:
            Question.objects.filter(pk=question.pk).delete()
    judged = judge_many([(asked.text, [each.text for each in said]) for _, asked, said in read])
    for (question, asked, said), found in zip(read, judged, strict=True):
        found = second_opinion(asked.text, [each.text for each in said], found)
        found = joined_alike(found)
        _keep(question, asked, said, ruled(found, [each.given for each in said]))


def _keep(question: Question, asked: "_Asked", said: Sequence[Passage], judged: Judged) -> None:
    versions = versions_of(asked.answer)
    against = _against(asked, said, judged, versions)
    book = _beside_now(asked, said, judged, versions)
    with transaction.atomic():
        _keep_given(said, judged, against)
        Question.objects.filter(pk=question.pk).update(
            text=asked.text,
            asked_in=asked.asked_in,
            answer=asked.answer,
            verdict=judged.verdict,
            groups=[
                {"number": number, "given": said[at].given, "facts": list(facts), "book": book.get(number, "")}
                for number, (at, facts) in enumerate(judged.says)
            ],
            clashes=[_clash(each, judged, said) for each in judged.clashes],
            read=now(),
        )


@dataclass(frozen=True, slots=True)
class _Asked:
    text: str
    asked_in: int | None
    answer: Answer | None


def _asked(question: Question, said: Sequence[Passage]) -> _Asked:
    """The question in the words of the book, else as it was asked most plainly; the same as long as that stands."""
    voiced = {each.voice: each for each in said if " ".join(each.asked.split())[:_LONGEST] == question.text}
    if question.text and question.asked_in_id in voiced and not question.answer_id:
        text, voice = question.text, question.asked_in_id
    else:
        text, voice = plainest(said)
    answer = entry_of(text) or entry_of_most([(each.asked, each.text) for each in said])
    if answer is not None and answer.current is not None:
        return _Asked(answer.current.question, None, answer)
    return _Asked(text, voice, None)


def plainest(said: Sequence[Passage]) -> tuple[str, int | None]:
    """How it was asked most plainly, and in which voice: in the form of a question, as most did, neither too short nor
    long."""
    texts = [(" ".join(each.asked.split())[:_LONGEST], each.voice) for each in said]
    times = Counter(text.lower() for text, _ in texts)
    return min(texts, key=lambda each: (*_plainness(each[0]), -times[each[0].lower()], len(each[0]), each[0]))


def _plainness(text: str) -> tuple[bool, bool]:
    return not text.endswith("?"), not 4 <= len(text.split()) <= 25


def _against(asked: _Asked, said: Sequence[Passage], judged: Judged, versions: list[Version]) -> dict[int, str]:
    """The verdict beside the entry as it was at the time, by given answer; "" where none held. What people ruled holds
    for the whole group."""
    if asked.answer is None:
        return {}
    by_person = _ruled_beside(asked.answer, said, judged)
    moments = dict(Given.objects.filter(pk__in=[each.given for each in said]).values_list("pk", "said_at"))
    known: dict[tuple[str, int], str] = {}
    found: dict[int, str] = {}
    for each, label in zip(said, judged.labels, strict=True):
        version = held_on(versions, moments[each.given])
        if version is None:
            continue
        key = (each.text, version.pk)
        if key not in known:
            known[key] = beside_entry(asked.text, each.text, version.text)
        found[each.given] = by_person.get(label, known[key])
    return _as_its_group(found, said, judged)


def _as_its_group(found: Mapping[int, str], said: Sequence[Passage], judged: Judged) -> dict[int, str]:
    """Who says what another one says that surely clashes with the book, clashes too, where that alone did not show."""
    verdicts: dict[int, set[str]] = {}
    label = {each.given: label for each, label in zip(said, judged.labels, strict=True)}
    for given, verdict in found.items():
        verdicts.setdefault(label[given], set()).add(verdict)
    clashing = {label for label, each in verdicts.items() if CONTRADICT in each and AGREE not in each}
    return {
        given: CONTRADICT if verdict == CANNOT_TELL and label[given] in clashing else verdict
        for given, verdict in found.items()
    }


def _beside_now(asked: _Asked, said: Sequence[Passage], judged: Judged, versions: list[Version]) -> dict[int, str]:
    """How each group stands to what the book says now, whenever it was told: "" where that does not show."""
    if asked.answer is None or not versions:
        return {}
    found: dict[int, str] = {}
    texts: dict[int, dict[str, None]] = {}
    for each, label in zip(said, judged.labels, strict=True):
        texts.setdefault(label, {})[each.text] = None
    for label, told in texts.items():
        verdicts = {beside_entry(asked.text, text, versions[0].text) for text in list(told)[:_OF_A_GROUP]}
        found[label] = next((verdict for verdict in (CONTRADICT, AGREE) if verdict in verdicts), "")
    return found | _ruled_beside(asked.answer, said, judged)


def _ruled_beside(answer: Answer, said: Sequence[Passage], judged: Judged) -> dict[int, str]:
    label = {each.given: label for each, label in zip(said, judged.labels, strict=True)}
    rows = Ruling.objects.filter(answer=answer, undone=False, one__in=label).order_by("pk")
    return {label[one]: verdict for one, verdict in rows.values_list("one_id", "verdict")}


def _keep_given(said: Sequence[Passage], judged: Judged, against: Mapping[int, str]) -> None:
    """Equal texts share their facts, which are made ready once."""
    states = {each.text: facts for each, facts in zip(said, judged.facts, strict=True)}
    ready = {text: [fact.to_json() for fact in facts] for text, facts in states.items()}
    keep_states(
        (each.given, label, against.get(each.given, ""), ready[each.text])
        for each, label in zip(said, judged.labels, strict=True)
    )


def _clash(clash: Clash, judged: Judged, said: Sequence[Passage]) -> dict[str, Any]:
    values = [
        {
            "given": said[at].given,
            "start": fact.start if fact else 0,
            "end": fact.end if fact else len(said[at].text),
            "group": judged.labels[at],
        }
        for at, fact in clash.values
    ]
    return {"kind": clash.kind, "about": clash.about, "values": values}


def ruled(judged: Judged, given: Sequence[int]) -> Judged:
    """What the machine made of it, with what people ruled laid over it, group by group."""
    place = {pk: at for at, pk in enumerate(given)}
    rulings = _rulings(place)
    joined = _merged(judged, rulings, place)
    between = {
        frozenset((joined.labels[place[one]], joined.labels[place[other]])): verdict
        for (one, other), verdict in rulings.items()
    }
    clashes = [kept for clash in joined.clashes if (kept := _left(clash, joined, between)) is not None]
    if CONTRADICT in between.values() or WRONG in between.values():
        clashes += _by_person(joined, between, clashes)
    return replace(joined, clashes=tuple(clashes), verdict=_verdict(joined, clashes))


def _rulings(place: Mapping[int, int]) -> dict[tuple[int, int], str]:
    """The newest that counts for each pair of these answers; that they are other questions is joining's matter."""
    rows = Ruling.objects.filter(one__in=place, other__in=place, undone=False).order_by("pk")
    found: dict[frozenset[int], tuple[int, int, str]] = {}
    for one, other, verdict in rows.values_list("one_id", "other_id", "verdict"):
        if other is not None:
            found[frozenset((one, other))] = one, other, verdict
    return {(one, other): verdict for one, other, verdict in found.values() if verdict in _ON_WHAT_IT_SAYS}


_ON_WHAT_IT_SAYS = frozenset({AGREE, DIFFER, CONTRADICT, "cannot_tell", WRONG})


def _merged(judged: Judged, rulings: Mapping[tuple[int, int], str], place: Mapping[int, int]) -> Judged:
    """Groups that people said are the same become one."""
    agreed = [pair for pair, verdict in rulings.items() if verdict == AGREE]
    return merged(judged, [(judged.labels[place[one]], judged.labels[place[other]]) for one, other in agreed])


def _left(clash: Clash, judged: Judged, between: Mapping[frozenset[int], str]) -> Clash | None:
    """What is left of a clash: only values that still clash with another one."""
    labels = [judged.labels[at] for at, _ in clash.values]
    kept = [
        value
        for value, label in zip(clash.values, labels, strict=True)
        if any(_clashing(label, other, between) for other in labels)
    ]
    return replace(clash, values=tuple(kept)) if len(kept) > 1 else None


def _clashing(one: int, other: int, between: Mapping[frozenset[int], str]) -> bool:
    return one != other and between.get(frozenset((one, other)), CONTRADICT) in {CONTRADICT, WRONG}


def _by_person(judged: Judged, between: Mapping[frozenset[int], str], clashes: Iterable[Clash]) -> list[Clash]:
    """Clashes that people saw between groups of which the machine found none."""
    seen = {
        frozenset((judged.labels[a], judged.labels[b]))
        for clash in clashes
        for a, _ in clash.values
        for b, _ in clash.values
    }
    pairs = [pair for pair, verdict in between.items() if verdict in {CONTRADICT, WRONG} and len(pair) > 1]
    new = [sorted(pair) for pair in pairs if pair not in seen]
    return [Clash(BY_PERSON, "", tuple((judged.says[label][0], None) for label in pair)) for pair in sorted(new)]


def _verdict(judged: Judged, clashes: Sequence[Clash]) -> str:
    if clashes:
        return CONTRADICT
    if len(judged.says) < 2:
        return AGREE if judged.verdict in {AGREE, CONTRADICT} else judged.verdict
    return DIFFER if judged.verdict == CONTRADICT else judged.verdict


def how_many_clash() -> int:
    """Questions whose answers clash."""
    return Question.objects.filter(verdict=CONTRADICT).count()
