"""What programs may know of people."""

from collections.abc import Mapping, Sequence

from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.accounts.scopes import Scope
from gehoor.rooms.people.models import Attribution
from gehoor.rooms.voices.document import Addition

SCOPES = (Scope("people:read", sentence("know which customer said something, and where it came from"), May.SEE_PEOPLE),)
_AT_ONCE = 5_000


def _persons(voices: Sequence[int]) -> Mapping[int, str]:
    """Who said each voice, by public id."""
    found: dict[int, str] = {}
    for at in range(0, len(voices), _AT_ONCE):
        sure = Attribution.objects.filter(voice__in=voices[at : at + _AT_ONCE], person__isnull=False)
        found |= {voice: str(person) for voice, person in sure.values_list("voice", "person__public_id")}
    return found


PERSON = Addition("person", "people:read", _persons)
