"""A folder that is watched: what arrives in it is converted."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import watchfiles

from pipeline.batch.jobs import SUFFIXES, Job, find_jobs
from pipeline.batch.results import RunSummary
from pipeline.batch.work import stamp
from pipeline.errors import UsageError

Convert = Callable[[list[Job]], RunSummary]


def watch_folder(folder: Path, convert: Convert, settle: float) -> None:
    """Convert what lies in `folder` and what arrives there, until interrupted.

    A file is taken when it has not changed for `settle` seconds: scanners and copies write slowly. One
    that fails is tried again when it changes.

    Args:
        folder: searched through with its folders.
        convert: converts documents, those done before left out.
        settle: seconds.

    Raises:
        UsageError: there is no such folder.
        KeyboardInterrupt: it was stopped.
    """
    if not folder.is_dir():
        raise UsageError(f"{folder} is not a folder", "Name the folder that documents arrive in")
    settling = _Settling(settle)
    changes = watchfiles.watch(
        folder,
        watch_filter=lambda _, path: Path(path).suffix.lower() in SUFFIXES,
        yield_on_timeout=True,
        rust_timeout=max(int(settle * 1000), 100),
        raise_interrupt=True,
    )
    # Looked at only once the watch is on: what comes while documents are converted is told afterwards.
    for changed in changes:
        if changed or settling.pending:
            settling.take(_jobs(folder), convert)


class _Settling:
    """Which documents have come to rest, and which were taken already."""

    def __init__(self, settle: float) -> None:
        self._settle = settle
        self._seen: dict[str, tuple[str, float]] = {}  # name → (stamp, since when), monotonic seconds
        self._taken: dict[str, str] = {}
        self.pending = True  # what lies there at the start

    def take(self, jobs: list[Job], convert: Convert) -> None:
        """Convert the documents that are still and not taken yet."""
        now, still = time.monotonic(), []
        self.pending = False
        for job in jobs:
            mark = stamp(job.path)
            if not mark or self._taken.get(job.name) == mark:
                continue
            known, since = self._seen.get(job.name, ("", now))
            if known != mark:
                since = now - min(_age(mark), self._settle)
            self._seen[job.name] = (mark, since)
            if now - since >= self._settle:
                still.append(job)
                self._taken[job.name] = mark
                del self._seen[job.name]
            else:
                self.pending = True
        if still:
            convert(still)


def _age(mark: str) -> float:
    """Seconds since the last change a stamp tells."""
    _, written, moved, _ = map(int, mark.split())
    return max((time.time_ns() - max(written, moved)) / 1e9, 0.0)


def _jobs(folder: Path) -> list[Job]:
    try:
        return find_jobs([folder])
    except UsageError:  # nothing there yet
        return []
