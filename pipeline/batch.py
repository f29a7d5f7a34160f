"""Many documents: which files, where their records go, what became of each. The one place that knows more than one."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from pydantic import BaseModel, Field, ValidationError

from pipeline.convert import Conversion, Converter
from pipeline.errors import ExitCode, MinutesError, MissingDependencyError, OutputError, UsageError
from pipeline.export import write_atomically
from pipeline.settings import Settings
from schemas import AgendaItem, Record, load_record

LOG = logging.getLogger(__name__)

SUFFIXES = frozenset({".pdf", ".tif", ".tiff", ".jpg", ".jpeg", ".png"})

State = Literal["ok", "review", "partial", "failed"]


@dataclass(frozen=True, slots=True)
class Job:
    """One document to convert: its file, and its output's folder and name below the output folder."""

    path: Path
    folder: Path
    stem: str

    @property
    def name(self) -> str:
        """The output's name without its ending, as in `2560/council-3`."""
        return (self.folder / self.stem).as_posix()


class Failure(BaseModel):
    """Why a document has no record."""

    kind: str
    message: str
    hint: str = ""
    code: int


class DocumentResult(BaseModel):
    """What became of one document."""

    file: str = Field(description="the input, as it was named")
    output: str | None = Field(default=None, description="the record, relative to the output folder")
    state: State
    skipped: bool = Field(default=False, description="an up-to-date record was already there")
    document_type: str | None = None
    meeting: str | None = None
    date: str | None = None
    pages: int = 0
    people: int = 0
    agenda_items: int = 0
    doubts: int = Field(default=0, description="issues that are warnings or errors")
    seconds: float = 0.0
    stages: dict[str, float] = Field(default_factory=dict, description="seconds by stage")
    failure: Failure | None = None


class RunSummary(BaseModel):
    """What became of a run."""

    documents: list[DocumentResult] = Field(default_factory=list)

    @property
    def counts(self) -> Counter[str]:
        """Documents by state."""
        return Counter(document.state for document in self.documents)

    @property
    def exit_code(self) -> ExitCode:
        """0 when every document has a record, 1 when some have, else what kept the documents from one."""
        failures = [document.failure for document in self.documents if document.failure]
        if not failures:
            return ExitCode.OK
        if len(failures) < len(self.documents):
            return ExitCode.SOME_FAILED
        codes = {failure.code for failure in failures}
        return ExitCode(codes.pop()) if len(codes) == 1 else ExitCode.BAD_INPUT

    def to_json(self) -> str:
        """The summary as JSON."""
        data = {"counts": dict(sorted(self.counts.items())), **self.model_dump(mode="json")}
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


class Watcher(Protocol):
    """Is told how a run goes."""

    def start(self, documents: int) -> None:
        """So many documents are to be done."""

    def begin(self, job: Job) -> None:
        """A document is taken up."""

    def pages(self, done: int, total: int) -> None:
        """So many of its pages are done."""

    def end(self, job: Job, result: DocumentResult, conversion: Conversion | None) -> None:
        """It is finished; `conversion` is None when it failed or was skipped."""


def find_jobs(inputs: Sequence[Path]) -> list[Job]:
    """The documents that `inputs` name, folders searched through, in a stable order.

    A document of a folder keeps its path below that folder; two that would be written to one place
    keep their path below what all inputs have in common, and two that differ only in their ending
    keep it (`a.tif.json`). Links that lead to other files are followed, links to folders are not.

    Raises:
        UsageError: there is nothing to convert in a folder.
    """
    found: dict[Path, tuple[Path, Path]] = {}  # absolute path → (file, its output below the output folder)
    for given in inputs:
        if given.is_dir():
            files = list(_files(given))
            if not files:
                endings = ", ".join(sorted(SUFFIXES))
                raise UsageError(f"{given}: no document in this folder ({endings})", "Name the file itself")
            for file in files:
                found.setdefault(_absolute(file), (file, file.relative_to(given)))
        else:
            found.setdefault(_absolute(given), (given, Path(given.name)))
    places = _apart([(full, place) for full, (_, place) in found.items()])
    return [Job(file, place.parent, place.name) for (file, _), place in zip(found.values(), places, strict=True)]


def _absolute(path: Path) -> Path:
    return Path(os.path.normpath(path.absolute()))


