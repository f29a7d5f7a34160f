"""Searchable PDF: the scan as it is, with what was read as invisible text under the picture.

The pictures of the scan are not touched. Pages that were stored sideways are shown upright. An older
invisible text (another program's reading) is replaced; a page that has text of its own to be seen,
as in a file that was never paper, keeps it and gets no second one.
"""

from __future__ import annotations

import io
from typing import Any

import pikepdf
from pikepdf import Name

from pipeline.errors import EncryptedError, InputError
from pipeline.export.archive import Document
from pipeline.export.own_text import remove_invisible, shown_text
from pipeline.export.paper import picture_as_pdf
from pipeline.export.text_layer import Matrix, text_layer
from pipeline.export.unseen_font import UnseenFont
from pipeline.ocr.text import PageText
from pipeline.pages.kind import Kind, kind_of
from pipeline.settings import Settings

_FONT = "ThaiMinutes"
_OWN = 0.5
"""A page whose own text has at least this share of the characters that were read is no scan."""


def pdf(document: Document, settings: Settings) -> bytes:
    """The scan of a document as a PDF that can be searched.

    Args:
        document: its scan is a PDF, TIFF, PNG or JPEG.
        settings: read are password, max_pages and what is kept from memory (max_megapixels).

    Raises:
        EncryptedError: the scan needs a password, or the one given is wrong.
        InputError: the scan or the places of the lines are not found, or the scan is damaged.
    """
    lines = document.lines()
    source = document.source
    name = document.record.source.file
    try:
        with source.open("rb") as stream:
            kind = kind_of(stream.read(1024), name)
        given: Any = source if kind is Kind.PDF else io.BytesIO(picture_as_pdf(source, kind, settings))
        with pikepdf.open(given, password=settings.password or "") as paper:
            _add_text(paper, {page.number: page for page in lines.pages})
            made = io.BytesIO()
            paper.remove_unreferenced_resources()
            if kind is not Kind.PDF and "/ID" in paper.trailer:
                del paper.trailer["/ID"]  # made a moment ago, at random; that of a PDF stays
            paper.save(
                made,
                deterministic_id=True,
                encryption=False,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                compress_streams=True,
            )
            return made.getvalue()
    except pikepdf.PasswordError as error:
        raise EncryptedError(f"{name} is encrypted", "Give its password with --password") from error
    except (pikepdf.PdfError, OSError) as error:
        raise InputError(
            f"{name} cannot be made searchable: {error}", "Open it in a PDF viewer and print it to a new PDF"
        ) from error


def _add_text(paper: pikepdf.Pdf, read: dict[int, PageText]) -> None:
    unseen = UnseenFont()
    font = paper.make_indirect(pikepdf.Dictionary())
    for number, page in enumerate(paper.pages, start=1):
        text = read.get(number)
        if text is None or not text.lines:
            continue
        remove_invisible(paper, page)
        characters = sum(len(cell.text) for line in text.lines for cell in line.cells)
        if shown_text(page) >= _OWN * characters:
            continue
        page.rotate(text.turned, relative=True)
        width, height, to_paper = _shown(page)
        page.add_resource(font, Name.Font, name=Name(f"/{_FONT}"))  # instead of one of an earlier export
        content = text_layer(text, width, height, to_paper, unseen, _FONT)
        page.contents_add(content, prepend=True)
    unseen.write(paper, font)


def _shown(page: pikepdf.Page) -> tuple[float, float, Matrix]:
    """Width and height of a page as a viewer shows it, in points, and the way from there to its own coordinates."""
    left, bottom, right, top = _visible_box(page)
    wide, high = right - left, top - bottom
    match int(page.get("/Rotate", 0)) % 360:
        case 90:
            return high, wide, (0, 1, -1, 0, right, bottom)
        case 180:
            return wide, high, (-1, 0, 0, -1, right, top)
        case 270:
            return high, wide, (0, -1, 1, 0, left, top)
        case _:
            return wide, high, (1, 0, 0, 1, left, bottom)


def _visible_box(page: pikepdf.Page) -> tuple[float, float, float, float]:
    """The crop box, as far as it lies in the media box."""
    crop, media = (_sorted([float(edge) for edge in box]) for box in (page.cropbox, page.mediabox))
    box = (max(crop[0], media[0]), max(crop[1], media[1]), min(crop[2], media[2]), min(crop[3], media[3]))
    return box if box[0] < box[2] and box[1] < box[3] else media


def _sorted(box: list[float]) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = box
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
