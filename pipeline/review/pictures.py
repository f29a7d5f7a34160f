"""Page pictures as the reader saw them, upright and level, small enough for a browser."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from pipeline.export import whole_file
from pipeline.pages import PageImage, deskewed, open_source
from pipeline.review.decisions import Box
from pipeline.settings import Settings

SUFFIX = ".webp"
WIDTH = 1654  # pixels: A4 at 200 dpi; Thai marks are still told apart when it is zoomed
_QUALITY = 55
_SMALL = 1000  # pixels of the picture on which it is seen how the page lies
_SURE = 18.0
"""Fit of a page that lies right. Measured on 19 pages: right ones have 14 to 45, turned ones up to 13."""
_BAND = 0.4  # of a box's height: the gap above and below a line

_one_at_a_time = threading.Lock()


def page_picture(scan: Path, page: int, boxes: Sequence[Box], to: Path, settings: Settings) -> Path:
    """Write the picture of a page; what is there already stays.

    Args:
        page: from 1.
        boxes: places of values on it: the page was turned so that there is ink in them.
        to: the file, ending in `SUFFIX`.

    Raises:
        InputError, PageError, MissingDependencyError: as `open_source` and its pages.
        OutputError: the picture cannot be written.
    """
    with _one_at_a_time:
        if not to.exists():
            stored = open_source(scan, settings).page(page)
            _write(_as_read(stored, boxes) if settings.upright else stored, to)
    return to


def _write(page: PageImage, to: Path) -> None:
    picture = Image.fromarray(page.pixels)
    picture.thumbnail((WIDTH, 3 * WIDTH), Image.Resampling.LANCZOS)
    with whole_file(to) as temporary:
        picture.save(temporary, "WEBP", quality=_QUALITY, method=3)


def _as_read(stored: PageImage, boxes: Sequence[Box]) -> PageImage:
    """The page turned as the reader turned it, told from where it found values; as stored when it found none."""
    level = deskewed(stored)
    fit = _fit(level, boxes)
    if not boxes or fit >= _SURE:
        return level
    best, best_fit = level, fit
    for turns in range(1, 4):
        pixels = np.ascontiguousarray(np.rot90(stored.pixels, -turns))
        turned = deskewed(replace(stored, pixels=pixels, turned=90 * turns))
        if (fit := _fit(turned, boxes)) > best_fit:
            best, best_fit = turned, fit
    return best


def _fit(page: PageImage, boxes: Sequence[Box]) -> float:
    """By how much darker it is in the boxes than just above and below them: the mean, in grey levels."""
    scale = _SMALL / max(page.pixels.shape)
    small = cv2.resize(page.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = 255.0 - np.asarray(small, dtype=np.float64)
    height, width = ink.shape
    score = 0.0
    for x0, y0, x1, y1 in boxes:
        band = max((y1 - y0) * _BAND, 2 / height)
        columns = slice(int(x0 * width), max(int(x1 * width), int(x0 * width) + 1))
        rows = [int(y * height) for y in (max(y0 - band, 0), y0, y1, min(y1 + band, 1))]
        parts = [ink[top : max(bottom, top + 1), columns] for top, bottom in pairwise(rows)]
        above, inside, below = (float(part.mean()) if part.size else 0.0 for part in parts)
        score += inside - (above + below) / 2
    return score / max(len(boxes), 1)
