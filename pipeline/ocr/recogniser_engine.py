"""The project's own reader behind the engine protocol: line finding made for Thai, then the recogniser."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from pythainlp.util import reorder_vowels

from pipeline.ocr.doubt import ReadLine, moved
from pipeline.ocr.finder import Crop, Piece, crop, find_pieces
from pipeline.ocr.leaders import with_leaders
from pipeline.ocr.recogniser import Recogniser
from pipeline.ocr.specks import without_rests, without_specks
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
        crops = [crop(page, piece, self._recogniser.height) for piece in pieces]
        pictures = [cut.pixels for cut in crops]
        read = with_leaders(self._recogniser, pictures, self._recogniser.read(pictures))
        rows = []
        for _, row in groupby(zip(pieces, crops, read, strict=True), key=lambda found: found[0].row):
            rows.append([cell for piece, cut, line in row if (cell := _cell(page, piece, cut, settle(line)))])
        inches = (page.width / page.dpi, page.height / page.dpi)
        return tuple(Line(cells=tuple(cells)) for cells in without_rests(rows, inches))


def _cell(page: PageImage, piece: Piece, cut: Crop, read: ReadLine) -> Cell | None:
    words = without_specks(read)
    text = words.text
    if not text.strip() or (
        sum(read.confidence) / len(read.confidence) < LEAST_CONFIDENCE and not _ROW_OF_SIGNS.fullmatch(text.strip())
    ):
        return None
    x0, y0, x1, y1 = map(float, piece.box)
    starts = [min(max(cut.on_page(share), x0), x1) for share in read.starts]
    repaired = reorder_vowels(text)
    same = len(repaired) == len(text)
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    # The piece's box is that of its words, where there were specks beside them.
    if read.text[:first].strip():
        x0 = starts[first]
    if read.text[last:].strip():
        x1 = starts[last]
    return Cell(
        text=(repaired if same else text)[first:last],
        box=page_box(x0, y0, x1, y1, page.width, page.height),
        confidence=round(min(words.confidence[first:last]), 3),
        chars=tuple(round(value, 3) for value in words.confidence[first:last]),
        lefts=tuple(round(left / page.width, 5) for left in starts[first:last]),
        doubts=moved(words.doubts, first, last),
    )
