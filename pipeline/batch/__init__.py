"""Many documents: which files, what is already done, what became of each. The one place that knows more than one."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.batch.failures import FILE as FAILURES
from pipeline.batch.failures import Failure, Sort
from pipeline.batch.jobs import SUFFIXES, Job, find_jobs
from pipeline.batch.ledger import Ledger
from pipeline.batch.places import is_url
from pipeline.batch.plan import Plan, Planner, Step
from pipeline.batch.pool import Pool
from pipeline.batch.results import DocumentResult, RunSummary, State, Watcher
from pipeline.batch.run import Backend, Run
from pipeline.batch.status import Status, status_of
from pipeline.batch.watch import watch_folder
from pipeline.batch.work import MakeReader, Setup
from pipeline.convert import Converter
from pipeline.errors import UsageError
from pipeline.settings import Settings

__all__ = [
    "FAILURES",
    "SUFFIXES",
    "DocumentResult",
    "Failure",
    "Job",
    "Plan",
    "RunSummary",
    "Sort",
    "State",
    "Status",
    "Step",
    "Watcher",
    "Where",
    "convert_documents",
    "cores",
    "find_jobs",
    "opened",
    "plan_documents",
    "status_of",
    "watch_folder",
]


@dataclass(frozen=True, slots=True)
class Where:
    """Where a run works and keeps its books.

    Attributes:
        workers: processes on this machine.
        scheduler: address of a Dask scheduler whose workers are used instead, as in `tcp://host:8786`.
        ledger: folder for the ledger; needed where the output is a URL, else it lies in the output folder.
    """

    workers: int = 1
    scheduler: str | None = None
    ledger: Path | None = None


HERE = Where()


def cores() -> int:
    """Processor cores this process may use."""
    return len(os.sched_getaffinity(0))


def convert_documents(
    inputs: Sequence[Path | str],
    out: Path | str,
    settings: Settings,
    *,
    where: Where = HERE,
    force: bool = False,
    retry_failed: bool = False,
    lines: bool = False,
    keep: bool = False,
    watcher: Watcher | None = None,
    make_reader: MakeReader = Converter,
) -> RunSummary:
    """Convert files and folders into `out`; a document that fails does not stop the others.

    Documents are read in worker processes, page by page. What a killed run has read is not read again.

    Args:
        inputs: files, and folders that are searched through; as text also URLs fsspec knows.
        out: folder for the records, made when it is missing; as text also a URL.
        settings: for every document alike.
        where: worker processes here, or a cluster.
        force: convert also where an up-to-date record is already there.
        retry_failed: convert only what failed or is partial in an earlier run.
        lines: write `NAME.lines.json` too, the pages as read.
        keep: hand the conversions to the watcher.
        watcher: is told how it goes.
        make_reader: makes the stages of one document from the settings; importable by its name.

    Raises:
        MissingDependencyError: a program or model is missing; nothing can be converted.
        OutputError: `out` cannot be written, or another run is writing it.
        UsageError: the names list is wrong, or there is nothing to convert.
    """
    jobs = find_jobs(inputs)
    with opened(out, settings, where, lines=lines, keep=keep, watcher=watcher, make_reader=make_reader) as folder:
        return folder.convert(jobs, force=force, retry_failed=retry_failed)


def plan_documents(
    inputs: Sequence[Path | str],
    out: Path | str,
    settings: Settings,
    *,
    where: Where = HERE,
    force: bool = False,
    retry_failed: bool = False,
    lines: bool = False,
    make_reader: MakeReader = Converter,
) -> Plan:
    """What `convert_documents` would do, and why. Writes nothing.

    Raises:
        MissingDependencyError, UsageError: as `convert_documents`.
    """
    jobs = find_jobs(inputs)
    producer = make_reader(settings).producer()
    with Ledger.read_only(_books(out, where)) as ledger:
        return Planner(ledger, str(out), producer, force=force, retry_failed=retry_failed, lines=lines).plan(jobs)


@dataclass(frozen=True, slots=True)
class OutputFolder:
    """An output folder held for writing; made by `opened`."""

    ledger: Ledger
    out: str
    setup: Setup
    where: Where
    lines: bool
    keep: bool
    watcher: Watcher | None

    def convert(self, jobs: Sequence[Job], *, force: bool = False, retry_failed: bool = False) -> RunSummary:
        """Convert `jobs`; as `convert_documents`."""
        planner = Planner(
            self.ledger, self.out, self.setup.producer, force=force, retry_failed=retry_failed, lines=self.lines
        )
        plan = planner.plan(jobs, writing=True)
        todo = sum(step.convert for step in plan.steps)
        if todo:
            self.ledger.begin_run(todo, self.where.workers, time.time())
        with closing(self._backend()) as backend:
            run = Run(
                *(self.ledger, backend, self.out, self.setup.settings, planner.maker),
                lines=self.lines,
                keep=self.keep,
                watcher=self.watcher,
            )
            summary = run.go(plan)
        if todo:
            self.ledger.end_run(time.time())
        return summary

    def _backend(self) -> Backend:
        if self.where.scheduler is None:
            return Pool(self.setup, self.where.workers)
        from pipeline.batch.cluster import Cluster

        return Cluster(self.setup, self.where.scheduler)


@contextmanager
def opened(
    out: Path | str,
    settings: Settings,
    where: Where = HERE,
    *,
    lines: bool = False,
    keep: bool = False,
    watcher: Watcher | None = None,
    make_reader: MakeReader = Converter,
) -> Iterator[OutputFolder]:
    """Hold an output folder against other runs; arguments and errors as `convert_documents`."""
    if settings.names:  # workers elsewhere stand in other folders
        settings = settings.model_copy(update={"names": settings.names.absolute()})
    setup = Setup(make_reader, settings, make_reader(settings).producer())
    with Ledger.opened(_books(out, where)) as ledger:
        yield OutputFolder(ledger, str(out), setup, where, lines, keep, watcher)


def _books(out: Path | str, where: Where) -> Path:
    if where.ledger:
        return where.ledger
    if is_url(str(out)):
        raise UsageError(f"{out} is no folder of this machine", "Say where the ledger is to lie with --ledger FOLDER")
    return Path(out)
