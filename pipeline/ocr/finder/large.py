"""Letters of a type much larger than the page's, such as the head of a memorandum."""

from __future__ import annotations

import numpy as np

from pipeline.ocr.finder.bodies import whole_bodies
from pipeline.ocr.finder.chains import link
from pipeline.ocr.finder.components import Bools, Components, Floats

_LEAST, _MOST = 1.45, 4.5
"""Letter heights of the page; below it is a title set a little larger, which needs no care."""

_LETTERS = 3
"""How many of one height on one baseline are no chance."""

_ALIKE = 0.15
"""Share of their height by which letters of one type differ in height and place."""


def large_type(components: Components, usable: Bools, letter: float) -> Bools:
    """Which `usable` components are letters of a large type, shape (n,).

    Letters of the usual type that have grown together with their marks are as high, but
    differ in height and stand among others that have not.
    """
    height, width = components.height, components.width
    found = np.zeros(len(components), dtype=np.bool_)
    index = np.flatnonzero(
        usable
        & (height >= _LEAST * letter)
        & (height <= _MOST * letter)
        & (width <= 2 * height)
        & (height <= 4 * width)
    ).astype(np.int32)
    if len(index) < _LETTERS:
        return found
    tall = height[index].astype(np.float64)
    bodies = whole_bodies(components, index)
    chains = link(bodies, [], letter, gap=3.0)
    usual = usable & (height >= 0.6 * letter) & (height <= 1.3 * letter)
    for chain in range(int(chains.max()) + 1):
        held = chains == chain
        if held.sum() < _LETTERS:
            continue
        level = _level(tall[held], bodies.bottom[held])
        if level is None:
            continue
        size, base = level
        x0, x1 = bodies.x0[held].min(), bodies.x1[held].max()
        among = usual & (components.x > x0) & (components.x < x1)
        among &= (components.y > base - 0.8 * size) & (components.y < base)
        if np.count_nonzero(among) <= 0.5 * held.sum():
            found[index[held]] = True
    return found


def _level(heights: Floats, bottoms: Floats) -> tuple[float, float] | None:
    """The height most letters share, and their baseline; None when they are not of one type."""
    size = float(np.sort(heights)[len(heights) // 3])
    alike = np.abs(heights - size) <= _ALIKE * size
    base = float(np.median(bottoms[alike]))
    standing = alike & (np.abs(bottoms - base) <= _ALIKE * size)
    if np.count_nonzero(standing) < max(_LETTERS, 0.5 * len(heights)):
        return None
    return size, base
