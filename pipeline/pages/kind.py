"""What a file is, by its first bytes."""

from __future__ import annotations

from enum import Enum

from pipeline.errors import InputError


class Kind(Enum):
    """Kinds of files that can be read; the value is Pillow's name of the format."""

    PDF = "PDF"
    TIFF = "TIFF"
    JPEG = "JPEG"
    PNG = "PNG"


_STARTS = (
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"II*\0", Kind.TIFF),
    (b"MM\0*", Kind.TIFF),
    (b"II+\0", Kind.TIFF),  # BigTIFF
    (b"MM\0+", Kind.TIFF),
)

_OTHERS = (
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"GIF8", "a GIF picture"),
    (b"BM", "a BMP picture"),
    (b"\0\0\0\x0cjP  ", "a JPEG 2000 picture"),
    (b"AT&TFORM", "a DjVu document"),
    (b"%!PS", "a PostScript document"),
)


def kind_of(start: bytes, name: str) -> Kind:
    """The kind of a file.

    Args:
        start: its first 1024 bytes; a PDF may have that much in front of its header
            (ISO 32000-1, Annex H, implementation note 13).
        name: its name for messages.

    Raises:
        InputError: it is empty or of a kind that cannot be read.
    """
    if not start:
        raise InputError(f"{name} is empty", "Copy or scan it again")
    for magic, kind in _STARTS:
        if start.startswith(magic):
            return kind
    if b"%PDF-" in start:
        return Kind.PDF
    raise InputError(f"{name} is {_description(start)}, not a PDF, TIFF, JPEG or PNG", "Save or print it as PDF")


def _description(start: bytes) -> str:
    for magic, description in _OTHERS:
        if start.startswith(magic):
            return description
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "a WebP picture"
    if start[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"}:
        return "a HEIC or AVIF picture"
    if all(byte >= 32 or byte in b"\t\n\r\f" for byte in start):
        return "a text file"
    return "of an unknown kind"
