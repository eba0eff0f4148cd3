"""The audit trail: one line for each act and each look at a person."""

from uuid import UUID

from gehoor.rooms.accounts.models import User
from gehoor.rooms.privacy.models import AuditEntry


def do_log(*, actor: User | None, action: str, what: str, public_id: UUID | None = None) -> AuditEntry:
    """Keep that ``actor`` did ``action`` to the ``what`` with this public id. No contents, ever."""
    return AuditEntry.objects.create(actor=actor, action=action, what=what, public_id=public_id)
