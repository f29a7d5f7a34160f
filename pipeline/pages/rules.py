"""Ruled lines of a page: table borders, footer rules, underlines, and the streaks of a dirty scanner.

Found by morphological opening with long thin kernels, after growing the ink a little
across the line so that one that leans by up to two degrees is not torn to pieces. That
is slow on a whole page, so it is done only where eight pixels in a row, and the next
eight, are ink.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.pages.image import PageImage
from pipeline.pages.masks import Mask, grown, ink_level, ink_of, runs

Rule = tuple[float, float, float, float]
"""x0, y0, x1, y1 of a box, in fractions of the page; wider than high is a horizontal rule."""

THIN = 0.035
"""Inches an ordinary rule may be thick: 2.5 points. Through it one sees what crosses it."""

_THICKEST = 0.11
"""Inches: the bars around some tables have 2.5 mm. Higher ones are the dark ground of white letters."""

_SLIM = 5.0
"""How many times longer than thick a thick rule must be; a dash of a large title is not."""

_EVEN = 0.2
"""Share by which its thickness may differ along it, in `_FREE` of its length."""

_RUN = 0.25
"""Inches of unbroken ink that make a piece of a rule: more than the stem of any letter up to 24 points."""

_LENGTH = 0.5
"""Inches a rule must have."""

_GAP = 0.15
"""Inches between two pieces of one rule."""

LEAN = 0.01
"""Inches the ink is grown across the line: 0.25 inches long, it may then lean by 2 degrees."""

_FREE = 0.6
"""Fraction of a rule's length where nothing else touches it; a row of touching letters has less."""

_CELL = 8
"""Pixels in a row that are looked at together: so many fit into a byte."""


@dataclass(frozen=True, slots=True)
class Line:
    """A horizontal line in pixels: rows y0 to y1 and columns x0 to x1, the ends exclusive."""

    x0: int
    y0: int
    x1: int
    y1: int


def find_rules(page: PageImage) -> list[Rule]:
    """The horizontal rules from top to bottom, then the vertical ones from left to right."""
    ink = ink_of(page.pixels, ink_level(page.pixels))
    height, width = ink.shape
    across = sorted(_lines(ink, page.dpi), key=lambda line: line.y0)
    down = sorted(_lines(ink.T, page.dpi), key=lambda line: line.y0)
    return [(line.x0 / width, line.y0 / height, line.x1 / width, line.y1 / height) for line in across] + [
        (line.y0 / width, line.x0 / height, line.y1 / width, line.x1 / height) for line in down
    ]


def track(ink: Mask, dpi: float) -> Mask:
    """Ink that lies in long horizontal runs."""
    return runs(grown(ink, 1, _lean(dpi)), _RUN * dpi, 1) & ink


def _lean(dpi: float) -> int:
    return 2 * round(LEAN * dpi / 2) + 1


def _lines(ink: Mask, dpi: float) -> list[Line]:
    """The horizontal lines of a page."""
    found = []
    for x0, y0, x1, y1 in _places(ink, dpi):
        part = ink[y0:y1, x0:x1].copy(order="C")
        # What goes on beyond the place is no run that ends there; OpenCV takes all beyond a picture for ink.
        part[:, [0, -1]] &= np.array([x0 == 0, x1 == ink.shape[1]], dtype=np.uint8)
        found += [Line(x0 + line.x0, y0 + line.y0, x0 + line.x1, y0 + line.y1) for line in _lines_in(part, dpi)]
    return found


def _places(ink: Mask, dpi: float) -> list[tuple[int, int, int, int]]:
    """Boxes x0, y0, x1, y1 outside of which no horizontal line lies; none overlaps another."""
    cells = _full_cells(ink, _lean(dpi))
    cells = runs(cells, (_RUN * dpi - _CELL + 1) // _CELL, 1)
    if not cells.any():
        return []
    joined = cv2.morphologyEx(cells, cv2.MORPH_CLOSE, np.ones((3, 2 * round(_GAP * dpi / _CELL / 2) + 3), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    along, over = round(_GAP * dpi) + 2 * _CELL, round(_THICKEST * dpi)
    boxes: list[tuple[int, int, int, int]] = []
    for x, y, width, height in stats[1:, :4].tolist():
        if width * _CELL < _LENGTH * dpi - 2 * _CELL:
            continue
        box = (x * _CELL - along, y - over, (x + width) * _CELL + along, y + height + over)
        box = (max(box[0], 0), max(box[1], 0), min(box[2], ink.shape[1]), min(box[3], ink.shape[0]))
        touching = [other for other in boxes if _overlap(box, other)]
        while touching:
            boxes = [other for other in boxes if other not in touching]
            x0, y0, x1, y1 = zip(box, *touching, strict=True)
            box = (min(x0), min(y0), max(x1), max(y1))
            touching = [other for other in boxes if _overlap(box, other)]
        boxes.append(box)
    return boxes


def _overlap(a: tuple[int, int, int, int], b: tuple[int, int, int, int]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _full_cells(ink: Mask, lean: int) -> Mask:
    """Which eight pixels in a row are all ink grown by `lean` rows, shape (height, width / 8)."""
    if ink.flags.c_contiguous:
        whole = np.packbits(grown(ink, 1, lean), axis=1) == 0xFF
        return np.asarray(whole, dtype=np.uint8)
    # The page seen from the side: its memory runs across the line.
    upright = grown(np.ascontiguousarray(ink.T), lean, 1)
    rows, columns = upright.shape
    stacked = upright[: rows // _CELL * _CELL].reshape(-1, _CELL, columns)
    return np.ascontiguousarray(stacked.min(axis=1).T)


def _lines_in(ink: Mask, dpi: float) -> list[Line]:
    """The horizontal lines of a part of a page."""
    tracked = track(ink, dpi)
    joined = grown(tracked, _GAP * dpi, 3)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    lines = []
    for label in range(1, count):
        x, y, width, height = (int(value) for value in stats[label][:4])
        if width < _LENGTH * dpi:
            continue
        box = np.s_[y : y + height, x : x + width]
        part = (labels[box] == label) & (tracked[box] > 0)
        columns = np.flatnonzero(part.any(axis=0))
        rows = np.flatnonzero(part.any(axis=1))
        length = int(columns[-1] - columns[0] + 1)
        counts = part.sum(axis=0)[columns]
        thick = float(np.median(counts))
        if length < _LENGTH * dpi or thick > _THICKEST * dpi:
            continue
        most = THIN * dpi  # more than that is ink that stands on the rule or hangs from it
        if thick > most:
            most = (1 + _EVEN) * thick
            even = np.count_nonzero(np.abs(counts - thick) <= _EVEN * thick)
            if length < _SLIM * thick or even < _FREE * length:
                continue
        touching = runs(np.ascontiguousarray(ink[:, x : x + width]), 1, most + 1)[y : y + height]
        free = len(columns) - np.count_nonzero((part & (touching > 0)).any(axis=0))
        if len(rows) > most + length * np.tan(np.radians(2)) or free < _FREE * length:
            continue
        lines.append(Line(x + int(columns[0]), y + int(rows[0]), x + int(columns[-1]) + 1, y + int(rows[-1]) + 1))
    return lines
