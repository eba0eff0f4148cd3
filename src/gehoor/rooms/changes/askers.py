"""Who is to be told: everyone who had asked when it was decided, and who asked since.

Needs move with every grouping; whoever asked once stays. Only what a person says about the basis of a change (this need
does not belong to it, this voice does not ask for it), or undoing the decision, takes someone off again, and nobody who
was told already.
"""

from collections.abc import Collection

from django.db import transaction

from gehoor.kernel.ids import key_of
from gehoor.kernel.language import sentence
from gehoor.rooms.changes.asked import Basis, bases, said_for, state_of_asks
from gehoor.rooms.changes.log import standings
from gehoor.rooms.changes.models import Asker, Change, TellingKind
from gehoor.rooms.changes.standing import Stage
from gehoor.rooms.people.models import Person
from gehoor.rooms.sending.models import Delivery

STAGE_TITLE = sentence("Writing down who asked for what was decided")

_AT_ONCE = 5_000


def living(persons: Collection[int]) -> dict[int, int]:
    """Each of these persons to the person it turned out to be."""
    into: dict[int, int] = {}
    edge = set(persons)
    while edge:
        rows = Person.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into_id")
        found: dict[int, int] = {}
        some = sorted(edge)
        for start in range(0, len(some), _AT_ONCE):
            found |= {pk: to or pk for pk, to in rows.filter(pk__in=some[start : start + _AT_ONCE])}
        into |= found
        edge = set(found.values()) - into.keys()
    ends = {}
    for person in persons:
        at, seen = person, {person}
        while at in into and into[at] not in seen:
            at = into[at]
            seen.add(at)
        ends[person] = at
    return ends


def askers_of(change: Change) -> set[int]:
    """The persons who are written down, as who they turned out to be."""
    return set(living(set(Asker.objects.filter(change=change).values_list("person_id", flat=True))).values())


def do_note_askers(*, change: Change, anew: bool = False) -> int:
    """Write down who asks for it now, beside who did before; ``anew``: nobody but these and who stands in a run.

    While nothing is decided nobody is written down. Returns how many were new.
    """
    with transaction.atomic():
        told = _in_runs(change)
        if standings([change.pk])[change.pk].stage == Stage.ASKED:
            Asker.objects.filter(change=change).exclude(person__in=told).delete()
            return 0
        basis = bases([change.pk])[change.pk]
        now = {said.person for said in said_for({change.pk: basis})[change.pk]} - {None}
        had = set(Asker.objects.filter(change=change).values_list("person_id", flat=True))
        if anew:
            gone = sorted(had - now - told)
            for start in range(0, len(gone), _AT_ONCE):
                Asker.objects.filter(change=change, person__in=gone[start : start + _AT_ONCE]).delete()
        new = sorted(person for person in now - set(living(had).values()) - had if person is not None)
        rows = [Asker(change=change, person_id=person) for person in new]
        Asker.objects.bulk_create(rows, batch_size=1_000, ignore_conflicts=True)
        Change.objects.filter(pk=change.pk).update(noted=_state_of(basis))
    return len(new)


def _in_runs(change: Change) -> set[int]:
    """Who was told something of it, or is about to be."""
    found = Delivery.objects.filter(run__telling__change=change, run__telling__kind=TellingKind.TELLING)
    return set(found.values_list("person_id", flat=True))


def _state_of(basis: Basis) -> str:
    """Differs as soon as someone else could be asking for it."""
    parts = [state_of_asks(), *map(str, sorted(basis.needs)), "+", *map(str, sorted(basis.also)), "-"]
    return key_of([*parts, *map(str, sorted(basis.but))]).hex()


def _waiting() -> list[Change]:
    """Decided changes whose askers were written down before something changed."""
    changes = {change.pk: change for change in Change.objects.filter(removed=False)}
    decided = [pk for pk, now in standings(changes.keys()).items() if now.stage != Stage.ASKED]
    found = bases(decided) if decided else {}
    return [changes[pk] for pk in decided if changes[pk].noted != _state_of(found[pk])]


def pending() -> int:
    """How many changes wait to have their askers written down."""
    return len(_waiting())


def drain(limit: int) -> int:
    """Write down who asks for these changes now."""
    waiting = _waiting()[:limit]
    for change in waiting:
        do_note_askers(change=change)
    return len(waiting)


def forget() -> None:
    """Look at all of them again; nobody who is written down is lost."""
    Change.objects.update(noted="")
