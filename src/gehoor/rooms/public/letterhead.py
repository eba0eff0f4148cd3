"""The letterhead: what everything that goes out says of us."""

from dataclasses import astuple
from uuid import UUID

from django.db import transaction

from gehoor.channels.outgoing import Letterhead as PlainLetterhead
from gehoor.channels.outgoing import PostalAddress
from gehoor.kernel.errors import NotAllowed, NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.privacy.audit import do_log
from gehoor.rooms.public.models import Letterhead

NO_POSTAL = PostalAddress("", "", "")


def newest() -> Letterhead | None:
    """The version that counts, None while nobody said who we are."""
    return Letterhead.objects.order_by("-id").first()


def current_letterhead() -> PlainLetterhead:
    """As it stands now; its name is empty while nobody said who we are."""
    kept = newest()
    return kept.plain() if kept else PlainLetterhead(name="")


def do_set_letterhead(*, letterhead: PlainLetterhead, actor: User | None) -> Letterhead:
    """Say who we are from now on. Raises Refused without a name, with half an address, or with a line break in it."""
    if actor is not None and not actor.may(May.SET_SENDERS):
        raise NotAllowed()
    values = _values(letterhead)
    _check(values)
    with transaction.atomic():
        kept = Letterhead.objects.create(**values, actor=actor)
        do_log(actor=actor, action="set_letterhead", what="letterhead", public_id=kept.public_id)
    return kept


def access_version(public_id: UUID) -> Letterhead:
    """One version; raises NotFound."""
    try:
        return Letterhead.objects.get(public_id=public_id)
    except Letterhead.DoesNotExist:
        raise NotFound(what=sentence("letterhead")) from None


def do_undo_letterhead(*, version: Letterhead, actor: User | None) -> Letterhead:
    """Let the version before this one count again, as a new version. Raises Refused where there was none, or where
    somebody wrote another one since."""
    if actor is not None and not actor.may(May.SET_SENDERS):
        raise NotAllowed()
    if newest() != version:
        raise Refused(why=sentence("somebody wrote another letterhead since"))
    before = Letterhead.objects.filter(pk__lt=version.pk).order_by("-id").first()
    if before is None:
        raise Refused(why=sentence("there was no letterhead before this one"))
    return do_set_letterhead(letterhead=before.plain(), actor=actor)


def _values(letterhead: PlainLetterhead) -> dict[str, str]:
    street, postcode, place, country = astuple(letterhead.postal or NO_POSTAL)
    found = {
        "name": letterhead.name,
        "street": street,
        "postcode": postcode,
        "place": place,
        "country": country,
        "phone": letterhead.phone,
        "email": letterhead.email,
        "website": letterhead.website,
        "signed_by": letterhead.signed_by,
        "signed_as": letterhead.signed_as,
    }
    return {name: value.strip() for name, value in found.items()}


def _check(values: dict[str, str]) -> None:
    if not values["name"]:
        raise Refused(why=sentence("give the name of the organisation"))
    if any(not sign.isprintable() for value in values.values() for sign in value):
        raise Refused(why=sentence("each of these is one line"))
    longest = {each.name: each.max_length or 0 for each in Letterhead._meta.concrete_fields if each.name in values}
    if any(len(value) > longest[name] for name, value in values.items()):
        raise Refused(why=sentence("one of these is too long for a letterhead"))
    if any(values[part] for part in ("street", "postcode", "place", "country")) and not (
        values["street"] and values["place"]
    ):
        raise Refused(why=sentence("an address has a street and a place"))
