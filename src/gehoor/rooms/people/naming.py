"""How a person is called, and what tells people of one name apart."""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext

from gehoor.rooms.people.models import Identity, Person

_TOLD = 2
"""So many numbers and addresses are enough to know which of them this is."""


def unnamed() -> str:
    """What to call someone of whom only an address or number is known."""
    return gettext("someone who gave no name")


def name_of(person: Person) -> str:
    """The person's name, else that none was given."""
    return person.name or unnamed()


def told_apart(persons: Sequence[Person]) -> dict[int, str]:
    """For those among ``persons`` who share a name, and those without one, by primary key: what else is known of them,
    the customer number first. One query, none where every name is another."""
    names = Counter(each.name.casefold() for each in persons)
    alike = [each.pk for each in persons if not each.name or names[each.name.casefold()] > 1]
    if not alike:
        return {}
    shown: dict[int, list[Identity]] = {}
    for each in Identity.objects.filter(person__in=alike).order_by("pk"):
        shown.setdefault(each.person_id or 0, []).append(each)
    for identities in shown.values():
        identities.sort(key=lambda each: each.kind != "customer_number")
    return {pk: ", ".join(each.shown for each in identities[:_TOLD]) for pk, identities in shown.items()}


def named(persons: Sequence[Person]) -> list[dict[str, object]]:
    """Each with the name, and what tells them from the others of that name, for a list to choose from."""
    apart = told_apart(persons)
    return [{"person": each, "name": name_of(each), "apart": apart.get(each.pk, "")} for each in persons]
