"""Before and after a change: the asks a week, what would have been asked anyway with its interval, the moment of the
change, and the events that moved the asks as bands behind it all."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.utils.translation import gettext

from gehoor.web.charts.asked import Asked, Cell
from gehoor.web.charts.house import Shade, Size, Spec, title_flat

COUNTED, FITTED, WITHOUT, LOW, HIGH = "counted", "fitted", "without", "low", "high"
KEYS = ("week", COUNTED, FITTED, WITHOUT, LOW, HIGH)
_HEIGHT = 300
_LETTER = 0.55
_ROOM = 1.3


def effect(asked: Asked, shade: Shade, size: Size) -> Spec:
    """The specification. Rows hold a ``week`` (its Monday); bands ``since``, ``until`` and ``name``."""
    x = {"field": "week", "type": "temporal", "axis": _axis(asked.rows, size)}
    axis = title_flat({"title": asked.y.name, "tickCount": 5, "tickMinStep": 1})
    value = {"type": "quantitative", "axis": axis, "scale": {"domain": [0, _highest(asked)], "nice": True}}
    dot = {"type": "circle", "size": 26, "color": shade.soft, "opacity": 0.75}
    return {
        "data": {"values": list(asked.rows)},
        "height": _HEIGHT,
        "layer": [
            *_bands(asked, shade, size),
            _layer({"type": "area", "color": shade.wash, "clip": True}, x, {**value, "field": LOW}, y2={"field": HIGH}),
            _layer(dot, x, {**value, "field": COUNTED}),
            _layer({"type": "line", "color": shade.care, "strokeDash": [6, 4]}, x, {**value, "field": WITHOUT}),
            _layer({"type": "line", "color": shade.accent}, x, {**value, "field": FITTED}),
            *_moment(asked, shade, size),
        ],
    }


def _highest(asked: Asked) -> float:
    """What the axis reaches: an interval that is wide for a week or two does not press all else flat."""
    drawn = [row[key] for row in asked.rows for key in (COUNTED, FITTED, WITHOUT)]
    return max(1.0, _ROOM * max((float(each) for each in drawn if each is not None), default=1.0))


def _layer(mark: Spec, x: Spec, y: Spec, **more: Spec) -> Spec:
    known = f"isValid(datum['{y['field']}'])"
    return {"transform": [{"filter": known}], "mark": mark, "encoding": {"x": x, "y": y, **more}}


def _axis(rows: Sequence[Mapping[str, Cell]], size: Size) -> Spec:
    months = max(1, round(len(rows) / 4.35))
    step = max(1, round(months / (7 if size.width > 400 else 3)))
    return {"title": None, "format": "%b %Y", "grid": False, "tickCount": {"interval": "month", "step": step}}


def _bands(asked: Asked, shade: Shade, size: Size) -> list[Spec]:
    """Each event as a band over the whole height, its name standing upright in it."""
    if not asked.bands:
        return []
    data = {"values": [{**band, "until": _after(str(band["until"]))} for band in asked.bands]}
    x = {"field": "since", "type": "temporal"}
    room = int(_HEIGHT / (size.font * _LETTER)) - 2
    text = {"type": "text", "angle": 270, "align": "right", "baseline": "top", "dx": -6, "dy": 3, "color": shade.soft}
    band = {"type": "rect", "color": shade.line, "opacity": 0.6}
    named = {"calculate": f"truncate(datum.name, {room})", "as": "short"}
    return [
        {"data": data, "mark": band, "encoding": {"x": x, "x2": {"field": "until"}}},
        {
            "data": data,
            "transform": [named],
            "mark": {**text, "fontSize": size.font - 1, "fill": shade.soft},
            "encoding": {"x": x, "y": {"value": 0}, "text": {"field": "short"}},
        },
    ]


def _moment(asked: Asked, shade: Shade, size: Size) -> list[Spec]:
    """A line on the day of the change."""
    if not asked.moment:
        return []
    data = {"values": [{"at": asked.moment, "said": gettext("the change")}]}
    x = {"field": "at", "type": "temporal"}
    text = {"type": "text", "align": "left", "baseline": "bottom", "dx": 6, "fill": shade.ink, "fontWeight": "bold"}
    return [
        {"data": data, "mark": {"type": "rule", "color": shade.ink, "strokeWidth": 1.5}, "encoding": {"x": x}},
        {"data": data, "mark": text, "encoding": {"x": x, "y": {"value": -4}, "text": {"field": "said"}}},
    ]


def _after(day: str) -> str:
    """The day after the last one, which is included."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
