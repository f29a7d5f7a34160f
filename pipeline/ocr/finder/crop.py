"""A piece of a line cut out of the page, straightened and brought to the recogniser's height."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.ocr.finder.piece import Piece
from pipeline.pages.image import Grey, PageImage

ABOVE, BELOW = 1.1, 0.6
"""Letter heights cut above the tops of the letters and below the baseline: room for two stacked marks and for ุ ู.

Tighter crops cost Tesseract two thirds of its tone marks."""

_BESIDE = 0.3
"""Letter heights of paper left and right."""

_INK, _PAPER = 1, 90
"""Percentiles of the grey levels that become 0 and 255."""

_LEAST_CONTRAST = 30.0
"""Grey levels between them; less is not stretched further, or the grain of empty paper becomes ink."""


@dataclass(frozen=True, slots=True)
class Crop:
    """The picture of a piece.

    Attributes:
        pixels: shape (height, width), 0 is ink and 255 paper; a bent line is straight in it, the proportions are kept.
        left: where the picture begins, in pixels of the page.
        width: how many columns of the page it shows.
    """

    pixels: npt.NDArray[np.uint8]
    left: int
    width: int

    def on_page(self, share: float) -> float:
        """Where on the page, in pixels from its left edge, the given share of the picture's width lies."""
        return self.left + share * self.width


def crop(page: PageImage, piece: Piece, height: int = 40) -> Crop:
    """The picture of `piece`: from 1.1 letter heights above its letters to 0.6 below its baseline.

    Args:
        page: the page `piece` was found on.
        piece: from `find_pieces`.
        height: of the picture in pixels.

    Returns:
        Where it would lie outside the page it shows paper.
    """
    unit = piece.letter
    x0, x1 = piece.box[0] - _BESIDE * unit, piece.box[2] + _BESIDE * unit
    columns = np.arange(round(x0), max(round(x1), round(x0) + 1), dtype=np.float32)
    known = np.array(piece.baseline, dtype=np.float64)
    baseline = np.interp(columns, known[:, 0], known[:, 1])
    tall = (1 + ABOVE + BELOW) * unit
    rows = np.arange(max(round(tall), 1), dtype=np.float32) * (tall / max(round(tall), 1)) + 0.5
    straight = _straightened(page.pixels, columns, baseline - (1 + ABOVE) * unit, rows)
    width = max(1, round(straight.shape[1] * height / tall))
    method = cv2.INTER_AREA if tall > height else cv2.INTER_CUBIC
    pixels = stretched(np.asarray(cv2.resize(straight, (width, height), interpolation=method), dtype=np.uint8))
    return Crop(pixels, int(columns[0]), len(columns))


def _straightened(
    pixels: Grey, columns: npt.NDArray[np.float32], top: npt.NDArray[np.float64], rows: npt.NDArray[np.float32]
) -> Grey:
    """The given columns from `top` on, shifted up and down so that the line is level."""
    # Only the part that is needed is handed on: OpenCV's remap takes no picture wider than 32,767.
    height, width = pixels.shape
    left, right = max(int(columns[0]) - 1, 0), min(int(columns[-1]) + 2, width)
    first, last = max(int(top.min()) - 2, 0), min(int(top.max() + rows[-1]) + 3, height)
    if left >= right or first >= last:
        return np.full((len(rows), len(columns)), 255, dtype=np.uint8)
    part = pixels[first:last, left:right]
    map_x = np.broadcast_to(columns - left, (len(rows), len(columns)))
    map_y = (rows[:, None] + (top - first - 0.5).astype(np.float32)[None, :]).astype(np.float32)
    return np.asarray(
        cv2.remap(
            part,
            np.ascontiguousarray(map_x, dtype=np.float32),
            map_y,
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=255,
        ),
        dtype=np.uint8,
    )


def stretched(picture: Grey) -> npt.NDArray[np.uint8]:
    """`picture` with its 1st percentile at 0 and its 90th at 255, but no more than eight-fold.

    Training stretches its lines by this function too, so both see the same greys.
    """
    ink, paper = (_percentile(picture, share) for share in (_INK, _PAPER))
    span = max(float(paper - ink), _LEAST_CONTRAST)
    table = ((np.arange(256) - (paper - span)) * (255.0 / span)).clip(0, 255).round().astype(np.uint8)
    return np.asarray(cv2.LUT(picture, table), dtype=np.uint8)


def _percentile(picture: Grey, share: float) -> float:
    """As `numpy.percentile`, which sorts where counting is quicker."""
    counts = np.cumsum(cv2.calcHist([picture], [0], None, [256], [0, 256]).ravel())
    place = share / 100 * (picture.size - 1)
    below, above = np.searchsorted(counts, (np.floor(place), np.ceil(place)), side="right")
    return float(below + (above - below) * (place - np.floor(place)))
