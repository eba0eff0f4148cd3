"""What a page shows before anyone reads it: nothing at all, or the bars of a separator sheet."""

import cv2
import numpy as np

from gehoor.channels.letter.engines.base import Grey
from gehoor.channels.letter.preparing import ink, lit_evenly

_SMALL = 1_200
_MARGIN = 0.03
_SPECK = 3
_LEAST_AREA, _LEAST_HEIGHT = 10, 5
_LEAST_STROKES = 2
"""The shortest thing to say is a word of two letters, a millimetre and a half high."""
_BARS = 12
_DARK = 0.25


def is_blank(scan: Grey) -> bool:
    """Whether there is nothing on a page but specks, shadow and the edges of the scanner."""
    factor = _SMALL / max(scan.shape)
    small = cv2.resize(scan, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA) if factor < 1 else scan
    even = cv2.medianBlur(lit_evenly(np.asarray(small, dtype=np.uint8)), _SPECK)
    down, across = (max(1, round(side * _MARGIN)) for side in even.shape)
    dark = ink(np.asarray(even[down:-down, across:-across], dtype=np.uint8))
    if not dark.any():
        return True
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark.astype(np.uint8), connectivity=8)
    held = np.asarray(stats)[1:]
    strokes = (held[:, cv2.CC_STAT_AREA] >= _LEAST_AREA) & (held[:, cv2.CC_STAT_HEIGHT] >= _LEAST_HEIGHT)
    return int(strokes.sum()) < _LEAST_STROKES


def has_barcode(image: Grey) -> bool:
    """Whether a large bar code stands on a page that is lit evenly: many upright bars, tall and unbroken."""
    factor = _SMALL / max(image.shape)
    small = np.asarray(cv2.resize(image, None, fx=min(factor, 1), fy=min(factor, 1), interpolation=cv2.INTER_AREA))
    tall = max(12, small.shape[0] // 40)
    dark = (small < 128).astype(np.uint8)
    bars = cv2.erode(dark, np.ones((tall, 1), np.uint8))
    rows = np.asarray(bars).astype(np.int8)
    edges = (np.diff(rows, axis=1) == 1).sum(axis=1)
    return bool(int((edges >= _BARS).sum()) >= max(4, tall // 4))
