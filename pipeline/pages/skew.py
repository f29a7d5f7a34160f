"""By how many degrees the text lines of a page lean.

The page is sheared by trial angles and its ink summed along the rows: at the right
angle the sums of lines and gaps differ most (W. Postl, US patent 4,723,297; the
criterion is the sum of squared differences of neighbouring rows).
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.pages.grey import reduced
from pipeline.pages.image import Grey, PageImage

_DPI = 200.0
"""At 100 the angle locks to 0 when the page leans by 0.15 degrees."""

_MOST = 5.0
"""Degrees: what feeders and hands produce."""

_COARSE = 0.25
_FINER = (0.05, 0.0125)
"""Degrees between trial angles."""

_ROW_BLUR = 2.0
"""Standard deviation in rows. Shearing between rows blurs every angle but 0, which would win by that alone."""

_LEAST_INK = 2000
"""Dark pixels at 200 dpi; with fewer, half a line, there is nothing to level."""

_BAND = 16
"""Columns summed together before they are sheared; at 5 degrees a band leans by 1.4 rows."""

_LEAST_PEAK = 2.0
"""How many times sharper than the median of all trial angles the best must be. Pages have 3.6 and more, noise 1.1."""


def find_skew(page: PageImage) -> float:
    """Degrees clockwise the text lines lean, between -5 and 5; 0.0 when nothing can be told.

    Measured on 25 pages, real and drawn, turned by known angles: half of the errors are under
    0.01 degrees, nine in ten under 0.07.
    """
    pixels, _ = reduced(page, _DPI)
    bands = _bands(pixels)
    if bands is None:
        return 0.0
    count = round(_MOST / _COARSE)
    sharpness = {i * _COARSE: _sharpness(bands, i * _COARSE) for i in range(-count, count + 1)}
    best = _best(sharpness)
    if sharpness[best] < _LEAST_PEAK * float(np.median(list(sharpness.values()))):
        return 0.0
    reach = _COARSE
    for step in _FINER:
        count = round(reach / step)
        best = _best({best + i * step: _sharpness(bands, best + i * step) for i in range(-count, count + 1)})
        reach = step
    return max(-_MOST, min(_MOST, best))


def _best(sharpness: dict[float, float]) -> float:
    """The sharpest angle; of equals the smallest."""
    return max(sharpness, key=lambda angle: (sharpness[angle], -abs(angle)))


def rotated(pixels: Grey, degrees: float) -> Grey:
    """The picture rotated clockwise about its middle, in its old size, the corners filled with white."""
    height, width = pixels.shape
    matrix = cv2.getRotationMatrix2D((width / 2 - 0.5, height / 2 - 0.5), -degrees, 1.0)
    return np.asarray(
        cv2.warpAffine(
            pixels, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=255
        ),
        dtype=np.uint8,
    )


def _bands(pixels: Grey) -> npt.NDArray[np.float32] | None:
    """Ink of each row in bands of `_BAND` columns, shape (rows, bands), without the edges of the page."""
    height, width = pixels.shape
    edge_y, edge_x = height // 50, width // 50  # scanner shadows run along the edges
    inner = pixels[edge_y : height - edge_y, edge_x : width - edge_x]
    if min(inner.shape) < 2 * _BAND:
        return None
    level, _ = cv2.threshold(inner, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    if np.count_nonzero(inner <= level) < _LEAST_INK:
        return None
    # Grey, not black and white: steps in the edges would lock the angle to whole pixels.
    paper = (level + float(np.median(inner))) / 2
    ink = np.clip(paper - inner, 0, None).astype(np.float32)
    columns = inner.shape[1] // _BAND * _BAND
    bands = ink[:, :columns].reshape(ink.shape[0], -1, _BAND).sum(axis=2)
    return np.asarray(cv2.GaussianBlur(bands, (1, 13), sigmaX=0, sigmaY=_ROW_BLUR), dtype=np.float32)


def _sharpness(bands: npt.NDArray[np.float32], angle: float) -> float:
    rows, count = bands.shape
    x = (np.arange(count, dtype=np.float32) - count / 2) * _BAND
    shift = np.tan(np.radians(angle)) * x
    map_y = np.arange(rows, dtype=np.float32)[:, None] + shift[None, :].astype(np.float32)
    map_x = np.broadcast_to(np.arange(count, dtype=np.float32), map_y.shape)
    level = cv2.remap(bands, np.ascontiguousarray(map_x), map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    profile = level.sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(profile)).sum())
