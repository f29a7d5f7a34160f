"""Any picture Pillow opens → grey pixels."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image

from pipeline.pages.image import Grey, PageImage


def grey(image: Image.Image) -> Grey:
    """Grey pixels of `image`: black is 0, white is 255, what is transparent is white paper.

    Returns:
        Shape (height, width), luminance by ITU-R 601 (as Pillow and poppler use).
    """
    if image.mode.startswith(("I", "F")):
        return _deep(image)
    if image.mode == "LAB":
        image = image.getchannel(0)
    if image.has_transparency_data:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image)
    if image.mode in {"CMYK", "HSV", "P", "PA", "RGBX"}:
        image = image.convert("RGB")
    return np.asarray(image.convert("L"), dtype=np.uint8)


def shrink(pixels: Grey, factor: int) -> Grey:
    """Average squares of `factor` by `factor` pixels; up to factor - 1 pixels at the right and bottom are dropped."""
    if factor == 1:
        return pixels
    height, width = (side // factor for side in pixels.shape)
    even = pixels[: height * factor, : width * factor]
    return np.asarray(cv2.resize(even, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _deep(image: Image.Image) -> Grey:
    """16-bit, 32-bit and floating pictures; white is 1, 255 or 65,535, whichever the brightest pixel needs."""
    values = np.asarray(image, dtype=np.float32)
    brightest = float(values.max(initial=0.0))
    if image.mode.startswith("I;16"):
        white = 65_535.0
    else:
        white = next((w for w in (1.0, 255.0, 65_535.0) if brightest <= w), max(brightest, 1.0))
    return np.asarray(np.clip(np.rint(values * (255.0 / white)), 0, 255), dtype=np.uint8)


def reduced(page: PageImage, dpi: float) -> tuple[Grey, float]:
    """The page's pixels reduced to `dpi`, and their dpi; a page of fewer dpi stays as it is."""
    if page.dpi <= dpi:
        return page.pixels, page.dpi
    size = (max(1, round(page.width * dpi / page.dpi)), max(1, round(page.height * dpi / page.dpi)))
    return np.asarray(cv2.resize(page.pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8), dpi
