"""What has to be done, and why: each document against the ledger."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from pipeline.batch.jobs import Job
from pipeline.batch.ledger import Ended, Entry, Ledger
from pipeline.batch.places import is_url, stamp_of
from pipeline.batch.results import DocumentResult, result_of
from pipeline.batch.work import outputs_stamp, stamp
from schemas import Producer, load_record

FRESH_NS = 2_000_000_000  # a file changed less long ago can change again without showing it in its times

_AGAIN = {"failed": "failed before", "partial": "partial before", "reading": "interrupted"}


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done with one document.

    Attributes:
        reason: why it is converted, or why not.
        result: of an earlier run, where nothing is to be done.
        stamp: of the input, for the ledger; empty where it proves nothing.
        size: of the input in bytes, 0 where it is not known.
    """

    job: Job
    reason: str
    result: DocumentResult | None
    stamp: str
    size: int

    @property
    def convert(self) -> bool:
        """Is it to be converted?"""
        return self.result is None


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps of a run, in the order of its documents.

    `seconds` is an estimate of the workers' time from what this folder took so far; None where it took nothing.
    """

    steps: tuple[Step, ...]
    seconds: float | None

    @property
    def reasons(self) -> Counter[str]:
        """Documents by reason."""
        return Counter(step.reason for step in self.steps)


class Planner:
    """Decides what has to be done in an output folder.

    Args:
        ledger: of the folder, or None where there is none.
        out: the folder or URL.
        producer: what would make the records.
        force: everything is to be done.
        retry_failed: only what failed or is partial.
        lines: `NAME.lines.json` is wanted.
    """

    def __init__(
        self, ledger: Ledger | None, out: str, producer: Producer, *, force: bool, retry_failed: bool, lines: bool
    ) -> None:
        self._ledger = ledger
        self._out = out
        self._producer = producer
        self.maker = maker_of(producer)
        self._force = force
        self._retry_failed = retry_failed
        self._lines = lines

    def plan(self, jobs: Iterable[Job], *, writing: bool = False) -> Plan:
        """The plan for `jobs`; `writing`: what is learned of finished documents goes into the ledger."""
        steps = tuple(self._steps(jobs, writing))
        return Plan(steps, self._estimate(steps))

    def _steps(self, jobs: Iterable[Job], writing: bool) -> Iterator[Step]:
        for job in jobs:
            entry = self._ledger.entry(job.name) if self._ledger else None
            if self._retry_failed and (entry is None or entry.state not in ("failed", "partial")):
                continue
            print_, size = _stamped(job)
            reason, result = self._decide(job, entry, print_)
            if result and entry and writing and self._ledger:
                outputs = outputs_stamp(self._out, job, self._lines)
                if not self._lines and (print_, outputs) != (entry.stamp, entry.outputs):
                    self._ledger.touch(job.name, print_, outputs)
            if result and entry is None and writing and self._ledger:
                self._adopt(job, result, print_, size)
            yield Step(job, reason, result, print_, size)

    def _decide(self, job: Job, entry: Entry | None, print_: str) -> tuple[str, DocumentResult | None]:
        if self._force:
            return "forced", None
        if entry is None:
            found = self._record_there(job)
            return ("up to date", found) if found else ("new", None)
        if entry.state in _AGAIN:
            return _AGAIN[entry.state], None
        if entry.maker != self.maker:
            return "made by another program, model or settings", None
        if (not print_ or print_ != entry.stamp) and _sha256(job) != entry.sha256:
            return "changed", None
        if is_url(self._out):
            return "up to date", DocumentResult.model_validate_json(entry.result)
        outputs = outputs_stamp(self._out, job, self._lines)
        if not outputs:
            return "a file of its output is missing", None
        # Someone may have corrected a record by hand: it counts as long as it is one.
        if outputs != entry.outputs and not self._record_there(job, entry.sha256):
            return "its record is damaged", None
        return "up to date", DocumentResult.model_validate_json(entry.result)

    def _record_there(self, job: Job, sha256: str | None = None) -> DocumentResult | None:
        """A whole record of the same bytes by the same maker, as far as its files tell."""
        path = Path(self._out, f"{job.name}.json")
        if is_url(self._out) or job.url or not outputs_stamp(self._out, job, self._lines):
            return None
        try:
            record = load_record(path.read_bytes())
        except (OSError, ValidationError):
            return None
        same = record.producer == self._producer and record.status != "partial"
        if not same or record.source.sha256 != (sha256 or _sha256(job)):
            return None
        return result_of(job, record, {})

    def _adopt(self, job: Job, result: DocumentResult, print_: str, size: int) -> None:
        outputs = outputs_stamp(self._out, job, lines=False)
        sha256 = _sha256(job)
        entry = Entry(sha256, self.maker, print_, outputs, result.state, result.pages, result=result.model_dump_json())
        ended = Ended(entry, seconds=0.0, size=size, doubts=result.doubts, failure=None)
        if self._ledger:
            self._ledger.end(job.name, job.shown, ended)

    def _estimate(self, steps: Sequence[Step]) -> float | None:
        if self._ledger is None:
            return None
        ((seconds, size),) = self._ledger.query("SELECT SUM(seconds), SUM(bytes) FROM documents WHERE seconds > 0")
        if not isinstance(seconds, float) or not isinstance(size, int) or not size:
            return None
        return seconds / size * sum(step.size for step in steps if step.convert)


def maker_of(producer: Producer) -> str:
    """A hash of program, version, engine, model and settings; the names list counts among the settings."""
    return hashlib.sha256(producer.model_dump_json().encode()).hexdigest()[:16]


def _stamped(job: Job) -> tuple[str, int]:
    if job.url:
        return stamp_of(job.url), 0
    told = stamp(job.path)
    if not told:
        return "", 0
    size, changed, moved, _ = map(int, told.split())
    fresh = time.time_ns() - max(changed, moved) < FRESH_NS
    return ("" if fresh else told), size


def _sha256(job: Job) -> str:
    """The hash of a local file; empty where it cannot be read, and for URLs."""
    try:
        with job.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() if job.path.is_file() and not job.url else ""
    except (OSError, ValueError):
        return ""
