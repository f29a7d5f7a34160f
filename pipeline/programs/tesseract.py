"""Tesseract, through pytesseract: the only module that knows its flags and its error texts.

Traps known and handled here (pytesseract 0.3.13, Tesseract 5.3):
- A picture handed over as an object is compressed to PNG first; a path is passed as it is, so the
  picture is written once, uncompressed, and its path given.
- Tesseract uses four threads for one page and is slower for it; `OMP_THREAD_LIMIT=1` unless the user set it.
- A time-out is a bare RuntimeError.
- A missing language is told on stderr with exit code 1.
"""

from __future__ import annotations

import csv
import io
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pytesseract
from pytesseract.pytesseract import run_tesseract

from pipeline.errors import MissingDependencyError, PageError

Grey = npt.NDArray[np.uint8]

OSD_TIMEOUT_S = 60.0
LONGEST_SIDE_PX = 32767  # Leptonica's limit


@dataclass(frozen=True, slots=True)
class Word:
    """One entry of Tesseract's TSV: for Thai mostly a single cluster (tesseract#2702).

    `line` is (block, paragraph, line); the box is in pixels; confidence is 0-1; `spaced` tells
    whether Tesseract's page text has white space before it.
    """

    line: tuple[int, int, int]
    left: int
    top: int
    width: int
    height: int
    confidence: float
    text: str
    spaced: bool


@dataclass(frozen=True, slots=True)
class Orientation:
    """`turn`: degrees clockwise to turn the picture by so that it stands upright. `confidence`: Tesseract's own."""

    turn: int
    confidence: float


@cache
def version() -> str:
    """Tesseract's version, as in 5.3.0.

    Raises:
        MissingDependencyError: there is no Tesseract.
    """
    with _translated("tha"):
        return str(pytesseract.get_tesseract_version())


@cache
def languages() -> list[str]:
    """The installed language data, sorted.

    Raises:
        MissingDependencyError: there is no Tesseract.
    """
    with _translated("tha"):
        return sorted(pytesseract.get_languages())


def require(language: str) -> None:
    """Make sure that every part of `language` (`tha`, `tha+eng`) is installed.

    Raises:
        MissingDependencyError: Tesseract or a part of `language` is missing.
    """
    version()
    for part in language.split("+"):
        if part not in languages():
            raise MissingDependencyError(
                f"Tesseract has no language data {part!r} (it has: {', '.join(languages()) or 'none'})",
                _install(part),
            )


def read(pixels: Grey, dpi: float, language: str, psm: int, timeout_s: float, number: int) -> list[Word]:
    """Read one page in one call.

    Args:
        pixels: grey picture, shape (height, width).
        dpi: its resolution.
        language: language data to use.
        psm: page segmentation mode.
        timeout_s: seconds before the process is ended.
        number: page number, for messages.

    Raises:
        PageError: Tesseract failed on this page or took too long.
        MissingDependencyError: Tesseract or `language` is missing.
    """
    with _picture(pixels, number) as path, _translated(language, number, timeout_s):
        base = path.with_suffix("")
        run_tesseract(
            str(path),
            str(base),
            extension="tsv",
            lang=language,
            # As variables and not as config files, which a TESSDATA_PREFIX without configs/ lacks.
            config=f"--psm {psm} --dpi {round(dpi)} -c tessedit_create_tsv=1 -c tessedit_create_txt=1",
            timeout=timeout_s,
        )
        outputs = [base.with_suffix(suffix) for suffix in (".tsv", ".txt")]
        if not all(output.exists() for output in outputs):
            raise PageError(f"page {number}: Tesseract ended without a result", "Type: minutes doctor")
        table, text = (output.read_text("utf-8") for output in outputs)
    return list(_words(table, text))


def orientation(pixels: Grey, dpi: float) -> Orientation | None:
    """How the page lies, by Tesseract's script detection; None when it has too little text to tell.

    Raises:
        MissingDependencyError: Tesseract or its `osd` data is missing.
    """
    require("osd")
    try:
        with _picture(pixels, 0) as path, _translated("osd", 0, OSD_TIMEOUT_S):
            found: dict[str, Any] = pytesseract.image_to_osd(
                str(path), config=f"--dpi {round(dpi)}", timeout=OSD_TIMEOUT_S, output_type=pytesseract.Output.DICT
            )
    except PageError:
        return None
    return Orientation(turn=int(found["rotate"]) % 360, confidence=float(found["orientation_conf"]))


def _words(table: str, page: str) -> Iterator[Word]:
    """The words of the TSV. The TSV does not tell where spaces are; the page text, in the same order, does."""
    place = 0
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row["text"] or "").strip()
        if row["level"] != "5" or not text:
            continue
        found = page.find(text, place)
        spaced = found > place and page[place:found].isspace()
        if found >= 0 and (found == place or spaced):
            place = found + len(text)
        yield Word(
            line=(int(row["block_num"]), int(row["par_num"]), int(row["line_num"])),
            left=int(row["left"]),
            top=int(row["top"]),
            width=int(row["width"]),
            height=int(row["height"]),
            confidence=min(max(float(row["conf"]) / 100, 0.0), 1.0),
            text=text,
            spaced=spaced,
        )


@contextmanager
def _picture(pixels: Grey, number: int) -> Iterator[Path]:
    """The picture as an uncompressed file, for as long as the call lasts."""
    if max(pixels.shape) > LONGEST_SIDE_PX:
        raise PageError(
            f"page {number}: {pixels.shape[1]} × {pixels.shape[0]} pixels are more than Tesseract takes",
            "Lower --dpi",
        )
    with tempfile.TemporaryDirectory(prefix="minutes-") as folder:
        path = Path(folder) / f"{number:06d}.pgm"
        cv2.imwrite(str(path), pixels)
        yield path


@contextmanager
def _translated(language: str, number: int = 0, timeout_s: float = 0) -> Iterator[None]:
    """pytesseract's exceptions as ours. pytesseract hands its child this process's environment."""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    try:
        yield
    except (pytesseract.TesseractNotFoundError, FileNotFoundError) as error:
        raise MissingDependencyError("Tesseract is not installed, or not on the PATH", _install("tha")) from error
    except pytesseract.TesseractError as error:
        if re.search(r"Error opening data file|Failed loading language", error.message):
            raise MissingDependencyError(
                f"Tesseract cannot load its language data {language!r}",
                _install(language.split("+")[0]),
            ) from error
        raise PageError(f"page {number}: Tesseract failed ({_last_line(error.message)})", "Try --psm 6") from error
    except UnicodeDecodeError as error:
        raise PageError(f"page {number}: Tesseract wrote bytes that are not UTF-8", "Try again") from error
    except RuntimeError as error:
        if "timeout" not in str(error):
            raise
        raise PageError(
            f"page {number}: Tesseract took longer than {timeout_s:g} s", "Raise --page-timeout or lower --dpi"
        ) from error


def _install(language: str) -> str:
    package = language.lower().replace("_", "-")
    return f"Type: apt-get install tesseract-ocr tesseract-ocr-{package}, or set TESSDATA_PREFIX; then: minutes doctor"


def _last_line(message: str) -> str:
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    return lines[-1] if lines else "no message"
