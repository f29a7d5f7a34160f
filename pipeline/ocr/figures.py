"""Pictures on a page: photographs, charts, crests, codes; what is dark over more room than print ever is.

Only what is plainly a picture counts. A table or a drawing whose words can be read stays text, and signatures,
stamps and streaks, all of thin or lonely strokes, are neither.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.ocr.text import Box, Line, page_box
from pipeline.pages.grey import reduced
from pipeline.pages.image import PageImage
from pipeline.pages.rules import Rule

DPI = 75.0
"""The tone of a halftone is seen here, and its dots are not."""

LEAST = 0.4
"""Inches a picture has on each side; a smaller one is a letter, a hole or a bullet."""

_TONE = 0.25
"""Share of the way from paper to full ink where tone begins; paler is the ground of a table's head."""

_LONG, _THIN = 0.2, 0.1
"""Inches that a piece of a picture, such as a bar of a chart, is at least long and thick."""

_FILL = 0.3
"""Share of its box that the ink of such a piece fills; a signature or the ring of a stamp fills less."""

_STROKE = 5
"""Pixels: thicker than the strokes of any letter, 4 points."""

_SOLID = 0.4
"""Share of its ink that a photograph or a bar keeps when all strokes are taken away."""

_FINE = 150.0
"""Dots an inch at which the letters of a line stand apart, which run together in `DPI`."""

_DRAWN = 0.3
"""Inches each side of a drawing has whose strokes hang together, as those of a crest do and letters do not."""

_JOINED = 0.5
"""Share of the ink of a piece that hangs so together."""

_APART = 0.3
"""Inches between pieces of one picture, such as the bars of a chart."""

_CORNER = 0.1
"""Inches by which the rules of a frame may fall short of its corners."""

_EDGE = 0.08
"""Inches from the edge of the page where ink is a shadow."""

_SURE = 0.8
"""Mean confidence from which letters have been read and not imagined."""

_WORDS = 0.25
"""Share of a picture that lines so read may fill: they are labels, and no table or paragraph."""

Pixels = tuple[int, int, int, int]
Mask = npt.NDArray[np.uint8]


def find_figures(page: PageImage, rules: Sequence[Rule], lines: Sequence[Line]) -> tuple[Box, ...]:
    """The boxes of the pictures on an upright page, from the top, in fractions of the page.

    Args:
        page: its ruled lines whitened.
        rules: where they were; those of a frame around a picture belong to it.
        lines: what was read on it.
    """
    if min(page.width, page.height) < LEAST * page.dpi:
        return ()
    pixels, dpi = reduced(page, DPI)
    tone = _tone(pixels)
    words = _words(lines, tone.shape)
    pieces = _pieces(tone, words, dpi)
    if not pieces:
        return ()
    fine, fine_dpi = reduced(page, _FINE)
    drawn = _tone(fine)
    pieces = [box for box in pieces if _is_solid(tone, box) or _is_drawn(drawn, box, fine_dpi / dpi, fine_dpi)]
    boxes = _gathered(pieces, _APART * dpi)
    height, width = tone.shape
    scaled = [(x0 * width, y0 * height, x1 * width, y1 * height) for x0, y0, x1, y1 in rules]
    found = []
    for box in boxes:
        x0, y0, x1, y1 = box
        if min(x1 - x0, y1 - y0) < LEAST * dpi or _is_text(words, box):
            continue
        framed = _framed(box, scaled, _CORNER * dpi)
        found.append(page_box(*(box if _is_text(words, framed) else framed), width, height))
    return tuple(sorted(found, key=lambda box: (box[1], box[0])))


def _tone(pixels: npt.NDArray[np.uint8]) -> Mask:
    """Where the page is darker than paper, 0 or 1."""
    paper, ink = np.percentile(pixels[::2, ::2], (75, 0.2))
    level = paper - max(_TONE * (paper - ink), 20)
    return np.asarray(pixels < level, dtype=np.uint8)


