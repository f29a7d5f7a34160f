"""Connected pieces of ink, and the height of the page's letters."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.ocr.finder.binarise import Mask

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

_LEAST_AREA = 3
"""Pixels; less is grain."""

_SMALLEST, _TALLEST = 0.035, 0.35
"""Inches between which the height of a letter is looked for: types of 6 to 50 points."""


@dataclass(frozen=True, slots=True)
class Components:
    """Pieces of connected ink, one row of every array each; x1 and y1 are exclusive.

    Attributes:
        labels: shape (height, width); which label a pixel of ink has.
        label: the label of each piece in `labels`.
        area: pixels of ink.
    """

    labels: npt.NDArray[np.integer]
    label: Ints
    x0: Ints
    y0: Ints
    x1: Ints
    y1: Ints
    area: Ints

    @property
    def width(self) -> Ints:
        return self.x1 - self.x0

    @property
    def height(self) -> Ints:
        return self.y1 - self.y0

    @property
    def x(self) -> Floats:
        """Middles."""
        return (self.x0 + self.x1) / 2

    @property
    def y(self) -> Floats:
        """Middles."""
        return (self.y0 + self.y1) / 2

    def mask(self, index: int) -> Bools:
        """The ink of one piece within its box."""
        part = self.labels[self.y0[index] : self.y1[index], self.x0[index] : self.x1[index]]
        return np.asarray(part == self.label[index], dtype=np.bool_)

    def __len__(self) -> int:
        return len(self.label)


def components_of(ink: Mask) -> Components:
    """The 8-connected pieces of `ink`, grain left out."""
    # Every label starts at a pixel with no ink above it or before it. With few of them small labels do, twice as fast.
    starts = cv2.countNonZero(np.asarray(ink[1:, 1:] > (ink[:-1, 1:] | ink[1:, :-1]), dtype=np.uint8)) + sum(ink.shape)
    kind = cv2.CV_16U if starts < 0xFFFF else cv2.CV_32S
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8, ltype=kind)
    kept = np.flatnonzero(stats[:, cv2.CC_STAT_AREA] >= _LEAST_AREA)
    kept = kept[kept > 0]  # 0 is the paper
    x, y, width, height, area = stats[kept].T
    return Components(np.asarray(labels), kept.astype(np.int32), x, y, x + width, y + height, area)


def letter_height(components: Components, dpi: float) -> float | None:
    """The height in pixels of most letters: the mode, weighted by height so that marks and dots do not win.

    None when nothing on the page is as high as a letter.
    """
    height, width = components.height, components.width
    likely = (height >= _SMALLEST * dpi) & (height <= _TALLEST * dpi) & (width <= 4 * height) & (height <= 5 * width)
    if not likely.any():
        return None
    counts = np.bincount(height[likely], weights=height[likely])
    smooth = np.convolve(counts, [0.5, 1.0, 0.5], mode="same")
    best = int(smooth.argmax())
    near = np.arange(max(best - 1, 0), min(best + 2, len(counts)))
    return float((near * counts[near]).sum() / counts[near].sum()) if counts[near].any() else float(best)
