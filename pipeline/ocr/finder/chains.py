"""Bodies of letters linked along their lines."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from pipeline.ocr.finder.bodies import Bodies
from pipeline.ocr.finder.components import Bools, Ints

GAP = 2.6
"""Letter heights: a wider gap parts two columns, a narrower one two words."""

_CORE = 0.5
"""Share of a body's height that must meet its neighbour's: letters with tails or marks still do, lines do not."""

_ROOT = 4
"""Letters a line has outside a stamp."""

_SCALE = 2
"""Pixels drawn as one."""


def link(bodies: Bodies, walls: Sequence[tuple[float, float, float]], letter: float, gap: float = GAP) -> Ints:
    """Which chain each body belongs to, numbered from 0.

    Args:
        walls: x, y0, y1 in pixels of upright rules, which no chain crosses.
        letter: letter height in pixels.
        gap: letter heights that are bridged.
    """
    if not len(bodies):
        return np.zeros(0, dtype=np.int32)
    margin = (1 - _CORE) / 2 * (bodies.bottom - bodies.top)
    x0 = (bodies.x0 / _SCALE).astype(int)
    x1 = np.maximum(((bodies.x1 - 1) / _SCALE).astype(int), x0)
    y0 = np.maximum(np.rint((bodies.top + margin) / _SCALE).astype(int), 0)
    y1 = np.maximum(np.rint((bodies.bottom - margin) / _SCALE).astype(int) - 1, y0)
    drawn = np.zeros((int(y1.max()) + 2, int(x1.max()) + 2), dtype=np.uint8)
    for a, b, c, d in zip(x0.tolist(), x1.tolist(), y0.tolist(), y1.tolist(), strict=True):
        drawn[c : d + 1, a : b + 1] = 1
    reach = 2 * round(gap * letter / _SCALE / 2) + 1  # an even one would shift what it closes
    linked = cv2.morphologyEx(drawn, cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8))
    for x, top, bottom in walls:
        column = round(x / _SCALE)
        rows = slice(max(0, int(top / _SCALE)), max(0, int(np.ceil(bottom / _SCALE))))
        around = slice(max(0, column - 1), column + 2)
        # Only what was bridged is cut: a letter that touches the rule stays whole.
        linked[rows, around] = drawn[rows, around]
    _, labels = cv2.connectedComponents(linked, connectivity=4)
    # A core is one connected piece: any of its pixels tells the label.
    found = labels[y0, x0]
    return renumbered(np.asarray(found))


def renumbered(chains: Ints) -> Ints:
    """The same chains, numbered from 0 without gaps."""
    _, numbers = np.unique(chains, return_inverse=True)
    return np.asarray(numbers, dtype=np.int32).reshape(-1)


def rooted(chains: Ints, doubtful: Bools) -> Bools:
    """Which bodies to keep: a doubtful one only where its chain goes on in letters that are not.

    Text that runs through a stamp is found so, and the stamp itself is not.
    """
    if not len(chains):
        return ~doubtful
    sure = np.bincount(chains[~doubtful], minlength=int(chains.max()) + 1)
    unsure = np.bincount(chains[doubtful], minlength=int(chains.max()) + 1)
    return np.asarray(~doubtful | ((sure >= _ROOT) & (sure >= unsure))[chains], dtype=np.bool_)
