"""Ink as a mask, and the two ways of looking at it that rules are found by."""

from __future__ import annotations

import math

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.pages.image import Grey

Mask = npt.NDArray[np.uint8]
"""Shape (height, width), 0 or 1."""


def ink_level(pixels: Grey) -> int:
    """The lightest grey of ink: half-way to the paper, so that grey edges and pale lines are ink too."""
    some = np.ascontiguousarray(pixels[::2, ::2])
    level, _ = cv2.threshold(some, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    paper = float(np.median(some[::4, ::4]))
    return math.ceil((level + max(paper, level)) / 2) - 1


def ink_of(pixels: Grey, level: int) -> Mask:
    """What is no lighter than `level`."""
    return np.asarray(cv2.threshold(pixels, level, 1, cv2.THRESH_BINARY_INV)[1], dtype=np.uint8)


def grown(mask: Mask, width: float, height: float) -> Mask:
    """Every pixel grown to a box of `width` by `height` pixels."""
    return np.asarray(cv2.dilate(mask, _kernel(width, height)), dtype=np.uint8)


def runs(mask: Mask, width: float, height: float) -> Mask:
    """What lies in boxes of `width` by `height` pixels that are all ink."""
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, _kernel(width, height)), dtype=np.uint8)


def _kernel(width: float, height: float) -> Mask:
    return np.ones((max(1, round(height)), max(1, round(width))), dtype=np.uint8)
