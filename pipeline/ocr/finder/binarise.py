"""Grey page → ink, at the scale the finder works at.

The level of the paper is followed over the page, so that yellowed paper, uneven light
and the grey of a copier need no setting of their own; a 1-bit page becomes grey when
it is reduced, and is treated alike.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.pages.grey import reduced
from pipeline.pages.image import Grey, PageImage

Mask = npt.NDArray[np.uint8]
"""Shape (height, width), 0 or 1."""

DPI = 200.0
"""Letters of 8 points are then 9 pixels high; finer pages are found no better and cost more."""

_BLOCK = 8
"""Pixels averaged for the map of the paper."""

_REACH = 9
"""Blocks the paper is looked for in: a letter of 20 points with its marks is bridged."""

_LEAST = 25
"""Grey levels ink must be darker than its paper; below lies the grain of a scanner."""

_SHARE = 0.45
"""Share of the darkness of full ink where an edge is drawn: show-through is paler, the rim of a thin stroke darker."""


def ink_of(page: PageImage) -> tuple[Mask, float]:
    """The ink of `page` at no more than 200 dpi.

    Returns:
        The mask, and how many of the page's pixels one of its pixels is.
    """
    pixels, dpi = reduced(page, DPI)
    darkness = _darkness(pixels)
    some = np.ascontiguousarray(darkness[::2, ::2])
    level, dark = cv2.threshold(some, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    full = cv2.mean(some, dark)[0]
    _, mask = cv2.threshold(darkness, int(max(min(level, full * _SHARE), _LEAST)), 1, cv2.THRESH_BINARY)
    return np.asarray(mask, dtype=np.uint8), page.dpi / dpi


def _darkness(pixels: Grey) -> Grey:
    """By how many grey levels each pixel is darker than the paper around it."""
    height, width = pixels.shape
    size = (max(1, -(-width // _BLOCK)), max(1, -(-height // _BLOCK)))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((_REACH, _REACH), np.uint8))
    paper = cv2.blur(paper, (_REACH, _REACH))
    return np.asarray(
        cv2.subtract(cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR), pixels), dtype=np.uint8
    )
