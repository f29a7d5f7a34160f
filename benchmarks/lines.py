"""Our reader line by line: what was printed, what was read, and where the fault lies.

A line read wrong is put down to the line finding when a part of it was not framed, was framed at a wrong height,
or was cut in two where the fault is; to ink that is no text; and otherwise to the recogniser.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from rapidfuzz.distance import Levenshtein

from benchmarks.reading import Framed, PageReading
from pipeline.compare.measure import fold
from pipeline.ocr import Box, Cell, Line, PageText
from pipeline.ocr.finder.crop import ABOVE, BELOW

Cause = Literal["missed", "dropped", "part missed", "framed wrong", "cut", "foreign ink", "recogniser"]
FINDER: tuple[Cause, ...] = ("missed", "part missed", "framed wrong", "cut")

# In letter heights (ก).
_UNCOVERED = 0.7  # more of a line than this without a piece over it was not framed
_BEYOND = 1.2  # a piece that reaches farther than this beyond the text holds something else
_AWAY = 1.1  # a piece whose middle is farther from a line's than this is not of that line
_CLIPPED = 0.25  # more than this of a short piece's ink outside the picture
_SHORT = 18.0  # pieces shorter than this are level enough to tell
_MIS_SIZED = 0.14  # share by which the letters of a piece may differ from those beside it


@dataclass(frozen=True, slots=True)
class LineResult:
    """One printed line, or a piece read where none is (`want` is empty then).

    Attributes:
        number: of its page.
        box: around the print, in fractions of the page as stored.
        want, got: white space collapsed.
        edits: without white space.
        swaps: (printed, read) for every difference; one of them may be empty.
        cause: None for a line read right.
    """

    number: int
    box: Box
    want: str
    got: str
    edits: int
    swaps: tuple[tuple[str, str], ...]
    cause: Cause | None


@dataclass(frozen=True, slots=True)
class _Put:
    """A cell as read, its box put back to where it is on the stored page."""

    cell: Cell
    box: Box


def compare_lines(truth: PageText, reading: PageReading) -> list[LineResult]:
    """The lines of a page, then what was read where nothing is printed."""
    size = (truth.width, truth.height)
    read = [_Put(cell, _put_back(cell.box, reading.skew, size)) for line in reading.lines for cell in line.cells]
    pieces = [(piece, _put_back(piece.box, reading.skew, size)) for piece in reading.pieces]
    letter = statistics.median([piece.letter for piece in reading.pieces] or [0.012])
    held: list[list[_Put]] = [[] for _ in truth.lines]
    stray: list[_Put] = []
    for put in read:
        at = _line_of(put.box, truth.lines, letter)
        (stray if at is None else held[at]).append(put)
    results = []
    for line, cells in zip(truth.lines, held, strict=True):
        cells.sort(key=lambda put: put.box[0])
        want, got = "".join(map(_plain, line.cells)), "".join(_plain(put.cell) for put in cells)
        swaps = tuple(_swaps(want, got))
        cause = _cause(line, cells, pieces, letter, size, want, got) if swaps else None
        shown = "  ".join(put.cell.text for put in cells)
        edits = Levenshtein.distance(want, got)
        results.append(LineResult(truth.number, line.box, line.text, shown, edits, swaps, cause))
    for put in stray:
        text = _plain(put.cell)
        swaps = tuple(("", letter) for letter in text)
        results.append(LineResult(truth.number, put.box, "", put.cell.text, len(text), swaps, "foreign ink"))
    return results


def _plain(cell: Cell) -> str:
    return fold(cell.text)


def _put_back(box: Box, skew: float, size: tuple[int, int]) -> Box:
    """A box of the levelled page, moved (not turned) to where its middle is on the stored one."""
    width, height = size
    x = ((box[0] + box[2]) / 2 - 0.5) * width
    y = ((box[1] + box[3]) / 2 - 0.5) * height
    turn = math.radians(skew)
    dx = (math.cos(turn) * x - math.sin(turn) * y - x) / width
    dy = (math.sin(turn) * x + math.cos(turn) * y - y) / height
    return box[0] + dx, box[1] + dy, box[2] + dx, box[3] + dy


def _line_of(box: Box, lines: Sequence[Line], letter: float) -> int | None:
    """The line a piece stands on; None when it is on none."""
    middle = (box[1] + box[3]) / 2
    best: tuple[float, int] | None = None
    for index, line in enumerate(lines):
        for cell in line.cells:
            if min(box[2], cell.box[2]) <= max(box[0], cell.box[0]):
                continue
            away = abs((cell.box[1] + cell.box[3]) / 2 - middle)
            if best is None or away < best[0]:
                best = (away, index)
    return best[1] if best and best[0] < _AWAY * letter else None


def _swaps(want: str, got: str) -> Iterator[tuple[str, str]]:
    for step in Levenshtein.opcodes(want, got):
        if step.tag == "equal":
            continue
        printed, read = want[step.src_start : step.src_end], got[step.dest_start : step.dest_end]
        if len(printed) == len(read):
            yield from zip(printed, read, strict=True)
        else:
            yield printed, read


def _cause(
    line: Line,
    cells: Sequence[_Put],
    pieces: Sequence[tuple[Framed, Box]],
    letter: float,
    size: tuple[int, int],
    want: str,
    got: str,
) -> Cause:
    wide = letter * size[1] / size[0]  # a letter height in fractions of the page's width
    on_line = [(piece, box) for piece, box in pieces if _line_of(box, [line], letter) is not None]
    if not on_line:
        return "missed"
    if _most_uncovered(line, [box for _, box in on_line]) > _UNCOVERED * wide:
        return "part missed"
    if _most_uncovered(line, [put.box for put in cells]) > _UNCOVERED * wide:
        return "dropped"
    misread = [put.box for put in cells if _plain(put.cell) not in want]
    if any(_framed_wrong(piece, box, line, letter, wide) for piece, box in on_line if box in misread):
        return "framed wrong"
    left, right = line.box[0], line.box[2]
    if len(got) > len(want) and any(
        box[0] < left - _BEYOND * wide or box[2] > right + _BEYOND * wide for _, box in on_line
    ):
        return "foreign ink"
    if _at_cut(cells, line, want, got):
        return "cut"
    return "recogniser"


def _most_uncovered(line: Line, over: Sequence[Box]) -> float:
    """The widest part of a cell of `line`, in fractions of the page, with no box of `over` above it."""
    most = 0.0
    for left, _, right, _ in (cell.box for cell in line.cells):
        reached = left
        for x0, x1 in sorted((box[0], box[2]) for box in over):
            most = max(most, min(x0, right) - reached)
            reached = max(reached, x1)
        most = max(most, right - reached)
    return most


def _framed_wrong(piece: Framed, box: Box, line: Line, letter: float, wide: float) -> bool:
    """Whether letters were taken for much larger or smaller than they are, or a short piece's ink is cut off."""
    over = max(line.cells, key=lambda cell: min(cell.box[2], box[2]) - max(cell.box[0], box[0]))
    if abs(piece.letter / letter - 1) > _MIS_SIZED:
        return True
    if box[2] - box[0] > _SHORT * wide or over.box[2] - over.box[0] > _SHORT * wide:
        return False
    baseline = piece.baseline + (box[1] - piece.box[1])
    top, bottom = baseline - (1 + ABOVE) * piece.letter, baseline + BELOW * piece.letter
    return top - over.box[1] > _CLIPPED * letter or over.box[3] - bottom > _CLIPPED * letter


def _at_cut(cells: Sequence[_Put], line: Line, want: str, got: str) -> bool:
    """Whether a difference stands where one printed cell was read as two."""
    if len(cells) <= len(line.cells):
        return False
    ends = set(accumulate(len(_plain(put.cell)) for put in cells))
    ends.discard(len(got))
    steps = (step for step in Levenshtein.opcodes(want, got) if step.tag != "equal")
    return any(step.dest_start - 1 <= end <= step.dest_end + 1 for step in steps for end in ends)
