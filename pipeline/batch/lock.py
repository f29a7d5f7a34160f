"""One run at a time in an output folder."""

from __future__ import annotations

import fcntl
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.errors import OutputError

FILE = "lock"


@contextmanager
def locked(out: Path, folder: Path) -> Iterator[None]:
    """Hold `out` by a lock in `folder`, which is made; the system lets go of it when the process ends, however it does.

    Raises:
        OutputError: another run holds it, or `folder` cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder / FILE, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise unwritable(out, error) from error
    try:
        _take(handle, out)
        yield
    finally:
        os.close(handle)


def is_held(folder: Path) -> bool:
    """Is a run writing now?"""
    try:
        handle = os.open(folder / FILE, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False


def unwritable(out: Path, error: Exception) -> OutputError:
    """An error met in the output folder."""
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return OutputError(f"{out}: the output folder cannot be written ({reason})", "Choose another with -o")


def _take(handle: int, out: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        holder = "another process"
        with suppress(ValueError, KeyError, TypeError):
            told = json.loads(os.pread(handle, 1000, 0))
            holder = f"process {told['process']} on {told['host']}"
        raise OutputError(
            f"{out} is being written by another run ({holder})",
            f"Wait for it, or choose another folder with -o; how far it is: minutes status {out}",
        ) from error
    holder = json.dumps({"process": os.getpid(), "host": socket.gethostname()})
    with suppress(OSError):  # a full disk: the lock holds without its holder's name
        os.ftruncate(handle, 0)
        os.pwrite(handle, holder.encode(), 0)
