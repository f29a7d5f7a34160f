"""Tesseract behind the engine protocol."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.ocr.rows import Glyph, build_lines
from pipeline.ocr.text import Line
from pipeline.pages import PageImage, Rule
from pipeline.programs import tesseract

# Missing in the character set of the stock Thai model (`combine_tessdata -u tha.traineddata`):
# half of the Thai digits and some rare letters. Open upstream since 2021, langdata_lstm#42.
# ํา is joined to ำ afterwards, so ำ can be written.
THAI_UNWRITABLE = "๔๖๗๘๙ฌฃฅ฿"

# Where the model guesses between digits it can and cannot write, its confidence (93-97 for nearly
# everything) says nothing: of the Thai number tokens of clean pages 25-36 % are right. A digit is
# never reported as surer than this.
DIGIT_CONFIDENCE = 0.6


class TesseractEngine:
    """One call of Tesseract a page, one thread; lines and cells rebuilt from its clusters."""

    def __init__(self, language: str, psm: int, timeout_s: float) -> None:
        tesseract.require(language)
        self._language = language
        self._psm = psm
        self._timeout_s = timeout_s

    @property
    def name(self) -> str:
        return f"tesseract {tesseract.version()} {self._language} psm {self._psm}"

    @property
    def unwritable(self) -> str:
        return THAI_UNWRITABLE if "tha" in self._language.lower() else ""

    def read(self, page: PageImage, rules: Sequence[Rule]) -> tuple[Line, ...]:
        words = tesseract.read(page.pixels, page.dpi, self._language, self._psm, self._timeout_s, page.number)
        glyphs = [
            Glyph(
                text=word.text,
                box=(word.left, word.top, word.left + word.width, word.top + word.height),
                confidence=self._trust(word),
                run=word.line,
                spaced=word.spaced,
            )
            for word in words
        ]
        return build_lines(glyphs, page.width, page.height)

    def _trust(self, word: tesseract.Word) -> float:
        if self.unwritable and any(character.isdigit() for character in word.text):
            return min(word.confidence, DIGIT_CONFIDENCE)
        return word.confidence
