"""How many pixels an inch a page really has, and how many it may have."""

from __future__ import annotations

import math

A4_WIDTH = 210 / 25.4
"""Inches; official Thai papers are A4 (ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. ๒๕๒๖ ข้อ ๗๔)."""

SMALLEST = 4.0
LARGEST = 12.0
"""Inches of a believable page's short side: A6 has 4.1, A3 has 11.7."""

MOST_PIXELS_A_SIDE = 32_767
"""Leptonica, and with it Tesseract, stops there."""

LEAST_DPI = 60.0
"""Below this no letter of an ordinary page can be read."""


def believable_size(width: float, height: float) -> tuple[float, float]:
    """The paper a page was most likely printed on, in inches.

    Phones and converters write pages of 40 inches (a pixel a point) or of 1 inch.
    A page whose short side is not between those of A6 and A3 is taken for one of
    A4 width with the same proportions.

    Args:
        width: inches, as the file says.
        height: inches, as the file says.
    """
    short = min(width, height)
    if short <= 0:
        return A4_WIDTH, A4_WIDTH * math.sqrt(2)
    if SMALLEST <= short <= LARGEST:
        return width, height
    return width * A4_WIDTH / short, height * A4_WIDTH / short


def believable_dpi(width: int, height: int, declared: float | None) -> float:
    """Pixels an inch of a picture of `width` by `height` pixels, read as in `believable_size`.

    Args:
        declared: pixels an inch as the file says; None when it says nothing, and A4 width is assumed.
    """
    short = min(width, height)
    if declared and SMALLEST <= short / declared <= LARGEST:
        return declared
    return short / A4_WIDTH


def fitting_dpi(width: float, height: float, wanted: float, megapixels: float) -> float | None:
    """The resolution, at most `wanted`, at which a page stays within the limits.

    Args:
        width: inches.
        height: inches.
        wanted: pixels an inch.
        megapixels: most pixels the page may have, in millions.

    Returns:
        Pixels an inch, or None when nothing readable (`LEAST_DPI`) remains.
    """
    by_area = math.sqrt(megapixels * 1e6 / (width * height))
    by_side = (MOST_PIXELS_A_SIDE - 1) / max(width, height)
    dpi = min(wanted, by_area, by_side)
    return dpi if dpi >= LEAST_DPI else None


def too_large(width: int, height: int, megapixels: float) -> bool:
    """Whether a picture of `width` by `height` pixels is over the limits."""
    return width * height > megapixels * 1e6 or max(width, height) > MOST_PIXELS_A_SIDE


def shrinking_factor(dpi: float, wanted: float) -> int:
    """By how many whole pixels a page far above `wanted` pixels an inch can be averaged; 1 is not at all.

    A page of 600 dpi is halved for 300; one of 400 stays, because 200 would lose the small vowels.
    """
    return max(1, int(dpi / (0.9 * wanted)))
