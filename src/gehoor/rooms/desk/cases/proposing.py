"""Cases that may be one: the same person, about the same need, within some days. Proposed, never done silently."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from gehoor.rooms.desk.models import Act, Case, CaseVoice, State
from gehoor.rooms.needs.models import AskNeed
from gehoor.rooms.people.models import Person

WITHIN = timedelta(days=14)
_GOES_ON = (State.NEW, State.OPEN, State.WAITING_US, State.WAITING_CUSTOMER, State.SOLVED)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Another case of the same person that may be the same thing. ``need``: what both are about."""

    case: Case
    need: str


def proposals(case: Case, person: Person | None) -> list[Proposal]:
    """Other cases of this person about the same need, said within two weeks of this one; a fixed number of queries."""
    if person is None or case.state not in _GOES_ON:
        return []
    others = list(
        Case.objects.filter(voices__voice__attribution__person=person, state__in=_GOES_ON, merged_into=None)
        .exclude(pk=case.pk)
        .distinct()
        .order_by("-begun_at", "-pk")[:20]
    )
    kept_apart = _kept_apart(case, others)
    others = [other for other in others if other.pk not in kept_apart]
    if not others:
        return []
    times, needs = _times([case, *others]), _needs([case, *others])
    found = []
    for other in others:
        shared = needs[case.pk].keys() & needs[other.pk].keys()
        if shared and _near(times[case.pk], times[other.pk]):
            found.append(Proposal(other, needs[case.pk][min(shared)]))
    return found


def _kept_apart(case: Case, others: Collection[Case]) -> set[int]:
    by_id = {str(other.public_id): other.pk for other in others}
    said = Act.objects.filter(kind="apart", undone=False, case__in=[case, *others]).values_list("case_id", "values")
    found = set()
    for owner, values in said:
        if owner == case.pk:
            found |= {by_id[values["other"]]} & set(by_id.values()) if values["other"] in by_id else set()
        elif values["other"] == str(case.public_id):
            found.add(owner)
    return found


def _times(cases: Collection[Case]) -> dict[int, list[datetime]]:
    found: dict[int, list[datetime]] = {case.pk: [] for case in cases}
    rows = CaseVoice.objects.filter(case__in=cases).values_list("case_id", "voice__said_at", "voice__heard_at")
    for case, said, heard in rows:
        found[case].append(said or heard)
    return found


def _needs(cases: Collection[Case]) -> dict[int, dict[int, str]]:
    """The needs of each case's asks, by their primary key, with what each is called."""
    found: dict[int, dict[int, str]] = {case.pk: {} for case in cases}
    rows = AskNeed.objects.filter(
        voice__in_case__case__in=cases, generation__current=True, need__isnull=False
    ).select_related("need", "voice__in_case")
    for row in rows:
        if row.need is not None:
            found[row.voice.in_case.case_id][row.need.pk] = str(row.need)
    return found


def _near(one: Collection[datetime], other: Collection[datetime]) -> bool:
    return any(abs(a - b) <= WITHIN for a in one for b in other)
