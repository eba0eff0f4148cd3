"""The tags that ask for a picture. ``gehoor.py`` takes them over, so no template has to load them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django import template
from django.utils.translation import get_language, gettext

from gehoor.web.charts import effect as before_after
from gehoor.web.charts.asked import Asked, Cell, Column, Unit, plain_rows
from gehoor.web.charts.pictures import keep

register = template.Library()


def _figure(asked: Asked, title: str, alt: str, columns: Sequence[Column], half: bool) -> dict[str, Any]:
    return {
        "size": "half" if half else "wide",
        "title": title,
        "alt": alt,
        "key": keep(asked) if asked.rows else "",
        "heads": [column.name for column in columns],
        "rows": [[(column.name, column.say(row[column.key])) for column in columns] for row in asked.rows],
    }


def _known(rows: Iterable[Mapping[str, Cell]], key: str) -> list[Mapping[str, Cell]]:
    return sorted((row for row in rows if row[key] is not None), key=lambda row: -float(row[key] or 0))


def _extremes(asked: Asked, title: str) -> str:
    known = _known(asked.rows, asked.y.key)
    if not known:
        return title
    first, last = known[0], known[-1]
    return gettext("%(title)s. Highest: %(high)s in %(high_at)s; lowest: %(low)s in %(low_at)s.") % {
        "title": title,
        "high": asked.y.say(first[asked.y.key]),
        "high_at": asked.x.say(first[asked.x.key]),
        "low": asked.y.say(last[asked.y.key]),
        "low_at": asked.x.say(last[asked.x.key]),
    }


def _largest(rows: Iterable[Mapping[str, Cell]], x: str, y: Column, title: str) -> str:
    said = "; ".join(f"{row[x]}: {y.say(row[y.key])}" for row in _known(rows, y.key)[:3])
    return gettext("%(title)s. Largest: %(said)s.") % {"title": title, "said": said} if said else title


@register.inclusion_tag("components/chart.html")
def trend_chart(
    rows: Iterable[Any],
    title: str,
    y: str,
    label: str,
    x: str = "month",
    low: str = "",
    high: str = "",
    unit: Unit = "whole",
    line: bool = False,
    alt: str = "",
    half: bool = False,
) -> dict[str, Any]:
    """A value per month: bars, or a line (``line=True``) for what is estimated, with the interval around it."""
    month, value = Column("month", gettext("Month")), Column(y, label, unit)
    found = plain_rows(rows, [x, y, low, high])
    plain = tuple({"month": row[x], **{key: row[key] for key in (y, low, high) if key}} for row in found)
    asked = Asked("trend", plain, month, value, low=low, high=high, line=line, language=get_language() or "nl")
    interval = [Column(low, gettext("At least"), unit), Column(high, gettext("At most"), unit)] if low and high else []
    return _figure(asked, title, alt or _extremes(asked, title), [month, value, *interval], half)


@register.inclusion_tag("components/chart.html")
def scatter_chart(
    rows: Iterable[Any],
    title: str,
    x: str = "voices",
    x_label: str = "",
    y: str = "customer_minutes",
    y_label: str = "",
    name: str = "name",
    alt: str = "",
    half: bool = False,
) -> dict[str, Any]:
    """Loud against weighty: voices across, customer minutes up, the dotted line is the average time of a voice."""
    across = Column(x, x_label or gettext("Voices"))
    up = Column(y, y_label or gettext("Customer minutes"), "minutes")
    plain = tuple({"name": row[name], x: row[x], y: row[y]} for row in plain_rows(rows, [name, x, y]))
    asked = Asked("scatter", plain, across, up, language=get_language() or "nl")
    said = alt or _largest(plain, "name", up, title)
    return _figure(asked, title, said, [Column("name", gettext("What")), across, up], half)


@register.inclusion_tag("components/chart.html")
def bar_chart(
    rows: Iterable[Any],
    title: str,
    y: str,
    label: str,
    x: str = "name",
    unit: Unit = "whole",
    alt: str = "",
    half: bool = False,
) -> dict[str, Any]:
    """Horizontal bars in the order of the rows, the value written at the end of each."""
    value = Column(y, label, unit)
    plain = tuple({"name": row[x], y: row[y]} for row in plain_rows(rows, [x, y]))
    what = Column("name", gettext("What"))
    asked = Asked("bars", plain, what, value, language=get_language() or "nl")
    return _figure(asked, title, alt or _largest(plain, "name", value, title), [what, value], half)


@register.inclusion_tag("components/chart.html")
def multiples_chart(
    rows: Iterable[Any],
    title: str,
    y: str,
    label: str,
    by: str = "name",
    x: str = "month",
    unit: Unit = "whole",
    alt: str = "",
    half: bool = False,
) -> dict[str, Any]:
    """The same trend for several things, one small picture each, on one scale."""
    month, value = Column("month", gettext("Month")), Column(y, label, unit)
    plain = tuple({"name": row[by], "month": row[x], y: row[y]} for row in plain_rows(rows, [by, x, y]))
    asked = Asked("multiples", plain, month, value, by="name", language=get_language() or "nl")
    said = alt or _extremes(asked, title)
    return _figure(asked, title, said, [Column("name", gettext("What")), month, value], half)


@register.inclusion_tag("components/chart.html")
def effect_chart(
    rows: Iterable[Any],
    title: str,
    label: str,
    moment: date,
    bands: Iterable[Any] = (),
    alt: str = "",
    half: bool = False,
) -> dict[str, Any]:
    """Asks a week before and after a day: counted, as the model sees them, and what would have been asked anyway."""
    week, counted = Column("week", gettext("Week from")), Column(before_after.COUNTED, label)
    plain = plain_rows(rows, before_after.KEYS)
    periods = plain_rows(bands, ("since", "until", "name"))
    asked = Asked(
        "effect", plain, week, counted, language=get_language() or "nl", bands=periods, moment=moment.isoformat()
    )
    estimates = (
        Column(before_after.FITTED, gettext("As the model sees it"), "rough"),
        Column(before_after.WITHOUT, gettext("Without the change"), "rough"),
        Column(before_after.LOW, gettext("At least"), "rough"),
        Column(before_after.HIGH, gettext("At most"), "rough"),
    )
    return _figure(asked, title, alt or title, [week, counted, *estimates], half)
