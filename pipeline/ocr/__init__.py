"""Page image → text lines with boxes and confidence. Every engine stands behind `OcrEngine`."""

from pipeline.ocr.doubt import Doubt, moved, of_letters
from pipeline.ocr.engine import OcrEngine, make_engine
from pipeline.ocr.figures import find_figures
from pipeline.ocr.text import Box, Cell, DocumentText, Line, PageText, union

__all__ = [
    "Box",
    "Cell",
    "DocumentText",
    "Doubt",
    "Line",
    "OcrEngine",
    "PageText",
    "find_figures",
    "make_engine",
    "moved",
    "of_letters",
    "union",
]
