"""Who we are: the organisation's own addresses, numbers and handles."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from gehoor.channels.base import Identity
from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.intake.models import OwnIdentity
from gehoor.rooms.privacy.audit import do_log

DOMAIN = "domain"


def _plain(kind: str, value: str) -> str:
    value = value.strip().lower()
    if kind == "phone":
        return "".join(filter(str.isdigit, value))
    return value.lstrip("@") if kind in {"handle", DOMAIN} else value


@dataclass(frozen=True, slots=True)
class Own:
    """The organisation's identities, for quick asking."""

    values: frozenset[tuple[str, str]]

    def has(self, identity: Identity) -> bool:
        """Whether an identity is the organisation's own."""
        value = _plain(identity.kind, identity.value)
        if (identity.kind, value) in self.values:
            return True
        return identity.kind == "email" and any(
            (DOMAIN, domain) in self.values for domain in _domains(value.rpartition("@")[2])
        )

    def any(self, identities: Iterable[Identity]) -> bool:
        """Whether one of them is."""
        return any(map(self.has, identities))


def _domains(domain: str) -> Iterable[str]:
    parts = domain.split(".")
    return (".".join(parts[start:]) for start in range(len(parts) - 1))


def own() -> Own:
    """As it stands now."""
    return Own(frozenset(OwnIdentity.objects.values_list("kind", "value")))


def do_add_own(*, value: str, actor: User | None) -> OwnIdentity:
    """Say that an address (``klacht@delinde.nl``), mail domain (``delinde.nl``), number or handle is ours."""
    plain = value.strip()
    kind = _kind(plain)
    if not plain or len(plain) > 300:
        raise Refused(why=sentence("give an address, a mail domain, a number or a handle of the organisation"))
    with transaction.atomic():
        kept, _ = OwnIdentity.objects.get_or_create(kind=kind, value=_plain(kind, plain), network="")
        do_log(actor=actor, action="add_own_identity", what="own_identity")
    return kept


def do_remove_own(*, identity: OwnIdentity, actor: User | None) -> None:
    """Say that an identity is not ours any more."""
    with transaction.atomic():
        identity.delete()
        do_log(actor=actor, action="remove_own_identity", what="own_identity")


def _kind(value: str) -> str:
    if value.startswith("@"):
        return "handle"
    if "@" in value:
        return "email"
    if value.replace(" ", "").replace("-", "").lstrip("+").isdigit():
        return "phone"
    return DOMAIN if "." in value else "handle"
