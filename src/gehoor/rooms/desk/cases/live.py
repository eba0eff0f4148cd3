"""What moved since a number: the list follows it without shifting what someone reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from gehoor.kernel.ids import content_hash
from gehoor.rooms.accounts.models import User
from gehoor.rooms.desk.cases.listing import A_PAGE, Line, View, cases_in, lines_of
from gehoor.rooms.desk.cases.moving import newest_move
from gehoor.rooms.desk.cases.presence import there
from gehoor.rooms.desk.models import Case

MOST = 3 * A_PAGE
"""So many cases a page shows at most."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What is otherwise. ``number``: the newest change that is in it; ``lines``: the shown cases that changed, or all
    where colleagues came or went; ``others``: how many cases of the view that are not shown moved since the page was
    made; ``seen``: what is known now of who is where."""

    number: int
    lines: list[Line]
    others: int
    seen: str


def moved(view: View, viewer: User, *, number: int, since: int, shown: Sequence[UUID], seen: str) -> Moved | None:
    """What moved after ``number`` as far as this page shows it; None where everything is as it was.

    ``since`` is the number at which the page was made; ``seen`` what it knows of who is where."""
    newest = newest_move()
    keys = dict(Case.objects.filter(public_id__in=shown[:MOST]).values_list("pk", "moved"))
    presence = who_is_where(keys, viewer)
    if newest <= number and presence == seen:
        return None
    changed = [key for key in keys if presence != seen or keys[key] > number]
    others = cases_in(view, viewer).filter(moved__gt=since).exclude(pk__in=keys)
    return Moved(newest, _lines(view, viewer, changed), others.count(), presence)


def _lines(view: View, viewer: User, changed: Sequence[int]) -> list[Line]:
    """These shown cases anew, and whether they are in the view still; nothing is asked where nothing changed."""
    if not changed:
        return []
    here = set(cases_in(view, viewer).filter(pk__in=changed).values_list("pk", flat=True))
    cases = Case.objects.filter(pk__in=changed).select_related("assignee").order_by("pk")
    return lines_of(list(cases), viewer, here)


def who_is_where(cases: Sequence[int] | dict[int, int], viewer: User) -> str:
    """A short mark that is another when a colleague came, went, or began to write; one query."""
    found = there(list(cases), viewer)
    if not found:
        return "-"
    said = "|".join(f"{case}:{each.name}:{each.writing}" for case in sorted(found) for each in found[case])
    return content_hash(said.encode()).hex()[:16]
