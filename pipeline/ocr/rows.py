"""Lines and cells rebuilt from an engine's clusters.

Tesseract's "words" are single Thai clusters, so cells and lines are read off their boxes.
All lengths are in pixels and measured against the page's letter height.
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from pythainlp.util import reorder_vowels
from rapidfuzz.distance import Levenshtein

from pipeline.ocr.text import Cell, Line, page_box, union

# In letter heights (the height of ก): columns stand further apart than this, words of a line nearer.
CELL_GAP = 1.6

# Marks that Tesseract tore off their letters stand as a line of their own: low, doubtful, and
# reaching into the line below. In shares of the page's median line height.
TORN_HEIGHT = 0.68
TORN_OVERLAP = 0.1
TORN_CONFIDENCE = 0.88

# A line that lost its marks reads like another word (รับ as วับ): nothing in it is surer than this.
ROBBED_CONFIDENCE = 0.7

# A line whose letters are this unsure on average is dirt, a stamp or handwriting.
DIRT_CONFIDENCE = 0.35


@dataclass(frozen=True, slots=True)
class Glyph:
    """A cluster as an engine wrote it.

    `run` names the engine's own line it belongs to; `spaced` tells of white space before it.
    """

    text: str
    box: tuple[int, int, int, int]
    confidence: float
    run: Hashable
    spaced: bool

    @property
    def height(self) -> int:
        return self.box[3] - self.box[1]


def build_lines(glyphs: Iterable[Glyph], width: int, height: int) -> tuple[Line, ...]:
    """The lines of a page, top to bottom.

    Args:
        glyphs: the clusters in the engine's order.
        width: of the page, pixels.
        height: of the page, pixels.
    """
    runs: dict[Hashable, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        runs[glyph.run].append(glyph)
    if not runs:
        return ()
    letter = _letter_height(list(runs.values()))
    kept = [run for run in runs.values() if not _is_dirt(run, letter)]
    lines = [Line(cells=tuple(_cells(row, letter, width, height))) for row in _rows(kept, letter)]
    return tuple(_without_torn_marks(lines))


def _letter_height(runs: list[list[Glyph]]) -> float:
    """The height of a letter without marks: the lower middle of all clusters, long runs only."""
    heights = sorted(glyph.height for run in runs if len(run) >= 4 for glyph in run)
    if not heights:
        heights = sorted(glyph.height for run in runs for glyph in run)
    return max(float(heights[int(len(heights) * 0.4)]), 4.0)


def _is_dirt(run: list[Glyph], letter: float) -> bool:
    confidence = statistics.fmean(glyph.confidence for glyph in run)
    tall = statistics.median(glyph.height for glyph in run)
    return confidence < DIRT_CONFIDENCE or tall > 8 * letter


def _without_torn_marks(lines: list[Line]) -> list[Line]:
    """Lines without those that are only the torn-off marks of the line below, which loses its certainty."""
    if not lines:
        return []
    usual = statistics.median(_height(line) for line in lines)
    kept: list[Line] = []
    robbed = False
    for line, below in zip(lines, [*lines[1:], None], strict=True):
        if below is not None and _is_torn(line, below, usual):
            robbed = True
            continue
        kept.append(_doubted(line) if robbed else line)
        robbed = False
    return kept


def _height(line: Line) -> float:
    return line.box[3] - line.box[1]


def _is_torn(line: Line, below: Line, usual: float) -> bool:
    chars = [confidence for cell in line.cells for confidence in cell.chars]
    return (
        _height(line) < TORN_HEIGHT * usual
        and line.box[3] - below.box[1] > TORN_OVERLAP * usual
        and statistics.fmean(chars) < TORN_CONFIDENCE
    )


def _doubted(line: Line) -> Line:
    cells = tuple(
        cell.model_copy(
            update={
                "confidence": min(cell.confidence, ROBBED_CONFIDENCE),
                "chars": tuple(min(confidence, ROBBED_CONFIDENCE) for confidence in cell.chars),
            }
        )
        for cell in line.cells
    )
    return Line(cells=cells)


def _band(run: list[Glyph]) -> tuple[float, float]:
    """Top and bottom of a run's letters, marks left out."""
    return statistics.median(g.box[1] for g in run), statistics.median(g.box[3] for g in run)


def _rows(runs: list[list[Glyph]], letter: float) -> list[list[list[Glyph]]]:
    """Runs that stand beside each other on one baseline, joined; top to bottom, left to right."""
    rows: list[list[list[Glyph]]] = []
    for run in sorted(runs, key=lambda run: _band(run)[1]):
        bottom = _band(run)[1]
        for row in reversed(rows[-4:]):
            if abs(_band(row[0])[1] - bottom) < 0.5 * letter and not _overlaps(row, run):
                row.append(run)
                break
        else:
            rows.append([run])
    for row in rows:
        row.sort(key=lambda run: min(glyph.box[0] for glyph in run))
    return sorted(rows, key=lambda row: statistics.fmean(_band(run)[1] for run in row))


def _overlaps(row: list[list[Glyph]], run: list[Glyph]) -> bool:
    x0, x1 = min(g.box[0] for g in run), max(g.box[2] for g in run)
    for other in row:
        a0, a1 = min(g.box[0] for g in other), max(g.box[2] for g in other)
        if min(x1, a1) - max(x0, a0) > 0.2 * min(x1 - x0, a1 - a0):
            return True
    return False


def _cells(row: list[list[Glyph]], letter: float, width: int, height: int) -> list[Cell]:
    cells: list[Cell] = []
    piece: list[Glyph] = []
    right = 0
    for glyph in (glyph for run in row for glyph in run):
        if piece and glyph.box[0] - right > CELL_GAP * letter:
            cells.append(_cell(piece, width, height))
            piece = []
        right = max(right, glyph.box[2]) if piece else glyph.box[2]
        piece.append(glyph)
    cells.append(_cell(piece, width, height))
    return cells


def _cell(piece: list[Glyph], width: int, height: int) -> Cell:
    raw = ""
    trust: list[float] = []
    edges: list[float] = []
    for glyph in piece:
        written = f" {glyph.text}" if glyph.spaced and raw else glyph.text
        raw += written
        trust += [glyph.confidence] * len(written)
        edges += [glyph.box[0] / width] * len(written)
    text = reorder_vowels(raw)
    origin = _origin(raw, text)
    chars = [round(min(trust[a:b]), 3) for a, b in origin]
    return Cell(
        text=text,
        box=page_box(*union([glyph.box for glyph in piece]), width, height),
        confidence=min(chars),
        chars=tuple(chars),
        lefts=tuple(round(edges[a], 5) for a, _ in origin),
    )


def _origin(raw: str, text: str) -> list[tuple[int, int]]:
    """For each code point of the repaired `text`, the range of `raw` that it came from."""
    if raw == text:
        return [(place, place + 1) for place in range(len(raw))]
    origin: list[tuple[int, int]] = []
    for step in Levenshtein.opcodes(raw, text):
        start, end = step.src_start, step.src_end
        if step.tag == "equal":
            origin += [(place, place + 1) for place in range(start, end)]
        else:
            around = (max(min(start, len(raw) - 1) - (start == end), 0), max(end, start + 1))
            origin += [around] * (step.dest_end - step.dest_start)
    return origin
