"""Chains of letters with their baseline and letter height, and whose the small ink is."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from pipeline.ocr.finder.bodies import Bodies
from pipeline.ocr.finder.chains import GAP
from pipeline.ocr.finder.components import Bools, Components, Floats, Ints
from pipeline.ocr.finder.flow import Baseline, Flow, baseline_of

ABOVE, BELOW = 1.2, 0.75
"""Letter heights above the top of the letters and below the baseline that marks reach."""

_QUOTE = 1.6
"""Letter heights between a letter and the middle of a closing quotation mark, which stands as high as a vowel."""

_STOP = 1.5
"""Letter heights between a letter and the full stop after it, in a typewriter's wide spacing."""

SURE = 8
"""Letters from which a line knows its own letter height; fewer are measured against the page."""

_USUAL = 0.3
"""Share of a line's letters in the page's letter height that make it the line's, though more are higher: a date in
figures. A line in a larger type has hardly one."""


@dataclass(frozen=True, slots=True)
class Strand:
    """A chain of letters on one baseline, in pixels.

    Attributes:
        bodies: indices of its letters.
        letter: height of its letters without marks.
        measured: what its few letters seem to measure, where the page's letter height was taken for `letter`
            instead: digits and capitals are higher than ก. None where `letter` is measured.
    """

    bodies: Ints
    baseline: Baseline
    letter: float
    x0: float
    x1: float
    measured: float | None = None


def strand_of(indices: Ints, bodies: Bodies, flow: Flow, letter: float) -> Strand:
    """The strand of the given bodies; `letter` is the page's letter height."""
    held = bodies.subset(indices)
    x = (held.x0 + held.x1) / 2
    trust = np.where(held.whole, 1.0, 0.4) * np.minimum(held.x1 - held.x0, 2 * letter)
    baseline = baseline_of(x, held.bottom, trust, flow, letter)
    own, sure = _own_letter(held, x, baseline, letter)
    # A few digits or brackets are higher than ก of the same type, hardly ever lower.
    taken = not sure and 0.85 * letter <= own <= 1.6 * letter
    x0, x1 = float(held.x0.min()), float(held.x1.max())
    return Strand(indices, baseline, letter if taken else own, x0, x1, own if taken else None)


def _own_letter(held: Bodies, x: Floats, baseline: Baseline, letter: float) -> tuple[float, bool]:
    """Mode of the heights of letters that stand on the baseline, and whether they are enough to trust it."""
    height = held.bottom - held.top
    standing = held.whole & (np.abs(held.bottom - baseline.at(x)) < 0.2 * letter)
    if not standing.any():
        return letter, True
    heights = height[standing]
    counts = np.bincount(np.rint(heights).astype(int), weights=heights)
    smooth = np.convolve(counts, [0.5, 1.0, 0.5], mode="same")
    # Of two sizes the lower: digits and capitals are higher than ก.
    best = float(np.flatnonzero(smooth >= 0.8 * smooth.max())[0])
    if best > 1.08 * letter and np.mean(np.abs(heights - letter) <= 0.05 * letter + 0.5) >= _USUAL:
        best = letter
    near = np.abs(heights - best) <= 1.5
    return float(heights[near].mean()), len(heights) >= SURE


def merge(strand: Strand, other: Strand) -> Strand:
    """`strand` with the letters of `other` on it."""
    return replace(
        strand,
        bodies=np.concatenate([strand.bodies, other.bodies]),
        x0=min(strand.x0, other.x0),
        x1=max(strand.x1, other.x1),
    )


