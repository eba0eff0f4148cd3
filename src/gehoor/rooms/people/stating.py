"""What we write down of how a customer wants to be reached and where a customer lives; all of it can be undone."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from gehoor.channels.outgoing import PostalAddress as PlainAddress
from gehoor.kernel.errors import NotAllowed, NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.people.models import (
    How,
    Identity,
    Person,
    PostalAddress,
    PostalAddressOf,
    Preference,
    PreferenceOf,
)
from gehoor.rooms.people.postal import tidied
from gehoor.rooms.people.preferences import REACHABLE
from gehoor.rooms.privacy.audit import do_log
from gehoor.rooms.voices.models import Voice


def access_preference(person: Person, public_id: UUID) -> Preference:
    """One thing that a person stated; raises NotFound."""
    found = Preference.objects.filter(public_id=public_id, holders__identity__person=person).first()
    if found is None:
        raise NotFound(what=sentence("wish"))
    return found


def access_address(person: Person, public_id: UUID) -> PostalAddress:
    """One postal address that was entered for a person; raises NotFound."""
    found = PostalAddress.objects.filter(public_id=public_id, holders__identity__person=person).first()
    if found is None:
        raise NotFound(what=sentence("postal address"))
    return found


def do_state_preference(
    *, person: Person, channel: str, wanted: bool, actor: User | None, voice: Voice | None = None
) -> Preference:
    """Write down that someone wants a channel, or does not want it; ``voice`` is in which they said so. Raises Refused
    for a channel in which we cannot reach anybody, and for a voice of someone else."""
    _check_may(actor)
    _check_channel(channel)
    if voice is not None and not person.attributions.filter(voice=voice).exists():
        raise Refused(why=sentence("this customer did not say that"))
    with transaction.atomic():
        kept = _keep(
            identities=_identities_of(person),
            channel=channel,
            wanted=wanted,
            how=How.NOTED if voice is None else How.SAID,
            since=_said_at(voice),
            voice=voice,
            actor=actor,
        )
        do_log(actor=actor, action="state_preference", what="person", public_id=person.public_id)
    return kept


def do_state_by_click(*, identity: Identity, channel: str, wanted: bool) -> Preference:
    """Keep what someone chose by themselves, in a mail that we sent to this identity."""
    _check_channel(channel)
    with transaction.atomic():
        kept = _keep(
            identities=[identity],
            channel=channel,
            wanted=wanted,
            how=How.CLICKED,
            since=timezone.now(),
            voice=None,
            actor=None,
        )
        person = identity.person
        public_id = person.public_id if person else None
        do_log(actor=None, action="chose_by_click", what="person", public_id=public_id)
    return kept


def do_undo_preference(*, person: Person, preference: Preference, actor: User | None) -> None:
    """Take back what was written down; what was stated before it counts again."""
    _check_may(actor)
    with transaction.atomic():
        if not Preference.objects.filter(pk=preference.pk, undone=False).update(undone=True):
            raise Refused(why=sentence("this was undone already"))
        preference.undone = True
        do_log(actor=actor, action="undo_preference", what="person", public_id=person.public_id)


def do_enter_address(*, person: Person, address: PlainAddress | None, actor: User | None) -> PostalAddress:
    """Write down where someone lives; None where the address that was found is not theirs. Raises Refused for half an
    address."""
    _check_may(actor)
    plain = tidied(address) if address is not None else PlainAddress("", "", "")
    if address is not None:
        _check_address(plain)
    with transaction.atomic():
        identities = _identities_of(person)
        kept = PostalAddress.objects.create(
            street=plain.street, postcode=plain.postcode, place=plain.place, country=plain.country, actor=actor
        )
        PostalAddressOf.objects.bulk_create(PostalAddressOf(address=kept, identity=each) for each in identities)
        do_log(actor=actor, action="enter_address", what="person", public_id=person.public_id)
    return kept


def do_undo_address(*, person: Person, address: PostalAddress, actor: User | None) -> None:
    """Take back what was entered; what was entered before it, else what is found, counts again."""
    _check_may(actor)
    with transaction.atomic():
        if not PostalAddress.objects.filter(pk=address.pk, undone=False).update(undone=True):
            raise Refused(why=sentence("this was undone already"))
        address.undone = True
        do_log(actor=actor, action="undo_address", what="person", public_id=person.public_id)


def _keep(
    *,
    identities: list[Identity],
    channel: str,
    wanted: bool,
    how: How,
    since: datetime,
    voice: Voice | None,
    actor: User | None,
) -> Preference:
    kept = Preference.objects.create(
        channel=channel, wanted=wanted, how=how.value, since=since, voice=voice, actor=actor
    )
    PreferenceOf.objects.bulk_create(PreferenceOf(preference=kept, identity=each) for each in identities)
    return kept


def _said_at(voice: Voice | None) -> datetime:
    """Nobody stated anything in the future, whatever the date on a letter says."""
    moment = timezone.now()
    return moment if voice is None else min(moment, voice.said_at or voice.heard_at)


def _identities_of(person: Person) -> list[Identity]:
    found = list(person.identities.order_by("pk"))
    if not found:
        raise Refused(why=sentence("no address or number points to this customer, so it could not be found again"))
    return found


def _check_may(actor: User | None) -> None:
    if actor is not None and not actor.may(May.LINK_PEOPLE):
        raise NotAllowed()


def _check_channel(channel: str) -> None:
    if channel not in REACHABLE:
        raise Refused(why=sentence("nothing can be sent through this channel"))


def _check_address(address: PlainAddress) -> None:
    if not (address.street and address.place and (address.postcode or address.country)):
        raise Refused(why=sentence("an address has a street, a postcode and a place"))
    if any(not sign.isprintable() for line in (address.street, address.postcode, address.place) for sign in line):
        raise Refused(why=sentence("each of these is one line"))
    limits = ((address.street, 200), (address.postcode, 20), (address.place, 100), (address.country, 60))
    if any(len(value) > longest for value, longest in limits):
        raise Refused(why=sentence("that is too long for an address"))
