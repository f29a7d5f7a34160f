"""Scans as files: PDF, TIFF and PNG with neither clock nor chance in them."""

from __future__ import annotations

import io
import time
from collections.abc import Sequence
from typing import Literal

import numpy as np
from PIL import Image

from pipeline.pages.image import Grey

Format = Literal["pdf", "tif", "png"]

_EPOCH = time.gmtime(0)


def encode(pages: Sequence[Grey], kind: Format, dpi: int, quality: int = 40) -> bytes:
    """`pages` as one file: the same pixels give the same bytes.

    A page of only 0 and 255 is stored with 1 bit a pixel (CCITT G4 in PDF and TIFF); the others
    as JPEG of `quality` in PDF. A PDF has one full-page picture on every page and no text.
    """
    images = [_image(page) for page in pages]
    buffer = io.BytesIO()
    if kind == "pdf":
        # Pillow hands `quality` to the G4 encoder too, which refuses it: a file is all grey or all 1-bit.
        grey = {"quality": quality} if images[0].mode == "L" else {}
        images[0].save(
            buffer,
            "PDF",
            save_all=True,
            append_images=images[1:],
            resolution=float(dpi),
            creationDate=_EPOCH,
            modDate=_EPOCH,
            producer="training.synth",
            **grey,
        )
    elif kind == "tif":
        images[0].save(buffer, "TIFF", save_all=True, append_images=images[1:], compression="group4", dpi=(dpi, dpi))
    else:
        images[0].save(buffer, "PNG", dpi=(dpi, dpi), optimize=True)
    return buffer.getvalue()


def _image(page: Grey) -> Image.Image:
    image = Image.fromarray(page)
    if np.isin(page, (0, 255)).all():
        return image.convert("1", dither=Image.Dither.NONE)
    return image
