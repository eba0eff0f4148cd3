"""Finding a case by what a colleague pastes: the address of its page."""

import re
from uuid import UUID

from gehoor.rooms.desk.models import Case

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def found_by(pasted: str) -> Case | None:
    """The case whose public id stands in what was pasted; where it was merged, the one that goes on."""
    ids = _ID.findall(pasted)
    case = Case.objects.filter(public_id=UUID(ids[-1])).select_related("merged_into").first() if ids else None
    while case is not None and case.merged_into is not None:
        case = case.merged_into
    return case
