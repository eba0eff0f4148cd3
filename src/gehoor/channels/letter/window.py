"""Where the window of the envelope is, and what else someone chooses about a print run.

Left: DIN 5008, form B, for an envelope with its window by DIN 680 (DL, 220 by 110 mm): the address field begins 20 mm
from the left and 45 mm from the top of the sheet, is 85 by 45 mm, and has 5 mm free at its left. A folded sheet slides
10 mm sideways and 5 mm up and down in that envelope, so only what is 50 to 90 mm from the top always shows. Right: the
same, as in a mirror. Whoever has another envelope measures it and fills in where the address has to begin.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from gehoor.channels.base import Field
from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence

FIELDS = (
    Field(
        "window",
        sentence("Window of the envelope"),
        default="left",
        choices=(("left", sentence("Left")), ("right", sentence("Right"))),
        help=sentence("For long envelopes (DL, 220 by 110 mm) with the letter folded in three."),
    ),
    Field(
        "address_left",
        sentence("Address: millimetres from the left"),
        "number",
        required=False,
        help=sentence("Only for an envelope with its window elsewhere: where the address begins on the sheet."),
    ),
    Field("address_top", sentence("Address: millimetres from the top"), "number", required=False),
    Field(
        "both_sides",
        sentence("Print on both sides"),
        "flag",
        required=False,
        help=sentence("Then every letter begins on the front of a sheet."),
    ),
    Field(
        "fold_marks",
        sentence("Fold marks"),
        "flag",
        default="1",
        required=False,
        help=sentence("Fine lines at the edge, at which the letter is folded in three."),
    ),
    Field(
        "cover",
        sentence("Cover sheet"),
        "flag",
        required=False,
        help=sentence("One sheet on top: how many letters and sheets there have to be."),
    ),
)

WIDTH, HEIGHT = 73.0, 35.0
"""Of the zone for the address, in millimetres."""
_BEGINS = {"left": (25.0, 54.0), "right": (114.0, 54.0)}
_LEAST, _MOST_LEFT, _MOST_TOP = 15.0, 130.0, 62.0
_YES = frozenset({"1", "on", "true", "yes"})


@dataclass(frozen=True, slots=True)
class Choices:
    """What someone chose. ``left`` and ``top`` are where the address begins, in millimetres."""

    left: float
    top: float
    both_sides: bool
    fold_marks: bool
    cover: bool


def read_choices(settings: Mapping[str, str]) -> Choices:
    """The choices. Raises Refused for what cannot be printed so."""
    window = settings.get("window", "").strip().lower() or "left"
    if window not in _BEGINS:
        raise Refused(why=sentence("the window is left or right"))
    left, top = _BEGINS[window]
    return Choices(
        left=_millimetres(settings.get("address_left", ""), left, _MOST_LEFT),
        top=_millimetres(settings.get("address_top", ""), top, _MOST_TOP),
        both_sides=_is_on(settings, "both_sides"),
        fold_marks=_is_on(settings, "fold_marks"),
        cover=_is_on(settings, "cover"),
    )


def _is_on(settings: Mapping[str, str], name: str) -> bool:
    """A setting that was never filled in is as its field says."""
    default = next(field.default for field in FIELDS if field.name == name)
    return settings.get(name, default).strip().lower() in _YES


def _millimetres(given: str, otherwise: float, most: float) -> float:
    if not given.strip():
        return otherwise
    try:
        measured = float(given.strip().replace(",", "."))
    except ValueError:
        measured = -1.0
    if not _LEAST <= measured <= most:
        raise Refused(why=sentence("that place for the address is not on the upper part of the sheet"))
    return measured
