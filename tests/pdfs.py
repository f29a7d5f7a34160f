"""Small files and pictures that tests make for themselves."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

import numpy as np
import pikepdf
from PIL import Image, ImageDraw, ImageFont

from pipeline.pages.image import Grey

WORDS = (
    *("รายงานการประชุม", "คณะกรรมการ", "ครั้งที่", "ผู้มาประชุม", "ประธาน", "เลขานุการ"),
    *("ฝ่ายปกครอง", "ให้ใช้", "โครงการ", "ไฟฟ้า", "เห็นชอบ", "รับทราบ"),
)


@cache
def thai_font(points: float, dpi: float) -> ImageFont.FreeTypeFont:
    """A Thai face of fonts-thai-tlwg."""
    found = subprocess.run(
        ["fc-match", "-f", "%{file}", "Laksaman:lang=th"], capture_output=True, text=True, check=True, timeout=30
    )
    return ImageFont.truetype(found.stdout, round(points * dpi / 72), layout_engine=ImageFont.Layout.RAQM)


def text_page(dpi: int = 200, lines: int = 24, width: float = 8.27, height: float = 11.69) -> Grey:
    """A page of Thai lines, black on white."""
    image = Image.new("L", (round(width * dpi), round(height * dpi)), 255)
    pen = ImageDraw.Draw(image)
    for i in range(lines):
        words = [WORDS[(i * 5 + j * 7) % len(WORDS)] for j in range(5)]
        pen.text((dpi, dpi * (0.8 + 0.4 * i)), " ".join(words), font=thai_font(16, dpi), fill=0)
    return np.asarray(image)


def picture_page(
    pdf: pikepdf.Pdf,
    data: bytes,
    pixels: tuple[int, int],
    points: tuple[float, float],
    bits: int,
    matrix: str = "",
    over: bytes = b"",
    packed: bool = False,
) -> pikepdf.Page:
    """Add a page with one grey picture.

    Args:
        data: the picture's bytes; zlib's where `packed`.
        pixels: width and height of the picture.
        points: width and height of the page.
        matrix: how the picture is placed; it fills the page otherwise.
        over: drawing operators after the picture.
    """
    picture = pikepdf.Stream(
        pdf,
        data,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=pixels[0],
        Height=pixels[1],
        BitsPerComponent=bits,
        ColorSpace=pikepdf.Name.DeviceGray,
    )
    if packed:
        picture.Filter = pikepdf.Name.FlateDecode
    page = pdf.add_blank_page(page_size=points)
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=pdf.make_indirect(picture)))
    placed = matrix or f"{points[0]} 0 0 {points[1]} 0 0"
    page.Contents = pikepdf.Stream(pdf, f"q {placed} cm /Im0 Do Q\n".encode() + over)
    return page


def scan_pdf(
    path: Path,
    *pages: Grey,
    dpi: float = 200,
    bits: int = 8,
    rotate: int = 0,
    matrix: str = "{w} 0 0 {h} 0 0",
    over: bytes = b"",
    crop: list[float] | None = None,
    encryption: pikepdf.Encryption | None = None,
) -> Path:
    """A PDF whose pages are pictures filling them, losslessly stored.

    Args:
        rotate: /Rotate of the pages.
        matrix: how the picture is placed; w and h are the page's sides in points.
        over: drawing operators after the picture; a font /F1 is there.
        crop: the crop box in points.
    """
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        )
        for pixels in pages:
            height, width = pixels.shape
            w, h = width / dpi * 72, height / dpi * 72
            data = np.packbits(pixels > 127, axis=1).tobytes() if bits == 1 else pixels.tobytes()
            page = picture_page(pdf, data, (width, height), (w, h), bits, matrix.format(w=w, h=h), over)
            page.Resources.Font = pikepdf.Dictionary(F1=font)
            page.Rotate = rotate
            if crop is not None:
                page.CropBox = crop
        pdf.save(path, encryption=encryption or False)
    return path
