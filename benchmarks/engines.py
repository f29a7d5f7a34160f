"""The engines that are compared, each reading one document in one thread."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytesseract

from benchmarks.reading import DocumentReading, Framed, PageReading
from pipeline.errors import MissingDependencyError
from pipeline.layout import page_text
from pipeline.ocr import PageText
from pipeline.ocr.finder import Piece, find_pieces
from pipeline.ocr.recogniser_engine import RecogniserEngine
from pipeline.ocr.text import page_box
from pipeline.pages import PageImage, deskewed, find_rules, is_blank, open_source, without_rules
from pipeline.programs import tesseract
from pipeline.settings import load_settings

LANGUAGE = "tha+eng"
_PAGE_TIMEOUT_S = 300


class Watch:
    """CPU seconds of this process and of the children it waited for, by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        begun = cpu_seconds()
        yield
        self.seconds[stage] = self.seconds.get(stage, 0.0) + cpu_seconds() - begun


def cpu_seconds() -> float:
    """CPU seconds so far, children included."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


class Ours:
    """The road of `minutes convert` from the file to lines of text."""

    def __init__(self) -> None:
        self._engine = RecogniserEngine()
        self._settings = load_settings()

    @property
    def name(self) -> str:
        return self._engine.name

    def __call__(self, scan: Path, pictures: Sequence[Path], dpi: int) -> DocumentReading:
        watch, found = Watch(), []
        with watch("open"):
            source = open_source(scan, self._settings)
        for number in range(1, len(pictures) + 1):
            with watch("open"):
                stored = source.page(number)
            with watch("level"):
                page = stored if is_blank(stored) else deskewed(stored)
            with watch("rules"):
                rules = find_rules(page)
                clean = without_rules(page, rules)
            with watch("read"):
                lines = self._engine.read(clean, rules)
            with watch("find"):  # once more, to tell how much of the reading it was
                pieces = find_pieces(clean, rules)
            text = page_text(PageText(number=number, width=page.width, height=page.height, lines=lines))
            framed = tuple(_framed(piece, page) for piece in pieces)
            found.append(PageReading(number=number, text=text, lines=lines, pieces=framed, skew=page.skew))
        watch.seconds["read"] -= watch.seconds["find"]
        return DocumentReading(name=scan.stem, pages=tuple(found), seconds=watch.seconds)


def _framed(piece: Piece, page: PageImage) -> Framed:
    _, middle = piece.baseline[len(piece.baseline) // 2]
    box = page_box(*piece.box, page.width, page.height)
    return Framed(box=box, letter=piece.letter / page.height, baseline=middle / page.height)


class Tesseract:
    """Tesseract with its stock models, as anyone can call it: a page picture in, text out."""

    def __init__(self, psm: int) -> None:
        tesseract.require(LANGUAGE)
        self._psm = psm

    @property
    def name(self) -> str:
        return f"tesseract {tesseract.version()} {LANGUAGE} psm {self._psm}"

    def __call__(self, scan: Path, pictures: Sequence[Path], dpi: int) -> DocumentReading:
        watch, found = Watch(), []
        for number, picture in enumerate(pictures, start=1):
            with watch("read"):
                text = pytesseract.image_to_string(
                    str(picture), lang=LANGUAGE, config=f"--psm {self._psm} --dpi {dpi}", timeout=_PAGE_TIMEOUT_S
                )
            found.append(PageReading(number=number, text=text))
        return DocumentReading(name=scan.stem, pages=tuple(found), seconds=watch.seconds)


class OcrMyPdf:
    """The sidecar text of OCRmyPDF, which levels the pages and calls Tesseract."""

    def __init__(self) -> None:
        if importlib.util.find_spec("ocrmypdf") is None:
            raise MissingDependencyError("OCRmyPDF is not installed", "Type: .venv/bin/pip install -e '.[bench]'")

    @property
    def name(self) -> str:
        run = subprocess.run([sys.executable, "-m", "ocrmypdf", "--version"], capture_output=True, text=True)
        return f"ocrmypdf {run.stdout.strip()} {LANGUAGE}, sidecar"

    def __call__(self, scan: Path, pictures: Sequence[Path], dpi: int) -> DocumentReading:
        watch = Watch()
        with tempfile.TemporaryDirectory(prefix="minutes-bench-") as folder, watch("read"):
            sidecar = Path(folder) / "text.txt"
            run = subprocess.run(
                [
                    *(sys.executable, "-m", "ocrmypdf", "--quiet", "--jobs", "1", "-l", LANGUAGE, "--deskew"),
                    *("--output-type", "none", "--sidecar", str(sidecar), str(scan), "-"),
                ],
                capture_output=True,
                text=True,
                timeout=_PAGE_TIMEOUT_S * len(pictures),
            )
            if run.returncode:
                last = (run.stderr.strip() or "no message").splitlines()[-1]
                raise MissingDependencyError(f"OCRmyPDF failed on {scan.name}: {last}", "Try it by hand")
            texts = sidecar.read_text(encoding="utf-8").split("\f")
        pages = tuple(PageReading(number=number, text=text) for number, text in enumerate(texts, 1))
        return DocumentReading(name=scan.stem, pages=pages[: len(pictures)], seconds=watch.seconds)


ENGINES: dict[str, Callable[[], Ours | Tesseract | OcrMyPdf]] = {
    "ours": Ours,
    "psm4": lambda: Tesseract(4),
    "psm6": lambda: Tesseract(6),
    "ocrmypdf": OcrMyPdf,
}
