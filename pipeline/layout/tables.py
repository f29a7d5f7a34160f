"""Ruled tables from ruled lines: the grid, and which text stands in which cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.layout.flow import Table
from pipeline.layout.traced import Traced
from pipeline.ocr import Box, Cell, Line, PageText, union

TOUCH = 0.012  # rules that come this near each other, in fractions of the page, meet
NEAR = 0.02  # a word that begins this near to a rule begins at the rule
SAME = 0.008  # rules nearer than this are one
OPEN_ROW = 0.02  # of the page: upright rules that go on so far beyond the last level one hold a row
EDGE = 0.01  # of the page: nothing is printed this near to the edge of the paper

_SPACE = re.compile(r"\s+(?=\S)")
_WIDE_GAP = re.compile(r"\s{2,}(?=\S)")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's rules: `verticals` and `horizontals` are thin boxes, `xs` and `ys` their places."""

    box: Box
    verticals: tuple[Box, ...]
    xs: tuple[float, ...]
    ys: tuple[float, ...]


def find_grids(rules: tuple[Box, ...], lines: Sequence[Line]) -> list[Grid]:
    """Groups of rules that meet in at least two rows and two columns of lines.

    Args:
        rules: of a page.
        lines: the page's text; a border that it runs through is that of a stamp.
    """
    standing = [rule for rule in rules if rule[3] - rule[1] > rule[2] - rule[0]]
    level = [rule for rule in rules if rule not in standing]
    upright = [rule for rule in standing if any(_ends_at(rule, other) for other in level)]
    groups: list[set[int]] = []
    everything = upright + level
    for a in range(len(upright)):
        for b in range(len(upright), len(everything)):
            if _meet(everything[a], everything[b]):
                joined = {a, b}
                apart = []
                for group in groups:
                    if group & joined:
                        joined |= group
                    else:
                        apart.append(group)
                groups = [*apart, joined]
    grids = []
    for group in groups:
        verticals = _borders([everything[i] for i in sorted(group) if i < len(upright)], lines)
        horizontals = _spanning([everything[i] for i in sorted(group) if i >= len(upright)])
        xs = _places([(rule[0] + rule[2]) / 2 for rule in verticals])
        ys = _open_ends(_places([(rule[1] + rule[3]) / 2 for rule in horizontals]), verticals)
        if len(xs) >= 2 and len(ys) >= 2:
            grids.append(Grid(union([*verticals, *horizontals]), verticals, xs, ys))
    return sorted(grids, key=lambda grid: grid.box[1])


def _open_ends(ys: tuple[float, ...], verticals: tuple[Box, ...]) -> tuple[float, ...]:
    """The places of level rules, with the ends of a row that goes on over the page and has none there."""
    if not ys:
        return ys
    above = sorted(rule[1] for rule in verticals if ys[0] - rule[1] > OPEN_ROW)
    below = sorted(rule[3] for rule in verticals if rule[3] - ys[-1] > OPEN_ROW)
    first = above[:1] if len(above) > 1 and above[1] - above[0] < TOUCH else []
    last = below[-1:] if len(below) > 1 and below[-1] - below[-2] < TOUCH else []
    return (*first, *ys, *last)


def _borders(verticals: list[Box], lines: Sequence[Line]) -> tuple[Box, ...]:
    """Upright rules of one group without the outermost ones that a piece of text runs through."""
    kept = sorted(verticals)
    while kept and _runs_through(kept[0], lines):
        kept.pop(0)
    while kept and _runs_through(kept[-1], lines):
        kept.pop()
    return tuple(kept)


def _runs_through(upright: Box, lines: Sequence[Line]) -> bool:
    x = (upright[0] + upright[2]) / 2
    return any(
        cell.box[0] < x - NEAR and cell.box[2] > x + NEAR and upright[1] < (cell.box[1] + cell.box[3]) / 2 < upright[3]
        for line in lines
        for cell in line.cells
    )


def _spanning(level: list[Box]) -> list[Box]:
    """Level rules of one group without the outermost ones that go over less than half of it: underlines."""
    kept = sorted(level, key=lambda rule: rule[1] + rule[3])
    if not kept:
        return []
    wide = max(rule[2] for rule in kept) - min(rule[0] for rule in kept)
    for end in (0, -1):
        while kept:
            y = (kept[end][1] + kept[end][3]) / 2
            row = [rule for rule in kept if abs((rule[1] + rule[3]) / 2 - y) < SAME]
            if sum(rule[2] - rule[0] for rule in row) >= wide / 2:
                break
            kept.pop(end)
    return kept


