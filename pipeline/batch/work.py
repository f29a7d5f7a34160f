"""What a worker does: open a document, read one page, make the record of the pages and write it.

This is the part that touches untrusted bytes. It runs in a process of its own (`pool`), here or on
another machine (`cluster`); everything that goes in and comes out can be pickled.
"""

from __future__ import annotations

import os
import tempfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from pipeline.batch.failures import Failure, failure_of
from pipeline.batch.jobs import Job
from pipeline.batch.ledger import staging
from pipeline.batch.places import fetch, is_url, write_text
from pipeline.batch.results import DocumentResult, result_of
from pipeline.convert import Conversion, StageTimes
from pipeline.errors import MissingDependencyError
from pipeline.ocr import DocumentText, PageText
from pipeline.pages import Source
from pipeline.settings import Settings
from schemas import Producer, dump_record


class Reader(Protocol):
    """The stages of one document, as `pipeline.convert.Converter` has them."""

    def open(self, path: Path, watch: StageTimes | None = None) -> Source: ...

    def read_page(self, source: Source, number: int, watch: StageTimes | None = None) -> PageText: ...

    def document(self, source: Source, pages: list[PageText]) -> DocumentText: ...

    def understand(self, lines: DocumentText, watch: StageTimes | None = None) -> Conversion: ...

    def producer(self) -> Producer: ...


MakeReader = Callable[[Settings], Reader]


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker must know before its first task.

    Attributes:
        make_reader: makes the reader from the settings; importable by its name.
        settings: for every document alike.
        producer: what the run's own reader says it is: a worker that differs must not work.
    """

    make_reader: MakeReader
    settings: Settings
    producer: Producer


@dataclass(frozen=True, slots=True)
class OpenTask:
    """Open the document and count its pages; the answer is a `Source`."""

    job: Job


@dataclass(frozen=True, slots=True)
class PageTask:
    """Read one page, from 1; the answer is its `PageText` packed by `packed`."""

    job: Job
    source: Source
    number: int


@dataclass(frozen=True, slots=True)
class FinishTask:
    """Make the record of all pages and write the files; the answer is `Finished`.

    Attributes:
        out: the output folder or URL.
        pages: the packed pages, in order.
        lines: write `NAME.lines.json` too.
        keep: send the conversion back.
        stages: seconds spent on the document so far.
    """

    job: Job
    source: Source
    out: str
    pages: list[bytes]
    lines: bool
    keep: bool
    stages: dict[str, float]


Task = OpenTask | PageTask | FinishTask


@dataclass(frozen=True, slots=True)
class Finished:
    """A document whose files are written."""

    result: DocumentResult
    conversion: Conversion | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a task: a value or a failure, and the seconds by stage it took."""

    value: Source | bytes | Finished | None = None
    failure: Failure | None = None
    seconds: dict[str, float] = field(default_factory=dict)


def outputs_of(job: Job, lines: bool) -> list[str]:
    """Names of a document's files below the output folder; the record comes last, so that where it stands all stand."""
    endings = (".txt", ".lines.json", ".json") if lines else (".txt", ".json")
    return [job.name + ending for ending in endings]


def packed(page: PageText) -> bytes:
    """A page as it is kept in the ledger."""
    return zlib.compress(page.model_dump_json().encode(), 1)


def unpacked(data: bytes) -> PageText:
    """The page of `packed`."""
    return PageText.model_validate_json(zlib.decompress(data))


class Hand:
    """Does tasks, one at a time.

    Raises:
        MissingDependencyError: a program or model is missing here, or differs from the run's.
    """

    def __init__(self, setup: Setup) -> None:
        self._reader = setup.make_reader(setup.settings)
        if self._reader.producer() != setup.producer:
            raise MissingDependencyError(
                f"this worker would make other records ({self._reader.producer()}) than the run ({setup.producer})",
                "Install the same version, model and Tesseract everywhere, and give the names list the same content",
            )
        self._fetched: tuple[str, tempfile.TemporaryDirectory[str], Source] | None = None

    def do(self, task: Task) -> Outcome:
        """Do one task; raises nothing."""
        watch = StageTimes()
        what = task.job.shown
        try:
            match task:
                case OpenTask(job):
                    return Outcome(self._open(job, watch), seconds=watch.seconds)
                case PageTask(job, source, number):
                    what = f"{what}, page {number}"
                    source = self._open(job, watch) if job.url else source
                    return Outcome(packed(self._reader.read_page(source, number, watch)), seconds=watch.seconds)
                case FinishTask():
                    return Outcome(self._finish(task, watch))
        except Exception as error:
            # One document must not take the others with it, whatever it made us trip over.
            return Outcome(failure=failure_of(error, what), seconds=watch.seconds)

    def _open(self, job: Job, watch: StageTimes) -> Source:
        if job.url is None:
            return self._reader.open(job.path, watch)
        if self._fetched and self._fetched[0] == job.url:
            return self._fetched[2]
        if self._fetched:
            self._fetched[1].cleanup()
        folder = tempfile.TemporaryDirectory(prefix="minutes-fetched-")
        source = self._reader.open(fetch(job.url, Path(folder.name)), watch)
        self._fetched = (job.url, folder, source)
        return source

    def _finish(self, task: FinishTask, watch: StageTimes) -> Finished:
        watch.seconds.update(task.stages)
        lines = self._reader.document(task.source, [unpacked(page) for page in task.pages])
        conversion = self._reader.understand(lines, watch)
        texts = {".txt": conversion.text, ".json": dump_record(conversion.record)}
        if task.lines:
            texts[".lines.json"] = conversion.lines.model_dump_json(exclude_defaults=True) + "\n"
        for name in outputs_of(task.job, task.lines):
            write_text(task.out, name, texts[name.removeprefix(task.job.name)], staging(Path(task.out)))
        result = result_of(task.job, conversion.record, watch.seconds)
        return Finished(result, replace(conversion, seconds=watch.seconds) if task.keep else None)


def stamp(path: Path) -> str:
    """What changes when a local file changes: size, times and place on the disk; empty where it cannot be told."""
    try:
        told = path.stat()
    except (OSError, ValueError):
        return ""
    return f"{told.st_size} {told.st_mtime_ns} {told.st_ctime_ns} {told.st_ino}"


def outputs_stamp(out: str, job: Job, lines: bool) -> str:
    """What changes when one of a document's files is changed or removed; empty where one is missing."""
    if is_url(out):
        return ""
    stamps = []
    for name in outputs_of(job, lines):
        try:
            told = os.stat(os.path.join(out, name))  # noqa: PTH116, PTH118 — a hundred thousand of them count
        except OSError:
            return ""
        stamps.append(f"{told.st_size} {told.st_mtime_ns}")
    return ", ".join(stamps)
