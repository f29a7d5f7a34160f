"""Folders that are URLs: everything fsspec knows, such as `s3://bucket/folder`. An optional part of the program."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.errors import InputError, MissingDependencyError, OutputError
from pipeline.export import write_atomically

INSTALL = "Type: pip install 'thai-minutes[cluster]' (for s3:// also s3fs)"


def is_url(place: str) -> bool:
    """Is it a URL and no path?"""
    return re.match(r"[a-z][a-z0-9+.-]*://", place) is not None


def find_remote(folder: str, suffixes: Collection[str]) -> Iterator[tuple[str, Path]]:
    """The documents under a URL, or the one it names: each one's URL and its place below `folder`, sorted.

    Raises:
        InputError: the place cannot be listed.
        MissingDependencyError: fsspec, or its part for this kind of URL, is not installed.
    """
    system, root = _opened(folder)
    try:
        names = sorted(system.find(root))
    except OSError as error:
        raise InputError(f"{folder} cannot be listed ({error})", "Check the URL and your access to it") from error
    for name in names:
        path = PurePosixPath(name)
        below = path.relative_to(root) if name != root else PurePosixPath(path.name)
        hidden = any(part.startswith(".") for part in below.parts)
        if path.suffix.lower() in suffixes and not hidden:
            yield str(system.unstrip_protocol(name)), Path(below)


def fetch(url: str, folder: Path) -> Path:
    """Copy the file at `url` into `folder`, under its own name.

    Raises:
        InputError: it cannot be read.
        MissingDependencyError: as `find_remote`.
    """
    system, name = _opened(url)
    path = folder / PurePosixPath(name).name
    try:
        system.get_file(name, str(path))
    except OSError as error:
        raise InputError(f"{url} cannot be read ({error})", "Check the URL and your access to it") from error
    return path


def stamp_of(url: str) -> str:
    """What changes when the file at `url` changes: its size and entity tag or time; empty where none is told."""
    system, name = _opened(url)
    try:
        told: dict[str, Any] = system.info(name)
    except OSError:
        return ""
    marks = [told.get(key) for key in ("ETag", "etag", "LastModified", "mtime", "created")]
    return f"{told.get('size')} {marks}" if any(marks) else ""


def write_text(out: str, name: str, text: str, staging: Path | None = None) -> None:
    """Write `OUT/name`, whole or not at all (object stores publish whole objects).

    Args:
        out: a folder or a URL.
        name: below it.
        text: what the file is to hold.
        staging: as in `write_atomically`.

    Raises:
        OutputError: it cannot be written.
    """
    if not is_url(out):
        write_atomically(Path(out) / name, text, staging)
        return
    system, root = _opened(out)
    try:
        system.makedirs(f"{root}/{PurePosixPath(name).parent}", exist_ok=True)
        system.pipe_file(f"{root}/{name}", text.encode())
    except OSError as error:
        raise OutputError(f"{out}/{name}: cannot be written ({error})", "Check the URL and your access") from error


def _opened(url: str) -> tuple[Any, str]:
    try:
        import fsspec

        system, name = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise MissingDependencyError(f"{url}: this kind of URL cannot be opened ({error})", INSTALL) from error
    return system, str(name).rstrip("/")
