"""The project's own reader behind the engine protocol: line finding made for Thai, then the recogniser."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from pythainlp.util import reorder_vowels

from pipeline.ocr.doubt import ReadLine, moved
from pipeline.ocr.finder import Piece, crop, find_pieces
from pipeline.ocr.finder.crop import BESIDE
from pipeline.ocr.recogniser import Recogniser
from pipeline.ocr.spelling import settle
from pipeline.ocr.text import Cell, Line, page_box
from pipeline.pages import PageImage, Rule

LEAST_CONFIDENCE = 0.35  # a piece surer of nothing on average is dirt
_ROW_OF_SIGNS = re.compile(r"([*=_.•-])(?:\s*\1){5,}")  # rules made of asterisks are hard to count, but no dirt


class RecogniserEngine:
    """Pieces of lines found on the page, read in batches in this process."""

    def __init__(self) -> None:
        self._recogniser = Recogniser()

    @property
    def name(self) -> str:
        return f"recogniser {self._recogniser.name}"

    @property
    def unwritable(self) -> str:
        return ""

    def read(self, page: PageImage, rules: Sequence[Rule]) -> tuple[Line, ...]:
        pieces = find_pieces(page, rules)
        read = self._recogniser.read([crop(page, piece, self._recogniser.height) for piece in pieces])
        lines = []
        for _, row in groupby(zip(pieces, read, strict=True), key=lambda pair: pair[0].row):
            cells = [cell for piece, line in row if (cell := _cell(page, piece, settle(line)))]
            if cells:
                lines.append(Line(cells=tuple(cells)))
        return tuple(lines)


def _cell(page: PageImage, piece: Piece, read: ReadLine) -> Cell | None:
    text = read.text
    if not text.strip() or (
        sum(read.confidence) / len(read.confidence) < LEAST_CONFIDENCE and not _ROW_OF_SIGNS.fullmatch(text.strip())
    ):
        return None
    x0, _, x1, _ = piece.box
    beside = BESIDE * piece.letter  # the picture reaches this far beyond the piece
    left, width = x0 - beside, x1 - x0 + 2 * beside
    lefts = [min(max(left + width * start, x0), x1) / page.width for start in read.starts]
    repaired = reorder_vowels(text)
    same = len(repaired) == len(text)
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    return Cell(
        text=(repaired if same else text)[first:last],
        box=page_box(*piece.box, page.width, page.height),
        confidence=round(min(read.confidence[first:last]), 3),
        chars=tuple(round(value, 3) for value in read.confidence[first:last]),
        lefts=tuple(round(left, 5) for left in lefts[first:last]),
        doubts=moved(read.doubts, first, last),
    )
