"""Ruled lines of a page: table borders, footer rules, underlines, and the streaks of a dirty scanner.

Found by morphological opening with long thin kernels, after growing the ink a little
across the line so that one that leans by up to two degrees is not torn to pieces.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.pages.image import Grey, PageImage

Rule = tuple[float, float, float, float]
"""x0, y0, x1, y1 of a thin box, in fractions of the page; wider than high is a horizontal rule."""

Mask = npt.NDArray[np.uint8]
"""Shape (height, width), 0 or 1."""

_RUN = 0.25
"""Inches of unbroken ink that make a piece of a rule: more than the stem of any letter up to 24 points."""

_LENGTH = 0.5
"""Inches a rule must have."""

_GAP = 0.15
"""Inches between two pieces of one rule."""

_LEAN = 0.01
"""Inches the ink is grown across the line: 0.25 inches long, it may then lean by 2 degrees."""

_THICKNESS = 0.035
"""Inches a rule may be thick: 2.5 points."""

_FREE = 0.6
"""Fraction of a rule's length where nothing else touches it; a row of touching letters has less."""


_ALONG = 0.04
"""Inches: more than the width of a stem, less than its height."""


_DARKER = 2.0
"""How many times darker than elsewhere a rule is where a letter lies in it."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A horizontal line in pixels: rows y0 to y1 and columns x0 to x1, the ends exclusive."""

    x0: int
    y0: int
    x1: int
    y1: int


def find_rules(page: PageImage) -> list[Rule]:
    """The horizontal rules from top to bottom, then the vertical ones from left to right."""
    ink = _ink(page.pixels)
    height, width = ink.shape
    across = sorted(_lines(ink, page.dpi), key=lambda line: line.y0)
    down = sorted(_lines(np.ascontiguousarray(ink.T), page.dpi), key=lambda line: line.y0)
    return [(line.x0 / width, line.y0 / height, line.x1 / width, line.y1 / height) for line in across] + [
        (line.y0 / width, line.x0 / height, line.y1 / width, line.x1 / height) for line in down
    ]


def without_rules(page: PageImage, rules: list[Rule]) -> PageImage:
    """The page with `rules` whitened, and the letters that touch or cross them whole.

    A rule is taken away only where it is as thin as it is elsewhere: where a stroke
    of a letter crosses it, both stay.
    """
    if not rules:
        return page
    pixels = page.pixels.copy()
    height, width = pixels.shape
    ink = _ink(pixels)
    for x0, y0, x1, y1 in rules:
        line = _Line(round(x0 * width), round(y0 * height), round(x1 * width), round(y1 * height))
        if line.x1 - line.x0 >= line.y1 - line.y0:
            _whiten(pixels, ink, line, page.dpi)
        else:  # the transposed views write through to the page
            _whiten(pixels.T, ink.T, _Line(line.y0, line.x0, line.y1, line.x1), page.dpi)
    return replace(page, pixels=pixels)


