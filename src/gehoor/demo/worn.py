"""What a life in an envelope and a scanner do to a sheet: tone, folds, a stain, holes, a shadow, a page laid in askew.

A page is an array of reflectances, rows by columns, from 0 (black) to 1 (white). The same seed gives the same page.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Page = NDArray[np.float32]
_INCH = 25.4


@dataclass(frozen=True, slots=True)
class Wear:
    """What one letter went through."""

    degrees: float = 0.0
    """Askew, against the clock."""
    tone: float = 0.95
    folds: int = 0
    has_stain: bool = False
    has_holes: bool = False
    shadow: float = 0.0
    """How much light is taken away along the left edge: 0 none, 1 all."""
    blur: float = 0.4
    """Dots."""
    grain: float = 0.012


def worn(clean: Image.Image, wear: Wear, seed: int, dots_an_inch: int) -> Image.Image:
    """A clean page, grey, as it comes out of the scanner."""
    rng = np.random.default_rng(seed)
    ink = np.asarray(clean.filter(ImageFilter.GaussianBlur(wear.blur)), dtype=np.float32) / 255
    millimetre = dots_an_inch / _INCH
    page = _paper(ink.shape, wear.tone, rng)
    for fold in range(wear.folds):
        _fold(page, (fold + 1) / (wear.folds + 1), rng, millimetre)
    if wear.has_stain:
        _stain(page, rng, millimetre)
    page *= 0.12 + 0.88 * ink
    if wear.has_holes:
        _punch(page, millimetre)
    askew = _picture(page).rotate(wear.degrees, Image.Resampling.BICUBIC, fillcolor=round(255 * wear.tone))
    lit = np.asarray(askew, dtype=np.float32) / 255 * _light(page.shape[1], wear.shadow, millimetre)
    return _picture(lit + wear.grain * rng.standard_normal(page.shape, dtype=np.float32))


def _picture(page: Page) -> Image.Image:
    return Image.fromarray(np.clip(page * 255, 0, 255).astype(np.uint8))


def _paper(shape: tuple[int, ...], tone: float, rng: np.random.Generator) -> Page:
    """Paper that is nowhere quite as light as elsewhere."""
    coarse = Image.fromarray(rng.normal(0, 1, (9, 7)).astype(np.float32))
    cloudy = np.asarray(coarse.resize((shape[1], shape[0]), Image.Resampling.BICUBIC), dtype=np.float32)
    return np.float32(tone) + np.float32(0.008) * cloudy


def _fold(page: Page, height: float, rng: np.random.Generator, millimetre: float) -> None:
    """A crease across the page: a dark line, with light beside it."""
    middle, reach = round(page.shape[0] * height), round(14 * millimetre)
    band = page[middle - reach : middle + reach]
    rows, columns = np.ogrid[-reach:reach, : page.shape[1]]
    distance = (rows - rng.uniform(-0.006, 0.006) * columns) / millimetre
    broken = 0.6 + 0.4 * np.sin(columns / (9 * millimetre) + rng.uniform(0, 6))
    band *= 1 - 0.16 * broken * np.exp(-((distance / 0.25) ** 2)) + 0.02 * np.exp(-(((distance - 2) / 2) ** 2))


def _stain(page: Page, rng: np.random.Generator, millimetre: float) -> None:
    """What a wet cup leaves, low on the page."""
    reach = round(44 * millimetre)
    down = round(page.shape[0] * rng.uniform(0.55, 0.8))
    across = round(min(page.shape[1] * rng.uniform(0.62, 0.8), page.shape[1] - reach))
    rows, columns = np.ogrid[-reach:reach, -reach:reach]
    angle, radius = np.arctan2(rows, columns), np.hypot(rows, columns) / millimetre
    edge = 38 + 0.7 * np.sin(3 * angle + rng.uniform(0, 6)) + 0.4 * np.sin(7 * angle)
    strength = 0.16 * (0.55 + 0.45 * np.sin(angle + rng.uniform(0, 6)))
    inside = 0.0125 * (1 - np.tanh(radius - edge))
    around = page[down - reach : down + reach, across - reach : across + reach]
    around *= 1 - strength * np.exp(-(((radius - edge) / 1.1) ** 2)) - inside


def _punch(page: Page, millimetre: float) -> None:
    """Two holes for a binder, through which the scanner's lid shows."""
    reach, across = round(5 * millimetre), round(11 * millimetre)
    rows, columns = np.ogrid[-reach:reach, -reach:reach]
    hole = 0.5 * (1 - np.tanh(3 * (np.hypot(rows, columns) / millimetre - 2.8)))
    for side in (-1, 1):
        down = round(page.shape[0] / 2 + side * 40 * millimetre)
        around = page[down - reach : down + reach, across - reach : across + reach]
        around += hole * (0.42 - around)


def _light(columns: int, shadow: float, millimetre: float) -> Page:
    """The lid stood open: less light towards the left edge."""
    light: Page = (1 - shadow * np.exp(-np.arange(columns) / millimetre / 28)).astype(np.float32)
    return light
