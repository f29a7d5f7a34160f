"""A reader that reads nothing: what is left is the cost of ledger, scheduler and files."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from pipeline.convert import Conversion, StageTimes
from pipeline.ocr import DocumentText, PageText
from pipeline.pages import PageImage, Source
from pipeline.settings import Settings
from schemas import Producer, Record
from schemas import Source as RecordSource


@dataclass(frozen=True)
class OnePage:
    """Stands for an opened file of one page."""

    page_count: int = 1

    def page(self, number: int) -> PageImage:
        """There is none to look at."""
        raise NotImplementedError


class StandIn:
    """Implements `pipeline.batch.work.Reader`."""

    def __init__(self, settings: Settings) -> None:
        self._producer = Producer(program="stand-in", version="1", engine="none", settings=settings.fingerprint)

    def producer(self) -> Producer:
        """What made its records."""
        return self._producer

    def open(self, path: Path, watch: StageTimes | None = None) -> Source:
        """A document of one page."""
        return Source(path.name, hashlib.sha256(path.read_bytes()).hexdigest(), 1, OnePage())

    def read_page(self, source: Source, number: int, watch: StageTimes | None = None) -> PageText:
        """An empty page."""
        return PageText(number=number, width=1, height=1)

    def document(self, source: Source, pages: list[PageText]) -> DocumentText:
        """The pages put together."""
        return DocumentText(file=source.file, sha256=source.sha256, pages_in_file=1, engine="none", pages=tuple(pages))

    def understand(self, lines: DocumentText, watch: StageTimes | None = None) -> Conversion:
        """An empty record."""
        source = RecordSource(file=lines.file, sha256=lines.sha256, pages=1)
        return Conversion(Record(source=source, producer=self._producer, status="ok"), "\f", lines, ())
