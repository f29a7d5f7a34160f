"""Any picture Pillow opens → grey pixels."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image, ImageChops

from pipeline.pages.image import Grey, PageImage

_ROWS = 512
"""Rows of a deep picture that are brought to 8 bits at a time: its floating numbers need four times the memory."""

_SAME_DPI = 1.05
"""A resolution up to this many times the wanted one is left: resampling by so little only blurs."""


def grey(image: Image.Image, factor: int = 1) -> Grey:
    """Grey pixels of `image`: black is 0, white is 255, what is transparent is white paper.

    Args:
        factor: squares of so many pixels are averaged, before anything else where that saves memory.

    Returns:
        Shape (height, width), luminance by ITU-R 601 (as Pillow and poppler use).
    """
    if image.mode.startswith(("I", "F")):
        return shrink(_deep(image), factor)
    if image.mode == "LAB":
        image = image.getchannel(0)
    if image.has_transparency_data:
        image = _on_paper(image if image.mode in {"LA", "RGBA"} else image.convert("RGBA"))
    if image.mode in {"CMYK", "HSV", "P", "PA", "RGBX"}:
        image = image.convert("RGB")
    if image.mode == "RGB" and factor > 1:
        image, factor = image.reduce(factor), 1
    image = image.convert("L")
    return np.asarray(image.reduce(factor) if factor > 1 else image, dtype=np.uint8)


def drafted(image: Image.Image, factor: int) -> int:
    """Have a JPEG that is not yet unpacked come in grey, and by `factor` smaller as far as its decoder can.

    Returns:
        By how many pixels it still has to be averaged.
    """
    reach = factor & -factor  # the decoder knows powers of two
    before = max(image.size)
    image.draft("L", (max(1, image.width // reach), max(1, image.height // reach)))
    return max(1, round(factor * max(image.size) / before))


def shrink(pixels: Grey, factor: int) -> Grey:
    """Average squares of `factor` by `factor` pixels; up to factor - 1 pixels at the right and bottom are dropped."""
    if factor == 1:
        return pixels
    height, width = (side // factor for side in pixels.shape)
    even = pixels[: height * factor, : width * factor]
    return np.asarray(cv2.resize(even, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def reduced(page: PageImage, dpi: float) -> tuple[Grey, float]:
    """The page's pixels reduced to `dpi`, and their dpi; a page of fewer or hardly more dpi stays as it is."""
    if page.dpi <= dpi * _SAME_DPI:
        return page.pixels, page.dpi
    pixels = shrink(page.pixels, int(page.dpi / dpi))
    # Of what is left, less than half is dropped: interpolating then weighs every pixel, at an eighth of the cost
    # of averaging by a broken factor.
    size = (max(1, round(page.width * dpi / page.dpi)), max(1, round(page.height * dpi / page.dpi)))
    if size[::-1] != pixels.shape:
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_LINEAR), dtype=np.uint8)
    return pixels, dpi


def _on_paper(image: Image.Image) -> Image.Image:
    """The luminance of a picture with an alpha channel, laid on white."""
    alpha = image.getchannel("A")
    return ImageChops.add(ImageChops.multiply(image.convert("L"), alpha), ImageChops.invert(alpha))


def _deep(image: Image.Image) -> Grey:
    """16-bit, 32-bit and floating pictures; white is 1, 255 or 65,535, whichever the brightest pixel needs."""
    values = np.asarray(image)
    brightest = float(values.max(initial=0))
    if image.mode.startswith("I;16"):
        white = 65_535.0
    else:
        white = next((w for w in (1.0, 255.0, 65_535.0) if brightest <= w), max(brightest, 1.0))
    pixels = np.empty(values.shape, dtype=np.uint8)
    for top in range(0, len(values), _ROWS):
        part = values[top : top + _ROWS].astype(np.float32) * (255.0 / white)
        pixels[top : top + _ROWS] = np.clip(np.rint(part), 0, 255)
    return pixels
