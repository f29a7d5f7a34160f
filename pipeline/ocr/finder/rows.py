"""Strands that stand beside each other become rows; rows are cut into pieces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.ocr.finder.chains import GAP
from pipeline.ocr.finder.furniture import Wall
from pipeline.ocr.finder.strands import SURE, Strand

_LEVEL = 0.42
"""Letter heights two strands of one row may stand apart; lines of a cell beside a taller one stand 1.1 apart."""

_SHORT_LEVEL = 0.55
"""The same where one of them has hardly a letter to tell its baseline by."""

_FEW = 2
"""Letters of such a strand."""

_OFF = 0.12
"""Letter heights a short strand may stand off its row before it is put on its baseline."""

_LEAST_DIGIT, _MOST_DIGIT = 0.9, 1.5
"""Letter heights of the type that digits, capitals and brackets are set in which they measure."""

_FAR = 2.0
"""Letter heights lines of one row never stand apart where the page's course brings them to its middle."""

_OVERLAP = 0.8
"""Letter heights strands of one row may overlap: a mark above can reach over the next word."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of ink that belongs to a strand: its box in pixels."""

    x0: float
    y0: float
    x1: float
    y1: float
    strand: int


def rows_of(strands: Sequence[Strand]) -> list[list[int]]:
    """Indices of the strands of each row, rows from the top, strands from the left."""
    order = sorted(range(len(strands)), key=lambda index: -(strands[index].x1 - strands[index].x0))
    rows: list[list[int]] = []
    for index in order:
        strand = strands[index]
        best: tuple[float, list[int]] | None = None
        for row in rows:
            off = _apart(strand, [strands[other] for other in row])
            if off is not None and (best is None or off < best[0]):
                best = (off, row)
        if best is None:
            rows.append([index])
        else:
            best[1].append(index)
    for row in rows:
        row.sort(key=lambda index: strands[index].x0)
    return sorted(rows, key=lambda row: float(np.mean([strands[index].baseline.place for index in row])))


def _apart(strand: Strand, row: Sequence[Strand]) -> float | None:
    """How far `strand` stands off its neighbour in `row`, in letter heights; None when it is not of it."""
    nearest: tuple[float, Strand] | None = None
    for other in row:
        # Far above or below: no need to follow the baselines.
        if abs(strand.baseline.place - other.baseline.place) > _FAR * max(strand.letter, other.letter):
            return None
        gap = max(strand.x0 - other.x1, other.x0 - strand.x1)
        if gap < -_OVERLAP * max(strand.letter, other.letter):
            return None
        if nearest is None or gap < nearest[0]:
            nearest = (gap, other)
    if nearest is None:
        return None
    other = nearest[1]
    x = (max(strand.x0, other.x0) + min(strand.x1, other.x1)) / 2
    off = abs(float(strand.baseline.at(x)[0] - other.baseline.at(x)[0])) / max(strand.letter, other.letter)
    return off if off < (_LEVEL if min(len(strand.bodies), len(other.bodies)) > _FEW else _SHORT_LEVEL) else None


def levelled(rows: Sequence[Sequence[int]], strands: Sequence[Strand], certain: Sequence[bool]) -> list[Strand]:
    """The strands, those of one or two letters on the baseline of the row they stand in.

    A broken 2, a lone dash or a bracket says little about its baseline or its type.
    """
    result = list(strands)
    for row in rows:
        sure = [strands[index] for index in row if certain[index]]
        for index in row:
            strand = strands[index]
            if not sure or certain[index] or len(strand.bodies) > _FEW:
                continue
            x = (strand.x0 + strand.x1) / 2
            near = min(sure, key=lambda other: max(other.x0 - x, x - other.x1))
            place = near.baseline.place
            if not 0.5 < near.letter / strand.letter < 1.8:
                continue
            if abs(place - strand.baseline.place) > _OFF * near.letter or near.letter > 1.15 * strand.letter:
                baseline = replace(strand.baseline, place=place, own=np.zeros(1))
                result[index] = replace(strand, baseline=baseline, letter=near.letter)
    return result


def sized(rows: Sequence[Sequence[int]], strands: Sequence[Strand]) -> list[Strand]:
    """The strands, a few digits or capitals in the size of the words beside them rather than in the page's."""
    result = list(strands)
    for row in rows:
        sure = [strands[index] for index in row if len(strands[index].bodies) >= SURE]
        for index in row:
            strand = strands[index]
            if strand.measured is None or not sure:
                continue
            near = min(sure, key=lambda other: max(other.x0 - strand.x1, strand.x0 - other.x1))
            if _LEAST_DIGIT <= strand.measured / near.letter <= _MOST_DIGIT:
                result[index] = replace(strand, letter=near.letter)
    return result


def pieces_of(spans: Sequence[Span], walls: Sequence[Wall], strands: Sequence[Strand]) -> list[list[Span]]:
    """The spans of one row, parted where there is a wide gap or a table rule."""
    pieces: list[list[Span]] = []
    right = middle = -np.inf
    for span in sorted(spans, key=lambda span: span.x0):
        strand, before, middle = strands[span.strand], middle, (span.x0 + span.x1) / 2
        if pieces and span.x0 - right <= GAP * strand.letter and not _walled(before, middle, strand, walls):
            pieces[-1].append(span)
            right, middle = max(right, span.x1), max(before, middle)
        else:
            pieces.append([span])
            right = span.x1
    return pieces


def _walled(before: float, middle: float, strand: Strand, walls: Sequence[Wall]) -> bool:
    """Whether a rule stands between the x of two middles of ink of `strand`."""
    between = [(y0, y1) for x, y0, y1 in walls if before < x < middle]
    if not between:
        return False
    y = float(strand.baseline.at(middle)[0]) - strand.letter / 2
    return any(y0 < y < y1 for y0, y1 in between)
