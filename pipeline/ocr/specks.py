"""What was read and is no text: specks beside words, and the rests of stamps and scrawls.

What the line finder cannot tell from a letter by its shape, the recogniser reads as some sign or other, and mostly
with doubt.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import replace

from pipeline.ocr.doubt import ReadLine
from pipeline.ocr.text import Cell

FEW = 4
"""Characters of a piece that may be dirt."""

UNSURE = 0.6
"""Mean confidence below which so few are; those of worn but true pieces have more."""

NEAR_DIRT = 0.8
"""The same near other dirt."""

REACH = 1.2
"""Inches between the rests of one stamp."""

LEFT = 0.35
"""Of the page width: numbers and dashes that begin a line stand left of it."""

EDGE = 0.08
"""Of the page height at its head and foot: there stand page numbers."""

SPECK = 0.9
"""Confidence below which a lone sign beside words is a speck; a full stop or comma that stands alone always is."""

WELL_READ = 0.9
"""Mean confidence of a piece whose last word is dirt: on a worn page every word is in doubt."""

_NUMBER = re.compile(r"[-–—.()\s]*(?:[0-9๐-๙]+|[-–—])[-–—.()\s]*")
_SCRIBBLE = re.compile(r"(?=.*[^A-Za-z])[^ก-๙0-9]{2,3}")
_SIGNS = r"[.,'\"“”•·:;|!]{1,2}"
_BEFORE = re.compile(rf"^\s*(?P<speck>{_SIGNS})\s+(?=\S)")
_AFTER = re.compile(rf"(?:(?<![.…\s])\s+(?!_)|(?<=[ก-๎)])(?=_))(?P<speck>{_SIGNS}|[/\\]{{1,2}}|_+)\s*$")
_LAST = re.compile(rf"\s(?![.…-]+\s*$)(?P<word>\S{{1,{FEW}}}_*)\s*$")
_FIGURES = re.compile("[0-9๐-๙]")
_ALWAYS = frozenset((".", ",", "'"))


def without_specks(read: ReadLine) -> ReadLine:
    """The line with spaces for what stands beside its words and is none.

    Where that is not beyond doubt a word, the letter before it gets its confidence, so that the doubt is not lost.
    """
    if read.text.strip() in _ALWAYS:
        return replace(read, text=" " * len(read.text))
    for pattern in (_BEFORE, _AFTER):
        found = pattern.search(read.text)
        if found and (found["speck"] in _ALWAYS or min(read.confidence[slice(*found.span("speck"))]) < SPECK):
            read = _blanked(read, *found.span("speck"))
    while (found := _LAST.search(read.text)) and _is_dirt(read, *found.span("word")):
        start, end = found.span("word")
        sure = statistics.fmean(read.confidence[start:end])
        read = _blanked(read, start, end)
        confidence = list(read.confidence)
        last = len(read.text.rstrip()) - 1
        confidence[last] = min(confidence[last], sure)
        read = replace(read, confidence=tuple(confidence))
    return read


def _is_dirt(read: ReadLine, start: int, end: int) -> bool:
    """Whether the last word was read with doubt behind others that were not."""
    rest = [sure for letter, sure in zip(read.text[:start], read.confidence, strict=False) if not letter.isspace()]
    return (
        not _FIGURES.search(read.text[start:end])
        and len(rest) > 2 * FEW
        and statistics.fmean(read.confidence[start:end]) < UNSURE
        and statistics.fmean(rest) >= WELL_READ
    )


def _blanked(read: ReadLine, start: int, end: int) -> ReadLine:
    return replace(read, text=read.text[:start] + " " * (end - start) + read.text[end:])


def without_rests(rows: Sequence[Sequence[Cell]], inches: tuple[float, float]) -> list[list[Cell]]:
    """The cells of a page's rows without the rests of stamps and scrawls; rows that hold nothing else go with them.

    Args:
        inches: width and height of the page.
    """
    doubtful = [cell for row in rows for cell in row if _doubtful(cell)]
    rests = [cell for cell in doubtful if _mean(cell) < UNSURE or _is_scribble(cell.text)]
    wide, high = inches
    dirt = {
        id(cell)
        for cell in doubtful
        if any(
            abs(_middle(cell)[0] - x) * wide < REACH and abs(_middle(cell)[1] - y) * high < REACH
            for x, y in map(_middle, rests)
        )
    }
    kept = [[cell for cell in row if id(cell) not in dirt] for row in rows]
    return [row for row in kept if row]


def _doubtful(cell: Cell) -> bool:
    """Whether so few signs were read with so little confidence that they may be dirt."""
    if len(cell.text.replace(" ", "")) > FEW or _mean(cell) >= NEAR_DIRT:
        return False
    at_edge = cell.box[3] < EDGE or cell.box[1] > 1 - EDGE
    return not (_NUMBER.fullmatch(cell.text) and (cell.box[0] < LEFT or at_edge))


def _is_scribble(text: str) -> bool:
    """Whether it is two or three signs, not letters nor a number."""
    return _SCRIBBLE.fullmatch(text) is not None


def _mean(cell: Cell) -> float:
    return statistics.fmean(cell.chars or (cell.confidence,))


def _middle(cell: Cell) -> tuple[float, float]:
    x0, y0, x1, y1 = cell.box
    return (x0 + x1) / 2, (y0 + y1) / 2
