"""The same work on many machines: tasks go to the workers of a Dask cluster.

A Dask worker does no reading itself: each of its threads keeps one killable worker process of `pool`,
so limits, time-outs and lost processes are the same as on one machine. When a Dask worker is lost,
Dask gives its tasks to another; a task done twice writes the same bytes.
"""

from __future__ import annotations

import atexit
import queue
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.batch.failures import LostError, failure_of
from pipeline.batch.places import is_url
from pipeline.batch.pool import Pool
from pipeline.batch.work import FinishTask, Outcome, Setup, Task
from pipeline.errors import MinutesError, MissingDependencyError

INSTALL = "Type: pip install 'thai-minutes[cluster]'"
CONNECT_S = 30
AHEAD = 2  # tasks a thread of a worker has before it or at work: none waits for the network

_mine = threading.local()


class Cluster:
    """The workers behind a Dask scheduler.

    Args:
        setup: what each worker process is told at its start.
        address: of the scheduler, as in `tcp://host:8786`.

    Raises:
        MissingDependencyError: dask.distributed is not installed, or the scheduler does not answer.
    """

    def __init__(self, setup: Setup, address: str) -> None:
        try:
            from distributed import Client
        except ImportError as error:
            raise MissingDependencyError("dask.distributed is not installed", INSTALL) from error
        try:
            self._client: Any = Client(address, timeout=CONNECT_S, set_as_default=False)
        except (OSError, ValueError) as error:
            raise MissingDependencyError(
                f"the scheduler {address} does not answer ({error})",
                "Start one with: dask scheduler; and workers with: dask worker ADDRESS --no-nanny",
            ) from error
        self._setup = setup
        self._ended: queue.SimpleQueue[tuple[int, Any]] = queue.SimpleQueue()
        self._under_way: dict[int, tuple[Task, Any]] = {}

    @property
    def room(self) -> int:
        """How many tasks can be given now; one where no worker has come yet, so that the run waits for the first."""
        threads = sum(self._client.nthreads().values())
        return max(AHEAD * int(threads), 1) - len(self._under_way)

    def give(self, ticket: int, task: Task, limit: float) -> None:
        """Have a task done within `limit` seconds."""
        task = _anywhere(task)
        future = self._client.submit(perform, self._setup, task, limit, key=f"minutes-{id(self)}-{ticket}", pure=False)
        self._under_way[ticket] = (task, future)
        future.add_done_callback(lambda done: self._ended.put((ticket, done)))

    def wait(self, timeout: float | None) -> list[tuple[int, Outcome]]:
        """What has ended, as (ticket, outcome); waits for the first, or `timeout` seconds.

        Raises:
            MissingDependencyError: a worker lacks something that every document needs.
        """
        try:
            ended = [self._ended.get(timeout=timeout)]
        except queue.Empty:
            return []
        while not self._ended.empty():
            ended.append(self._ended.get())
        return [(ticket, self._outcome(ticket, future)) for ticket, future in ended]

    def close(self) -> None:
        """Drop what is under way and leave the cluster; its workers stay."""
        for _, future in self._under_way.values():
            future.cancel()
        self._client.close()

    def _outcome(self, ticket: int, future: Any) -> Outcome:
        task, _ = self._under_way.pop(ticket)
        try:
            outcome = future.result()
        except MinutesError:
            raise
        except Exception as error:  # the task killed every Dask worker it was given to, or they left
            lost = LostError(
                f"{task.job.shown}: the cluster lost it ({type(error).__name__}: {error})", "Look at the workers' logs"
            )
            return Outcome(failure=failure_of(lost, ""))
        return outcome if isinstance(outcome, Outcome) else Outcome()


def _anywhere(task: Task) -> Task:
    """The task with paths that hold in every working folder."""
    task = replace(task, job=replace(task.job, path=task.job.path.absolute()))
    if isinstance(task, FinishTask) and not is_url(task.out):
        return replace(task, out=str(Path(task.out).absolute()))
    return task


def perform(setup: Setup, task: Task, limit: float) -> Outcome:
    """Do one task on a Dask worker, in the killable process of this thread.

    Raises:
        MissingDependencyError: no process can be started, or it lacks something every document needs.
    """
    known: tuple[Setup, Pool] | None = getattr(_mine, "pool", None)
    if known is None or known[0] != setup:
        if known:
            known[1].close()
        pool = Pool(setup, 1)
        atexit.register(pool.close)
        _mine.pool = known = (setup, pool)
    pool = known[1]
    while pool.room == 0:  # a worker process that is retiring
        pool.wait(0.1)
    pool.give(0, task, limit)
    while True:
        for _, outcome in pool.wait(None):
            return outcome
