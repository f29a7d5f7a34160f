"""A run: documents through workers page by page, the ledger kept, failures sorted, results handed on."""

from __future__ import annotations

import heapq
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from pipeline.batch.failures import Failure, FailureLog, TimeLimitError, error_of, failure_of
from pipeline.batch.ledger import Ended, Entry, Ledger
from pipeline.batch.plan import Plan, Step
from pipeline.batch.pool import GRACE_S
from pipeline.batch.results import DocumentResult, RunSummary, Watcher
from pipeline.batch.work import Finished, FinishTask, OpenTask, Outcome, PageTask, Task, outputs_stamp, packed
from pipeline.convert import unread_page
from pipeline.errors import MinutesError
from pipeline.pages import Source
from pipeline.settings import Settings

FINISH_S = 0.5  # seconds more to make the record in, for each page


class Backend(Protocol):
    """Where tasks are done."""

    @property
    def room(self) -> int:
        """How many tasks can be given now."""

    def give(self, ticket: int, task: Task, limit: float) -> None:
        """Have a task done within `limit` seconds."""

    def wait(self, timeout: float | None) -> list[tuple[int, Outcome]]:
        """What has ended; waits for the first, for room where nothing is under way, or `timeout` seconds."""

    def close(self) -> None:
        """Stop what is under way."""


@dataclass(slots=True)
class _Document:
    """A document under way."""

    step: Step
    source: Source | None = None
    waiting: deque[int] = field(default_factory=deque)
    total: int = 0
    out: int = 0  # tasks made and not ended, those to be tried again among them
    finishing: bool = False
    stages: dict[str, float] = field(default_factory=dict)
    failed: dict[int, Failure] = field(default_factory=dict)

    @property
    def done(self) -> int:
        return self.total - len(self.waiting) - self.out

    def spend(self, seconds: dict[str, float]) -> None:
        for stage, value in seconds.items():
            self.stages[stage] = self.stages.get(stage, 0.0) + value


@dataclass(frozen=True, slots=True)
class _Given:
    document: _Document
    task: Task
    attempt: int


