"""From what was asked to a Vega-Lite specification: plain data, drawn elsewhere. Nothing is fetched."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from gehoor.web.charts.asked import Asked, Cell, Column, Kind, number
from gehoor.web.charts.house import Shade, Size

Spec = dict[str, Any]
_MONTH = {"field": "month", "type": "temporal"}
_HOURS_FROM = 600


def _value_axis(column: Column, rows: Sequence[Mapping[str, Cell]], keys: Sequence[str]) -> tuple[str, Spec]:
    """A Vega expression that turns a cell into the unit of the axis, and that axis. Long times are shown in hours."""
    if column.unit == "share":
        return "", {"title": None, "format": ".0%", "tickCount": 5}
    longest = max((number(row, key) for row in rows for key in keys if row.get(key) is not None), default=0)
    if column.unit == "minutes" and longest >= _HOURS_FROM:
        return " / 60", {"title": gettext("hours"), "format": ",.0f", "tickCount": 5}
    title = gettext("minutes") if column.unit == "minutes" else None
    return "", {"title": title, "format": ",.0f", "tickCount": 5, "tickMinStep": 1}


def _title_flat(axis: Spec) -> Spec:
    """The unit above the axis, to be read without turning one's head."""
    return {**axis, "titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleY": -14, "titleX": -30}


def _data(asked: Asked, keys: Sequence[str], turn: str) -> Spec:
    transform = [
        {"calculate": f"datum['{key}'] === null ? null : datum['{key}']{turn}", "as": f"v_{key}"} for key in keys
    ]
    return {"data": {"values": list(asked.rows)}, "transform": transform}


def _month_axis(size: Size, count: int) -> Spec:
    labels = 6 if size.width > 400 else 3
    by_month = max(1, math.ceil(count / labels))
    return {"title": None, "format": "%b %Y", "grid": False, "tickCount": {"interval": "month", "step": by_month}}


def _trend(asked: Asked, shade: Shade, size: Size) -> Spec:
    keys = [key for key in (asked.y.key, asked.low, asked.high) if key]
    turn, axis = _value_axis(asked.y, asked.rows, keys)
    x = {**_MONTH, "field": asked.x.key, "axis": _month_axis(size, len(asked.rows))}
    y = {"field": f"v_{asked.y.key}", "type": "quantitative", "axis": _title_flat(axis), "scale": {"zero": True}}
    layers: list[Spec] = []
    if asked.low and asked.high:
        band = {"y": {**y, "field": f"v_{asked.low}"}, "y2": {"field": f"v_{asked.high}"}}
        mark = "area" if asked.line else {"type": "rule", "strokeWidth": 2, "color": shade.soft}
        layers.append({"mark": mark, "encoding": band})
    if asked.line:
        layers.append({"mark": {"type": "line", "point": {"size": 45, "color": shade.accent}}, "encoding": {"y": y}})
    else:
        wide = max(4, int(size.width / max(len(asked.rows), 1) * 0.7))
        layers.insert(0, {"mark": {"type": "bar", "width": min(wide, 48)}, "encoding": {"y": y}})
    return {**_data(asked, keys, turn), "height": 240, "encoding": {"x": x}, "layer": layers}


