"""The regression check: an output folder against a folder of golden records.

folders ── record ── fields   how each field is compared
   │         ├────── align    which member of a list is which
   │         └────── measure  edits over characters and grapheme clusters
   ├──── page_text
   └──── result ──── render (table, JSON, HTML with crops) and bless
"""

from pipeline.compare.bless import as_golden, bless
from pipeline.compare.crops import Crops
from pipeline.compare.folders import compare_folders
from pipeline.compare.measure import cer, fold, grapheme_error_rate, graphemes
from pipeline.compare.record import compare_records
from pipeline.compare.render import render_html, render_table, to_json
from pipeline.compare.result import (
    Comparison,
    Difference,
    DocumentComparison,
    PageMeasure,
    RecordComparison,
    Totals,
)

__all__ = [
    "Comparison",
    "Crops",
    "Difference",
    "DocumentComparison",
    "PageMeasure",
    "RecordComparison",
    "Totals",
    "as_golden",
    "bless",
    "cer",
    "compare_folders",
    "compare_records",
    "fold",
    "grapheme_error_rate",
    "graphemes",
    "render_html",
    "render_table",
    "to_json",
]
