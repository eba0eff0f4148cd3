"""How a person is called."""

from django.utils.translation import gettext

from gehoor.rooms.people.models import Person


def unnamed() -> str:
    """What to call someone of whom only an address or number is known."""
    return gettext("someone who gave no name")


def name_of(person: Person) -> str:
    """The person's name, else that none was given."""
    return person.name or unnamed()
