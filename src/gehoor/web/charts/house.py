"""Colours and sizes of the pictures: the same as in ``gehoor.css``."""

from dataclasses import dataclass
from typing import Any

FONT = "Seravek, 'Gill Sans Nova', Ubuntu, Calibri, 'Source Sans 3', 'DejaVu Sans', sans-serif"


Spec = dict[str, Any]
"""A part of a Vega-Lite specification, which is a JSON document."""


@dataclass(frozen=True, slots=True)
class Shade:
    """The colours for light or for dark."""

    ink: str
    soft: str
    line: str
    accent: str
    wash: str
    care: str
    sheet: str


SHADES = {
    "light": Shade("#2a2521", "#655a4f", "#e2d8c8", "#14595a", "#b9d3cd", "#a86a0a", "#fffdf8"),
    "dark": Shade("#ece5d9", "#b5a999", "#3b352e", "#86cbbf", "#2f5354", "#e9bf74", "#24211d"),
}


@dataclass(frozen=True, slots=True)
class Size:
    """The width of the plot and the size of its letters, in pixels of the picture."""

    width: int
    font: int


SIZES = {"wide": Size(820, 14), "half": Size(430, 13), "narrow": Size(300, 13)}


def title_flat(axis: Spec) -> Spec:
    """The title of an upright axis above it, to be read without turning one's head."""
    return {**axis, "titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleY": -14, "titleX": -30}


def config(shade: Shade, size: Size) -> Spec:
    """The Vega-Lite configuration of the house."""
    text = {"labelFont": FONT, "titleFont": FONT, "labelFontSize": size.font, "titleFontSize": size.font}
    return {
        "background": None,
        "font": FONT,
        "view": {"stroke": None},
        "text": {"font": FONT, "fontSize": size.font, "fill": shade.ink},
        "axis": {
            **text,
            "labelColor": shade.soft,
            "titleColor": shade.soft,
            "titleFontWeight": "normal",
            "gridColor": shade.line,
            "domain": False,
            "ticks": False,
            "labelPadding": 8,
            "titlePadding": 10,
        },
        "header": {
            **text,
            "labelColor": shade.ink,
            "title": None,
            "labelAnchor": "start",
            "labelFontWeight": "bold",
            "labelLimit": size.width,
        },
        "bar": {"color": shade.accent, "cornerRadiusEnd": 3},
        "line": {"color": shade.accent, "strokeWidth": 2.5, "strokeCap": "round", "strokeJoin": "round"},
        "area": {"color": shade.wash},
        "point": {"color": shade.accent, "filled": True},
        "rule": {"color": shade.line},
    }
