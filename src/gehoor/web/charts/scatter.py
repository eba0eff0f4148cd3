"""Loud against weighty: voices across, time up, both logarithmic, and the names of the most telling points."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from gehoor.web.charts.asked import Asked, number
from gehoor.web.charts.house import Shade, Size, Spec, title_flat

_HEIGHT = 440
_HOURS_FROM = 600
_GAP = 10
_LINE = 17


class _LogScale:
    """A logarithmic axis that Python and Vega share, so that names can be placed where the points are."""

    def __init__(self, values: Sequence[float], length: int) -> None:
        self.low, self.high = min(values) / 1.4, max(values) * 1.6
        self.length = length

    def at(self, value: float) -> float:
        """The position in pixels."""
        return math.log(value / self.low) / math.log(self.high / self.low) * self.length

    def ticks(self) -> list[float]:
        """Powers of ten, with steps between when there are few."""
        whole = range(math.floor(math.log10(self.low)), math.ceil(math.log10(self.high)) + 1)
        steps = (1, 2, 5) if len(whole) <= 3 else (1, 3) if len(whole) == 4 else (1,)
        marks = [step * 10.0**power for power in whole for step in steps]
        return [mark for mark in marks if self.low <= mark <= self.high]

    def encoding(self, field: str, axis: Spec) -> Spec:
        """The same axis for Vega."""
        shown = {"grid": True, "format": "~r", "values": self.ticks(), **axis}
        scale = {"type": "log", "domain": [self.low, self.high]}
        return {"field": field, "type": "quantitative", "scale": scale, "axis": shown}


@dataclass(frozen=True, slots=True)
class _Point:
    """``off`` is the distance from the average time of a voice, as a logarithm; above it is weighty, below is loud."""

    name: str
    x: float
    y: float
    off: float

    @property
    def telling(self) -> float:
        return abs(self.off) * math.sqrt(math.sqrt(self.x * self.y))

    def spec(self, **more: str) -> Spec:
        return {"x": self.x, "y": self.y, "tone": "weighty" if self.off > 0 else "loud", **more}


def _points(asked: Asked) -> tuple[list[_Point], float, bool]:
    """The points, the average time of a voice, and whether times are in hours. A logarithm has no place for zero."""
    across, up = asked.x.key, asked.y.key
    kept = [
        row for row in asked.rows if all(isinstance(row[key], float) and number(row, key) > 0 for key in (across, up))
    ]
    in_hours = max((number(row, up) for row in kept), default=0) >= _HOURS_FROM
    unit = 60.0 if in_hours else 1.0
    average = sum(number(row, up) for row in kept) / unit / max(sum(number(row, across) for row in kept), 1)
    points = []
    for row in kept:
        x, y = number(row, across), number(row, up) / unit
        points.append(_Point(str(row["name"]), x, y, math.log(y / x / average)))
    return points, average, in_hours


def _names(points: Sequence[_Point], across: _LogScale, up: _LogScale, size: Size) -> Iterator[Spec]:
    """The most telling points with their name, beside them where it hides no point and no other name."""
    most, longest = (12, 42) if size.width > 500 else (5, 24)
    spots = [(across.at(point.x), up.at(point.y)) for point in points]
    taken: list[tuple[float, float, float]] = []
    for point in sorted(points, key=lambda each: -each.telling):
        x, y = across.at(point.x), up.at(point.y)
        name = point.name if len(point.name) <= longest else point.name[: longest - 1].rstrip() + "…"
        long = len(name) * size.font * 0.58
        for side, start in (("left", x + _GAP), ("right", x - _GAP - long)):
            end = start + long
            inside = start > 0 and end < size.width
            hides = any(start < px < end and abs(y - py) < _GAP for px, py in spots)
            hides = hides or any(end > s and start < e and abs(y - at) < _LINE for s, e, at in taken)
            if inside and not hides and len(taken) < most:
                taken.append((start, end, y))
                yield point.spec(name=name, side=side)
                break


def _text_layers(named: Sequence[Spec], shade: Shade) -> Iterator[Spec]:
    """Each name twice: an outline in the colour of the sheet, so that lines do not run through it, and the letters."""
    for outline in ({"stroke": shade.sheet, "strokeWidth": 4, "strokeJoin": "round", "aria": False}, {}):
        for side, away in (("left", _GAP), ("right", -_GAP)):
            mark = {"type": "text", "baseline": "middle", "align": side, "dx": away, **outline}
            mine = [each for each in named if each["side"] == side]
            yield {"data": {"values": mine}, "mark": mark, "encoding": {"text": {"field": "name"}}}


def scatter(asked: Asked, shade: Shade, size: Size) -> Spec:
    """The specification. The dotted line is where every voice would cost the average time."""
    points, average, in_hours = _points(asked)
    if not points:
        return {"data": {"values": []}, "mark": "point", "height": 60}
    across = _LogScale([point.x for point in points], size.width)
    up = _LogScale([point.y for point in points], _HEIGHT)
    ends = [max(across.low, up.low / average), min(across.high, up.high / average)]
    line = {"type": "line", "color": shade.soft, "strokeDash": [2, 6], "strokeWidth": 1.5}
    circle = {"type": "circle", "size": 110, "opacity": 0.9, "stroke": shade.sheet, "strokeWidth": 1}
    tones = {"domain": ["weighty", "loud"], "range": [shade.accent, shade.care]}
    named = list(_names(points, across, up, size))
    unit = gettext("hours") if in_hours else gettext("minutes")
    return {
        "height": _HEIGHT,
        "encoding": {
            "x": across.encoding("x", {"title": f"{asked.x.name} →", "titleAnchor": "end"}),
            "y": up.encoding("y", title_flat({"title": f"↑ {asked.y.name} ({unit})"})),
        },
        "layer": [
            {"data": {"values": [{"x": end, "y": end * average} for end in ends]}, "mark": line},
            {
                "data": {"values": [point.spec() for point in points]},
                "mark": circle,
                "encoding": {"color": {"field": "tone", "type": "nominal", "legend": None, "scale": tones}},
            },
            *_text_layers(named, shade),
        ],
    }
