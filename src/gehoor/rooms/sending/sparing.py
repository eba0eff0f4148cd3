"""Who is not to be told after all: told already as somebody else, or wants nothing in this way any more.

People change between planning and sending: two turn out to be one, someone asks for no more mail. So it is looked at
right before each message goes out.
"""

from django.db.models import Q

from gehoor.kernel.language import Sentence, sentence
from gehoor.rooms.people.models import Person
from gehoor.rooms.people.preferences import wishes
from gehoor.rooms.sending.models import Delivery, RunKind, State
from gehoor.rooms.sending.planning import roots
from gehoor.rooms.sending.states import TAKEN

_TWIN = sentence("This turned out to be someone who is in this run already under another name.")
_REFUSED = sentence("This customer asked for nothing more in this way.")
_REMEDY = sentence("Nothing has to be done; if it is wrong, choose another way for this customer.")

_ANSWERED_IN = {"form": "email"}


def spared(delivery: Delivery) -> Sentence | None:
    """Why this person is not to be told in this way now; None when there is no reason."""
    known = delivery.person_id
    if known is None or asked_in_this_way(delivery):
        return None
    if has_twin(delivery):
        return Sentence(_TWIN)
    person = roots([known]).get(known, known)
    wanted = wishes([person]).get(person)
    return Sentence(_REFUSED) if wanted and delivery.channel in wanted.refused else None


def asked_in_this_way(delivery: Delivery) -> bool:
    """Whether this is our own answer to what this person asked in this very way: whoever writes us a mail wants a mail,
    also when they want no other mail from us."""
    voice = delivery.voice
    return delivery.run.kind == RunKind.ANSWER and voice is not None and answered_in(voice.channel) == delivery.channel


def answered_in(channel: str) -> str:
    """The channel in which someone who speaks in this one is answered."""
    return _ANSWERED_IN.get(channel, channel)


def as_reason(why: Sentence) -> list[object]:
    """As a delivery keeps it."""
    return [why.text, _REMEDY, dict(why.values)]


def has_twin(delivery: Delivery) -> bool:
    """Whether this person is in the run under another name too, and was told, may be told, or comes first."""
    family = _family(delivery.person_id) if delivery.person_id is not None else []
    if len(family) <= 1:
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
