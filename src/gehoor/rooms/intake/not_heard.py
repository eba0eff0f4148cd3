"""What was not heard: calls abandoned, letters in the drawer, mails unread. Entered or imported, and counted."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypedDict
from uuid import UUID

from django.db import transaction
from django.db.models import Count, QuerySet, Sum

from gehoor.channels.email.charset import decode
from gehoor.channels.table.dates import HOME, Moments
from gehoor.kernel.errors import NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.intake.models import NotHeard, Silent, Source
from gehoor.rooms.intake.sources import sources
from gehoor.rooms.privacy.audit import do_log

NAMES: Mapping[str, str] = {
    Silent.CALLS: sentence("Calls given up"),
    Silent.LETTERS: sentence("Letters in the drawer"),
    Silent.MAILS: sentence("Mails unread"),
    Silent.FORMS: sentence("Forms broken off"),
    Silent.OTHER: sentence("Something else"),
}
MOST = 10_000_000
"""More than that in one period is a slip of the keys."""
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "what": ("what", "wat", "soort"),
    "since": ("since", "van", "vanaf", "from"),
    "until": ("until", "tot", "tot en met", "t/m", "to"),
    "count": ("count", "aantal", "number"),
    "waited_minutes": ("waited_minutes", "minuten", "minuten gewacht", "wachttijd", "minutes waited"),
    "source": ("source", "bron"),
}
WORDS: Mapping[str, str] = {
    **{each.value: each.value for each in Silent},
    "telefoontjes": "calls",
    "telefoongesprekken": "calls",
    "gesprekken": "calls",
    "brieven": "letters",
    "mails": "mails",
    "mail": "mails",
    "e-mail": "mails",
    "formulieren": "forms",
    "anders": "other",
}


class ColumnsMissing(Refused):
    """A table of what was not heard lacks a column."""

    code = "columns_missing"
    text = sentence("The table lacks these columns: {names}")
    remedy = sentence("Give it the columns what, since, until and count; waited_minutes and source may be added.")


class RowNotUsable(Refused):
    """A row of such a table cannot be read; nothing of the table was taken in."""

    code = "row_not_usable"
    text = sentence("Row {number} of the table cannot be read; nothing of it was taken in.")
    remedy = sentence("Check its dates and numbers, what it counts, and that its source exists; then send it in again.")


class _Told(TypedDict):
    """One row of a table."""

    what: str
    since: date
    until: date
    count: int
    waited_minutes: float | None
    source: Source | None


def not_heard() -> QuerySet[NotHeard]:
    """Every entry that stands, the newest period first."""
    return NotHeard.objects.filter(removed=False).select_related("source", "by").order_by("-until", "-since", "id")


def do_tell_not_heard(
    *,
    what: str,
    since: date,
    until: date,
    count: int,
    waited_minutes: float | None = None,
    source: Source | None = None,
    actor: User | None,
) -> NotHeard:
    """Keep how often customers tried in vain; the same thing, source and period again replaces it. Raises Refused."""
    if what not in Silent.values:
        raise Refused(why=sentence("it has to be calls, letters, mails, forms or other"))
    if until < since:
        raise Refused(why=sentence("the period ends before it begins"))
    if not 0 <= count <= MOST or (waited_minutes is not None and not 0 <= waited_minutes <= MOST):
        raise Refused(why=sentence("the number is not possible"))
    with transaction.atomic():
        same = NotHeard.objects.filter(what=what, since=since, until=until, source=source, removed=False)
        same.update(removed=True)
        made = NotHeard.objects.create(
            what=what, since=since, until=until, count=count, waited_minutes=waited_minutes, source=source, by=actor
        )
        do_log(actor=actor, action="not_heard.tell", what="not_heard", public_id=made.public_id)
    return made


def access_not_heard(public_id: UUID) -> NotHeard:
    """One entry, a removed one too; raises NotFound."""
    found = NotHeard.objects.filter(public_id=public_id).first()
    if found is None:
        raise NotFound(what=sentence("entry"))
    return found


def do_remove_not_heard(*, entry: NotHeard, actor: User | None, removed: bool = True) -> None:
    """It does not count any more; or it counts again after all."""
    with transaction.atomic():
        entry.removed = removed
        entry.save(update_fields=["removed"])
        action = "not_heard.remove" if removed else "not_heard.undo"
        do_log(actor=actor, action=action, what="not_heard", public_id=entry.public_id)


def do_import_not_heard(*, data: bytes, actor: User | None) -> int:
    """Take in a CSV table (what, since, until, count, waited_minutes, source); all of it or nothing. Raises Refused."""
    rows = list(_rows(data))
    with transaction.atomic():
        for row in rows:
            do_tell_not_heard(**row, actor=actor)
    return len(rows)


def _rows(data: bytes) -> Iterable[_Told]:
    text = decode(data)
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text), delimiter=max(";,\t", key=first.count))
    headings = [name.strip().casefold() for name in next(reader, [])]
    place = {field: headings.index(name) for field, names in HEADINGS.items() for name in names if name in headings}
    if lacking := {"what", "since", "until", "count"} - place.keys():
        raise ColumnsMissing(names=", ".join(sorted(lacking)))
    by_name = {source.name.casefold(): source for source in sources()}
    for number, cells in enumerate(reader, start=1):
        if any(cell.strip() for cell in cells):
            try:
                yield _row({field: cells[at].strip() for field, at in place.items() if at < len(cells)}, by_name)
            except (ValueError, KeyError):
                raise RowNotUsable(number=number) from None


def _row(cells: Mapping[str, str], by_name: Mapping[str, Source]) -> _Told:
    waited, source = cells.get("waited_minutes", ""), cells.get("source", "")
    return {
        "what": WORDS[cells["what"].casefold()],
        "since": _day(cells["since"]),
        "until": _day(cells["until"]),
        "count": int(cells["count"].replace(".", "")),
        "waited_minutes": float(waited.replace(",", ".")) if waited else None,
        "source": by_name[source.casefold()] if source else None,
    }


def _day(text: str) -> date:
    found = Moments()(text)
    if found is None:
        raise ValueError
    return found.astimezone(HOME).date()


@dataclass(frozen=True, slots=True)
class Total:
    """All that was not heard of one sort. ``minutes`` is None where nobody said; ``untold`` entries say no minutes."""

    what: str
    name: str
    count: int
    minutes: float | None
    untold: int


def totals(since: date | None = None, until: date | None = None) -> list[Total]:
    """Sums over the entries whose period ends within these days, both included; most first."""
    rows = NotHeard.objects.filter(removed=False)
    rows = rows.filter(until__gte=since) if since else rows
    rows = rows.filter(until__lte=until) if until else rows
    sums = rows.values_list("what").annotate(
        n=Sum("count"), m=Sum("waited_minutes"), entries=Count("pk"), told=Count("waited_minutes")
    )
    found = [Total(what, NAMES[what], n, m, of - told) for what, n, m, of, told in sums.order_by()]
    return sorted((each for each in found if each.count), key=lambda each: -each.count)
