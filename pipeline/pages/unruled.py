"""A page without its ruled lines, and the letters that touched them whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from pipeline.pages.image import Grey, PageImage
from pipeline.pages.masks import Mask, grown, ink_level, ink_of, runs
from pipeline.pages.rules import LEAN, THIN, Line, Rule, track

_NEAR = 0.1
"""Inches to either side from which the paper under a rule is known."""

_ALONG = 0.04
"""Inches: more than the width of a stem, less than its height."""

_DARKER = 2.0
"""How many times darker than elsewhere a rule is where a letter lies in it."""

_WHOLE = 0.6
"""Share of its thickness by which a thick rule is known for itself where nothing touches it."""

_SHOWS = 1.4
"""How many times darker than a thick pale rule the letters are that show through it."""


def without_rules(page: PageImage, rules: Sequence[Rule]) -> PageImage:
    """The page with paper in place of `rules`, and the letters that touch or cross them whole.

    A thin rule is taken away only where it is as thin as it is elsewhere: where a stroke of a letter crosses it,
    both stay. A thick one goes throughout, but for what is darker: through a black one no letter can be seen anyway.
    """
    if not rules:
        return page
    pixels = page.pixels.copy()
    height, width = pixels.shape
    level = ink_level(pixels)
    for x0, y0, x1, y1 in rules:
        line = Line(round(x0 * width), round(y0 * height), round(x1 * width), round(y1 * height))
        if line.x1 - line.x0 >= line.y1 - line.y0:
            _whiten(pixels, level, line, page.dpi)
        else:  # the transposed view writes through to the page
            _whiten(pixels.T, level, Line(line.y0, line.x0, line.y1, line.x1), page.dpi)
    return replace(page, pixels=pixels)


def _whiten(pixels: Grey, level: int, line: Line, dpi: float) -> None:
    """Take the horizontal `line` out of `pixels`, in place."""
    margin = round(THIN * dpi) + 2
    top, bottom = max(0, line.y0 - margin), line.y1 + margin
    left, right = max(0, line.x0 - 1), line.x1 + 1
    part = pixels[top:bottom, left:right]
    around = ink_of(np.ascontiguousarray(part), level)
    inside = np.zeros_like(around)
    inside[max(0, line.y0 - top - 1) : line.y1 - top + 1] = 1
    tracked = track(around, dpi) & inside
    course = _course(around, tracked, dpi)
    if course is None:
        return
    first, last, columns = course
    rows = np.arange(around.shape[0])[:, None]
    band = (rows >= first) & (rows <= last) & (around > 0)
    darkness = np.where(band, 255 - part.astype(np.int32), 0)
    # Counted, not measured from edge to edge: between the two lines of a double rule there is paper.
    if float(np.median(band.sum(axis=0)[columns])) >= THIN * dpi:
        kept = _showing(darkness, first, last, columns)
    else:
        # Through a pale streak a letter shows as darkness, even a stem that is hardly wider than the streak.
        sums = darkness.sum(axis=0)
        kept = (sums > _DARKER * np.median(sums[columns])) | _crossed(around, first, last, columns, dpi)
    gone = (band & ~kept).astype(np.uint8)
    fringe = grown(gone, 1, 3) & (1 - around)
    taken = (gone | fringe) > 0
    np.copyto(part, _paper(part, around, dpi), where=taken)


def _paper(part: Grey, around: Mask, dpi: float) -> Grey:
    """How light the paper is in each column of `part`, shape (1, w).

    White where a grey page had a rule would be lighter than its paper, and letters beside it darker to the reader.
    """
    light = 1 - around.astype(np.float32)
    near = np.ones(2 * round(_NEAR * dpi) + 1, dtype=np.float32)
    sums = np.convolve((part * light).sum(axis=0), near, mode="same")
    counts = np.convolve(light.sum(axis=0), near, mode="same")
    # `same` gives the longer of the two, which on a short rule is the window.
    sums, counts = (_middle(values, part.shape[1]) for values in (sums, counts))
    level = np.where(counts > 0, sums / np.maximum(counts, 1), 255)
    return np.asarray(level.round()[None, :], dtype=np.uint8)


def _middle(values: npt.NDArray[np.float32], length: int) -> npt.NDArray[np.float32]:
    start = (len(values) - length) // 2
    return values[start : start + length]


def _showing(
    darkness: npt.NDArray[np.int32],
    first: npt.NDArray[np.intp],
    last: npt.NDArray[np.intp],
    columns: npt.NDArray[np.intp],
) -> npt.NDArray[np.bool_]:
    """What is darker than the thick rule from `first` to `last` is at that depth in `columns`, where it is alone."""
    depth = np.arange(int((last - first).max()) + 1)[:, None]
    at = np.minimum(first[None, :] + depth, len(darkness) - 1)
    within = np.take_along_axis(darkness, at, axis=0)
    usual = np.median(within[:, columns], axis=1)
    usual = np.maximum(usual, np.maximum(np.append(usual[1:], 0), np.append(0, usual[:-1])))  # edges waver by a pixel
    showing = np.zeros(darkness.shape, dtype=np.bool_)
    np.put_along_axis(showing, at, within > _SHOWS * usual[:, None], axis=0)
    return showing


def _crossed(
    around: Mask,
    first: npt.NDArray[np.intp],
    last: npt.NDArray[np.intp],
    columns: npt.NDArray[np.intp],
    dpi: float,
) -> npt.NDArray[np.bool_]:
    """In which columns a stroke crosses the thin rule from `first` to `last`; not in `columns`, where it is alone."""
    above = np.take_along_axis(around, np.maximum(first - 2, 0)[None, :], axis=0)
    below = np.take_along_axis(around, np.minimum(last + 2, len(around) - 1)[None, :], axis=0)
    above[:, columns] = below[:, columns] = 0
    # A stroke with ink on both sides of the rule crosses it and stays. One that only meets it ends there,
    # unless it runs along it: that is a stem or a foot the rule lies in.
    lean = 2 * round(LEAN * dpi) + 1  # a slanting stroke enters and leaves in different columns
    crossed = (grown(above, lean, 1) & grown(below, lean, 1) | runs(above | below, _ALONG * dpi, 1))[0] > 0
    crossed[columns] = False
    return np.asarray(crossed, dtype=np.bool_)


def _course(
    around: Mask, tracked: Mask, dpi: float
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], npt.NDArray[np.intp]] | None:
    """First and last row of the rule in each column, and the columns where nothing touches it.

    Seen in those columns and interpolated in between; None when there are none.
    """
    counts = tracked.sum(axis=0)
    if not counts.any():
        return None
    thick = float(np.median(counts[counts > 0]))
    thickest = round(thick + max(1.0, 0.003 * dpi))
    alone = (around & (1 - runs(around, 1, thickest + 1)) & grown(tracked, 1, 3)) > 0
    least = _WHOLE * thick if thick > THIN * dpi else 1  # less may be the foot of a letter close to it
    columns = np.flatnonzero(alone.sum(axis=0) >= least)
    if not columns.size:
        return None
    height, width = around.shape
    first = np.interp(np.arange(width), columns, alone.argmax(axis=0)[columns])
    last = np.interp(np.arange(width), columns, height - 1 - alone[::-1].argmax(axis=0)[columns])
    return np.rint(first).astype(np.intp), np.rint(last).astype(np.intp), columns
