"""What moved since a number: the list follows it without shifting what someone reads.

Every open screen asks this every two seconds. What is the same for all of them is therefore asked once for all
(:class:`Board`), and only what belongs to one viewer is asked for each.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from time import monotonic
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import get_language

from gehoor.kernel.clock import now
from gehoor.kernel.ids import content_hash
from gehoor.rooms.accounts.models import User
from gehoor.rooms.desk.cases.listing import A_PAGE, Line, View, cases_in, is_late, lines_of
from gehoor.rooms.desk.cases.moving import newest_move
from gehoor.rooms.desk.cases.presence import There, by_case, present
from gehoor.rooms.desk.models import Case, Presence

MOST = 3 * A_PAGE
"""So many cases a page shows at most."""
SHARED = frozenset(View) - {View.MINE, View.NAMED}
"""Views that hold the same cases whoever looks."""
_KEPT_LINES = 2_000
_MOST_MOVED = 10_000
"""So many cases that moved are held; a page that was made before the first of them asks for itself."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What is otherwise. ``number``: the newest change that is in it; ``lines``: the shown cases that changed, or at
    which colleagues came or went; ``others``: how many cases of the view that are not shown moved since the page was
    made; ``seen``: what is known now of who is where."""

    number: int
    lines: list[Line]
    others: int
    seen: str


@dataclass(frozen=True, slots=True)
class Glance:
    """The desk at a moment. ``newest``: the number of the last change; ``present``: everyone who is somewhere;
    ``cases``: every case that moved after ``floor``, as its primary key and how far it moved; ``views``: which of these
    are in a view that is the same for everyone."""

    newest: int
    present: Sequence[Presence]
    floor: int
    cases: Mapping[UUID, tuple[int, int]]
    views: Mapping[View, frozenset[int]]


class Board:
    """The desk as all screens of this process see it. ``fresh``: for so many seconds what was asked of the desk is told
    again; ``keeps``: for so many seconds the line of a case that did not move."""

    def __init__(self, fresh: float = 0.25, keeps: float = 5.0) -> None:
        self._fresh, self._keeps = fresh, keeps
        self._lock, self._until = Lock(), 0.0
        self._last: Glance | None = None
        self._lines: dict[tuple[int, int, str], tuple[float, Line]] = {}
        self._drawn: dict[tuple[object, ...], tuple[float, str]] = {}

    def glance(self, view: View) -> Glance:
        """How it is, with who is in this view where that is the same for everyone. Only what moved since the last
        glance is asked."""
        with self._lock:
            last = self._last
            if last is None or monotonic() >= self._until or (view in SHARED and view not in last.views):
                self._last = last = _glance(last, view)
                self._until = monotonic() + self._fresh
            return last

    def lines(self, cases: Mapping[int, int]) -> list[Line]:
        """The lines of these cases (how far each moved, by primary key), in that order, without who is there."""
        language, moment = get_language() or "", monotonic()
        keys = {case: (case, moved, language) for case, moved in cases.items()}
        found = {case: self._lines[key] for case, key in keys.items() if key in self._lines}
        kept = {case: line for case, (until, line) in found.items() if until > moment}
        missing = Case.objects.filter(pk__in=cases.keys() - kept.keys()).select_related("assignee")
        made = {line.case.pk: line for line in lines_of(list(missing))} if len(kept) < len(cases) else {}
        if len(self._lines) > _KEPT_LINES:
            self._lines = {}
        self._lines |= {keys[case]: (moment + self._keeps, line) for case, line in made.items()}
        return [each for case in cases if (each := kept.get(case) or made.get(case)) is not None]

    def drawn(self, line: Line, draw: Callable[[Line], str]) -> str:
        """A line as it is drawn, drawn once for all screens on which it looks the same."""
        there = tuple((each.name, each.writing) for each in line.there)
        key = (line.case.pk, line.case.moved, get_language() or "", line.late, line.here, there)
        until, found = self._drawn.get(key, (0.0, ""))
        if until <= monotonic():
            if len(self._drawn) > _KEPT_LINES:
                self._drawn = {}
            found = draw(line)
            self._drawn[key] = (monotonic() + self._keeps, found)
        return found


board = Board()


def _glance(last: Glance | None, view: View) -> Glance:
    newest = newest_move()
    if last is None or len(last.cases) > _MOST_MOVED or newest < last.newest:
        floor = max(0, newest - _MOST_MOVED // 2)
        last = Glance(floor, (), floor, {}, {})
    moved = {case: (pk, at) for case, pk, at in _moved_after(last.newest)} if newest > last.newest else {}
    keys = [pk for pk, _ in moved.values()]
    cases = {**last.cases, **moved}
    views = (
        {each: (known - {*keys}) | _in_view(each, keys) for each, known in last.views.items()} if keys else last.views
    )
    if view in SHARED and view not in views:
        views = {**views, view: _in_view(view, [pk for pk, _ in cases.values()])}
    newest = max([newest, *(at for _, at in moved.values())])
    return Glance(newest, list(present()), last.floor, cases, views)


def _moved_after(number: int) -> QuerySet[Case, tuple[UUID, int, int]]:
    return Case.objects.filter(moved__gt=number).values_list("public_id", "pk", "moved")


def _in_view(view: View, cases: Sequence[int], viewer: User | None = None) -> frozenset[int]:
    """Which of these cases are in a view."""
    return frozenset(cases_in(view, viewer).filter(pk__in=cases).values_list("pk", flat=True)) if cases else frozenset()


def moved(view: View, viewer: User, *, number: int, since: int, shown: Sequence[UUID], seen: str) -> Moved | None:
    """What moved after ``number`` as far as this page shows it; None where everything is as it was.

    ``since`` is the number at which the page was made; ``seen`` what it knows of who is where."""
    glance, on_page = board.glance(view), set(shown[:MOST])
    at = _at([each for each in glance.present if each.case.public_id in on_page], viewer)
    if glance.newest <= number and _seen(at) == seen:
        return None
    known = {mark.partition(".")[0]: mark for mark in seen.split("-")}
    came_or_went = {case for case in on_page if known.get(_short(case), "") != _mark(case, at)}
    held = min(number, since) >= glance.floor
    cases = glance.cases if held else _keys_of(on_page)
    changed = came_or_went | {case for case in on_page if case in cases and cases[case][1] > number}
    keys = {case: cases[case] for case in changed if case in cases} | _keys_of(changed - cases.keys())
    there = glance.views.get(view) if held else None
    if there is None:
        others = cases_in(view, viewer).filter(moved__gt=since).exclude(public_id__in=on_page).count()
    else:
        others = sum(last > since and pk in there and case not in on_page for case, (pk, last) in cases.items())
    if there is None or not keys.keys() <= cases.keys():
        there = _in_view(view, [pk for pk, _ in keys.values()], viewer)
    moment = now()
    lines = [
        replace(
            line, late=is_late(line.case, moment), here=line.case.pk in there, there=at.get(line.case.public_id, ())
        )
        for line in board.lines(dict(sorted(keys.values())))
    ]
    return Moved(max(glance.newest, number), lines, others, _seen(at))


def _keys_of(cases: Collection[UUID]) -> dict[UUID, tuple[int, int]]:
    rows = Case.objects.filter(public_id__in=cases).values_list("public_id", "pk", "moved") if cases else ()
    return {case: (pk, last) for case, pk, last in rows}


def who_is_where(cases: Sequence[int], viewer: User) -> str:
    """Short marks by which a page knows when a colleague came, went, or began to write; one query."""
    return _seen(_at(present().filter(case__in=cases), viewer))


def _at(rows: Iterable[Presence], viewer: User) -> dict[UUID, list[There]]:
    return by_case(rows, viewer, lambda row: row.case.public_id)


def _seen(at: Mapping[UUID, Sequence[There]]) -> str:
    return "-".join(_mark(case, at) for case in sorted(at)) or "-"


def _mark(case: UUID, at: Mapping[UUID, Sequence[There]]) -> str:
    """A mark of the case and of who is there; empty where nobody is."""
    said = "|".join(f"{each.name}:{each.writing}" for each in at.get(case, ()))
    return f"{_short(case)}.{content_hash(said.encode()).hex()[:8]}" if said else ""


def _short(case: UUID) -> str:
    return case.hex[-8:]
