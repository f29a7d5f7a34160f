"""Files in the output folder."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import OutputError
from schemas import Record, dump_record


@dataclass(frozen=True, slots=True)
class Written:
    """The files of one document."""

    record: Path
    text: Path


def write_document(folder: Path, stem: str, record: Record, text: str) -> Written:
    """Write `STEM.json` and `STEM.txt`; the record comes last, so that where it stands all stands.

    Raises:
        OutputError: the folder cannot be made or written.
    """
    written = Written(folder / f"{stem}.json", folder / f"{stem}.txt")
    write_atomically(written.text, text)
    write_atomically(written.record, dump_record(record))
    return written


def write_atomically(path: Path, text: str) -> None:
    """Write `text` to a temporary file beside `path`, then rename it: no reader sees half a file.

    Raises:
        OutputError: the file cannot be written.
    """
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise OutputError(
            f"{path}: cannot be written ({reason})", "Choose another folder with -o, or free some space"
        ) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
