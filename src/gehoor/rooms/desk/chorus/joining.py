"""Who sent the same: a case joins the chorus of its text, begins one with another case, or goes on in the case of the
same person, who sent it again."""

from collections.abc import Mapping
from datetime import timedelta
from typing import TypeVar

from django.db.models import QuerySet, Sum

from gehoor.analysis.alike import LEAST_WORDS, as_keys, is_one_text, sentences_of, shared
from gehoor.analysis.text import customers_part
from gehoor.kernel.clock import now
from gehoor.kernel.errors import Refused
from gehoor.rooms.accounts.models import User
from gehoor.rooms.desk.cases.acts import hold, in_turn, note_act
from gehoor.rooms.desk.cases.merging import do_merge
from gehoor.rooms.desk.cases.queries import person_of
from gehoor.rooms.desk.cases.states import check_may_answer
from gehoor.rooms.desk.chorus.leading import keep_lead
from gehoor.rooms.desk.models import WAITS_FOR_US, Act, Case, CaseSentence, Chorus, ChorusSentence, State
from gehoor.rooms.people.models import Person
from gehoor.rooms.privacy.audit import do_log

Sentences = TypeVar("Sentences", ChorusSentence, CaseSentence)
KEPT = timedelta(days=60)
"""Who sends the same later than this after the first began something of their own."""
_LOOKED_AT = 20
_ASKED = 8


def compare(case: Case) -> None:
    """Look once whether others sent the text of this case. Needs the turn."""
    hold(case)
    case.compared = True
    case.save(update_fields=["compared"])
    if case.state not in WAITS_FOR_US or case.begun_at < now() - KEPT:
        return
    keys = as_keys(sentences_of(customers_part(case.voice.text)))
    if sum(keys.values()) < LEAST_WORDS:
        return
    chorus = _chorus_of(keys)
    if chorus is not None:
        _join(case, keys, chorus)
        return
    other = _other_of(keys)
    if other is None:
        until = case.begun_at + KEPT
        CaseSentence.objects.bulk_create(
            CaseSentence(case=case, key=key, words=count, until=until) for key, count in keys.items()
        )
    elif not _goes_on(case, other):
        _begin(case, keys, other)


def _longest(keys: Mapping[int, int]) -> list[int]:
    """The sentences by which a text is looked for: the longest are said by the fewest."""
    return sorted(keys, key=lambda key: (-keys[key], key))[:_ASKED]


def _chorus_of(keys: Mapping[int, int]) -> Chorus | None:
    found = _alike(ChorusSentence.objects.filter(key__in=_longest(keys)), "chorus", keys)
    return None if found is None else Chorus.objects.get(pk=found)


def _other_of(keys: Mapping[int, int]) -> Case | None:
    found = _alike(CaseSentence.objects.filter(key__in=_longest(keys), until__gte=now()), "case", keys)
    return None if found is None else Case.objects.get(pk=found)


def _alike(rows: QuerySet[Sentences], of: str, keys: Mapping[int, int]) -> int | None:
    """The primary key of what ``of`` names and has most of these sentences, where that is one text with them; two
    queries."""
    likely = rows.values_list(of).annotate(same=Sum("words")).order_by("-same", of)[:_LOOKED_AT]
    order = [found for found, _ in likely]
    theirs: dict[int, dict[int, int]] = {found: {} for found in order}
    for found, key, words in rows.model.objects.filter(**{f"{of}__in": order}).values_list(of, "key", "words"):
        theirs[found][key] = words
    return next((found for found in order if is_one_text(theirs[found], keys)), None)


def _goes_on(case: Case, other: Case) -> bool:
    """Whether the same person sent it again, so that it goes on in their earlier case."""
    person, theirs = person_of(case), person_of(other)
    if person is None or theirs is None or person.pk != theirs.pk:
        return False
    try:
        do_merge(case, other, None)
    except Refused:
        return False
    return True


def _begin(case: Case, keys: Mapping[int, int], other: Case) -> None:
    theirs = dict(CaseSentence.objects.filter(case=other).values_list("key", "words"))
    chorus = Chorus.objects.create(begun_at=min(case.begun_at, other.begun_at))
    ChorusSentence.objects.bulk_create(
        ChorusSentence(chorus=chorus, key=key, words=count) for key, count in shared(keys, theirs).items()
    )
    CaseSentence.objects.filter(case=other).delete()
    hold(other)
    same = sum(shared(keys, theirs).values())
    for each, total in ((other, sum(theirs.values())), (case, sum(keys.values()))):
        _put(each, chorus, None, own_words=total - same)
    keep_lead(chorus.pk)


def _join(case: Case, keys: Mapping[int, int], chorus: Chorus) -> None:
    person = person_of(case)
    mine = _case_in(chorus, person) if person is not None else None
    if mine is not None and _goes_on(case, mine):
        return
    common = set(ChorusSentence.objects.filter(chorus=chorus).values_list("key", flat=True))
    _put(case, chorus, None, own_words=sum(count for key, count in keys.items() if key not in common))
    keep_lead(chorus.pk)


def _case_in(chorus: Chorus, person: Person) -> Case | None:
    there = Case.objects.filter(chorus=chorus, voice__attribution__person=person).exclude(state=State.CLOSED)
    return there.order_by("begun_at", "pk").first()


def _put(case: Case, chorus: Chorus | None, actor: User | None, *, own_words: int = 0) -> Act:
    """Put a case in a chorus, or out of it; the line in its log."""
    was = case.chorus
    case.chorus, case.behind, case.own_words = chorus, False, own_words
    case.save(update_fields=["chorus", "behind", "own_words"])
    values = {"was": str(was.public_id) if was else None, "is": str(chorus.public_id) if chorus else None}
    return note_act(case, "chorus", by=actor, values=values)


def do_take_out(case: Case, actor: User) -> Act | None:
    """This case is something of its own: it stands in the list by itself again. None where it was so already."""
    check_may_answer(actor)
    with in_turn():
        hold(case)
        was = case.chorus
        if was is None:
            return None
        act = _put(case, None, actor)
        keep_lead(was.pk)
        do_log(actor=actor, action="case.chorus", what="case", public_id=case.public_id)
    return act


def undo_chorus(case: Case, act: Act, actor: User) -> None:
    """Put it back, or take it out again. Needs the turn."""
    back = Chorus.objects.filter(public_id=act.values["was"]).first() if act.values["was"] else None
    left = case.chorus
    case.chorus, case.behind = back, False
    case.save(update_fields=["chorus", "behind"])
    for each in {chorus.pk for chorus in (back, left) if chorus is not None}:
        keep_lead(each)
    case.refresh_from_db(fields=["behind", "moved"])


def do_dissolve(chorus: Chorus, actor: User, *, dissolved: bool = True) -> None:
    """These are different things after all: each stands in the list by itself. Or, not ``dissolved``, they are one."""
    check_may_answer(actor)
    with in_turn():
        Chorus.objects.filter(pk=chorus.pk).update(dissolved=dissolved)
        keep_lead(chorus.pk)
        action = "chorus.dissolve" if dissolved else "chorus.restore"
        do_log(actor=actor, action=action, what="chorus", public_id=chorus.public_id)
