"""What is too low for a letter of the page and belongs to no line, but is text all the same.

Small print, dotted blanks, rows of asterisks, and the lone dash that stands for an empty list.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.ocr.finder.bodies import LEAST, Bodies, whole_bodies
from pipeline.ocr.finder.chains import link, renumbered
from pipeline.ocr.finder.components import Bools, Components, Ints
from pipeline.ocr.finder.flow import Baseline, Flow
from pipeline.ocr.finder.furniture import Wall
from pipeline.ocr.finder.strands import Strand, strand_of

_PRINT = 0.3
"""Letter heights: the smallest small print."""

_PRINT_LETTERS = 4
_DOTS = 4
"""How many in a row are no chance."""

_STAR = 0.75
"""Letter heights an asterisk's middle stands above the baseline; a dash half as high."""

_FULL = 0.72
"""Share of its box that ink fills in a dot; in an asterisk less. A worn dot may be as high as a small asterisk."""

_DASH = 0.42


def small_print(components: Components, free: Bools, walls: Sequence[Wall], letter: float) -> tuple[Bodies, Ints]:
    """Letters of a type much smaller than the page's, and which chain each belongs to."""
    height, width = components.height, components.width
    index = np.flatnonzero(
        free & (height >= _PRINT * letter) & (height < LEAST * letter) & (width <= 3 * height)
    ).astype(np.int32)
    bodies = whole_bodies(components, index)
    if not len(bodies):
        return bodies, np.zeros(0, dtype=np.int32)
    chains = link(bodies, walls, float(np.median(height[index])), gap=2.0)
    kept = np.zeros(len(bodies), dtype=np.bool_)
    for chain in range(int(chains.max()) + 1):
        held = chains == chain
        tall = (bodies.bottom - bodies.top)[held]
        low, middle, high = np.percentile(tall, (25, 50, 75))
        wide = float((bodies.x1 - bodies.x0)[held].sum()) / (bodies.x1[held].max() - bodies.x0[held].min())
        kept |= held & (held.sum() >= _PRINT_LETTERS) & (high - low <= 0.35 * middle) & (wide > 0.35)
    return bodies.subset(kept), renumbered(chains[kept])


def strokes(
    components: Components, free: Bools, walls: Sequence[Wall], flow: Flow, letter: float, dpi: float
) -> list[tuple[Strand, Ints]]:
    """Dotted blanks, rows of asterisks and lone dashes: each with the components it consists of."""
    height, width = components.height, components.width
    least = max(0.1 * letter, 0.008 * dpi)
    low = free & (height < LEAST * letter) & (width < 2.0 * letter)
    held = whole_bodies(components, _indices(low & (np.maximum(width, height) >= least)))
    if not len(held):
        return []
    # Dots are two pixels high: widened, so that a slight slope does not tear them apart.
    grown = Bodies(held.x0, held.x1, held.top - 0.15 * letter, held.bottom + 0.15 * letter, held.piece, held.whole)
    chains = link(grown, walls, letter, gap=1.4)
    found: list[tuple[Strand, Ints]] = []
    for chain in range(int(chains.max()) + 1):
        members = _indices(chains == chain)
        pieces = held.piece[members]
        drop = _drop(components, pieces, letter)
        if drop is None:
            continue
        x0, x1 = float(held.x0[members].min()), float(held.x1[members].max())
        middle = (x0 + x1) / 2
        y = float(np.median((held.top + held.bottom)[members] / 2)) + drop * letter
        place = y - float(flow.rise(np.array([middle]), y)[0])
        baseline = Baseline(flow, place, middle, max((x1 - x0) / 2, letter), np.zeros(1))
        found.append((Strand(np.zeros(0, dtype=np.int32), baseline, letter, x0, x1), pieces))
    return found


def _indices(mask: Bools) -> Ints:
    return np.asarray(np.flatnonzero(mask), dtype=np.int32)


def _drop(components: Components, index: Ints, letter: float) -> float | None:
    """Letter heights from the middle of the strokes to the baseline; None when they are dirt."""
    height, width = components.height[index] / letter, components.width[index] / letter
    fill = components.area[index] / np.maximum(components.height[index] * components.width[index], 1)
    tall = float(np.median(height))
    if len(index) >= _DOTS and np.ptp(np.percentile(height, (20, 80))) < 0.2:
        steps = np.diff(np.sort(components.x[index]))
        even = float(np.median(np.abs(steps - np.median(steps)))) < 0.35 * float(np.median(steps))
        if even:
            flat = float(np.median(width)) > 1.8 * tall
            star = tall > 0.24 and float(np.median(fill)) < _FULL
            return _DASH if flat else _STAR if star else tall / 2
    if (
        len(index) == 1
        and 0.3 <= width[0] <= 1.7
        and height[0] <= 0.3
        and width[0] >= 1.8 * height[0]
        and fill[0] > 0.55
    ):
        return _DASH
    return None


def print_strands(bodies: Bodies, chains: Ints, first: int, flow: Flow) -> list[Strand]:
    """Strands of small print; `first` is the number its first body gets among the page's."""
    strands = []
    for chain in range(int(chains.max()) + 1 if len(chains) else 0):
        members = np.flatnonzero(chains == chain).astype(np.int32)
        tall = float(np.median((bodies.bottom - bodies.top)[members]))
        strand = strand_of(members, bodies, flow, tall)
        strands.append(Strand(strand.bodies + first, strand.baseline, strand.letter, strand.x0, strand.x1))
    return strands
