"""Who is not to be told after all: told already as somebody else, or wants nothing in this way any more.

People change between planning and sending: two turn out to be one, someone asks for no more mail. So it is looked at
right before each message goes out.
"""

from django.db.models import Q

from gehoor.kernel.language import Sentence, sentence
from gehoor.rooms.people.models import Person
from gehoor.rooms.people.preferences import wishes
from gehoor.rooms.sending.models import Delivery, State
from gehoor.rooms.sending.planning import roots
from gehoor.rooms.sending.states import TAKEN

_TWIN = sentence("This turned out to be someone who is in this run already under another name.")
_REFUSED = sentence("This customer asked for nothing more in this way.")
_REMEDY = sentence("Nothing has to be done; if it is wrong, choose another way for this customer.")


def spared(delivery: Delivery) -> Sentence | None:
    """Why this person is not to be told in this way now; None when there is no reason."""
    if has_twin(delivery):
        return Sentence(_TWIN)
    person = roots([delivery.person_id]).get(delivery.person_id, delivery.person_id)
    wanted = wishes([person]).get(person)
    return Sentence(_REFUSED) if wanted and delivery.channel in wanted.refused else None


def as_reason(why: Sentence) -> list[object]:
    """As a delivery keeps it."""
    return [why.text, _REMEDY, dict(why.values)]


def has_twin(delivery: Delivery) -> bool:
    """Whether this person is in the run under another name too, and was told, may be told, or comes first."""
    family = _family(delivery.person_id)
    if len(family) == 1:
        return False
    first = Q(state=State.WAITING, pk__lt=delivery.pk) | Q(state__in=TAKEN)
    others = Delivery.objects.filter(run=delivery.run_id, person__in=family).exclude(pk=delivery.pk)
    return others.filter(first).exists()


def _family(person: int) -> list[int]:
    """All who turned out to be the same as this person, and this person."""
    merged = Person.objects.filter(Q(pk=person, merged_into__isnull=False) | Q(merged_into=person))
    if not merged.exists():
        return [person]
    root = roots([person]).get(person, person)
    found = edge = [root]
    while edge:
        edge = list(Person.objects.filter(merged_into__in=edge).exclude(pk__in=found).values_list("pk", flat=True))
        found = found + edge
    return found