def _words(lines: Sequence[Line], shape: tuple[int, ...]) -> Mask:
    """Where letters were read with confidence, 0 or 1."""
    words = np.zeros(shape, dtype=np.uint8)
    height, width = shape
    for line in lines:
        for cell in line.cells:
            if statistics.fmean(cell.chars or (cell.confidence,)) >= _SURE:
                x0, y0, x1, y1 = cell.box
                words[int(y0 * height) : round(y1 * height) + 1, int(x0 * width) : round(x1 * width) + 1] = 1
    return words


def _pieces(tone: Mask, words: Mask, dpi: float) -> list[Pixels]:
    """Boxes of connected ink that is large and full, and has not been read."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(tone, connectivity=8)
    height, width = tone.shape
    edge = _EDGE * dpi
    found = []
    for label, (x, y, wide, high, area) in enumerate(stats.tolist()):
        if label == 0 or max(wide, high) < _LONG * dpi or min(wide, high) < _THIN * dpi or area < _FILL * wide * high:
            continue
        if x < edge or y < edge or x + wide > width - edge or y + high > height - edge:
            continue
        own = labels[y : y + high, x : x + wide] == label
        if np.count_nonzero(words[y : y + high, x : x + wide][own]) < 0.5 * area:
            found.append((x, y, x + wide, y + high))
    return found


def _gathered(boxes: Sequence[Pixels], reach: float) -> list[Pixels]:
    """Boxes nearer to each other than `reach` put together."""
    gathered: list[Pixels] = []
    waiting = list(boxes)
    while waiting:
        a, b, c, d = waiting.pop()
        near = [box for box in gathered if box[0] - reach < c and a < box[2] + reach and box[1] - reach < d]
        near = [box for box in near if b < box[3] + reach]
        if not near:
            gathered.append((a, b, c, d))
            continue
        gathered = [box for box in gathered if box not in near]
        x0, y0, x1, y1 = zip((a, b, c, d), *near, strict=True)
        waiting.append((min(x0), min(y0), max(x1), max(y1)))
    return gathered


def _is_solid(tone: Mask, box: Pixels) -> bool:
    """Is most of the ink in `box` thicker than any stroke?"""
    x0, y0, x1, y1 = box
    ink = tone[y0:y1, x0:x1]
    left = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((_STROKE, _STROKE), np.uint8))
    return bool(np.count_nonzero(left) >= _SOLID * np.count_nonzero(ink))


def _is_drawn(tone: Mask, box: Pixels, scale: float, dpi: float) -> bool:
    """Does most of the ink in `box` hang together in strokes, larger than letters do?

    Args:
        tone: of the page at `dpi`, `scale` times finer than `box`.
    """
    x0, y0, x1, y1 = (round(side * scale) for side in box)
    _, _, stats, _ = cv2.connectedComponentsWithStats(tone[y0:y1, x0:x1], connectivity=8)
    area = stats[1:, cv2.CC_STAT_AREA]
    sides = np.minimum(stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT])
    return float(area[sides >= _DRAWN * dpi].sum()) >= _JOINED * float(area.sum())


def _is_text(words: Mask, box: Pixels) -> bool:
    """Do words that were read fill much of `box`?"""
    x0, y0, x1, y1 = box
    return float(words[y0:y1, x0:x1].mean()) > _WORDS


def _framed(box: Pixels, rules: Sequence[Box], reach: float) -> Pixels:
    """`box` with the nearest frame around it, of two level rules and two upright ones from the one to the other.

    Args:
        reach: pixels by which rules may fall short of a corner.
    """
    x0, y0, x1, y1 = box
    level = [r for r in rules if r[3] - r[1] <= r[2] - r[0] and r[0] < x0 + reach and r[2] > x1 - reach]
    above = max((r[1] for r in level if r[1] <= y0 + 2), default=None)
    below = min((r[3] for r in level if r[3] >= y1 - 2), default=None)
    if above is None or below is None:
        return box
    upright = [r for r in rules if r[3] - r[1] > r[2] - r[0] and r[1] < above + reach and r[3] > below - reach]
    left = max((r[0] for r in upright if r[0] <= x0 + 2), default=None)
    right = min((r[2] for r in upright if r[2] >= x1 - 2), default=None)
    if left is None or right is None:
        return box
    return min(x0, round(left)), min(y0, round(above)), max(x1, round(right)), max(y1, round(below))
