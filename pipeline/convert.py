"""One document from file to record: the one place where the stages stand in order."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.check import check
from pipeline.correct import Findings, KnownNames, Reading, correct, load_names
from pipeline.correct.beside import with_names_beside
from pipeline.errors import MinutesError, PageError
from pipeline.export import Written, write_document
from pipeline.layout import arrange, page_text
from pipeline.ocr import DocumentText, OcrEngine, PageText, find_figures, make_engine
from pipeline.pages import PageImage, deskewed, find_rules, is_blank, open_source, turned_upright, without_rules
from pipeline.pages import Source as SourceFile
from pipeline.parse import Capture, parse
from pipeline.settings import Settings, load_settings
from pipeline.version import PROGRAM, VERSION
from schemas import Producer, Record, Source

# Mean confidence of a page's characters. Measured on ten pages in four positions: upright 0.93 and
# more, lying or upside down 0.60 and less.
WELL_READ = 0.8
ENOUGH_CHARACTERS = 40  # of fewer the mean says little

PageDone = Callable[[int, int], None]  # (pages done, pages in all)


@dataclass(frozen=True, slots=True)
class Conversion:
    """A converted document.

    Attributes:
        record: the record.
        text: the page text, every page ended by a form feed.
        lines: the pages as read, the input of the parsers.
        captures: which rule filled which field from which text.
        seconds: wall time by stage.
    """

    record: Record
    text: str
    lines: DocumentText
    captures: tuple[Capture, ...]
    seconds: dict[str, float] = field(default_factory=dict)

    def write(self, folder: Path | str, stem: str | None = None) -> Written:
        """Write `STEM.json` and `STEM.txt` into `folder`.

        Raises:
            OutputError: the folder cannot be written.
        """
        return write_document(Path(folder), stem or Path(self.record.source.file).stem, self.record, self.text)


class Converter:
    """Settings, engine and names list made ready once, for any number of documents.

    Raises:
        MissingDependencyError: a program or model is missing.
        UsageError: the names list is wrong.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._engine: OcrEngine = make_engine(settings)
        self._known: KnownNames | None = load_names(settings.names) if settings.names else None

    def convert(self, path: Path, page_done: PageDone | None = None) -> Conversion:
        """Convert one document.

        Raises:
            InputError: the document cannot be read at all.
            MissingDependencyError: a program or model went missing.
        """
        watch = StageTimes()
        lines = self.read(path, page_done, watch)
        return self.understand(lines, watch)

    def read(self, path: Path, page_done: PageDone | None = None, watch: StageTimes | None = None) -> DocumentText:
        """The pages of a document as read, without parsing them."""
        watch = watch or StageTimes()
        source = self.open(path, watch)
        numbers = self.settings.page_numbers(source.page_count)
        pages = []
        if page_done:
            page_done(0, len(numbers))
        for done, number in enumerate(numbers, start=1):
            try:
                pages.append(self.read_page(source, number, watch))
            except PageError as error:
                pages.append(unread_page(number, error))
            if page_done:
                page_done(done, len(numbers))
        return self.document(source, pages)

    def open(self, path: Path, watch: StageTimes | None = None) -> SourceFile:
        """The file, its pages counted.

        Raises:
            InputError, MissingDependencyError: as `convert`.
        """
        with (watch or StageTimes())("pages"):
            return open_source(path, self.settings)

    def document(self, source: SourceFile, pages: Sequence[PageText]) -> DocumentText:
        """The pages of a file put together."""
        return DocumentText(
            file=source.file,
            sha256=source.sha256,
            pages_in_file=source.page_count,
            engine=self._engine.name,
            unwritable=self._engine.unwritable,
            pages=tuple(pages),
        )

    def read_page(self, source: SourceFile, number: int, watch: StageTimes | None = None) -> PageText:
        """Page `number`, from 1, upright and read.

        Raises:
            PageError: it cannot be read; others can.
            MissingDependencyError: a program or model went missing.
        """
        watch = watch or StageTimes()
        with watch("pages"):
            stored = source.page(number)
            if is_blank(stored):
                return PageText(number=number, width=stored.width, height=stored.height, state="blank")
            page = deskewed(stored) if self.settings.upright else stored
        text = self._read(page, watch)
        # A page that reads well stands upright. Only of the others is it asked how they lie:
        # that takes longer than reading.
        if self.settings.upright and not _reads_well(text):
            with watch("pages"):
                turned = turned_upright(stored)
            if turned is not stored:
                text = self._read(deskewed(turned), watch)
        return text

    def _read(self, page: PageImage, watch: StageTimes) -> PageText:
        with watch("pages"):
            rules = find_rules(page)
            clean = without_rules(page, rules)
        with watch("ocr"):
            lines = self._engine.read(clean, rules)
            figures = find_figures(clean, rules, lines)
        return PageText(
            number=page.number,
            width=page.width,
            height=page.height,
            turned=page.turned,
            skew=page.skew,
            lines=lines,
            rules=tuple(rules),
            figures=figures,
        )

    def producer(self, engine: str | None = None) -> Producer:
        """What this converter writes into the records it makes."""
        return Producer(
            program=PROGRAM,
            version=VERSION,
            engine=engine or self._engine.name,
            settings=self.settings.fingerprint,
        )

    def understand(self, lines: DocumentText, watch: StageTimes | None = None) -> Conversion:
        """The record of pages already read."""
        watch = watch or StageTimes()
        with watch("layout"):
            layout = arrange(lines)
        with watch("parse"):
            parsed = parse(layout, Source(file=lines.file, sha256=lines.sha256, pages=lines.pages_in_file))
            readings = {capture.path: Reading(capture.letters, capture.doubts) for capture in parsed.captures}
        with watch("correct"):
            corrected, findings = (
                correct(parsed.record, self._known, readings) if self.settings.correct else (parsed.record, Findings())
            )
        with watch("check"):
            checked = check(corrected, lines, layout, readings, findings, parsed.reasons)
        record = checked.model_copy(update={"producer": self.producer(lines.engine)})
        text = "".join(page_text(page) + "\f" for page in lines.pages)
        return Conversion(record, text, lines, parsed.captures, watch.seconds)


