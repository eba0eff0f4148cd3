"""The stage that looks for promises in what we replied, once in each reply, and proposes them.

What is older than sixty days before the newest reply is history and proposes nothing; of what many people were told in
the same words, no promise without a time is proposed. One that an adviser wrote down while answering is not proposed
again; the time that an acknowledgement names by itself is watched by the clock of its case.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Count, Max, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from gehoor.analysis.promising import Found, WorksOn, find_promises
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.desk.clocks.hours import current_hours
from gehoor.rooms.desk.models import Answer, CaseVoice, LookedForPromises, Promise, PromiseState
from gehoor.rooms.intake.stages import Stage
from gehoor.rooms.people.models import Addressing
from gehoor.rooms.voices.models import Reply

DAYS = 60
"""What was said longer ago than this before the newest reply is not proposed any more."""
_MOST = 500
_SAME_WORDS = 3
"""Told to so many people in the same words, "you will hear from us" is how a mailing ends."""
_MADE_BEFORE = timedelta(days=1)


def pending() -> int:
    """Replies in which nobody looked yet."""
    return max(0, Reply.objects.count() - LookedForPromises.objects.count())


def drain(limit: int) -> int:
    """Look in so many replies; how many were looked at."""
    fields = ("conversation", "answers", "author", "adviser", "said_at", "heard_at", "text")
    waiting = Reply.objects.filter(~Q(pk__in=LookedForPromises.objects.values("reply"))).only(*fields)
    replies = list(waiting.order_by("pk")[: min(limit, _MOST)])
    if not replies:
        return 0
    since, works_on = _since(), current_hours().works_on
    found = {reply.pk: _found(reply, since, works_on) for reply in replies}
    with transaction.atomic():
        _propose(replies, found)
        LookedForPromises.objects.bulk_create(
            (LookedForPromises(reply=reply, found=len(found[reply.pk])) for reply in replies), ignore_conflicts=True
        )
    return len(replies)


def forget() -> None:
    """Look again; what nobody said anything of is proposed anew, what people decided stays."""
    Promise.objects.filter(state=PromiseState.PROPOSED, steps=None).delete()
    LookedForPromises.objects.all().delete()


STAGE = Stage("promises", 27, sentence("Finding what we promised"), pending, drain, forget)


def _since() -> datetime:
    newest = Reply.objects.aggregate(newest=Max(Coalesce("said_at", "heard_at")))["newest"]
    return (newest or timezone.now()) - timedelta(days=DAYS)


def _found(reply: Reply, since: datetime, works_on: WorksOn) -> list[Found]:
    """What nobody says when it was said cannot be due."""
    if reply.said_at is None or reply.said_at < since:
        return []
    return find_promises(reply.text, timezone.localtime(reply.said_at), works_on)


def _propose(replies: Sequence[Reply], found: dict[int, list[Found]]) -> None:
    automatic = set(Answer.objects.filter(reply__in=replies, automatic=True).values_list("reply_id", flat=True))
    promising = [reply for reply in replies if found[reply.pk] and reply.pk not in automatic]
    persons = dict(Addressing.objects.filter(reply__in=promising).values_list("reply_id", "person_id"))
    answered = [reply.answers_id for reply in promising if reply.answers_id is not None]
    cases = dict(CaseVoice.objects.filter(voice__in=answered).values_list("voice_id", "case_id"))
    owners, many, written = (
        _colleagues(),
        _told_to_many(promising),
        _written_down(promising, cases.values(), persons.values()),
    )
    new = []
    for reply in promising:
        person, case = persons.get(reply.pk), cases.get(reply.answers_id or 0)
        for each in found[reply.pk]:
            if (each.due is None and reply.text in many) or _is_written(each, reply, person, case, written):
                continue
            new.append(_promise(each, reply, person, case, owners.get(_folded(reply.adviser))))
    Promise.objects.bulk_create(new, ignore_conflicts=True)


def _promise(found: Found, reply: Reply, person: int | None, case: int | None, owner: int | None) -> Promise:
    return Promise(
        state=PromiseState.PROPOSED,
        what=found.what,
        person_id=person,
        case_id=case,
        reply=reply,
        start=found.start,
        end=found.end,
        made_at=reply.said_at or reply.heard_at,
        due_at=found.due,
        owner_id=owner,
        adviser=reply.adviser,
    )


def _colleagues() -> dict[str, int]:
    """Who works here, by name and by address; a name that two have is nobody's."""
    found: dict[str, set[int]] = {}
    for key, name, email in User.objects.filter(is_active=True).values_list("pk", "name", "email"):
        for called in {_folded(name), _folded(email)} - {""}:
            found.setdefault(called, set()).add(key)
    return {called: next(iter(keys)) for called, keys in found.items() if len(keys) == 1}


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _told_to_many(replies: Sequence[Reply]) -> set[str]:
    texts = {reply.text for reply in replies}
    same = Reply.objects.filter(text__in=texts).values("text").annotate(count=Count("pk"))
    return {row["text"] for row in same if row["count"] >= _SAME_WORDS}


def _written_down(replies: Sequence[Reply], cases: Iterable[int], persons: Iterable[int | None]) -> list[Promise]:
    """Promises that people of ours made by hand: in these replies, to these persons or in these cases."""
    whose = {person for person in persons if person is not None}
    meant = Q(reply__in=replies) | Q(reply=None) & (Q(case__in=set(cases)) | Q(person__in=whose))
    return list(Promise.objects.filter(meant, start=None))


def _is_written(found: Found, reply: Reply, person: int | None, case: int | None, written: Sequence[Promise]) -> bool:
    """Whether somebody wrote this promise down while answering: for the same day, shortly before the reply went."""
    at = reply.said_at or reply.heard_at
    for each in written:
        same = (case is not None and each.case_id == case) or (person is not None and each.person_id == person)
        near = each.reply_id is None and same and abs(at - each.made_at) <= _MADE_BEFORE
        if (near or each.reply_id == reply.pk) and _day(each.due_at) == _day(found.due):
            return True
    return False


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None
