"""A scan that is a picture file → a PDF whose pages are its pictures, as they were stored."""

from __future__ import annotations

import io
from pathlib import Path

import img2pdf
import pikepdf
from PIL import Image, ImageOps

from pipeline.errors import InputError
from pipeline.pages.kind import Kind
from pipeline.pages.paper import believable_size
from pipeline.pages.picture import PictureFile
from pipeline.pages.pillow import own_limits
from pipeline.settings import Settings

_POINTS = 72.0
_DPI = 300.0  # written into pictures that are stored anew, which have none


def picture_as_pdf(path: Path, kind: Kind, settings: Settings) -> bytes:
    """The PDF, one page a picture, in the order and number of `pipeline.pages`.

    JPEG, fax and most other data go in as they are; what PDF cannot hold (transparency, unusual colours)
    is stored anew without loss.

    Raises:
        InputError, LimitError: as `open_source`.
    """
    file = PictureFile.open(path, kind, settings)
    with own_limits():
        try:
            return _embedded(path.read_bytes(), file.frames)
        except Exception:  # img2pdf has an error for each thing PDF cannot hold, and Pillow raises almost anything
            try:
                return _stored_anew(path, file)
            except Exception as error:
                raise InputError(f"{path.name} is damaged: {error}", "Save it again in a picture viewer") from error


def _embedded(content: bytes, frames: tuple[int, ...]) -> bytes:
    made = io.BytesIO()
    img2pdf.convert(
        content,
        outputstream=made,
        layout_fun=_layout,
        rotation=img2pdf.Rotation.auto,
        nodate=True,
        producer="",
        engine=img2pdf.Engine.internal,
    )
    with pikepdf.open(made) as pdf:
        if len(pdf.pages) <= max(frames):
            raise ValueError("some pictures of the file were left out")
        for index in reversed(range(len(pdf.pages))):
            if index not in frames:  # a preview
                del pdf.pages[index]
        kept = io.BytesIO()
        pdf.save(kept, deterministic_id=True)
    return kept.getvalue()


def _stored_anew(path: Path, file: PictureFile) -> bytes:
    pages = []
    with Image.open(path, formats=[file.kind.value]) as image:
        for frame in file.frames:
            image.seek(frame)
            dpi = image.info.get("dpi", (_DPI, _DPI))
            upright = ImageOps.exif_transpose(image).convert("RGBA")
            paper = Image.new("RGB", upright.size, "white")
            paper.paste(upright, mask=upright.getchannel("A"))
            stored = io.BytesIO()
            paper.save(stored, "PNG", dpi=tuple(map(float, dpi)))
            pages.append(stored.getvalue())
    made = io.BytesIO()
    img2pdf.convert(
        pages, outputstream=made, layout_fun=_layout, nodate=True, producer="", engine=img2pdf.Engine.internal
    )
    return made.getvalue()


def _layout(width: int, height: int, dpi: tuple[float, float]) -> tuple[float, float, float, float]:
    """Size of page and picture in points, from pixels and pixels an inch."""
    inches = believable_size(width / dpi[0], height / dpi[1])
    across, down = (side * _POINTS for side in inches)
    return across, down, across, down
