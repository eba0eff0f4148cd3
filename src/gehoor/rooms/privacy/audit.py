"""The audit trail: one line for each act and each look at a person."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from gehoor.rooms.accounts.caller import Caller
from gehoor.rooms.accounts.models import ApiToken, User
from gehoor.rooms.privacy.models import AuditEntry
from gehoor.rooms.privacy.words import check_named

LOOKED = "looked"
"""The action of opening a dossier."""


def do_log(*, actor: User | None, action: str, what: str, public_id: UUID | None = None) -> AuditEntry:
    """Keep that ``actor`` did ``action`` to the ``what`` with this public id. No contents, ever.

    Raises ValueError for what no room has named (``privacy/words.py``).
    """
    check_named(action=action, what=what)
    return AuditEntry.objects.create(actor=actor, action=action, what=what, public_id=public_id)


def looks(public_ids: Iterable[UUID]) -> list[datetime]:
    """When someone of ours opened the dossiers with these public ids."""
    entries = AuditEntry.objects.filter(action=LOOKED, public_id__in=list(public_ids))
    return list(entries.order_by("at").values_list("at", flat=True))


def do_log_user(actor: User | None, action: str, changed: User | ApiToken) -> None:
    """Keep a change of a user or of a token; their room lies below this one and tells it."""
    what = "token" if isinstance(changed, ApiToken) else "user"
    do_log(actor=actor, action=action, what=what, public_id=changed.public_id)


def do_log_fetch(caller: Caller, *, action: str, what: str = "token", public_id: UUID | None = None) -> None:
    """Keep that a program fetched something: what it fetched, or (many things at once) with which token.

    A browser that asks for the same is a screen of ours, which logs what screens log.
    """
    if caller.token is not None:
        do_log(actor=caller.user, action=action, what=what, public_id=public_id or caller.token.public_id)
