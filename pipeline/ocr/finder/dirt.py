"""Which strands are no text: scrawled signatures, the broken ring of a stamp, blots.

A line of text proves itself by letters that stand on one line. What is too short for
that must look like a letter, or stand beside a line that is beyond doubt.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.ocr.finder.bodies import Bodies
from pipeline.ocr.finder.components import Components, Floats, Ints
from pipeline.ocr.finder.furniture import inside
from pipeline.ocr.finder.strands import Strand

_STANDING = 0.25
"""Letter heights a letter may stand off its baseline."""

_LEAST = 3
"""Letters on one baseline that are no chance."""

_THIN = 0.15
"""Share of its box that ink fills in a slash or an arc; in a letter that is not as narrow as 1, more."""

_BLOT = 0.58
"""Share of its box that ink fills at least in a bullet or a speck."""

_ROUND = 0.17
"""Share of its box where a blot is no ellipse, at most; only a clogged ๑ comes near."""

_CORE = 0.15
"""Square of the radius, in sides of its box, within which a blot is ink throughout; even a clogged ๑ has its notch."""

_NEAR_BLOT = 14.0
"""Letter heights between a list's number that is clogged and its text."""


def is_certain(strand: Strand, bodies: Bodies) -> bool:
    """Whether enough letters stand on the strand's baseline; dots and dashes are judged where they are found."""
    if not len(strand.bodies):
        return True
    held = bodies.subset(strand.bodies)
    off = np.abs(held.bottom - strand.baseline.at((held.x0 + held.x1) / 2)) / strand.letter
    standing = int(np.count_nonzero(off < _STANDING))
    return standing >= max(_LEAST, 0.5 * len(strand.bodies))


def clean_rows(
    rows: Sequence[Sequence[int]],
    strands: Sequence[Strand],
    bodies: Bodies,
    components: Components,
    scrawls: Floats,
) -> list[list[int]]:
    """`rows` of indices of `strands`, without those that are dirt; `scrawls` are boxes where most is."""
    fill = components.area / np.maximum(components.width * components.height, 1)
    kept = []
    for row in rows:
        certain = [index for index in row if is_certain(strands[index], bodies) and len(strands[index].bodies)]
        good = [
            index
            for index in row
            if index in certain
            or (
                (certain or not _lies_in(scrawls, strands[index]))
                and _looks_right(strands[index], [strands[i] for i in certain], bodies, components, fill)
            )
        ]
        if good:
            kept.append(good)
    return kept


def _lies_in(boxes: Floats, strand: Strand) -> bool:
    x = np.array([strand.x0, strand.x1])
    y = strand.baseline.at(x) - strand.letter / 2
    return bool(inside(boxes, x[:1], y[:1], x[1:], y[1:]).any())


def _is_blot(components: Components, index: int) -> bool:
    """Whether a component is a round dot of ink without a hole."""
    mask = components.mask(index)
    height, width = mask.shape
    if mask.mean() < _BLOT or max(height, width) > 1.6 * min(height, width):
        return False
    y, x = (np.arange(side) + 0.5 for side in mask.shape)
    far = (y[:, None] / height - 0.5) ** 2 + (x[None, :] / width - 0.5) ** 2
    disk = far < 0.23  # pixels cut the circle's edge of 0.25
    return bool(mask[far < _CORE].all() and (mask != disk).mean() < _ROUND)


def _looks_right(
    strand: Strand, beside: Sequence[Strand], bodies: Bodies, components: Components, fill: Floats
) -> bool:
    if not len(strand.bodies):
        return True
    held = bodies.subset(strand.bodies)
    pieces: Ints = np.unique(held.piece)
    if len(pieces) == 1 and _is_blot(components, int(pieces[0])):
        gaps = [max(strand.x0 - other.x1, other.x0 - strand.x1) for other in beside]
        return bool(gaps) and min(gaps) < _NEAR_BLOT * strand.letter
    if beside:
        return True
    width, height = components.width[pieces] / strand.letter, components.height[pieces] / strand.letter
    drawn = (fill[pieces] < _THIN) & (width >= 0.3)
    # A letter that has grown together with its marks.
    compact = (height < 2.8) & (width < 2.2)
    return bool(compact.mean() >= 0.5 and drawn.mean() <= 0.5)