def _bars(asked: Asked, shade: Shade, size: Size) -> Spec:
    turn, _ = _value_axis(asked.y, asked.rows, [asked.y.key])
    rows = [{**row, "said": asked.y.say(row[asked.y.key])} for row in asked.rows]
    y = {
        "field": asked.x.key,
        "type": "nominal",
        "sort": None,
        "axis": {"title": None, "grid": False, "labelColor": shade.ink, "labelLimit": size.width // 2.5},
    }
    x = {"field": f"v_{asked.y.key}", "type": "quantitative", "axis": None, "scale": {"zero": True}}
    data = _data(asked, [asked.y.key], turn)
    return {
        **data,
        "data": {"values": rows},
        "height": {"step": 34},
        "encoding": {"y": y, "x": x},
        "layer": [
            {"mark": {"type": "bar", "height": 20}},
            {"mark": {"type": "text", "align": "left", "dx": 6}, "encoding": {"text": {"field": "said"}}},
        ],
    }


def _multiples(asked: Asked, shade: Shade, size: Size) -> Spec:
    turn, axis = _value_axis(asked.y, asked.rows, [asked.y.key])
    columns = 3 if size.width > 500 else 2 if size.width > 400 else 1
    x = {**_MONTH, "field": asked.x.key, "axis": {**_month_axis(size, 18), "tickCount": 2}}
    y = {"field": f"v_{asked.y.key}", "type": "quantitative", "axis": {**axis, "tickCount": 3, "title": None}}
    return {
        **_data(asked, [asked.y.key], turn),
        "facet": {
            "field": asked.by,
            "type": "nominal",
            "sort": list(dict.fromkeys(row[asked.by] for row in asked.rows)),
        },
        "columns": columns,
        "spacing": 28,
        "spec": {
            "width": size.width // columns - (50 if columns > 1 else 0),
            "height": 90,
            "mark": {"type": "area", "line": {"color": shade.accent}, "color": shade.wash},
            "encoding": {"x": x, "y": y},
        },
    }


_HEIGHT = 420


class _LogScale:
    """A logarithmic axis that Python and Vega share, so that labels can be placed where the points are."""

    def __init__(self, values: Sequence[float], length: int) -> None:
        self.low, self.high = min(values) / 1.4, max(values) * 1.6
        self.length = length

    def at(self, value: float) -> float:
        """The position in pixels."""
        return math.log(value / self.low) / math.log(self.high / self.low) * self.length

    def ticks(self) -> list[float]:
        """Powers of ten, with 2 and 5 between when there are few."""
        whole = range(math.floor(math.log10(self.low)), math.ceil(math.log10(self.high)) + 1)
        steps = (1, 2, 5) if len(whole) <= 3 else (1, 3) if len(whole) == 4 else (1,)
        marks = [step * 10.0**power for power in whole for step in steps]
        return [mark for mark in marks if self.low <= mark <= self.high]


def _label_places(points: list[Spec], across: _LogScale, up: _LogScale, size: Size, most: int) -> list[Spec]:
    """The most telling points get their name: far from the diagonal or large, and never over another name."""
    taken: list[tuple[float, float, float]] = []
    named: list[Spec] = []
    longest = 42 if size.width > 500 else 24
    for point in sorted(points, key=lambda each: -each["telling"]):
        x, y = across.at(point["px"]), up.at(point["py"])
        name = point["name"] if len(point["name"]) <= longest else point["name"][: longest - 1].rstrip() + "…"
        long = len(name) * size.font * 0.58
        right = x + 12 + long < size.width
        left = x - 12 - long > 0
        box = (x + 8, x + 14 + long) if right else (x - 14 - long, x - 8)
        free = all(box[1] < start or box[0] > end or abs(y - at) > 17 for start, end, at in taken)
        if (right or left) and free and len(named) < most:
            taken.append((*box, y))
            named.append({**point, "short": name, "side": "left" if right else "right"})
    return named


def _points(asked: Asked) -> list[Spec]:
    """Positive points only: a logarithm has no place for nothing. ``side`` tells loud from weighty by the average."""
    kept = [
        row
        for row in asked.rows
        if all(isinstance(row[key], float) and number(row, key) > 0 for key in (asked.x.key, asked.y.key))
    ]
    turn = 60.0 if max((number(row, asked.y.key) for row in kept), default=0) >= _HOURS_FROM else 1.0
    average = sum(number(row, asked.y.key) for row in kept) / max(sum(number(row, asked.x.key) for row in kept), 1)
    points = []
    for row in kept:
        x, y = number(row, asked.x.key), number(row, asked.y.key)
        off = math.log(y / x / average)
        points.append(
            {
                "name": str(row["name"]),
                "px": x,
                "py": y / turn,
                "tone": "weighty" if off > 0 else "loud",
                "telling": abs(off) * math.sqrt(x * y),
                "turn": turn,
                "average": average / turn,
            }
        )
    return points


def _scatter(asked: Asked, shade: Shade, size: Size) -> Spec:
    points = _points(asked)
    if not points:
        return {"data": {"values": []}, "mark": "point", "height": 60}
    across = _LogScale([point["px"] for point in points], size.width)
    up = _LogScale([point["py"] for point in points], _HEIGHT)
    average = points[0]["average"]
    ends = [max(across.low, up.low / average), min(across.high, up.high / average)]
    unit = gettext("hours") if points[0]["turn"] > 1 else gettext("minutes")
    axes = {"grid": True, "format": "~r"}
    x = {"field": "px", "type": "quantitative", "scale": {"type": "log", "domain": [across.low, across.high]}}
    y = {"field": "py", "type": "quantitative", "scale": {"type": "log", "domain": [up.low, up.high]}}
    named = _label_places(points, across, up, size, 10 if size.width > 400 else 5)
    tones = {"domain": ["weighty", "loud"], "range": [shade.accent, shade.care]}
    text = {"type": "text", "baseline": "middle"}
    layers: list[Spec] = [
        {
            "data": {"values": [{"px": end, "py": end * average} for end in ends]},
            "mark": {"type": "line", "color": shade.soft, "strokeDash": [2, 6], "strokeWidth": 1.5},
        },
        {
            "data": {"values": points},
            "mark": {"type": "circle", "size": 110, "opacity": 0.9, "stroke": shade.sheet, "strokeWidth": 1},
            "encoding": {"color": {"field": "tone", "type": "nominal", "legend": None, "scale": tones}},
        },
    ]
    for side in ("left", "right"):
        mine = {
            "data": {"values": [point for point in named if point["side"] == side]},
            "encoding": {"text": {"field": "short"}},
        }
        mark = {**text, "align": side, "dx": 10 if side == "left" else -10}
        behind = {"stroke": shade.sheet, "strokeWidth": 4, "strokeJoin": "round", "aria": False}
        layers += [{**mine, "mark": {**mark, **behind}}, {**mine, "mark": mark}]
    x_axis = {**axes, "title": f"{asked.x.name} →", "values": across.ticks(), "titleAnchor": "end"}
    y_axis = _title_flat({**axes, "title": f"↑ {asked.y.name} ({unit})", "values": up.ticks()})
    encoding = {"x": {**x, "axis": x_axis}, "y": {**y, "axis": y_axis}}
    return {"height": _HEIGHT, "encoding": encoding, "layer": layers}


_DRAWERS: dict[Kind, Callable[[Asked, Shade, Size], Spec]] = {
    "trend": _trend,
    "scatter": _scatter,
    "bars": _bars,
    "multiples": _multiples,
}


def specification(asked: Asked, shade: Shade, size: Size) -> Spec:
    """The Vega-Lite specification of what was asked."""
    drawn = _DRAWERS[asked.kind](asked, shade, size)
    width = {} if asked.kind == "multiples" else {"width": size.width}
    return {"$schema": "https://vega.github.io/schema/vega-lite/v6.json", "padding": 4, **width, **drawn}
