"""Whether a page has nothing on it to read."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.pages.grey import reduced
from pipeline.pages.image import Grey, PageImage

_DPI = 100.0
_EDGE = 0.02
"""Fraction of each side that is ignored: shadows and the fringe of the paper."""

_CONTRAST = 40
"""Grey levels by which ink is darker than the paper around it."""

_SPECK = 0.04
"""Inches; a blob smaller than this in both directions is dust. A digit of 8 points is 0.08 high."""

_COARSE = 4
"""Pixels averaged before the paper is looked for: nothing finer is needed, and a wide median is slow."""

_AROUND = 7
"""Such squares each way that the median is taken of, 0.3 inches: most of it is paper also around a large letter."""


def is_blank(page: PageImage) -> bool:
    """Whether no blob of ink on the page is large enough for a letter.

    Errs to the side of reading: a page number alone makes a page not blank.
    """
    pixels, dpi = reduced(page, _DPI)
    height, width = pixels.shape
    y, x = round(height * _EDGE), round(width * _EDGE)
    inner = pixels[y : height - y, x : width - x]
    if inner.size == 0:
        return True
    ink = np.asarray(cv2.subtract(_paper(inner), inner) > _CONTRAST, dtype=np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    least = _SPECK * dpi
    large = (stats[1:count, cv2.CC_STAT_WIDTH] >= least) | (stats[1:count, cv2.CC_STAT_HEIGHT] >= least)
    return not large.any()


def _paper(pixels: Grey) -> Grey:
    """How bright the paper is at each pixel: the median of what lies around, white for a tiny picture."""
    height, width = pixels.shape
    if min(height, width) <= _COARSE * _AROUND:
        return np.full_like(pixels, 255)
    small = cv2.resize(pixels, (width // _COARSE, height // _COARSE), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(cv2.medianBlur(small, _AROUND), (width, height)), dtype=np.uint8)
