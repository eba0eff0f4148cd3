"""The audit trail: one line for each act and each look at a person."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from gehoor.rooms.accounts.models import User
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


def do_log_user(actor: User | None, action: str, user: User) -> None:
    """Keep a change of a user; the room of users lies below this one and tells it."""
    do_log(actor=actor, action=action, what="user", public_id=user.public_id)
