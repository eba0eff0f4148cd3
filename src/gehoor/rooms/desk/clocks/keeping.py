"""Clock rows, kept from a case's log: they can be thrown away and made again."""

from gehoor.rooms.desk.models import Case


def keep(case: Case) -> None:
    """Compute the clocks of this case anew from its voices, answers and acts; sets ``due_at`` and ``waits_since``."""
