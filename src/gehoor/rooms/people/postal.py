"""Where letters to a person go: what someone of ours entered, else what stands in what the person wrote.

What is found is not kept: it is read from the voices when it is needed, so that it follows every correction of a text
and goes with the voice when that is erased. Only where something may stand is anything read.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F

from gehoor.analysis.linking.postal import Postal, Receiver, find_address, read_address
from gehoor.channels.outgoing import PostalAddress as PlainAddress
from gehoor.channels.registry import cards
from gehoor.rooms.people.bulk import among
from gehoor.rooms.people.models import Attribution, PostalAddress, PostalAddressOf
from gehoor.rooms.public.letterhead import current_letterhead

_READ_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A postal address and its proof: the voice that shows it, or what someone of ours entered. ``postal`` is None
    where the one that was found is said to be wrong."""

    postal: PlainAddress | None
    voice: int | None = None
    entered: PostalAddress | None = None


def whereabouts(persons: Collection[int]) -> dict[int, Whereabouts]:
    """Where these persons live, as far as anything says so; a fixed number of queries."""
    entered = _entered(persons)
    return entered | _found([person for person in persons if person not in entered])


def same_address(one: PlainAddress, other: PlainAddress) -> bool:
    """Whether two ways to write it are one address."""
    return _key(one) == _key(other)


def _key(address: PlainAddress) -> tuple[str, str]:
    return Postal(address.street, address.postcode, address.place).key


def receiver() -> Receiver:
    """To whom our customers write: us."""
    letterhead = current_letterhead()
    keys = frozenset({_key(letterhead.postal)}) if letterhead.postal else frozenset()
    return Receiver(names=(letterhead.name,) if letterhead.name else (), keys=keys)


def tidied(address: PlainAddress) -> PlainAddress:
    """As someone typed it, in the way it is kept."""
    return _plain(read_address(address.street, address.postcode, address.place, address.country))


def _plain(postal: Postal) -> PlainAddress:
    return PlainAddress(postal.street, postal.postcode, postal.place, postal.country)


def _entered(persons: Collection[int]) -> dict[int, Whereabouts]:
    """The last address entered for each; one that was entered for several who turned out to be different people is
    nobody's."""
    mine = PostalAddressOf.objects.filter(among("identity__person_id", persons), address__undone=False)
    addresses = set(mine.values_list("address_id", flat=True))
    if not addresses:
        return {}
    everyone = PostalAddressOf.objects.filter(among("address_id", addresses), identity__person__isnull=False)
    owners: defaultdict[int, set[int]] = defaultdict(set)
    for address, person in everyone.values_list("address_id", "identity__person_id"):
        owners[address].add(person or 0)
    newest = {next(iter(owners[address])): address for address in sorted(addresses) if len(owners[address]) == 1}
    kept = PostalAddress.objects.filter(among("id", newest.values())).select_related("actor").in_bulk()
    return {person: Whereabouts(_of(kept[address]), entered=kept[address]) for person, address in newest.items()}


def _of(kept: PostalAddress) -> PlainAddress | None:
    return PlainAddress(kept.street, kept.postcode, kept.place, kept.country) if kept.street else None


def _found(persons: Collection[int]) -> dict[int, Whereabouts]:
    """What the newest voice that shows an address says."""
    if not persons:
        return {}
    us = receiver()
    private = {kind for kind, card in cards().items() if not card.public}
    said = Attribution.objects.filter(among("person_id", persons))
    newest_first = said.order_by(F("voice__said_at").desc(nulls_last=True), "-voice_id")
    found: dict[int, Whereabouts] = {}
    rows = newest_first.values_list("voice_id", "person_id", "voice__channel", "voice__text", "voice__signature")
    for voice, person, channel, text, signature in rows.iterator(_READ_AT_ONCE):
        # Held against the channel here: a database would rather look through all that was said in these channels.
        postal = None if person in found or channel not in private else find_address(text, signature, us)
        if postal is not None and person is not None:
            found[person] = Whereabouts(_plain(postal), voice=voice)
    return found
