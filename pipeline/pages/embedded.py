"""The scan itself, when a PDF page is nothing but one picture.

Drawing such a page resamples the scan. Handing out what the scanner stored keeps
its own resolution, but is right only if the page shows exactly that picture: not
mirrored, not cut, and with nothing drawn over it. So the picture is compared with a
small drawing of the page, and given up when they differ.

Measured in CPU seconds a page: a colour scan of 200 dpi 0.09 against 0.15 drawn at
300, and read as well from less than half the pixels. A black-and-white scan of 600
dpi, averaged down to 300, cost 0.30 against 0.16 and was read no better: scans far
above the wanted resolution are left to poppler, which averages as well.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from pipeline.errors import PageError
from pipeline.pages.grey import grey
from pipeline.pages.image import Grey, PageImage
from pipeline.pages.paper import believable_dpi, shrinking_factor, too_large
from pipeline.pages.pillow import own_limits
from pipeline.programs import poppler

_SMALL_SIDE = 500
"""Pixels of the short side the comparison is made at: 60 dpi for A4."""

_BLUR = 1.0
"""Standard deviation in pixels that evens out how the two pictures were reduced."""

_MOST_DIFFERENCE = 40.0
"""Grey levels by which the worst point may lie outside what its neighbours in the scan explain.

Measured on 25 scanned pages of five files: at most 31 for the picture the page shows;
59 and more once a single 10-point digit is typed on the page (a full stop: 19), 90
and more when the page shows it mirrored or upside down.
"""

_MOST_SHIFT = 3.0
"""Pixels at 60 dpi (1.3 mm) the pictures may lie apart; of more, a part of the scan is cut off."""

_SAME_SHAPE = 0.03
"""By how much two proportions or sizes may differ."""

_LONGEST = 4.0
"""Proportion of sides up to which pages are compared: the small drawing of a strip would be huge."""


def embedded_scan(
    pdf: poppler.Pdf, number: int, size: poppler.PdfPage, wanted_dpi: float, megapixels: float
) -> PageImage | None:
    """The scan that page `number` consists of, upright as the page shows it.

    Args:
        pdf: the file.
        number: page number, from 1.
        size: of the page as shown.
        wanted_dpi: a scan far above it is not handed out; one below keeps its resolution.
        megapixels: most pixels of a page, in millions.

    Returns:
        None when the page is more or other than one full-page picture, the picture is too
        fine, or anything fails: the page must then be drawn.

    Raises:
        MissingDependencyError: poppler is not installed.
    """
    try:
        images = poppler.list_images(pdf, number)
        if len(images) != 1 or not _fills(images[0], size):
            return None
        listed = images[0]
        dpi = believable_dpi(listed.width, listed.height, min(listed.x_ppi, listed.y_ppi))
        if too_large(listed.width, listed.height, megapixels) or shrinking_factor(dpi, wanted_dpi) > 1:
            return None
        stored = _extract(pdf, number)
        drawn = poppler.rasterise(pdf, number, _SMALL_SIDE / min(size.width, size.height) * 72)
    except PageError:
        return None
    if stored is None:
        return None
    if listed.kind == "stencil" and abs(255 - stored.mean() - drawn.mean()) < abs(stored.mean() - drawn.mean()):
        stored = 255 - stored  # a stencil stores where the ink goes, as ones or as zeros
    for quarters in range(4):
        small = _reduced(stored, drawn.shape if quarters % 2 == 0 else drawn.shape[::-1])
        if small is not None and _same(np.rot90(small, quarters), drawn):
            dpi = believable_dpi(listed.width, listed.height, min(stored.shape) / min(size.width, size.height) * 72)
            return PageImage(number, np.ascontiguousarray(np.rot90(stored, quarters)), dpi)
    return None


def _fills(image: poppler.ListedImage, size: poppler.PdfPage) -> bool:
    """Whether the picture as placed is as large as the page, lying or standing, with square pixels."""
    if image.kind not in {"image", "stencil"} or min(image.x_ppi, image.y_ppi, size.width, size.height) <= 0:
        return False
    if abs(image.x_ppi / image.y_ppi - 1) > _SAME_SHAPE:
        return False
    if max(size.width, size.height) > _LONGEST * min(size.width, size.height):
        return False
    placed = sorted((image.width / image.x_ppi * 72, image.height / image.y_ppi * 72))
    page = sorted((size.width, size.height))
    return all(abs(a / b - 1) < _SAME_SHAPE for a, b in zip(placed, page, strict=True))


def _extract(pdf: poppler.Pdf, number: int) -> Grey | None:
    with tempfile.TemporaryDirectory(prefix="minutes-") as folder:
        files = poppler.extract_images(pdf, number, Path(folder))
        if len(files) != 1:
            return None
        try:
            with own_limits(), Image.open(files[0], formats=["JPEG", "PPM"]) as image:
                return grey(image)
        except Exception:  # a damaged JPEG can raise almost anything; the page is then drawn
            return None


def _reduced(pixels: Grey, shape: tuple[int, ...]) -> Grey | None:
    """The picture in the shape of the drawn page; None when its proportions are others."""
    if abs(pixels.shape[0] / pixels.shape[1] * shape[1] / shape[0] - 1) > _SAME_SHAPE:
        return None
    return np.asarray(cv2.resize(pixels, (shape[1], shape[0]), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _same(picture: Grey, drawn: Grey) -> bool:
    """Whether two small pictures of the same shape show the same."""
    a = picture.astype(np.float32)
    b = drawn.astype(np.float32)
    height, width = b.shape
    dx = dy = 0.0
    if min(a.std(), b.std()) > 1:  # an empty page has no place
        (dx, dy), _ = cv2.phaseCorrelate(a, b, cv2.createHanningWindow((width, height), cv2.CV_32F))
        if max(abs(dx), abs(dy)) > _MOST_SHIFT:
            return False
    moved = cv2.GaussianBlur(
        cv2.warpAffine(
            a, np.array([[1, 0, dx], [0, 1, dy]], np.float32), (width, height), borderMode=cv2.BORDER_REPLICATE
        ),
        (0, 0),
        _BLUR,
    )
    expected = cv2.GaussianBlur(b, (0, 0), _BLUR)
    # Poppler places pictures on whole pixels: edges may lie half a pixel off, new ink may not.
    neighbours = np.ones((3, 3), np.uint8)
    outside = np.maximum(cv2.erode(moved, neighbours) - expected, expected - cv2.dilate(moved, neighbours))
    return float(outside.max()) <= _MOST_DIFFERENCE
