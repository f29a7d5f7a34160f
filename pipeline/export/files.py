"""Files in the output folder."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
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


def write_atomically(path: Path, content: str | bytes, staging: Path | None = None) -> None:
    """Write `content` to a temporary file, then rename it: no reader sees half a file.

    Args:
        path: the file; its folder is made.
        content: what it is to hold; text becomes UTF-8.
        staging: folder for the temporary file if it is on the same disk, else it lies beside `path`.

    Raises:
        OutputError: the file cannot be written.
    """
    with whole_file(path, staging) as temporary, temporary.open("wb") as stream:
        stream.write(content.encode() if isinstance(content, str) else content)
        stream.flush()
        os.fsync(stream.fileno())


@contextmanager
def whole_file(path: Path, staging: Path | None = None) -> Iterator[Path]:
    """An empty temporary file to fill; at the end of the context it becomes `path`, after an error it is gone.

    Arguments and errors as `write_atomically`.
    """
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        near = staging if staging and staging.is_dir() and staging.stat().st_dev == path.parent.stat().st_dev else None
        handle, temporary = tempfile.mkstemp(dir=near or path.parent, prefix=".", suffix=".part")
        os.close(handle)
        yield Path(temporary)
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
        temporary = None
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            f"{path}: cannot be written ({reason})", "Choose another folder with -o, or free some space"
        ) from error
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
