"""Finding someone by a name as it was heard: the stage that keeps how names sound, and the search by it.

A person whose name has no row made of that very name is pending; so a name that was corrected is heard anew.
"""

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from gehoor.analysis.linking.sounding import name_sounds
from gehoor.kernel.language import sentence
from gehoor.rooms.intake.stages import Stage
from gehoor.rooms.people.models import Person, Sound

_LONGEST_KEY = 60


def _waiting() -> QuerySet[Person]:
    heard = Sound.objects.filter(person=OuterRef("pk"), of=OuterRef("name"))
    return Person.objects.filter(~Exists(heard), merged_into=None).exclude(name="")


def pending() -> int:
    """How many names were not heard yet."""
    return _waiting().count()


def drain(limit: int) -> int:
    """Hear at most so many names; says how many."""
    with transaction.atomic():
        persons = list(_waiting().order_by("pk").only("pk", "name")[:limit])
        Sound.objects.filter(person__in=persons).delete()
        Sound.objects.bulk_create(
            Sound(person=each, key=key[:_LONGEST_KEY], of=each.name)
            for each in persons
            for key in name_sounds(each.name) or ("",)
        )
    return len(persons)


def forget() -> None:
    """Have every name heard again."""
    Sound.objects.all().delete()


def sounding_like(name: str) -> Q:
    """A condition on persons: all that is to be heard in ``name`` is to be heard in theirs. Nobody when there is
    nothing to hear."""
    keys = [key[:_LONGEST_KEY] for key in name_sounds(name)]
    if not keys:
        return Q(pk__in=[])
    alike = Sound.objects.filter(key__in=keys).values("person").annotate(n=Count("key")).filter(n=len(keys))
    return Q(pk__in=alike.values("person"))


STAGE = Stage(
    name="hear_names",
    order=21,
    title=sentence("Hearing how names sound"),
    pending=pending,
    drain=drain,
    forget=forget,
)