def _apart(files: list[tuple[Path, Path]]) -> list[Path]:
    """Output names without ending, no two alike: longer names only where shorter ones meet."""
    if not files:
        return []
    common = Path(os.path.commonpath([full.parent for full, _ in files]))
    ladders = [
        [place.with_suffix(""), full.relative_to(common).with_suffix(""), full.relative_to(common)]
        for full, place in files
    ]
    rungs = [0] * len(files)
    while True:
        names = [ladder[rung] for ladder, rung in zip(ladders, rungs, strict=True)]
        met = {name for name, count in Counter(names).items() if count > 1}
        higher = [min(rung + (name in met), 2) for rung, name in zip(rungs, names, strict=True)]
        if higher == rungs:
            return names
        rungs = higher


def _files(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if Path(name).suffix.lower() in SUFFIXES and not name.startswith("."):
                yield Path(root) / name


def convert_documents(
    inputs: Sequence[Path],
    out: Path,
    settings: Settings,
    *,
    force: bool = False,
    lines: bool = False,
    watcher: Watcher | None = None,
) -> RunSummary:
    """Convert files and folders into `out`; a document that fails does not stop the others.

    Args:
        inputs: files, and folders that are searched through.
        out: folder for the records; made when it is missing.
        settings: for every document alike.
        force: convert also where an up-to-date record is already there.
        lines: write `NAME.lines.json` too, the pages as read.
        watcher: is told how it goes.

    Raises:
        MissingDependencyError: a program or model is missing; nothing can be converted.
        OutputError: `out` cannot be written.
        UsageError: the names list is wrong, or there is nothing to convert.
    """
    jobs = find_jobs(inputs)
    _require_writable(out)
    converter = Converter(settings)
    summary = RunSummary()
    if watcher:
        watcher.start(len(jobs))
    for job in jobs:
        if watcher:
            watcher.begin(job)
        result, conversion = _convert_one(job, out, converter, force, lines, watcher.pages if watcher else None)
        summary.documents.append(result)
        if watcher:
            watcher.end(job, result, conversion)
    return summary


def _convert_one(
    job: Job, out: Path, converter: Converter, force: bool, lines: bool, page_done: Callable[[int, int], None] | None
) -> tuple[DocumentResult, Conversion | None]:
    started = time.perf_counter()
    if not force and (record := _up_to_date(job, out, converter)):
        return _result(job, record, time.perf_counter() - started, {}).model_copy(update={"skipped": True}), None
    try:
        conversion = converter.convert(job.path, page_done)
    except (MissingDependencyError, OutputError):
        raise
    except MinutesError as error:
        return _failed(job, error), None
    except Exception as error:
        # One document must not take the others with it, whatever it made us trip over.
        LOG.debug("%s", job.path, exc_info=True)
        mistake = MinutesError(f"{job.path.name}: {type(error).__name__}: {error}", "Type it again with --debug")
        return _failed(job, mistake), None
    conversion.write(out / job.folder, job.stem)
    if lines:
        write_atomically(out / job.folder / f"{job.stem}.lines.json", conversion.lines.model_dump_json(indent=1) + "\n")
    seconds = time.perf_counter() - started
    return _result(job, conversion.record, seconds, conversion.seconds), conversion


def _failed(job: Job, error: MinutesError) -> DocumentResult:
    failure = Failure(kind=error.kind, message=error.what, hint=error.hint, code=int(error.code))
    return DocumentResult(file=str(job.path), state="failed", failure=failure)


def _up_to_date(job: Job, out: Path, converter: Converter) -> Record | None:
    """The record already there, when it was made from the same bytes by the same program and settings."""
    try:
        record = load_record((out / job.folder / f"{job.stem}.json").read_bytes())
        same_program = record.producer == converter.producer()
        if same_program and record.status != "partial" and record.source.sha256 == _sha256(job.path):
            return record
    except (OSError, ValidationError):
        pass
    return None


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _result(job: Job, record: Record, seconds: float, stages: dict[str, float]) -> DocumentResult:
    meeting, date = record.header.meeting, record.header.date
    number = f"{meeting.number}/{meeting.year}" if meeting and meeting.number and meeting.year else None
    return DocumentResult(
        file=str(job.path),
        output=f"{job.name}.json",
        state=record.status,
        document_type=record.document_type,
        meeting=number,
        date=date.iso if date else None,
        pages=record.source.pages,
        people=sum(len(roll.people) for roll in record.attendance),
        agenda_items=_count(record.agenda),
        doubts=sum(issue.severity != "info" for issue in record.issues),
        seconds=round(seconds, 2),
        stages={stage: round(value, 3) for stage, value in stages.items()},
    )


def _count(items: list[AgendaItem]) -> int:
    return sum(1 + _count(item.items) for item in items)


def _require_writable(out: Path) -> None:
    probe = out / ".minutes-write-test"
    try:
        out.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"{out}: the output folder cannot be written ({reason})", "Choose another with -o") from error