class Run:
    """One run over a plan.

    Args:
        ledger: of the output folder, held by this run.
        backend: where the work is done.
        out: the output folder or URL.
        settings: for every document alike.
        maker: hash of what makes the records.
        lines: write `NAME.lines.json` too.
        keep: hand conversions to the watcher.
        watcher: is told how it goes.
    """

    def __init__(
        self,
        ledger: Ledger,
        backend: Backend,
        out: str,
        settings: Settings,
        maker: str,
        *,
        lines: bool,
        keep: bool,
        watcher: Watcher | None,
    ) -> None:
        self._ledger, self._backend, self._out, self._settings = ledger, backend, out, settings
        self._maker, self._lines, self._keep, self._watcher = maker, lines, keep, watcher
        self._log = FailureLog(ledger.folder)
        self._given: dict[int, _Given] = {}
        self._ready: deque[_Given] = deque()  # tasks that come before all others
        self._later: list[tuple[float, int, _Given]] = []  # (when, order, task to try again)
        self._active: list[_Document] = []
        self._ticket = 0
        self._results: dict[int, DocumentResult] = {}

    def go(self, plan: Plan) -> RunSummary:
        """Do every step of the plan.

        Raises:
            MissingDependencyError: a program or model is missing.
            OutputError: the output folder cannot be written.
        """
        if self._watcher:
            self._watcher.start(len(plan.steps))
        steps = iter(plan.steps)
        while self._fill(steps):
            for ticket, outcome in self._backend.wait(self._pause()):
                self._handle(self._given.pop(ticket), outcome)
        return RunSummary(documents=[self._results[id(step)] for step in plan.steps])

    def _fill(self, steps: Iterator[Step]) -> bool:
        """Give tasks as long as there is room; false when nothing is left to wait for."""
        while self._backend.room > 0:
            given = self._next(steps)
            if given is None:
                return bool(self._given or self._later)
            self._ticket += 1
            self._given[self._ticket] = given
            self._backend.give(self._ticket, given.task, self._limit(given.task))
        return True  # every worker is at work, or makes room for a fresh one

    def _next(self, steps: Iterator[Step]) -> _Given | None:
        """What is nearest to an end comes first: so few documents are open at a time."""
        while self._later and self._later[0][0] <= time.monotonic():
            self._ready.append(heapq.heappop(self._later)[2])
        if self._ready:
            return self._ready.popleft()
        for document in self._active:
            if document.waiting and document.source:
                number = document.waiting.popleft()
                document.out += 1
                return _Given(document, PageTask(document.step.job, document.source, number), 1)
        for step in steps:
            if self._watcher:
                self._watcher.begin(step.job)
            if step.result:
                self._end(step, step.result.model_copy(update={"skipped": True}))
                continue
            document = _Document(step, out=1)
            self._active.append(document)
            return _Given(document, OpenTask(step.job), 1)
        return None

    def _pause(self) -> float | None:
        return max(self._later[0][0] - time.monotonic(), 0.0) if self._later else None

    def _limit(self, task: Task) -> float:
        limit = 2 * self._settings.page_timeout + GRACE_S
        return limit + FINISH_S * len(task.pages) if isinstance(task, FinishTask) else limit

    def _handle(self, given: _Given, outcome: Outcome) -> None:
        document, failure = given.document, outcome.failure
        document.spend(outcome.seconds)
        if failure and failure.sort == "environment":
            raise error_of(failure)
        if failure and failure.sort == "transient" and given.attempt <= self._settings.retries:
            pause = self._settings.retry_pause * 2 ** (given.attempt - 1)
            again = _Given(document, given.task, given.attempt + 1)
            self._ticket += 1
            heapq.heappush(self._later, (time.monotonic() + pause, self._ticket, again))
            return
        document.out -= 1
        match given.task:
            case OpenTask():
                self._opened(document, outcome)
            case PageTask(number=number):
                self._page_read(document, number, outcome)
            case FinishTask():
                self._finished(document, outcome)

    def _opened(self, document: _Document, outcome: Outcome) -> None:
        job = document.step.job
        if not isinstance(outcome.value, Source):
            self._fail(document, outcome.failure)
            return
        source = document.source = outcome.value
        self._ledger.begin(job.name, job.shown, source.sha256, self._maker, source.page_count)
        numbers = self._settings.page_numbers(source.page_count)
        there = set() if document.step.reason == "forced" else self._ledger.page_numbers(job.name)
        document.total = len(numbers)
        document.waiting.extend(number for number in numbers if number not in there)
        self._progress(document)

    def _page_read(self, document: _Document, number: int, outcome: Outcome) -> None:
        job = document.step.job
        if isinstance(outcome.value, bytes):
            self._ledger.keep_page(job.name, number, outcome.value)
        elif outcome.failure:
            document.failed[number] = outcome.failure
            self._log.write(job.shown, outcome.failure, number)
        if document.waiting and sum(document.stages.values()) > self._settings.document_timeout:
            self._stop(document)
        self._progress(document)

    def _stop(self, document: _Document) -> None:
        """Its time is used up: the pages not begun stay unread."""
        limit = self._settings.document_timeout
        error = TimeLimitError(f"the document took longer than {limit:g} s", "Raise document_timeout in minutes.toml")
        for number in document.waiting:
            document.failed[number] = failure_of(error, "")
        self._log.write(document.step.job.shown, failure_of(error, ""), document.waiting[0])
        document.waiting.clear()

    def _progress(self, document: _Document) -> None:
        job = document.step.job
        if self._watcher:
            self._watcher.pages(job, document.done, document.total)
        if document.waiting or document.out or document.finishing or document.source is None:
            return
        document.finishing = True
        pages = self._ledger.pages(job.name)
        for number, failure in document.failed.items():
            pages[number] = packed(unread_page(number, MinutesError(failure.message, failure.hint)))
        document.out += 1
        task = FinishTask(
            *(job, document.source, self._out, [pages[number] for number in sorted(pages)]),
            *(self._lines, self._keep, document.stages),
        )
        self._ready.append(_Given(document, task, 1))

    def _finished(self, document: _Document, outcome: Outcome) -> None:
        if not isinstance(outcome.value, Finished):
            self._fail(document, outcome.failure)
            return
        result = outcome.value.result.model_copy(update={"file": document.step.job.shown})
        self._record(document, result)
        self._active.remove(document)
        self._end(document.step, result, outcome.value)

    def _fail(self, document: _Document, failure: Failure | None) -> None:
        failure = failure or failure_of(MinutesError("no answer"), document.step.job.shown)
        result = DocumentResult(file=document.step.job.shown, state="failed", failure=failure)
        self._log.write(document.step.job.shown, failure)
        self._record(document, result)
        self._active.remove(document)
        self._end(document.step, result)

    def _record(self, document: _Document, result: DocumentResult) -> None:
        step, source, failure = document.step, document.source, result.failure
        outputs = "" if failure else outputs_stamp(self._out, step.job, lines=False)
        first = failure or next(iter(document.failed.values()), None)
        entry = Entry(
            sha256=source.sha256 if source else "",
            maker=self._maker,
            stamp=step.stamp,
            outputs=outputs,
            state=result.state,
            pages=result.pages,
            result=result.model_dump_json(),
        )
        seconds = sum(document.stages.values())
        ended = Ended(entry, seconds=seconds, size=step.size, doubts=result.doubts, failure=first)
        self._ledger.end(step.job.name, step.job.shown, ended)

    def _end(self, step: Step, result: DocumentResult, finished: Finished | None = None) -> None:
        self._results[id(step)] = result
        if self._watcher:
            self._watcher.end(step.job, result, finished.conversion if finished else None)
