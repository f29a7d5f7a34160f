"""A folder of files that cannot be read, or hardly: more than sixty kinds, made by a seed."""

from __future__ import annotations

import io
import os
import random
import struct
import zlib
from pathlib import Path

import numpy as np
import pikepdf
from pdfs import picture_page, scan_pdf, text_page
from PIL import Image

SMALL = Image.fromarray(text_page(dpi=60))


def make(folder: Path) -> list[str]:
    """Fill `folder`; the names of the files, in which bytes that are no text stand as escapes."""
    folder.mkdir(parents=True)
    whole = {kind: _saved(kind) for kind in ("png", "jpeg", "tiff")}
    whole["pdf"] = scan_pdf(folder / "whole.pdf", text_page(dpi=60), dpi=60).read_bytes()
    files = {
        **_no_scans(),
        **{
            f"cut-{kind}-{part}.{kind}": data[: len(data) * part // 100]
            for kind, data in whole.items()
            for part in CUTS
        },
        **{f"flipped-{kind}-{seed}.{kind}": _flipped(data, seed) for kind, data in whole.items() for seed in range(4)},
        **_colours(),
        **_bombs(),
        "png-in-disguise.pdf": whole["png"],
        "pdf-in-disguise.png": whole["pdf"],
        "line\nbreak.png": whole["png"],
        "$(touch hurt);`id`.png": whole["png"],
        "<b>bold&amp;.png": whole["png"],
        "ก" * 83 + ".pdf": b"",
        os.fsdecode(b"\xb7\xd5.png"): whole["png"],  # Thai in TIS-620
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    _pdfs(folder)
    os.mkfifo(folder / "pipe.pdf")
    (folder / "dangling.pdf").symlink_to(folder / "nowhere.pdf")
    return sorted(path.name for path in folder.iterdir())


CUTS = (1, 10, 40, 70, 99)


def _saved(kind: str, image: Image.Image = SMALL, **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind.upper(), **options)
    return stream.getvalue()


def _flipped(data: bytes, seed: int) -> bytes:
    changed, random_ = bytearray(data), random.Random(seed)
    for _ in range(8):
        changed[random_.randrange(len(changed))] ^= 1 << random_.randrange(8)
    return bytes(changed)


def _no_scans() -> dict[str, bytes]:
    return {
        "empty.pdf": b"",
        "empty.png": b"",
        "text.pdf": "รายงานการประชุม".encode(),
        "office.pdf": b"PK\x03\x04" + bytes(60),
        "old-office.tif": b"\xd0\xcf\x11\xe0" + bytes(60),
        "gif.jpg": b"GIF89a" + bytes(60),
        "page.png": b"<html><script>alert(1)</script></html>",
        "noise.pdf": random.Random(1).randbytes(4000),
        "header.pdf": b"%PDF-1.7\n",
        "header-and-noise.pdf": b"%PDF-1.7\n" + random.Random(2).randbytes(4000),
        "endless.pdf": b"%PDF-1.4\n1 0 obj<</Pages 1 0 R/Kids[1 0 R]/Count 9>>endobj\ntrailer<</Root 1 0 R>>",
        "start.jpg": b"\xff\xd8\xff",
        "start.tif": b"II*\0",
        "loop.tif": b"II*\0\x08\0\0\0\0\0\x08\0\0\0",  # a directory that names itself as the next
    }


def _colours() -> dict[str, bytes]:
    deep = Image.fromarray((np.asarray(SMALL).astype(np.uint16) * 257).astype(np.uint16))
    sideways = Image.Exif()
    sideways[0x0112] = 6
    return {
        "cmyk.jpg": _saved("jpeg", SMALL.convert("CMYK")),
        "cmyk.tif": _saved("tiff", SMALL.convert("CMYK")),
        "lab.tif": _saved("tiff", SMALL.convert("RGB").convert("LAB")),
        "float.tif": _saved("tiff", SMALL.convert("F")),
        "deep.png": _saved("png", deep),
        "deep.tif": _saved("tiff", deep),
        "one-bit.png": _saved("png", SMALL.convert("1")),
        "fax.tif": _saved("tiff", SMALL.convert("1"), compression="group4"),
        "palette.png": _saved("png", SMALL.convert("P")),
        "alpha.png": _saved("png", SMALL.convert("RGBA")),
        "sideways.jpg": _saved("jpeg", SMALL, exif=sideways),
        "odd-dpi.png": _saved("png", SMALL, dpi=(1, 99999)),
        "one-pixel.png": _saved("png", Image.new("L", (1, 1))),
        "thin.png": _saved("png", Image.new("L", (3000, 1))),
        "pages.tif": _saved(
            "tiff", SMALL, save_all=True, append_images=[Image.new("L", (9, 9)), SMALL.convert("CMYK")]
        ),
    }


def _bombs() -> dict[str, bytes]:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    png = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    comment = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(80_000_000)))
    small = _saved("png")
    tiff = bytearray(_saved("tiff"))
    for tag in (b"\x00\x01", b"\x01\x01"):  # width and height, little-endian
        place = tiff.find(tag + b"\x04\0" if tag + b"\x04\0" in tiff else tag + b"\x03\0")
        tiff[place + 2 : place + 12] = struct.pack("<HII", 4, 1, 100_000)
    jpeg = bytearray(_saved("jpeg"))
    place = jpeg.find(b"\xff\xc0")
    jpeg[place + 5 : place + 9] = b"\xff\xff\xff\xff"
    return {
        "bomb.png": b"\x89PNG\r\n\x1a\n" + png,
        "bomb-comment.png": small[:33] + comment + small[33:],
        "bomb.tif": bytes(tiff),
        "bomb.jpg": bytes(jpeg),
    }


def _pdfs(folder: Path) -> None:
    page = text_page(dpi=40)
    for revision in (2, 3, 4, 6):
        aes = revision > 3
        lock = pikepdf.Encryption(owner="o", user="u", R=revision, aes=aes, metadata=aes)
        scan_pdf(folder / f"locked-{revision}.pdf", page, dpi=40, encryption=lock)
    scan_pdf(folder / "fault.pdf", page, dpi=40, over=b"q /Gone Do Q")
    scan_pdf(folder / "unbalanced.pdf", page, dpi=40, over=b"Q Q Q BT ET ET q q q")
    scan_pdf(folder / "outside.pdf", page, dpi=40, matrix="{w} 0 0 {h} 9000 9000")
    sizes = {"tiny": (3, 3), "huge": (14_400, 14_400), "flat": (800, 0), "strip": (14_400, 20)}
    for name, size in sizes.items():
        with pikepdf.new() as pdf:
            pdf.add_blank_page(page_size=(100, 100)).MediaBox = pikepdf.Array([0, 0, *size])
            pdf.save(folder / f"{name}.pdf")
    for name, count in {"no-pages": 0, "many-pages": 5000}.items():
        with pikepdf.new() as pdf:
            for _ in range(count):
                pdf.add_blank_page(page_size=(100, 100))
            pdf.save(folder / f"{name}.pdf")
    with pikepdf.new() as pdf:
        bomb = zlib.compress(bytes(50_000_000), 9)
        picture_page(pdf, bomb, (20_000, 20_000), (595, 842), 1, packed=True)
        pdf.save(folder / "bomb.pdf")
