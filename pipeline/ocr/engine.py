"""What an OCR engine is, and the one place that knows which there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from pipeline.ocr.recogniser_engine import RecogniserEngine
from pipeline.ocr.tesseract_engine import TesseractEngine
from pipeline.ocr.text import Line
from pipeline.pages import PageImage, Rule
from pipeline.settings import Settings


class OcrEngine(Protocol):
    """Reads upright page pictures.

    Attributes:
        name: engine, version and model, as written into the record.
        unwritable: characters of printed Thai papers that the engine has no code for; what it
            writes in their place is never certain.
    """

    @property
    def name(self) -> str: ...

    @property
    def unwritable(self) -> str: ...

    def read(self, page: PageImage, rules: Sequence[Rule]) -> tuple[Line, ...]:
        """The lines of an upright page, top to bottom; boxes in fractions of the page.

        Args:
            page: the picture, its ruled lines whitened.
            rules: where they were; no piece of text crosses a table's upright rule.

        Raises:
            PageError: this page cannot be read; others can.
            MissingDependencyError: the engine's program or model is missing.
        """
        ...


def make_engine(settings: Settings) -> OcrEngine:
    """The engine that the settings name, ready to read.

    Raises:
        MissingDependencyError: its program or model is missing.
    """
    if settings.engine == "recogniser":
        return RecogniserEngine()
    return TesseractEngine(settings.language, settings.psm, settings.page_timeout)
