"""What people do with persons and their identities."""

from uuid import UUID

from django.db import transaction
from django.db.models import Q

from gehoor.kernel.errors import NotAllowed, NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.people import bulk
from gehoor.rooms.people.identifying import drain
from gehoor.rooms.people.models import Addressing, Apart, Attribution, Identity, Person
from gehoor.rooms.people.neighbourhood import Neighbourhood, kept_apart
from gehoor.rooms.people.settling import settle
from gehoor.rooms.privacy import rights
from gehoor.rooms.privacy.audit import do_log
from gehoor.rooms.privacy.rights import Subject


def access_person(public_id: UUID | str) -> Person:
    """The person with this public id; where it was merged, the person it turned out to be. Raises NotFound."""
    try:
        person = Person.objects.get(public_id=UUID(str(public_id)))
    except (ValueError, Person.DoesNotExist):
        raise NotFound(what=sentence("customer")) from None
    while person.merged_into is not None:
        person = person.merged_into
    return person


def access_identity(person: Person, key: int) -> Identity:
    """One identity that is shown on a person's dossier; raises NotFound."""
    mine = Q(person=person) | Q(home=person) | Q(sightings__voice__attribution__person=person)
    identity = Identity.objects.filter(mine, pk=key).first()
    if identity is None:
        raise NotFound(what=sentence("identity"))
    return identity


def access_apart(public_id: UUID) -> Apart:
    """One decision to keep apart; raises NotFound."""
    try:
        return Apart.objects.get(public_id=public_id)
    except Apart.DoesNotExist:
        raise NotFound(what=sentence("decision")) from None


def _check_may(actor: User | None, right: May) -> None:
    """The command line has no actor: whoever can reach it can reach the database."""
    if actor is not None and not actor.may(right):
        raise NotAllowed()


def do_keep_apart(*, identity: Identity, actor: User | None) -> Apart:
    """From now on this identity proves nothing: what hung together through it alone comes apart."""
    _check_may(actor, May.LINK_PEOPLE)
    with transaction.atomic():
        bulk.alone()
        which = {"kind": identity.kind, "value": identity.value, "network": identity.network}
        if Apart.objects.filter(**which, undone=False).exists():
            raise Refused(why=sentence("this is kept apart already"))
        apart = Apart.objects.create(**which, actor=actor)
        _settle_around(identity)
        do_log(actor=actor, action="keep_apart", what="identity", public_id=apart.public_id)
    return apart


def do_undo_apart(*, apart: Apart, actor: User | None) -> None:
    """Let the identity prove who someone is again."""
    _check_may(actor, May.LINK_PEOPLE)
    with transaction.atomic():
        bulk.alone()
        if not Apart.objects.filter(pk=apart.pk, undone=False).update(undone=True):
            raise Refused(why=sentence("this was undone already"))
        apart.undone = True
        identity = Identity.objects.filter(kind=apart.kind, value=apart.value, network=apart.network).first()
        if identity is not None:
            _settle_around(identity)
        do_log(actor=actor, action="undo_keep_apart", what="identity", public_id=apart.public_id)


def _settle_around(identity: Identity) -> None:
    """Find out again who is who in everything that hangs together with one identity, from the voices alone."""
    around = Neighbourhood(kept_apart())
    around.load([identity.pk])
    around.widen([identity.pk])
    settle(around)


def subject_of(person: Person) -> Subject:
    """All that belongs to one person: what was said by and to this person, and anonymous voices (with the replies to
    them) that show one of this person's identities."""
    shows = Q(person=None, voice__sightings__identity__person=person)
    voices = set(Attribution.objects.filter(Q(person=person) | shows).values_list("voice", flat=True))
    answers = Q(person=None, reply__answers__in=voices) | Q(person=None, reply__answers__attribution__person=person)
    replies = Addressing.objects.filter(Q(person=person) | answers).values_list("reply", flat=True)
    return Subject(person=person.pk, voices=sorted(voices), replies=sorted(set(replies)))


def do_erase_person(*, person: Person, actor: User | None) -> None:
    """Erase a person and everything that this person said or was told, in every room. It cannot be undone."""
    _check_may(actor, May.ERASE)
    public_id = person.public_id
    while drain(2_000):  # what was just heard may be this person's too
        pass
    rights.do_erase(
        subject_of(person), also=lambda: do_log(actor=actor, action="erased", what="person", public_id=public_id)
    )


def do_export_person(*, person: Person, actor: User | None) -> dict[str, object]:
    """Everything that is kept about a person, by room, ready for JSON."""
    _check_may(actor, May.SEE_PEOPLE)
    with transaction.atomic():
        found: dict[str, object] = {"id": str(person.public_id), **dict(rights.exported(subject_of(person)))}
        do_log(actor=actor, action="exported", what="person", public_id=person.public_id)
    return found
