"""From what was asked to a Vega-Lite specification: plain data, drawn elsewhere. Nothing is fetched."""

import math
from collections.abc import Callable, Mapping, Sequence

from django.utils.translation import gettext

from gehoor.web.charts.asked import Asked, Cell, Column, Kind, number
from gehoor.web.charts.effect import effect
from gehoor.web.charts.house import Shade, Size, Spec, title_flat
from gehoor.web.charts.scatter import scatter

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
    y = {"field": f"v_{asked.y.key}", "type": "quantitative", "axis": title_flat(axis), "scale": {"zero": True}}
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
    longest = max((number(row, asked.y.key) for row in rows if row[asked.y.key] is not None), default=0)
    room = {"domain": [0, max(longest / (60 if turn else 1), 1e-9) * (1.2 if size.width > 500 else 1.5)], "nice": False}
    x = {"field": f"v_{asked.y.key}", "type": "quantitative", "axis": None, "scale": room}
    data = _data(asked, [asked.y.key], turn)
    return {
        **data,
        "data": {"values": rows},
        "height": 34 * len(rows),
        "autosize": {"type": "fit", "contains": "padding"},
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
        "resolve": {"axis": {"x": "independent"}},
        "spacing": 28,
        "spec": {
            "width": size.width // columns - (50 if columns > 1 else 0),
            "height": 90,
            "mark": {"type": "area", "line": {"color": shade.accent}, "color": shade.wash},
            "encoding": {"x": x, "y": y},
        },
    }


_DRAWERS: dict[Kind, Callable[[Asked, Shade, Size], Spec]] = {
    "trend": _trend,
    "scatter": scatter,
    "bars": _bars,
    "multiples": _multiples,
    "effect": effect,
}


def specification(asked: Asked, shade: Shade, size: Size) -> Spec:
    """The Vega-Lite specification of what was asked."""
    drawn = _DRAWERS[asked.kind](asked, shade, size)
    width = {} if asked.kind == "multiples" else {"width": size.width}
    return {"$schema": "https://vega.github.io/schema/vega-lite/v6.json", "padding": 4, **width, **drawn}