def without_marks(strands: list[Strand], bodies: Bodies) -> list[Strand]:
    """Strands of marks as high as letters (ู, stacks such as ื่) given to the line they belong to."""
    area = (bodies.x1 - bodies.x0) * (bodies.bottom - bodies.top)
    order = sorted(strands, key=lambda strand: (-len(strand.bodies), -float(area[strand.bodies].sum())))
    lines: list[Strand] = []
    for strand in order:
        best: tuple[float, int] | None = None
        middle = np.array([(strand.x0 + strand.x1) / 2])
        bottom = float(np.median(bodies.bottom[strand.bodies]))
        top = float(np.median(bodies.top[strand.bodies]))
        for index, line in enumerate(lines):
            if abs(line.baseline.place - strand.baseline.place) > 3 * line.letter:
                continue
            if len(strand.bodies) > 0.34 * len(line.bodies) + 0.5 and len(strand.bodies) > 1:
                continue
            off = max(line.x0 - middle[0], middle[0] - line.x1) / line.letter
            if off > _QUOTE:
                continue
            base = float(line.baseline.at(middle)[0])
            foot, head = (base - bottom) / line.letter, (base - top) / line.letter
            above = 0.35 <= foot <= 1.75 and head <= 1 + ABOVE + 0.3
            if off > 0.6 and not 0.3 <= foot <= 1.0:
                continue
            below = -1.25 <= foot <= -0.25 and head <= 0.55
            within = abs(foot) < 0.35 and head < 2.3
            if above or below or within:
                cost = abs(foot - 1.1) if above else abs(foot + 0.5) if below else 0.0
                if best is None or cost < best[0]:
                    best = (cost, index)
        if best is None:
            lines.append(strand)
        else:
            lines[best[1]] = merge(lines[best[1]], strand)
    return lines


def owners(components: Components, free: Bools, strands: list[Strand], dpi: float) -> Ints:
    """Which strand each `free` component belongs to as a mark, dot or dash; -1 for none, shape (n,)."""
    owner = np.full(len(components), -1, dtype=np.int32)
    index = np.flatnonzero(free)
    if not index.size or not strands:
        return owner
    x, y0, y1 = components.x[index], components.y0[index], components.y1[index]
    x0, x1 = components.x0[index], components.x1[index]
    best = np.full(len(index), np.inf)
    for number, strand in enumerate(strands):
        unit = strand.letter
        near = np.flatnonzero((x1 > strand.x0 - GAP * unit) & (x0 < strand.x1 + GAP * unit))
        if not near.size:
            continue
        base = strand.baseline.at(x[near])
        foot, head = (base - y1[near]) / unit, (base - y0[near]) / unit
        middle = (foot + head) / 2
        off = np.maximum(np.maximum(strand.x0 - x1[near], x0[near] - strand.x1), 0) / unit
        level = (middle > -0.25) & (middle < 1.15) & (head < 1.8) & (foot > -0.7)
        above = ~level & (middle >= 1.0) & (head < 1 + ABOVE + 0.2) & (off < 0.5)
        below = ~level & (middle <= 0.1) & (foot > -BELOW - 0.2) & (off < 0.5)
        # A mark is nearer to the letters it sits on than to those of the line beyond.
        cost = np.where(level, 0.2 * off, np.where(above, np.abs(foot - 1.15) + 0.2, np.abs(head) + 0.2))
        cost[~(level | above | below)] = np.inf
        # Grain does not make a line longer, nor does a speck before it: no line starts with a full stop.
        size = np.maximum(components.width[index][near], components.height[index][near])
        ahead = strand.x0 - x1[near] > 0.35 * unit
        dot = size < 0.32 * unit
        cost[(off > 0.3) & (size < max(0.012 * dpi, 0.1 * unit))] = np.inf
        cost[dot & (ahead | (off > _STOP))] = np.inf
        better = cost < best[near]
        best[near[better]] = cost[better]
        owner[index[near[better]]] = number
    return owner


def lengthened(strands: list[Strand], components: Components, owner: Ints) -> list[Strand]:
    """The strands with their ends moved out to the dots and dashes they own."""
    longer = []
    for number, strand in enumerate(strands):
        held = np.flatnonzero(owner == number)
        if held.size:
            x0, x1 = float(components.x0[held].min()), float(components.x1[held].max())
            longer.append(replace(strand, x0=min(strand.x0, x0), x1=max(strand.x1, x1)))
        else:
            longer.append(strand)
    return longer
