"""Finding people, voices and needs of the example again in a home that was filled with it."""

from collections import Counter
from collections.abc import Collection, Iterable

from gehoor.demo.files import DOMAIN, everything
from gehoor.demo.moments import Days
from gehoor.rooms.accounts.models import User
from gehoor.rooms.needs.models import Need
from gehoor.rooms.needs.queries import need_of_voices
from gehoor.rooms.people.models import Person
from gehoor.rooms.voices.models import Voice

_MAIL_SUFFIX = "@post.example.nl"
_LEAST_SHARE = 0.15
"""A need of which fewer of the voices about something are part, holds them by accident."""


def colleague(name: str) -> User:
    """Someone of De Linde, by what stands before the @."""
    return User.objects.get(email=f"{name}@{DOMAIN}")


def voices(ids: Collection[str]) -> list[Voice]:
    """The voices with these ids in the example's files, in the order of their ids; without those still on paper."""
    names = {*ids, *(f"{each}{_MAIL_SUFFIX}" for each in ids)}
    found = {voice.native_id.removesuffix(_MAIL_SUFFIX): voice for voice in Voice.objects.filter(native_id__in=names)}
    return [found[each] for each in sorted(found)]


def voice(name: str) -> Voice:
    """The one with this id."""
    (found,) = voices([name])
    return found


def person(name: str) -> Person | None:
    """Who said the voice with this id; None while that is not known."""
    found = Person.objects.filter(attributions__voice__in=[each.pk for each in voices([name])]).first()
    return found and (found.merged_into or found)


def voices_about(subject: str, days: Days) -> list[Voice]:
    """The voices that were written to be about this."""
    return voices({said.line["id"] for said in everything(days.today) if said.line.get("about") == subject})


def needs_about(about: Iterable[Voice]) -> list[Need]:
    """The needs in which these voices are, the one with most of them first."""
    keys = [each.pk for each in about]
    found = need_of_voices(keys)
    needs = {need.pk: need for asks in found.values() for _, need in asks}
    counts = Counter(pk for asks in found.values() for pk in {need.pk for _, need in asks})
    return [needs[pk] for pk, count in counts.most_common() if count >= _LEAST_SHARE * len(keys)]