def inside(line: Line, grid: Grid) -> bool:
    """Does the line stand in the table?"""
    x0, y0, x1, y1 = line.box
    middle, height = (x0 + x1) / 2, (y0 + y1) / 2
    return grid.box[0] - TOUCH < middle < grid.box[2] + TOUCH and grid.box[1] < height < grid.box[3]


def build_table(page: PageText, grid: Grid, lines: list[Line]) -> Table:
    """The lines of a table, cut at its rules and put into its cells."""
    rows: list[list[list[Traced]]] = [[[] for _ in grid.xs[:-1]] for _ in grid.ys[:-1]]
    for line in lines:
        here: dict[tuple[int, int], list[Traced]] = {}
        for cell in line.cells:
            for piece in _cut(cell, grid):
                x0, y0, x1, y1 = piece.box
                place = _slot(grid.ys, (y0 + y1) / 2), _slot(grid.xs, (x0 + x1) / 2)
                here.setdefault(place, []).append(Traced.of_cell(page.number, piece))
        for (row, column), pieces in here.items():
            rows[row][column].append(Traced.join(pieces))
    cells = tuple(tuple(tuple(texts) for texts in row) for row in rows)
    return Table(page.number, grid.box, grid.xs[:-1], cells)


def _meet(upright: Box, level: Box) -> bool:
    return (
        level[0] - TOUCH <= upright[2]
        and upright[0] <= level[2] + TOUCH
        and upright[1] - TOUCH <= level[3]
        and level[1] <= upright[3] + TOUCH
    )


def _ends_at(upright: Box, level: Box) -> bool:
    """Does an upright rule begin or end at a level one? A streak of the scanner only passes them."""
    head, foot = upright[1], upright[3]
    # What goes on to the edge of the paper ends there, near a level rule or not.
    ends = [abs(head - level[1]), abs(head - level[3])] if head > EDGE else []
    ends += [abs(foot - level[1])] if foot < 1 - EDGE else []
    return min(ends, default=1.0) < 2 * TOUCH and _meet(upright, level)


def _places(values: list[float]) -> tuple[float, ...]:
    """Where rules stand; one that a tilted page breaks into pieces drifts by little from piece to piece."""
    ordered = sorted(values)
    return tuple(value for before, value in pairwise([-1.0, *ordered]) if value - before > SAME)


def _slot(edges: tuple[float, ...], value: float) -> int:
    """Index of the interval of `edges` that holds `value`, the nearest one outside them."""
    for index in range(len(edges) - 1):
        if value < edges[index + 1]:
            return index
    return len(edges) - 2


def _cut(cell: Cell, grid: Grid) -> list[Cell]:
    """The cell, cut where a vertical rule of the table passes between its characters."""
    x0, y0, x1, y1 = cell.box
    middle = (y0 + y1) / 2
    places = {0, len(cell.text)}
    ruled = [(rule[0] + rule[2]) / 2 for rule in grid.verticals if rule[1] <= middle <= rule[3]]
    for x in ruled:
        if x0 < x < x1 and cell.lefts:
            places.add(_cut_place(cell, x))
    if len(ruled) < len(grid.xs):  # a rule that is no higher than a line may not have been found
        places |= {at for x in grid.xs for at in _word_starts(cell, x, _WIDE_GAP)}
    edges = sorted(places)
    parts = [cell.part(a, b) for a, b in pairwise(edges)]
    return [part for part in parts if part.text]


def _word_starts(cell: Cell, x: float, gap: re.Pattern[str]) -> list[int]:
    """Indices of the words behind a `gap` that begin near `x`."""
    return [found.end() for found in gap.finditer(cell.text) if cell.lefts and abs(cell.lefts[found.end()] - x) < NEAR]


def _cut_place(cell: Cell, x: float) -> int:
    """Index of the character that begins right of `x`: a word's first where one begins near, for
    readers place the edges of single characters roughly."""
    if starts := _word_starts(cell, x, _SPACE):
        return min(starts, key=lambda at: abs(cell.lefts[at] - x))
    return next((at for at, left in enumerate(cell.lefts) if left >= x), len(cell.text))
