"""Failures: which pass, which stay, which end the run; and the file they are written to."""

from __future__ import annotations

import errno
import json
import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field

from pipeline.errors import ExitCode, MinutesError, MissingDependencyError, OutputError

LOG = logging.getLogger(__name__)

FILE = "failures.jsonl"

Sort = Literal["transient", "permanent", "environment"]

# What a network folder or a machine short of something answers for a while.
_PASSING = frozenset(
    {errno.EIO, errno.ESTALE, errno.ETIMEDOUT, errno.EAGAIN, errno.EBUSY, errno.EINTR}
    | {errno.ENFILE, errno.EMFILE, errno.ENOLCK, errno.ECONNRESET, errno.ENETUNREACH, errno.EHOSTUNREACH}
)


class Failure(BaseModel):
    """Why a document has no record, or a page no text."""

    kind: str
    message: str
    hint: str = ""
    code: int
    sort: Sort = Field(default="permanent", description="transient: may pass; environment: ended the run")


class LostError(MinutesError):
    """The process that worked on it died, without a word."""

    code = ExitCode.BAD_INPUT
    kind = "lost"


class TimeLimitError(MinutesError):
    """It took longer than the settings allow and was stopped."""

    code = ExitCode.BAD_INPUT
    kind = "timeout"


class MemoryLimitError(MinutesError):
    """It needs more memory than the settings allow."""

    code = ExitCode.BAD_INPUT
    kind = "memory"


def failure_of(error: Exception, what: str) -> Failure:
    """An error as a failure. Errors that are not ours become a mistake of this program.

    Args:
        error: what was raised.
        what: the document, and the page if it was one, for a message of our own.
    """
    sort = _sort(error)
    if _is_memory(error):
        error = MemoryLimitError(f"{what} needs more memory than is allowed", "Raise max_memory_mb or lower --dpi")
    elif not isinstance(error, MinutesError):
        LOG.debug("%s", what, exc_info=error)
        error = MinutesError(f"{what}: {type(error).__name__}: {error}", "Type it again with --debug")
    message = error.what.encode("utf-8", "backslashreplace").decode()
    return Failure(kind=error.kind, message=message, hint=error.hint, code=int(error.code), sort=sort)


def error_of(failure: Failure) -> MinutesError:
    """The error that ends the run, made again on this side of a process boundary."""
    kinds: dict[str, type[MinutesError]] = {kind.kind: kind for kind in (MissingDependencyError, OutputError)}
    return kinds.get(failure.kind, MinutesError)(failure.message, failure.hint)


def _is_memory(error: Exception) -> bool:
    # OpenCV and onnxruntime have errors of their own for it
    return isinstance(error, MemoryError) or any(
        words in str(error) for words in ("Insufficient memory", "Failed to allocate memory", "bad_alloc", "bad alloc")
    )


def _sort(error: Exception) -> Sort:
    if isinstance(error, MissingDependencyError | OutputError):
        return "environment"
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, LostError) or (isinstance(cause, OSError) and cause.errno in _PASSING):
            return "transient"
        cause = cause.__cause__
    return "permanent"


class FailureLog:
    """`failures.jsonl` in the output folder: one line a failure, each on disk before the run goes on."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    def write(self, file: str, failure: Failure, page: int | None = None) -> None:
        """Add a line.

        Raises:
            OutputError: it cannot be written.
        """
        data = {
            "time": datetime.now(UTC).isoformat(timespec="seconds"),
            "file": file,
            "page": page,
            **failure.model_dump(mode="json"),
        }
        try:
            with self._path.open("ab") as stream:
                # a line cut off when a run was killed is ended first
                cut = b"\n" if stream.tell() and not self._ended() else b""
                stream.write(cut + json.dumps(data, ensure_ascii=False).encode() + b"\n")
        except OSError as error:
            reason = error.strerror or str(error)
            raise OutputError(f"{self._path}: cannot be written ({reason})", "Free some space") from error

    def _ended(self) -> bool:
        with self._path.open("rb") as stream:
            stream.seek(-1, 2)
            return stream.read(1) == b"\n"
