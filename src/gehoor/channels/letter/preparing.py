"""Makes a scan fit to be read: even light, level lines, upright; and leads places back to the page as scanned."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from gehoor.channels.letter.engines.base import Box, Grey

LONG_SIDE = (2_200, 3_600)
"""What engines read best: the longer side of a page in pixels, as A4 at 190 to 310 dots an inch."""
SKEW_LIMIT = 8.0
"""Degrees: paper that lies more askew was laid so by someone."""
_LEVEL = 0.05
_SMALL = 900
_WHITE = 255
_SPECK_DARK = 170
_SPECK_PAGE = 950
"""The longer side of a page divided by this is as wide as a speck: 2.5 pixels at 200 dots an inch, half a full stop."""
_INK = 0.75

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page as engines want it. ``back`` leads its pixels to fractions of the page as it was scanned.

    ``plain`` is the same page with its light and its specks left as they were: faint and broken type reads better so.
    """

    image: Grey
    back: Matrix
    plain: Grey

    def place(self, box: Box) -> Box:
        """Where a box of the prepared page lies on the page as it was scanned."""
        height, width = self.image.shape
        left, top, right, bottom = box[0] * width, box[1] * height, box[2] * width, box[3] * height
        corners = np.array([[left, top, 1], [right, top, 1], [left, bottom, 1], [right, bottom, 1]]).T
        x, y = np.clip(self.back @ corners, 0, 1)
        return float(x.min()), float(y.min()), float(x.max()), float(y.max())


def prepare(scan: Grey, quarter_turns: int = 0) -> Prepared:
    """A scan made fit: scaled, lit evenly, turned clockwise by quarters, levelled."""
    height, width = scan.shape
    back = _whole(np.diag([1 / width, 1 / height]), 0, 0)
    image, back = _scaled(scan, back)
    plain, _ = _turned(image, back, quarter_turns % 4)
    image, back = _turned(without_specks(lit_evenly(image)), back, quarter_turns % 4)
    angle = skew(image)
    if abs(angle) >= _LEVEL:
        plain, _ = _levelled(plain, back, angle)
        image, back = _levelled(image, back, angle)
    return Prepared(image, back[:2], plain)


def lit_evenly(image: Grey) -> Grey:
    """The page with its paper white, whatever shadow fell over it."""
    factor = 4
    small = cv2.resize(
        image, (max(1, image.shape[1] // factor), max(1, image.shape[0] // factor)), interpolation=cv2.INTER_AREA
    )
    size = max(15, max(small.shape) // 40) | 1
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)))
    paper = cv2.medianBlur(paper, min(size, 51) | 1)
    paper = cv2.resize(paper, (image.shape[1], image.shape[0]), interpolation=cv2.INTER_LINEAR)
    even = cv2.divide(image, np.maximum(paper, 1), scale=_WHITE)
    return np.asarray(even, dtype=np.uint8)


def without_specks(image: Grey) -> Grey:
    """The page without the dots of dust and grain that are too small to be a full stop."""
    dark = (image < _SPECK_DARK).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    largest = (max(image.shape) / _SPECK_PAGE) ** 2
    small = np.asarray(stats)[:, cv2.CC_STAT_AREA] <= largest
    small[0] = False
    cleaned = image.copy()
    cleaned[cv2.dilate(small[np.asarray(labels)].astype(np.uint8), np.ones((3, 3), np.uint8)) > 0] = _WHITE
    return cleaned


def ink(image: Grey) -> npt.NDArray[np.bool_]:
    """Where there is ink on a page that is lit evenly."""
    return np.asarray(image < _WHITE * _INK)


def skew(image: Grey) -> float:
    """By how many degrees the lines climb to the right (negative: fall); 0 where that is not clear."""
    factor = _SMALL / max(image.shape)
    small = cv2.resize(image, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA) if factor < 1 else image
    dark = (_WHITE - np.asarray(small)).astype(np.float32)
    dark[dark < _WHITE * (1 - _INK) / 2] = 0
    if not dark.any():
        return 0.0
    coarse = max(np.arange(-SKEW_LIMIT, SKEW_LIMIT + 0.1, 0.5), key=lambda angle: _sharpness(dark, float(angle)))
    fine = max(np.arange(coarse - 0.5, coarse + 0.51, 0.05), key=lambda angle: _sharpness(dark, float(angle)))
    clear = _sharpness(dark, float(fine)) > 1.02 * _sharpness(dark, 0.0)
    return round(float(fine), 2) if clear and abs(fine) < SKEW_LIMIT else 0.0


def _sharpness(dark: npt.NDArray[np.float32], degrees: float) -> float:
    """How clearly lines and the white between them stand apart, once the page is turned back by so much."""
    height, width = dark.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    rows = cv2.warpAffine(dark, turn, (width, height), flags=cv2.INTER_LINEAR).sum(axis=1)
    return float(np.square(np.diff(rows)).sum())


def lies_sideways(image: Grey) -> bool:
    """Whether the lines of a page clearly run from top to bottom."""
    factor = _SMALL / max(image.shape)
    small = cv2.resize(image, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA) if factor < 1 else image
    dark = (_WHITE - np.asarray(small)).astype(np.float64)
    across, down = (float(np.square(np.diff(dark.sum(axis=axis))).sum()) / dark.shape[axis] for axis in (1, 0))
    return bool(down > 2 * across)


def _scaled(image: Grey, back: Matrix) -> tuple[Grey, Matrix]:
    longest = max(image.shape)
    factor = min(max(longest, LONG_SIDE[0]), LONG_SIDE[1]) / longest
    factor = min(factor, 3.0)
    if factor == 1:
        return image, back
    how = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
    size = (max(1, round(image.shape[1] * factor)), max(1, round(image.shape[0] * factor)))
    scaled = np.asarray(cv2.resize(image, size, interpolation=how), dtype=np.uint8)
    return scaled, back @ _whole(np.diag([image.shape[1] / size[0], image.shape[0] / size[1]]), 0, 0)


def _turned(image: Grey, back: Matrix, quarters: int) -> tuple[Grey, Matrix]:
    height, width = image.shape
    ways = {
        0: _whole(np.eye(2), 0, 0),
        1: _whole(np.array([[0.0, 1.0], [-1.0, 0.0]]), 0, height),
        2: _whole(-np.eye(2), width, height),
        3: _whole(np.array([[0.0, -1.0], [1.0, 0.0]]), width, 0),
    }
    return np.ascontiguousarray(np.rot90(image, -quarters)), back @ ways[quarters]


def _levelled(image: Grey, back: Matrix, degrees: float) -> tuple[Grey, Matrix]:
    height, width = image.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    level = cv2.warpAffine(image, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=_WHITE)
    inverse = np.asarray(cv2.invertAffineTransform(turn), dtype=np.float64)
    return np.asarray(level, dtype=np.uint8), back @ _whole(inverse[:, :2], *inverse[:, 2])


def _whole(linear: Matrix, x: float, y: float) -> Matrix:
    return np.array([[linear[0, 0], linear[0, 1], x], [linear[1, 0], linear[1, 1], y], [0.0, 0.0, 1.0]])
