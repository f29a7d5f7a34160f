"""The scan of a PDF page that is plainly one picture and nothing else, told from what the page's objects say.

Nearly every scanned page is a single picture placed upright on it, at most with invisible text to search by. Then
nothing has to be drawn to know what the page shows. Whatever this module does not know to be harmless makes it
give up: the page is then compared with a drawing of it, or drawn.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
from pikepdf import Matrix, Name, PdfImage
from PIL import Image

from pipeline.pages.grey import drafted, grey
from pipeline.pages.image import PageImage
from pipeline.pages.paper import believable_dpi, shrinking_factor, too_large
from pipeline.pages.pillow import own_limits

_MOST_CONTENT = 50_000
"""Bytes of drawing instructions as stored that are looked through."""

_LEAST_COVER = 0.995
"""Share of the page's sides that the picture covers, and of its own sides that lie on the page."""

_SQUARE = 0.03
"""By how much the sides of a pixel may differ."""

_COLOURS = {"/DeviceGray", "/DeviceRGB", "/CalGray", "/CalRGB", "/ICCBased"}

_ALTERING = ("/SMask", "/Mask", "/ImageMask", "/Decode", "/OC", "/Alternates", "/SMaskInData")
"""Entries of a picture for whose sake something else than its samples may be shown."""

_HARMLESS = frozenset(
    (
        *("BT", "ET", "Td", "TD", "Tm", "T*", "Tf", "Tc", "Tw", "Tz", "TL", "Ts"),
        *("BMC", "BDC", "EMC", "MP", "DP", "BX", "EX"),
        *("g", "G", "rg", "RG", "k", "K", "w", "J", "j", "M", "d", "i", "n"),
    )
)
"""Operators that paint nothing and change nothing about how a picture is painted."""

_WRITES = frozenset(("Tj", "TJ", "'", '"'))
_INVISIBLE = 3
"""Text rendering mode of the text that makes a scan searchable."""


def plain_scan(path: Path, password: str | None, number: int, wanted_dpi: float, megapixels: float) -> PageImage | None:
    """The picture that page `number` (from 1) of the PDF consists of, upright as the page shows it.

    Args:
        wanted_dpi: a scan far above it is averaged down by a whole number, one below keeps its resolution.
        megapixels: most pixels of a page as stored, in millions.

    Returns:
        None when the page is not plainly one picture, or anything fails.
    """
    try:
        with pikepdf.open(path, password=password or "", suppress_warnings=True) as pdf:
            page = pdf.pages[number - 1]
            painted = _only_picture(page)
            if painted is None or pdf.get_warnings():
                return None
            turn = _shown_whole(page, painted)
            if turn is None:
                return None
            image = PdfImage(painted.picture)
            if too_large(image.width, image.height, megapixels):
                return None
            dpi = believable_dpi(image.width, image.height, image.width / painted.matrix.a * 72)
            factor = shrinking_factor(dpi, wanted_dpi)
            with own_limits(), _opened(painted.picture, image) as picture:
                if picture.size != (image.width, image.height) or picture.mode not in {"1", "L", "RGB"}:
                    return None
                pixels = grey(picture, drafted(picture, factor))
                return PageImage(number, np.ascontiguousarray(np.rot90(pixels, -turn // 90)), dpi / factor)
    except Exception:  # damaged files raise almost anything; poppler may still draw the page
        return None


@dataclass(frozen=True, slots=True)
class _Painted:
    picture: pikepdf.Stream
    matrix: Matrix


@dataclass(frozen=True, slots=True)
class _State:
    """What of the graphics state decides whether and where something is painted."""

    matrix: Matrix
    text: int = 0


def _only_picture(page: pikepdf.Page) -> _Painted | None:
    """The picture the page paints when it paints nothing else."""
    resources: Any = _inherited(page, "/Resources")
    if resources is None or len(page.obj.get("/Annots", ())) or "/UserUnit" in page.obj:
        return None
    fonts = resources.get("/Font", {})
    if any(font.get("/Subtype") == Name.Type3 for font in fonts.values()):  # is painted in every rendering mode
        return None
    if sum(int(part.get("/Length", 0)) for part in _parts(page)) > _MOST_CONTENT:
        return None
    found: list[_Painted] = []
    states = [_State(Matrix())]
    for instruction in pikepdf.parse_content_stream(page):
        if isinstance(instruction, pikepdf.ContentStreamInlineImage):
            return None
        operands, name, state = instruction.operands, str(instruction.operator), states[-1]
        if name == "q":
            states.append(state)
        elif name == "Q" and len(states) > 1:
            states.pop()
        elif name == "cm":
            states[-1] = replace(state, matrix=Matrix(*(float(value) for value in operands)) @ state.matrix)
        elif name == "Tr":
            states[-1] = replace(state, text=int(operands[0]))
        elif name == "Do":
            found.append(_Painted(resources["/XObject"][operands[0]], state.matrix))
        elif name in _WRITES:
            if state.text != _INVISIBLE:
                return None
        elif name not in _HARMLESS or (name == "BDC" and operands[0] == Name.OC):  # /OC: shown or hidden by choice
            return None
    return found[0] if len(found) == 1 and _is_simple(found[0].picture) else None


def _parts(page: pikepdf.Page) -> Iterator[pikepdf.Object]:
    contents: Any = page.obj.get("/Contents", ())
    yield from [contents] if isinstance(contents, pikepdf.Stream) else contents


def _is_simple(picture: pikepdf.Object) -> bool:
    """Whether the samples of a picture are what is painted: no mask, no transparency, ordinary colours."""
    if not isinstance(picture, pikepdf.Stream) or picture.get("/Subtype") != Name.Image:
        return False
    if any(key in picture for key in _ALTERING):
        return False
    image = PdfImage(picture)
    return image.bits_per_component in {1, 8} and image.colorspace in _COLOURS and not image.indexed


def _shown_whole(page: pikepdf.Page, painted: _Painted) -> int | None:
    """By how many degrees clockwise the page shows the picture turned; None when the two do not cover each other."""
    m, picture = painted.matrix, painted.picture
    if m.a <= 0 or m.d <= 0 or m.b or m.c:
        return None
    if abs(int(picture.Width) / m.a * m.d / int(picture.Height) - 1) > _SQUARE:
        return None
    for name in ("/MediaBox", "/CropBox"):
        box: Any = _inherited(page, name)
        if box is None and name == "/CropBox":
            continue
        x0, x1 = sorted((float(box[0]), float(box[2])))
        y0, y1 = sorted((float(box[1]), float(box[3])))
        for first, last, start, length in ((x0, x1, m.e, m.a), (y0, y1, m.f, m.d)):
            shared = min(last, start + length) - max(first, start)
            if shared < _LEAST_COVER * max(last - first, length):
                return None
    turn = int(_inherited(page, "/Rotate") or 0) % 360
    return None if turn % 90 else turn


def _opened(picture: pikepdf.Stream, image: PdfImage) -> Image.Image:
    """The picture in Pillow; a JPEG not yet unpacked."""
    if image.filters == ["/DCTDecode"]:
        return Image.open(io.BytesIO(picture.read_raw_bytes()), formats=["JPEG"])
    return image.as_pil_image()


def _inherited(page: pikepdf.Page, key: str) -> Any:
    """A page's attribute, its own or that of the nodes above it; None when there is none."""
    node: Any = page.obj
    for _ in range(50):  # a damaged tree can be a ring
        if node is None or key in node:
            break
        node = node.get("/Parent")
    return None if node is None else node.get(key)
