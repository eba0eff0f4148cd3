"""Pictures where people would rather look than read: asked for by a template, drawn when a browser wants them.

``asked`` holds what a template asks for and its table; ``drawing`` turns that into Vega-Lite; ``house`` holds colours
and sizes; ``pictures`` keeps both on disk, under a hash, within bounds.
"""

from gehoor.web.charts.pictures import draw, warm

__all__ = ["draw", "warm"]
