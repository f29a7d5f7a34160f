"""A worker process from inside: its limits, its tasks, and its end when the run is gone."""

from __future__ import annotations

import logging
import os
import resource
import shutil
import signal
import tempfile
import threading
from contextlib import suppress
from multiprocessing.connection import Connection

from pipeline.batch.work import Hand, Setup
from pipeline.errors import MinutesError
from pipeline.settings import Settings

RECYCLED_AFTER = 1000  # tasks, then a worker makes room for a fresh one
BYTES_A_PIXEL = 4  # of a page written to a temporary file, at most
MAPPED_MB = 2000  # address space beyond the memory limit: libraries, the model, reserved and unused room


def serve(
    pipe: Connection, life: Connection, setup: Setup, environment: dict[str, str], scratch: str, loudness: int
) -> None:
    """The worker's life: ready (None), then tasks in, (outcome, leaving) out. A MinutesError ends the run."""
    os.setpgid(0, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the run's to handle
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with, args=(life, scratch), daemon=True).start()
    logging.basicConfig(level=loudness)
    os.environ.clear()
    os.environ.update(environment)
    tempfile.tempdir = os.environ["TMPDIR"] = scratch
    _limit(setup.settings)
    try:
        hand = Hand(setup)
    except MinutesError as error:
        pipe.send(error)
        return
    except Exception as error:
        pipe.send(MinutesError(f"a worker cannot start: {type(error).__name__}: {error}", "Type: minutes doctor"))
        return
    pipe.send(None)
    for done in range(1, RECYCLED_AFTER + 1):
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            return
        outcome = hand.do(task)
        leaving = done == RECYCLED_AFTER or _resident_mb() > setup.settings.max_memory_mb / 2
        pipe.send((outcome, leaving))
        if leaving:
            return


def _limit(settings: Settings) -> None:
    """Limits of this process and of the programs it starts: memory, sizes of files, threads of computation."""
    import cv2

    limits = {
        resource.RLIMIT_DATA: settings.max_memory_mb,
        resource.RLIMIT_AS: settings.max_memory_mb + MAPPED_MB,
        resource.RLIMIT_FSIZE: max(settings.max_file_mb, BYTES_A_PIXEL * settings.max_megapixels),
    }
    for what, megabytes in limits.items():
        limit = int(megabytes * 1e6)
        _, hard = resource.getrlimit(what)
        limit = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(what, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    cv2.setNumThreads(1)


def _end_with(life: Connection, scratch: str) -> None:
    with suppress(OSError, EOFError):
        life.recv_bytes()  # nothing is ever sent: this ends when the run does
    shutil.rmtree(scratch, ignore_errors=True)
    os.killpg(0, signal.SIGKILL)


def _resident_mb() -> float:
    with open("/proc/self/statm") as stream:  # noqa: PTH123 — no file of ours
        return int(stream.read().split()[1]) * resource.getpagesize() / 1e6
