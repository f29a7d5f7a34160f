"""A converter that tells which pages it has read: `benchmarks.bulk kill` counts those read twice."""

from __future__ import annotations

import os
from pathlib import Path

from pipeline.convert import Converter, StageTimes
from pipeline.ocr import PageText
from pipeline.pages import Source

LOG = "MINUTES_PAGES_READ"
"""The environment's name for the file it appends to."""


class Counted(Converter):
    """Implements `pipeline.batch.work.Reader`."""

    def read_page(self, source: Source, number: int, watch: StageTimes | None = None) -> PageText:
        """Read the page, then write its document's hash and its number as a line."""
        page = super().read_page(source, number, watch)
        with Path(os.environ[LOG]).open("a") as log:
            log.write(f"{source.sha256} {number}\n")  # short enough to be appended in one piece
        return page
