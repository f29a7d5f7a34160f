"""The one module that knows poppler: its programs, its options and its error texts.

Poppler takes a password only on its command line, where other users of the same
machine can see it for as long as the program runs.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from pdf2image import convert_from_path, pdfinfo_from_path
from pdf2image.exceptions import (
    PDFInfoNotInstalledError,
    PDFPageCountError,
    PDFPopplerTimeoutError,
    PDFSyntaxError,
)

from pipeline.errors import EncryptedError, InputError, MinutesError, MissingDependencyError, PageError

Grey = npt.NDArray[np.uint8]

PROGRAMS = ("pdfinfo", "pdfimages", "pdftoppm")
INSTALL = "Install it: apt-get install poppler-utils"


class DamagedPageError(PageError):
    """Poppler met broken objects while drawing a page; what it drew may be incomplete."""


@dataclass(frozen=True, slots=True)
class PdfPage:
    """Size of a page as a viewer shows it, in points (1/72 inch), /Rotate applied."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class ListedImage:
    """One line of `pdfimages -list`.

    Attributes:
        kind: image, stencil, mask or smask.
        width: pixels as stored.
        height: pixels as stored.
        x_ppi: pixels an inch along the stored width as placed on the page, rounded.
        y_ppi: the same along the stored height.
    """

    kind: str
    width: int
    height: int
    x_ppi: int
    y_ppi: int


@dataclass(frozen=True, slots=True)
class Pdf:
    """What every call needs.

    Attributes:
        path: the file.
        name: its name in messages.
        password: user password, or None.
        timeout: seconds one call may take.
    """

    path: Path
    name: str
    password: str | None
    timeout: float

    @property
    def argument(self) -> str:
        """An absolute path: a name that starts with `-` is then no option."""
        return str(self.path.absolute())

    @property
    def options(self) -> dict[str, Any]:
        """What pdf2image is told in every call; its annotations leave out None and fractions of seconds."""
        return {"userpw": self.password, "timeout": self.timeout}


def version() -> str:
    """Version of the installed poppler, as in `22.12.0`.

    Raises:
        MissingDependencyError: one of the programs is not installed.
    """
    for program in PROGRAMS:
        if shutil.which(program) is None:
            raise _missing(program)
    done = subprocess.run(["pdfinfo", "-v"], capture_output=True, timeout=30, check=False)
    match = re.search(rb"version (\S+)", done.stderr)
    return match[1].decode("ascii", "replace") if match else "unknown"


def page_sizes(pdf: Pdf, most: int) -> tuple[int, list[PdfPage]]:
    """How many pages the file has, and the sizes of the first `most` of them.

    Raises:
        EncryptedError: a password is needed, or the one given is wrong.
        InputError: the file is damaged, has no pages or takes too long to open.
        MissingDependencyError: poppler is not installed.
    """
    try:
        info = pdfinfo_from_path(pdf.argument, first_page=1, last_page=max(most, 1), **pdf.options)
    except PDFInfoNotInstalledError as error:
        raise _missing("pdfinfo") from error
    except PDFPopplerTimeoutError as error:
        raise InputError(f"{pdf.name}: {_took_too_long(pdf)}", _REPAIR) from error
    except PDFPageCountError as error:
        raise _unopenable(pdf, str(error)) from error
    count = int(info["Pages"])
    lines = {" ".join(key.split()): str(value) for key, value in info.items()}
    return count, [_page_size(lines, number) for number in range(1, min(count, most) + 1)]


def list_images(pdf: Pdf, number: int) -> list[ListedImage]:
    """The pictures that page `number` (from 1) draws.

    Raises:
        PageError: poppler fails on the page.
        MissingDependencyError: poppler is not installed.
    """
    output = _pdfimages(pdf, number, ["-list"])
    return [
        ListedImage(row[2], int(row[3]), int(row[4]), int(row[-4]), int(row[-3]))
        for row in (line.split() for line in output.decode("utf-8", "replace").splitlines()[2:])
        if len(row) >= 14
    ]


def extract_images(pdf: Pdf, number: int, folder: Path) -> list[Path]:
    """Write the pictures of page `number` (from 1) as stored into `folder`: JPEG as it is, others as PBM, PGM or PPM.

    Raises:
        PageError: poppler fails on the page.
        MissingDependencyError: poppler is not installed.
    """
    _pdfimages(pdf, number, ["-j"], str(folder.absolute() / "image"))
    return sorted(folder.iterdir())