def _ink(pixels: Grey) -> Mask:
    """Ink, with the grey edges and the pale lines that lie on the paper's side of the middle."""
    level, _ = cv2.threshold(pixels, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    paper = float(np.median(pixels[::8, ::8]))
    return (pixels < (level + max(paper, level)) / 2).astype(np.uint8)


def _lines(ink: Mask, dpi: float) -> list[_Line]:
    """The horizontal lines of `ink`."""
    track = _track(ink, dpi)
    joined = _grown(track, _GAP * dpi, 3)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    stems = _runs(ink, 1, _THICKNESS * dpi + 1)
    lines = []
    for label in range(1, count):
        x, y, width, height = (int(value) for value in stats[label][:4])
        if width < _LENGTH * dpi:
            continue
        part = (labels[y : y + height, x : x + width] == label) & (track[y : y + height, x : x + width] > 0)
        columns = np.flatnonzero(part.any(axis=0))
        rows = np.flatnonzero(part.any(axis=1))
        length = int(columns[-1] - columns[0] + 1)
        if length < _LENGTH * dpi or len(rows) > _THICKNESS * dpi + length * np.tan(np.radians(2)):
            continue
        thick = float(np.median(part.sum(axis=0)[columns]))
        free = len(columns) - np.count_nonzero((part & (stems[y : y + height, x : x + width] > 0)).any(axis=0))
        if thick > _THICKNESS * dpi or free < _FREE * length:
            continue
        lines.append(_Line(x + int(columns[0]), y + int(rows[0]), x + int(columns[-1]) + 1, y + int(rows[-1]) + 1))
    return lines


def _track(ink: Mask, dpi: float) -> Mask:
    """Ink that lies in long horizontal runs."""
    return _runs(_grown(ink, 1, 2 * round(_LEAN * dpi / 2) + 1), _RUN * dpi, 1) & ink


def _whiten(pixels: Grey, ink: Mask, line: _Line, dpi: float) -> None:
    """Take the horizontal `line` out of `pixels` and `ink`, in place."""
    margin = round(_THICKNESS * dpi) + 2
    top, bottom = max(0, line.y0 - margin), line.y1 + margin
    left, right = max(0, line.x0 - 1), line.x1 + 1
    around = np.ascontiguousarray(ink[top:bottom, left:right])
    inside = np.zeros_like(around)
    inside[max(0, line.y0 - top - 1) : line.y1 - top + 1] = 1
    track = _track(around, dpi) & inside
    course = _course(around, track, dpi)
    if course is None:
        return
    first, last, columns = course
    height = around.shape[0]
    rows = np.arange(height)[:, None]
    band = (rows >= first) & (rows <= last) & (around > 0)
    above = np.take_along_axis(around, np.maximum(first - 2, 0)[None, :], axis=0)
    below = np.take_along_axis(around, np.minimum(last + 2, height - 1)[None, :], axis=0)
    above[:, columns] = below[:, columns] = 0
    # A stroke with ink on both sides of the rule crosses it and stays. One that only meets it ends there,
    # unless it runs along it: that is a stem or a foot the rule lies in.
    lean = 2 * round(_LEAN * dpi) + 1  # a slanting stroke enters and leaves in different columns
    crossed = (_grown(above, lean, 1) & _grown(below, lean, 1) | _runs(above | below, _ALONG * dpi, 1)) > 0
    crossed[:, columns] = False
    # Through a pale streak a letter shows as darkness, even a stem that is hardly wider than the streak.
    darkness = np.where(band, 255 - pixels[top:bottom, left:right].astype(np.int32), 0).sum(axis=0)
    crossed |= darkness > _DARKER * np.median(darkness[columns])
    gone = (band & ~crossed).astype(np.uint8)
    fringe = _grown(gone, 1, 3) & (1 - around)
    pixels[top:bottom, left:right][(gone | fringe) > 0] = 255
    ink[top:bottom, left:right][gone > 0] = 0


def _course(
    around: Mask, track: Mask, dpi: float
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], npt.NDArray[np.intp]] | None:
    """First and last row of the rule in each column, and the columns where nothing touches it.

    Seen in those columns and interpolated in between; None when there are none.
    """
    counts = track.sum(axis=0)
    if not counts.any():
        return None
    thickest = round(float(np.median(counts[counts > 0])) + max(1.0, 0.003 * dpi))
    alone = (around & (1 - _runs(around, 1, thickest + 1)) & _grown(track, 1, 3)) > 0
    columns = np.flatnonzero(alone.any(axis=0))
    if not columns.size:
        return None
    height, width = around.shape
    first = np.interp(np.arange(width), columns, alone.argmax(axis=0)[columns])
    last = np.interp(np.arange(width), columns, height - 1 - alone[::-1].argmax(axis=0)[columns])
    return np.rint(first).astype(np.intp), np.rint(last).astype(np.intp), columns


def _grown(mask: Mask, width: float, height: float) -> Mask:
    return np.asarray(cv2.dilate(mask, _kernel(width, height)), dtype=np.uint8)


def _runs(mask: Mask, width: float, height: float) -> Mask:
    """What lies in boxes of `width` by `height` pixels that are all ink."""
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, _kernel(width, height)), dtype=np.uint8)


def _kernel(width: float, height: float) -> Mask:
    return np.ones((max(1, round(height)), max(1, round(width))), dtype=np.uint8)
