"""The piece of the page picture that a value was read from, to be shown beside it."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image
from pydantic import ValidationError

from pipeline.compare.result import Difference, DocumentComparison
from pipeline.errors import MinutesError
from pipeline.export.archive import FindSource, read_lines
from pipeline.ocr.text import Box, union
from pipeline.pages import PageImage, Source, deskewed, open_source
from pipeline.pages.skew import rotated
from pipeline.settings import Settings
from schemas import Evidence, Record, load_record
from schemas.pointer import under

_WIDTH = 900  # pixels of the widest crop; a page of A4 then has 110 an inch
_QUALITY = 50
_PAGES = 4  # pages kept in memory

_WHOLE: Box = (0.0, 0.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Crop:
    """A piece of a page picture.

    Attributes:
        page: number, from 1.
        data: the picture as a `data:` URL, so that the report needs no other file.
        width, height: in pixels.
    """

    page: int
    data: str
    width: int
    height: int


class Crops:
    """Cuts crops out of the scans of an output folder.

    Args:
        out: the folder; `NAME.lines.json` in it tells which pages lay on their side.
        find_source: tells where the scan of a document is.
        settings: as for `open_source`.
        failed: is told why a document or page has no crops.
    """

    def __init__(
        self, out: Path, find_source: FindSource, settings: Settings, failed: Callable[[MinutesError], None]
    ) -> None:
        self._out = out
        self._find_source = find_source
        self._settings = settings
        self._failed = failed
        self._document = lru_cache(maxsize=1)(self._open)
        self._page = lru_cache(maxsize=_PAGES)(self._picture)

    def __call__(self, document: DocumentComparison, difference: Difference) -> Crop | None:
        """The crop of where the output's value was read; of a page's text the whole page; None where there is none."""
        opened = self._document(document.name)
        if opened is None:
            return None
        record, _ = opened
        place = (difference.page, _WHOLE) if difference.page else _place(record, difference.got_path)
        if place is None:
            return None
        page = self._page(document.name, place[0])
        return _cut(page, *place) if page else None

    def _open(self, name: str) -> tuple[Record, Source] | None:
        try:
            record = load_record((self._out / f"{name}.json").read_bytes())
            return record, open_source(self._find_source(name, record), self._settings)
        except (OSError, ValidationError):
            return None  # the comparison itself says so
        except MinutesError as error:
            self._failed(error)
            return None

    def _picture(self, name: str, number: int) -> PageImage | None:
        """The page as it was read: upright and level."""
        opened = self._document(name)
        try:
            page = opened[1].page(number) if opened else None
            lines = read_lines(self._out, name)
        except MinutesError as error:
            self._failed(error)
            return None
        if page is None:
            return None
        read = next((one for one in lines.pages if one.number == number), None) if lines else None
        if read is None:
            return deskewed(page)
        turned = np.ascontiguousarray(np.rot90(page.pixels, -read.turned // 90))
        return replace(page, pixels=rotated(turned, -read.skew) if read.skew else turned)


def _place(record: Record, pointer: str | None) -> tuple[int, Box] | None:
    """Page and box of the value or member at `pointer`; of one that goes over a page its first part."""
    if not pointer:
        return None
    found: list[Evidence] = [evidence for at, evidence in record.evidence.items() if under(at, pointer)]
    if not found:
        return None
    page = min(evidence.page for evidence in found)
    return page, union([evidence.box for evidence in found if evidence.page == page])


def _cut(page: PageImage, number: int, box: Box) -> Crop:
    x0, y0, x1, y1 = box
    room = min(max((y1 - y0) / 3, 0.006), 0.015)  # some of the lines above and below
    left, top = max(x0 - 0.02, 0) * page.width, max(y0 - room, 0) * page.height
    right, bottom = min(x1 + 0.02, 1) * page.width, min(y1 + room, 1) * page.height
    picture = Image.fromarray(page.pixels).crop((round(left), round(top), round(right), round(bottom)))
    scale = _WIDTH / page.width
    if scale < 1:
        size = (max(round(picture.width * scale), 1), max(round(picture.height * scale), 1))
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    made = io.BytesIO()
    picture.save(made, "WEBP", quality=_QUALITY)
    data = base64.b64encode(made.getvalue()).decode("ascii")
    return Crop(number, f"data:image/webp;base64,{data}", picture.width, picture.height)