def rasterise(pdf: Pdf, number: int, dpi: float, *, strict: bool = True) -> Grey:
    """Page `number` (from 1), its crop box, drawn in grey at `dpi`.

    The picture passes through Pillow, whose limit of 89 million pixels is the caller's to lift.

    Args:
        strict: raise when poppler reports broken objects, instead of keeping what it could draw.

    Returns:
        Shape (height, width), 0 is ink and 255 paper.

    Raises:
        DamagedPageError: `strict`, and poppler reports broken objects.
        PageError: nothing was drawn, or it took too long.
        MissingDependencyError: poppler is not installed.
    """
    where = f"{pdf.name}, page {number}"
    fractional: dict[str, Any] = {"dpi": dpi}  # annotated as int, handed to pdftoppm as it is
    try:
        images = convert_from_path(
            pdf.argument,
            first_page=number,
            last_page=number,
            grayscale=True,
            use_cropbox=True,
            strict=strict,
            **pdf.options,
            **fractional,
        )
        if len(images) == 1:
            return np.asarray(images[0].convert("L"), dtype=np.uint8)
    except PDFSyntaxError as error:
        raise DamagedPageError(f"{where} is damaged: {_first_line(str(error))}", _REPAIR) from error
    except PDFPopplerTimeoutError as error:
        raise PageError(f"{where}: {_took_too_long(pdf)}", _REPAIR) from error
    except (PDFInfoNotInstalledError, FileNotFoundError) as error:
        raise _missing("pdftoppm") from error
    except (PDFPageCountError, OSError, ValueError) as error:  # pdftoppm died on the way
        raise PageError(f"{where} cannot be drawn: {_first_line(str(error))}", _REPAIR) from error
    raise PageError(f"{where} cannot be drawn", _REPAIR)


_REPAIR = "Open it in a PDF viewer and print it to a new PDF, or scan it again"


def _pdfimages(pdf: Pdf, number: int, options: list[str], *root: str) -> bytes:
    where = f"{pdf.name}, page {number}"
    password = [] if pdf.password is None else ["-upw", pdf.password]
    command = ["pdfimages", "-f", str(number), "-l", str(number), *options, *password, pdf.argument, *root]
    try:
        done = subprocess.run(command, capture_output=True, timeout=pdf.timeout, check=False)
    except FileNotFoundError as error:
        raise _missing("pdfimages") from error
    except subprocess.TimeoutExpired as error:
        raise PageError(f"{where}: {_took_too_long(pdf)}", _REPAIR) from error
    if done.returncode != 0:
        reason = _first_line(done.stderr.decode("utf-8", "replace"))
        raise PageError(f"{where}: its pictures cannot be read: {reason}", _REPAIR)
    return done.stdout


def _page_size(lines: dict[str, str], number: int) -> PdfPage:
    # "595.32 x 841.92 pts (A4)"; a page poppler cannot find has no line and is reported when it is drawn
    size = re.match(r"([\d.]+) x ([\d.]+) pts", lines.get(f"Page {number} size", "").strip())
    width, height = (float(size[1]), float(size[2])) if size else (0.0, 0.0)
    turned = lines.get(f"Page {number} rot", "0").strip() in {"90", "270"}
    return PdfPage(height, width) if turned else PdfPage(width, height)


def _unopenable(pdf: Pdf, text: str) -> MinutesError:
    name = pdf.name
    if "Incorrect password" in text:
        if pdf.password is None:
            return EncryptedError(f"{name} is encrypted", "Give its password with --password")
        return EncryptedError(f"{name} is encrypted and the password given is wrong", "Check --password")
    if "security handler" in text or "Unsupported version/revision" in text:
        return EncryptedError(
            f"{name} is encrypted in a way poppler cannot open",
            "Print it to a new PDF in the program that opens it",
        )
    if "the last page (0)" in text:
        return InputError(f"{name} is a PDF without pages", "Check the file in a PDF viewer")
    return InputError(f"{name} is damaged or cut off and cannot be opened as a PDF", _REPAIR)


def _took_too_long(pdf: Pdf) -> str:
    return f"poppler took longer than {pdf.timeout:g} s"


def _missing(program: str) -> MissingDependencyError:
    return MissingDependencyError(f"{program} (poppler) is not installed", INSTALL)


def _first_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[0] if lines else "no reason given"