def unread_page(number: int, error: MinutesError) -> PageText:
    """What stands for a page that cannot be read."""
    return PageText(number=number, width=0, height=0, state="failed", message=str(error))


def _reads_well(page: PageText) -> bool:
    """Are there enough characters, and are they sure enough, for a page that stands upright?"""
    sure = [confidence for line in page.lines for cell in line.cells for confidence in cell.chars]
    return len(sure) >= ENOUGH_CHARACTERS and statistics.fmean(sure) >= WELL_READ


class StageTimes:
    """Wall time by stage; stages do not nest, the innermost counts."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._stack: list[tuple[str, float]] = []

    def __call__(self, stage: str) -> StageTimes:
        self._stack.append((stage, 0.0))
        return self

    def __enter__(self) -> StageTimes:
        stage, _ = self._stack[-1]
        self._stack[-1] = (stage, time.perf_counter())
        return self

    def __exit__(self, *_: object) -> None:
        stage, start = self._stack.pop()
        spent = time.perf_counter() - start
        self.seconds[stage] = self.seconds.get(stage, 0.0) + spent
        if self._stack:
            outer, begun = self._stack[-1]
            self._stack[-1] = (outer, begun + spent)


def convert(path: Path | str, settings: Settings | None = None, page_done: PageDone | None = None) -> Conversion:
    """Convert one file of scanned minutes.

    Args:
        path: a PDF, TIFF, JPEG or PNG.
        settings: all settings; by default from the environment and `minutes.toml`.
        page_done: called at the start and after every page with (pages done, pages in all).

    Raises:
        InputError: the file cannot be read (EncryptedError, LimitError among them).
        MissingDependencyError: Tesseract, its language data or poppler is missing.
        UsageError: a setting or the names list is wrong.
    """
    given = with_names_beside(settings or load_settings(), [Path(path)])
    return Converter(given).convert(Path(path), page_done)
