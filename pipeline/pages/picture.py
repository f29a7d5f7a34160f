"""Pages of a TIFF, JPEG or PNG file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import ExifTags, Image, ImageOps

from pipeline.errors import InputError, LimitError, PageError
from pipeline.pages.grey import drafted, grey, shrink
from pipeline.pages.image import Grey, PageImage
from pipeline.pages.kind import Kind
from pipeline.pages.names import shown
from pipeline.pages.paper import believable_dpi, shrinking_factor, too_large
from pipeline.pages.pillow import own_limits
from pipeline.settings import Settings

_RESAVE = "Open it in a picture viewer and save it again, or scan it again"
_NEW_SUBFILE_TYPE = 254
_REDUCED = 1
_SIDEWAYS = {5, 6, 7, 8}


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture file; implements `source.PagedFile`.

    Attributes:
        path: the file.
        kind: TIFF, JPEG or PNG.
        frames: for each page its place in the file, from 0; previews inside a TIFF are left out.
        dpi: pixels an inch that are enough for reading.
        megapixels: most pixels of a page, in millions.
    """

    path: Path
    kind: Kind
    frames: tuple[int, ...]
    dpi: float
    megapixels: float

    @classmethod
    def open(cls, path: Path, kind: Kind, settings: Settings) -> PictureFile:
        """Read the headers of the picture; no pixel is unpacked.

        Raises:
            InputError: the headers are damaged.
            LimitError: the file is one picture and larger than the settings allow.
        """
        name = shown(path)
        try:
            with own_limits(), Image.open(path, formats=[kind.value]) as image:
                frames = _frames(image, settings.max_pages) if kind is Kind.TIFF else (0,)
                image.seek(frames[0])
                width, height = image.size
        except Exception as error:  # on damaged files Pillow's readers raise almost anything
            raise InputError(f"{name} is damaged and cannot be opened as {kind.value}", _RESAVE) from error
        if len(frames) == 1 and too_large(width, height, settings.max_megapixels):
            raise LimitError(_oversize(name, width, height, settings.max_megapixels), _LIMIT)
        return cls(path, kind, frames, settings.dpi, settings.max_megapixels)

    @property
    def page_count(self) -> int:
        return len(self.frames)

    def page(self, number: int) -> PageImage:
        """Page `number`, EXIF orientation applied.

        Raises:
            PageError: it is damaged or larger than the settings allow.
        """
        where = f"{shown(self.path)}, page {number}"
        try:
            with own_limits(), Image.open(self.path, formats=[self.kind.value]) as image:
                image.seek(self.frames[number - 1])
                if too_large(*image.size, self.megapixels):
                    raise PageError(_oversize(where, *image.size, self.megapixels), _LIMIT)
                x_dpi, y_dpi = _declared(image)
                dpi = believable_dpi(*image.size, max(x_dpi, y_dpi) or None)
                oblong = _are_oblong(x_dpi, y_dpi)
                factor = 1 if oblong else shrinking_factor(dpi, self.dpi)
                rest = drafted(image, factor)
                ImageOps.exif_transpose(image, in_place=True)
                pixels = grey(image, rest)
        except PageError:
            raise
        except Exception as error:  # on damaged files Pillow's decoders raise almost anything
            raise PageError(f"{where} is damaged: {error or type(error).__name__}", _RESAVE) from error
        if oblong:
            pixels = _squared(pixels, x_dpi, y_dpi)
            dpi = believable_dpi(pixels.shape[1], pixels.shape[0], max(x_dpi, y_dpi))
            factor = shrinking_factor(dpi, self.dpi)
            pixels = shrink(pixels, factor)
        return PageImage(number, pixels, dpi / factor)


_LIMIT = "Scan it at a lower resolution, or raise max_megapixels in minutes.toml or set MINUTES_MAX_MEGAPIXELS"


def _oversize(where: str, width: int, height: int, megapixels: float) -> str:
    return f"{where} has {width:,} × {height:,} pixels, more than the {megapixels:g} million allowed"


def _frames(image: Image.Image, most: int) -> tuple[int, ...]:
    """Places of the pages; stops soon after `most`, which is enough to refuse the file."""
    frames = []
    for place in range(getattr(image, "n_frames", 1)):
        image.seek(place)
        if not _is_preview(image):
            frames.append(place)
        if len(frames) > most:
            break
    return tuple(frames) or (0,)


def _is_preview(image: Image.Image) -> bool:
    # NewSubfileType, bit 0: "a reduced-resolution version of another image in this file" (TIFF 6.0, page 36)
    tags = getattr(image, "tag_v2", {})
    return bool(int(tags.get(_NEW_SUBFILE_TYPE, 0)) & _REDUCED)


def _declared(image: Image.Image) -> tuple[float, float]:
    """Pixels an inch across and down of the upright picture; 0 when the file does not say."""
    pair = image.info.get("dpi", (0, 0))
    x_dpi, y_dpi = (float(value) if 1 < float(value) < 1e5 else 0.0 for value in pair)
    if image.getexif().get(ExifTags.Base.Orientation) in _SIDEWAYS:
        return y_dpi, x_dpi
    return x_dpi, y_dpi


def _are_oblong(x_dpi: float, y_dpi: float) -> bool:
    """Whether pixels are not square: faxes have 204 across and 98 down."""
    return bool(x_dpi and y_dpi) and abs(x_dpi / y_dpi - 1) >= 0.02 and 0.2 < x_dpi / y_dpi < 5


def _squared(pixels: Grey, x_dpi: float, y_dpi: float) -> Grey:
    """The picture with square pixels."""
    dpi = max(x_dpi, y_dpi)
    height, width = pixels.shape
    size = (round(width * dpi / x_dpi), round(height * dpi / y_dpi))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)
