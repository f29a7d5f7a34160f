"""Worker processes that can be killed, each with limits of its own.

Standard `multiprocessing`, and nothing shared between workers: every worker has a pipe of its own, so
one that is killed at whatever moment costs its task and no more. (Pools that share a queue or a lock,
concurrent.futures and pebble 5.2 among them, stand still or break when a worker is killed holding it.)

A worker leads a process group, so that killing it also ends the poppler or Tesseract it waits for, and
it ends itself with that group when the run that started it is gone.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import ModuleType

from pipeline.batch.failures import LostError, TimeLimitError, failure_of
from pipeline.batch.serve import serve
from pipeline.batch.work import Outcome, Setup, Task
from pipeline.errors import MinutesError, MissingDependencyError

GRACE_S = 10.0  # beside twice the page's limit: the programs a page needs keep the limit themselves first
STARTS = 3  # failed starts in a row that end the run
START_S = 120.0  # for a worker to be ready

_MAIN = threading.Lock()
_CONTEXT = multiprocessing.get_context("forkserver")


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    ready: bool = False
    ticket: int | None = None
    task: Task | None = None
    limit: float = 0.0
    deadline: float = float("inf")
    retiring: bool = field(default=False)

    @property
    def idle(self) -> bool:
        return self.task is None and not self.retiring


class Pool:
    """Up to `count` worker processes on this machine; they are started as tasks come in.

    Args:
        setup: what each worker is told at its start.
        count: most processes.
    """

    def __init__(self, setup: Setup, count: int) -> None:
        self._setup = setup
        self._count = count
        self._workers: list[_Worker] = []
        self._failed_starts = 0
        # Workers hold the reading end: it ends when this process does, however it ends.
        self._their_life, self._our_life = _CONTEXT.Pipe(duplex=False)
        self._scratch = tempfile.mkdtemp(prefix="minutes-run-")
        _CONTEXT.set_forkserver_preload(["pipeline.batch.work"])

    @property
    def room(self) -> int:
        """How many tasks can be given now."""
        return self._count - sum(not worker.idle for worker in self._workers)

    def give(self, ticket: int, task: Task, limit: float) -> None:
        """Have a task done within `limit` seconds; there must be room.

        Raises:
            MissingDependencyError: no process can be started.
        """
        idle = [worker for worker in self._workers if worker.idle]
        worker = next((worker for worker in idle if worker.ready), idle[0] if idle else None) or self._start()
        worker.ticket, worker.task, worker.limit = ticket, task, limit
        if worker.ready:
            self._send(worker)

    def wait(self, timeout: float | None) -> list[tuple[int, Outcome]]:
        """What has ended, as (ticket, outcome); waits for the first, or `timeout` seconds.

        Where nothing is under way it waits no longer than until a worker that made room is gone.

        Raises:
            MissingDependencyError: workers cannot be started, or a program or model is missing in them.
        """
        ends = time.monotonic() + (float("inf") if timeout is None else timeout)
        while True:
            ended: list[tuple[int, Outcome]] = []
            soonest = min([ends, *(worker.deadline for worker in self._workers)])
            pause = None if soonest == float("inf") else max(soonest - time.monotonic(), 0)
            for pipe in wait([worker.pipe for worker in self._workers], pause):
                worker = next(worker for worker in self._workers if worker.pipe is pipe)
                ended += self._hear(worker)
            now = time.monotonic()
            for worker in [worker for worker in self._workers if worker.deadline <= now]:
                ended += self._overdue(worker)
            busy = any(worker.task is not None or worker.retiring for worker in self._workers)
            if ended or now >= ends or not busy:
                return ended

    def close(self) -> None:
        """Kill every worker and what it started."""
        for worker in self._workers:
            _kill(worker.process)
        for worker in self._workers:
            worker.process.join()
            worker.pipe.close()
        self._workers.clear()
        self._our_life.close()
        self._their_life.close()
        shutil.rmtree(self._scratch, ignore_errors=True)

    def _start(self) -> _Worker:
        ours, theirs = _CONTEXT.Pipe()
        process = _CONTEXT.Process(
            target=serve,
            args=(theirs, self._their_life, self._setup, dict(os.environ), self._scratch, logging.root.level),
            name="minutes-worker",
            daemon=True,
        )
        try:
            with _without_main():
                process.start()
        except (OSError, EOFError, AssertionError) as error:
            raise MissingDependencyError(f"a worker process cannot be started ({error})", "Lower -j") from error
        finally:
            theirs.close()
        worker = _Worker(process, ours, deadline=time.monotonic() + START_S)
        self._workers.append(worker)
        return worker

    def _send(self, worker: _Worker) -> None:
        worker.deadline = time.monotonic() + worker.limit
        with suppress(OSError):  # dead: its pipe's end tells
            worker.pipe.send(worker.task)

    def _hear(self, worker: _Worker) -> list[tuple[int, Outcome]]:
        try:
            told = worker.pipe.recv()
        except (EOFError, OSError):
            return self._lost(worker)
        if isinstance(told, MinutesError):
            raise told
        if told is None:
            worker.ready, worker.deadline, self._failed_starts = True, float("inf"), 0
            if worker.task is not None:
                self._send(worker)
            return []
        outcome, worker.retiring = told
        ticket, worker.ticket, worker.task, worker.deadline = worker.ticket, None, None, float("inf")
        return [(ticket, outcome)] if ticket is not None else []

    def _lost(self, worker: _Worker) -> list[tuple[int, Outcome]]:
        self._drop(worker)
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts >= STARTS:
                raise MissingDependencyError(
                    f"worker processes die as they start (exit code {worker.process.exitcode})",
                    "Raise max_memory_mb, or lower -j",
                )
        if worker.ticket is None or worker.task is None:
            return []
        code = worker.process.exitcode or 0
        reason = f"signal {-code}" if code < 0 else f"exit code {code}"
        error = LostError(
            f"{worker.task.job.shown}: the process that worked on it died ({reason})",
            "If it happens again: open it in a viewer and print it to a new PDF, or lower -j to leave it more memory",
        )
        return [(worker.ticket, Outcome(failure=failure_of(error, "")))]

    def _overdue(self, worker: _Worker) -> list[tuple[int, Outcome]]:
        if not worker.ready:
            return self._lost(worker)
        self._drop(worker)
        if worker.ticket is None or worker.task is None:
            return []
        limit = self._setup.settings.page_timeout
        error = TimeLimitError(
            f"{worker.task.job.shown}: reading took longer than {limit:g} s and was stopped", "Raise --page-timeout"
        )
        return [(worker.ticket, Outcome(failure=failure_of(error, ""), seconds={"stopped": worker.limit}))]

    def _drop(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        _kill(worker.process)
        worker.process.join()
        worker.pipe.close()


def _kill(process: BaseProcess) -> None:
    if process.pid is None:
        return
    # the group first: once its leader is gone it cannot be told from a stranger's
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    with suppress(ProcessLookupError):
        process.kill()


@contextmanager
def _without_main() -> Iterator[None]:
    """A worker shall not run the caller's script, which `multiprocessing` would have it import."""
    with _MAIN:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main
