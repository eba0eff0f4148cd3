"""Pages as old and poor machines give them: typewriters with a worn ribbon, carbon copies, faxes, telephones.

Each function takes a seed, so that a page is the same every time.
"""

import io

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image
from tests.channels.rendering import Said, lines, scanned

Grey = npt.NDArray[np.uint8]

_WIDE, _STEP = 6.9, 15.6
"""Points that a typewriter of some ten letters an inch moves to the right, and down."""


def typed(text: str, seed: int, dpi: int = 200, *, carbon: bool = False) -> Grey:
    """A typewriter: letters that dance, a worn ribbon, yellowed paper with holes; or the carbon copy of it."""
    rng = np.random.default_rng(seed)
    letters = [
        Said(48 + at * _WIDE + rng.normal(0, 0.25), 70 + row * _STEP + rng.normal(0, 0.35), letter, "Courier", 11.5)
        for row, line in enumerate(text.split("\n"))
        for at, letter in enumerate(line)
        if letter != " "
    ]
    ink = 1 - scanned(letters, dpi).astype(np.float32) / 255
    ink = cv2.dilate(ink, np.ones((2, 2), np.uint8))
    ink *= _uneven(ink.shape, rng, dpi * _WIDE / 72, 0.25, 0.5) * _uneven(ink.shape, rng, dpi, 0.15, 0.85)
    ink *= np.where(_uneven(ink.shape, rng, dpi / 90, 0.3, 0.7) < 0.35, 0.25, 1.0)
    ink = cv2.GaussianBlur(ink, (0, 0), (1.3 if carbon else 0.7) * dpi / 200)
    page = _yellowed(ink.shape, rng, dpi) * (1 - np.clip(ink * (0.75 if carbon else 1.15), 0, 0.92))
    return _punched(np.clip(page + rng.normal(0, 6, ink.shape), 0, 255).astype(np.uint8), dpi)


def _uneven(shape: tuple[int, ...], rng: np.random.Generator, size: float, spread: float, mean: float) -> Grey:
    """A field that changes slowly, over about ``size`` dots."""
    small = rng.normal(mean + spread / 2, spread, (int(shape[0] / size) + 2, int(shape[1] / size) + 2))
    return np.clip(cv2.resize(small.astype(np.float32), shape[::-1], interpolation=cv2.INTER_LINEAR), 0.05, 1.2)


def _yellowed(shape: tuple[int, ...], rng: np.random.Generator, dpi: int) -> Grey:
    return 212 + 14 * (_uneven(shape, rng, dpi * 1.5, 0.4, 0.3) - 0.5) + 6 * (_uneven(shape, rng, 3, 0.3, 0.3) - 0.5)


def _punched(page: Grey, dpi: int) -> Grey:
    for share in (0.36, 0.64):
        cv2.circle(page, (round(0.45 * dpi), round(share * page.shape[0])), round(0.12 * dpi), 25, -1)
    return page


def scribbled(page: Grey, seed: int) -> Grey:
    """A colleague's pen and a date stamp across the letter."""
    rng = np.random.default_rng(seed)
    height, width = page.shape
    marked = page.copy()
    start = np.array([0.62 * width, 0.1 * height])
    wave = np.cumsum(
        np.stack([rng.normal(0.006, 0.006, 40) * width, rng.normal(0, 0.006, 40) * height], axis=1), axis=0
    )
    cv2.polylines(marked, [(start + wave).astype(np.int32)], False, 70, max(2, width // 500), cv2.LINE_AA)
    stamp = np.full((round(0.09 * height), round(0.34 * width)), 255, np.uint8)
    cv2.rectangle(stamp, (4, 4), (stamp.shape[1] - 5, stamp.shape[0] - 5), 130, max(3, width // 400))
    size = width / 900
    cv2.putText(stamp, "INGEKOMEN", (20, stamp.shape[0] // 2), cv2.FONT_HERSHEY_SIMPLEX, size, 130, 3)
    cv2.putText(stamp, "14 NOV 2025", (20, stamp.shape[0] - 20), cv2.FONT_HERSHEY_SIMPLEX, size, 130, 3)
    turned = np.asarray(Image.fromarray(stamp).rotate(9, fillcolor=255, expand=True))
    top, left = round(0.03 * height), round(0.55 * width)
    under = marked[top : top + turned.shape[0], left : left + turned.shape[1]]
    under[:] = np.minimum(under, turned[: under.shape[0], : under.shape[1]])
    return marked


def photographed(page: Grey, seed: int) -> Grey:
    """A telephone held askew above it: not quite rectangular, light from one side, JPEG."""
    rng = np.random.default_rng(seed)
    height, width = page.shape
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    moved = corners + rng.uniform(0.005, 0.03, (4, 2)) * np.array([width, height]) * [
        [1, 1],
        [-1, 1],
        [-1, -1],
        [1, -1],
    ]
    warp = cv2.getPerspectiveTransform(corners, moved.astype(np.float32))
    photo = cv2.warpPerspective(page, warp, (width, height), flags=cv2.INTER_CUBIC, borderValue=90)
    x, y = np.linspace(-1, 1, width)[None, :], np.linspace(-1, 1, height)[:, None]
    light = 0.92 - 0.22 * (x - rng.uniform(-1, 1)) ** 2 / 2 - 0.18 * (y - rng.uniform(-1, 1)) ** 2 / 2
    soft = cv2.GaussianBlur(photo, (0, 0), 0.8) * light + rng.normal(0, 4, page.shape)
    held = io.BytesIO()
    Image.fromarray(np.clip(soft, 0, 255).astype(np.uint8)).save(held, "JPEG", quality=60)
    return np.asarray(Image.open(held))


def faxed(page: Grey, seed: int) -> Grey:
    """Half the dots from top to bottom, black or white only, with streaks and dropped lines."""
    rng = np.random.default_rng(seed)
    height, width = page.shape
    low = cv2.resize(page, (width, height // 2), interpolation=cv2.INTER_AREA)
    black = np.where(low + rng.normal(0, 12, low.shape) < 165, 0, 255).astype(np.uint8)
    black[rng.random(black.shape) < 0.001] = 0
    for row in rng.integers(0, black.shape[0], 4):
        black[row] = 255
    black[:, rng.integers(0, width)] = 0
    return np.asarray(cv2.resize(black, (width, height), interpolation=cv2.INTER_NEAREST))


def columns(left: str, right: str, across: str, dpi: int = 200) -> Grey:
    """A page with lines across it above two columns."""
    rows = len(across.split("\n")) + 1
    top = 80 + rows * 13
    parts = [*lines(across, 60, 80, size=11), *lines(left, 60, top, size=10), *lines(right, 312, top, size=10)]
    return scanned(parts, dpi)
