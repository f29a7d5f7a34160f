"""Which documents there are, and where the record of each goes."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pipeline.batch.places import find_remote, is_url
from pipeline.errors import UsageError
from pipeline.pages.names import shown

SUFFIXES = frozenset({".pdf", ".tif", ".tiff", ".jpg", ".jpeg", ".png"})
LONGEST_NAME = 255 - len(".lines.json")  # bytes; file systems take 255, endings counted
KEPT = 200  # bytes of a longer name that stay

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Job:
    """One document to convert: its file, and its output's folder and name below the output folder.

    `url` is where the file lies when that is no folder of this machine; `path` is then only its name.
    """

    path: Path
    folder: Path
    stem: str
    url: str | None = None

    @property
    def name(self) -> str:
        """The output's name without its ending, as in `2560/council-3`."""
        return (self.folder / self.stem).as_posix()

    @property
    def shown(self) -> str:
        """The input as it was named, safe to print."""
        return self.url or printable(self.path)


def printable(path: Path) -> str:
    """`path` with control characters and bytes that are no text written as escapes."""
    anchor, parts = path.anchor, path.parts[1:] if path.anchor else path.parts
    return anchor + "/".join(shown(Path(part)) if part != ".." else part for part in parts)


def find_jobs(inputs: Sequence[Path | str]) -> list[Job]:
    """The documents that `inputs` name, folders searched through, in a stable order.

    A document of a folder keeps its path below that folder; two that would be written to one place
    keep their path below what all inputs have in common, and two that differ only in their ending
    keep it (`a.tif.json`). Links to folders are not followed, nor are links that lead out of the
    folder given; a file given by its own name is always taken. A name too long for its endings is
    cut and told apart by a hash.

    Args:
        inputs: files and folders; as text also URLs that fsspec knows (`s3://bucket/folder`).

    Raises:
        UsageError: there is nothing to convert in a folder.
        MissingDependencyError: a URL is given and fsspec, or its part for this kind, is not installed.
    """
    found: dict[Path, tuple[Path, Path, str | None]] = {}  # absolute path → (file, its output, URL)
    for given in inputs:
        if isinstance(given, str) and is_url(given):
            for url, place in _some(given, list(find_remote(given, SUFFIXES))):
                found.setdefault(Path("/", url), (Path(place.name), place, url))
        elif (folder := Path(given)).is_dir():
            for file in _some(given, list(_files(folder))):
                found.setdefault(_absolute(file), (file, file.relative_to(folder), None))
        else:
            found.setdefault(_absolute(folder), (folder, Path(folder.name), None))
    places = _apart([(full, place) for full, (_, place, _) in found.items()])
    return [
        Job(file, place.parent, _fitting(place.name), url)
        for (file, _, url), place in zip(found.values(), places, strict=True)
    ]


def _some(given: Path | str, files: list[T]) -> list[T]:
    if not files:
        endings = ", ".join(sorted(SUFFIXES))
        raise UsageError(f"{given}: no document in this folder ({endings})", "Name the file itself")
    return files


def _absolute(path: Path) -> Path:
    return Path(os.path.normpath(path.absolute()))


def _fitting(stem: str) -> str:
    raw = os.fsencode(stem)
    if len(raw) <= LONGEST_NAME:
        return stem
    return f"{raw[:KEPT].decode('utf-8', 'ignore')}~{hashlib.sha256(raw).hexdigest()[:8]}"


def _apart(files: list[tuple[Path, Path]]) -> list[Path]:
    """Output names without ending, no two alike: longer names only where shorter ones meet."""
    if not files:
        return []
    common = Path(os.path.commonpath([full.parent for full, _ in files]))
    ladders = [
        [place.with_suffix(""), full.relative_to(common).with_suffix(""), full.relative_to(common)]
        for full, place in files
    ]
    rungs = [0] * len(files)
    while True:
        names = [ladder[rung] for ladder, rung in zip(ladders, rungs, strict=True)]
        met = {name for name, count in Counter(names).items() if count > 1}
        higher = [min(rung + (name in met), 2) for rung, name in zip(rungs, names, strict=True)]
        if higher == rungs:
            return names
        rungs = higher


def _files(folder: Path) -> Iterator[Path]:
    inside = folder.resolve()
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(root) / name
            if path.suffix.lower() not in SUFFIXES or name.startswith("."):
                continue
            if path.is_symlink() and not path.resolve().is_relative_to(inside):
                continue
            yield path
