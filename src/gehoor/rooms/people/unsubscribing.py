"""Links with which someone says that they want no more mail, without signing in.

A link names the key of an identity and proves with a keyed hash over that identity that we made it. Nothing in it can
be read or guessed, and it works for as long as the identity is kept.
"""

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from gehoor.kernel.errors import NotFound
from gehoor.kernel.language import sentence
from gehoor.rooms.people.models import How, Identity, Preference
from gehoor.rooms.people.preferences import NONE, wishes
from gehoor.rooms.people.stating import do_state_by_click
from gehoor.rooms.privacy.audit import do_log
from gehoor.rooms.public.showing import in_language

_SALT = "gehoor.people.unsubscribe"
_LONGEST = 100
_MOST_DIGITS = 18


def unsubscribe_path(identity: Identity, language: str = "") -> str:
    """The path of the page on which whoever has this mail address refuses mail, in one step; a POST to it is enough
    (RFC 8058). ``language`` is the one in which the page opens, the organisation's own when empty."""
    path = reverse("public_people:no_mail", args=[token_of(identity)])
    return in_language(path, language) if language else path


def token_of(identity: Identity) -> str:
    """What stands in the link: it says nothing about anybody, and only we can make it."""
    return f"{identity.pk}.{_proof(identity)}"


def access_by_token(token: str) -> Identity:
    """The identity that a link was made for. Raises NotFound for every link that we did not make, in the same way."""
    key, _, proof = token.partition(".")
    if len(token) <= _LONGEST and key.isascii() and key.isdigit() and len(key) <= _MOST_DIGITS:
        identity = Identity.objects.select_related("person").filter(pk=int(key)).first()
        if identity is not None and constant_time_compare(proof, _proof(identity)):
            return identity
    raise NotFound(what=sentence("link"))


def refuses_mail(identity: Identity) -> bool:
    """Whether the person with this address wants no mail; of an address of nobody, what was clicked last."""
    if identity.person_id is not None:
        stated = wishes([identity.person_id]).get(identity.person_id, NONE)
        return "email" in stated.refused
    last = _clicked(identity).order_by("-since", "-pk").first()
    return last is not None and not last.wanted


def do_unsubscribe(identity: Identity) -> None:
    """No mail to whoever has this address. Saying it twice changes nothing."""
    with transaction.atomic():
        if not (refuses_mail(identity) and _clicked(identity).filter(wanted=False).exists()):
            do_state_by_click(identity=identity, channel="email", wanted=False)


def do_undo_unsubscribe(identity: Identity) -> None:
    """Take back what was clicked for this address; where mail was refused otherwise too, this is the newer wish."""
    with transaction.atomic():
        if _clicked(identity).filter(wanted=False).update(undone=True):
            public_id = identity.person.public_id if identity.person else None
            do_log(actor=None, action="undo_click", what="person", public_id=public_id)
        if refuses_mail(identity):
            do_state_by_click(identity=identity, channel="email", wanted=True)


def _clicked(identity: Identity) -> QuerySet[Preference]:
    return Preference.objects.filter(holders__identity=identity, channel="email", how=How.CLICKED.value, undone=False)


def _proof(identity: Identity) -> str:
    told = f"{identity.pk}\n{identity.kind}\n{identity.value}\n{identity.network}"
    return salted_hmac(_SALT, told, algorithm="sha256").hexdigest()[:40]
