"""What moved since a number: the list follows it without shifting what someone reads.

Every open screen asks this every two seconds. What is the same for all of them is therefore asked once for all
(:class:`Board`), and only what belongs to one viewer is asked for each.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from time import monotonic
from uuid import UUID

from django.utils.translation import get_language

from gehoor.kernel.clock import now
from gehoor.kernel.ids import content_hash
from gehoor.rooms.accounts.models import User
from gehoor.rooms.desk.cases.listing import A_PAGE, Line, View, cases_in, is_late, lines_of
from gehoor.rooms.desk.cases.moving import newest_move
from gehoor.rooms.desk.cases.presence import There, colleagues, present, there
from gehoor.rooms.desk.models import Case, Presence

MOST = 3 * A_PAGE
"""So many cases a page shows at most."""
_KEPT_LINES = 2_000


@dataclass(frozen=True, slots=True)
class Moved:
    """What is otherwise. ``number``: the newest change that is in it; ``lines``: the shown cases that changed, or at
    which colleagues came or went; ``others``: how many cases of the view that are not shown moved since the page was
    made; ``seen``: what is known now of who is where."""

    number: int
    lines: list[Line]
    others: int
    seen: str


class Board:
    """The desk as all screens of this process see it. ``fresh``: for so many seconds what was asked of the desk is told
    again; ``keeps``: for so many seconds the line of a case that did not move."""

    def __init__(self, fresh: float = 0.25, keeps: float = 5.0) -> None:
        self._fresh, self._keeps = fresh, keeps
        self._lock, self._until = Lock(), 0.0
        self._newest, self._present = 0, list[Presence]()
        self._lines: dict[tuple[int, int, str], tuple[float, Line]] = {}

    def glance(self) -> tuple[int, list[Presence]]:
        """The number of the newest change, and everyone who is somewhere."""
        with self._lock:
            if monotonic() >= self._until:
                self._newest, self._present = newest_move(), list(present())
                self._until = monotonic() + self._fresh
            return self._newest, self._present

    def lines(self, cases: Mapping[int, int]) -> list[Line]:
        """The lines of these cases (how far each moved, by primary key), in that order, without who is there."""
        language, moment = get_language() or "", monotonic()
        keys = {case: (case, moved, language) for case, moved in cases.items()}
        found = {case: self._lines[key] for case, key in keys.items() if key in self._lines}
        kept = {case: line for case, (until, line) in found.items() if until > moment}
        missing = Case.objects.filter(pk__in=cases.keys() - kept.keys()).select_related("assignee")
        made = {line.case.pk: line for line in lines_of(list(missing))} if len(kept) < len(cases) else {}
        if len(self._lines) > _KEPT_LINES:
            self._lines.clear()
        self._lines |= {keys[case]: (moment + self._keeps, line) for case, line in made.items()}
        return [each for case in cases if (each := kept.get(case) or made.get(case)) is not None]


board = Board()


def moved(view: View, viewer: User, *, number: int, since: int, shown: Sequence[UUID], seen: str) -> Moved | None:
    """What moved after ``number`` as far as this page shows it; None where everything is as it was.

    ``since`` is the number at which the page was made; ``seen`` what it knows of who is where."""
    newest, everyone = board.glance()
    on_page = set(shown[:MOST])
    at = colleagues([each for each in everyone if each.case.public_id in on_page], viewer)
    if newest <= number and _seen(at) == seen:
        return None
    cases = dict(Case.objects.filter(public_id__in=on_page).values_list("pk", "moved").order_by("pk"))
    known = {mark.partition(".")[0]: mark for mark in seen.split("-")}
    changed = {
        case: last
        for case, last in cases.items()
        if last > number or known.get(_short(str(case)), "") != _mark(case, at)
    }
    others = cases_in(view, viewer).filter(moved__gt=since).exclude(pk__in=cases)
    return Moved(max(newest, number), _lines(view, viewer, changed, at), others.count(), _seen(at))


def _lines(view: View, viewer: User, changed: Mapping[int, int], at: Mapping[int, Sequence[There]]) -> list[Line]:
    """These shown cases anew, and whether they are in the view still; nothing is asked where nothing changed."""
    if not changed:
        return []
    here = set(cases_in(view, viewer).filter(pk__in=changed).values_list("pk", flat=True))
    moment = now()
    return [
        replace(line, late=is_late(line.case, moment), here=line.case.pk in here, there=at.get(line.case.pk, ()))
        for line in board.lines(changed)
    ]


def who_is_where(cases: Sequence[int], viewer: User) -> str:
    """Short marks by which a page knows when a colleague came, went, or began to write; one query."""
    return _seen(there(cases, viewer))


def _seen(at: Mapping[int, Sequence[There]]) -> str:
    return "-".join(_mark(case, at) for case in sorted(at)) or "-"


def _mark(case: int, at: Mapping[int, Sequence[There]]) -> str:
    """A mark of the case and of who is there; empty where nobody is."""
    said = "|".join(f"{each.name}:{each.writing}" for each in at.get(case, ()))
    return f"{_short(str(case))}.{_short(said)}" if said else ""


def _short(said: str) -> str:
    return content_hash(said.encode()).hex()[:8]
