"""One document under review, and the folder it lies in."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import ValidationError

from pipeline.errors import InputError, OutputError
from pipeline.export import write_atomically
from pipeline.review.decisions import SUFFIX, Json, Review
from pipeline.review.edited import Edited, edit
from pipeline.review.settle import Settled, settle
from schemas import Record, load_record

CACHE = ".review-cache"
"""A hidden folder in OUT: page pictures, the archive's index, a lock. Nothing is lost when it is deleted."""


class ChangedError(Exception):
    """The record or its decisions were changed by somebody else since they were looked at."""


@dataclass(frozen=True)
class Document:
    """A record with the decisions on it.

    Attributes:
        name: path below OUT without its ending, as in `2560/council-3`.
        record: as the machine made it.
        review: the decisions as stored.
        version: changes whenever the record or a decision does.
    """

    name: str
    record: Record
    review: Review
    version: str

    @cached_property
    def machine(self) -> Json:
        """`record` as JSON data."""
        return self.record.model_dump(mode="json")

    @cached_property
    def settled(self) -> Settled:
        """The decisions, brought to this reading."""
        return settle(self.review, self.machine)

    @cached_property
    def edited(self) -> Edited:
        """The record with the decisions applied."""
        return edit(self.machine, self.settled)

    @property
    def state(self) -> str:
        """`open`, `begun`, `reviewed`, or `changed`: what was reviewed has been read anew as something else."""
        reviewed = self.review.reviewed
        if reviewed:
            return "reviewed" if reviewed.content == self.edited.content else "changed"
        if self.settled.changed or self.settled.lost:
            return "changed"
        return "begun" if self.review.decisions else "open"


def is_record(file: str) -> bool:
    """May a file of this name be a record?"""
    return file.endswith(".json") and not file.endswith((SUFFIX, ".lines.json", ".truth.json"))


class Archive:
    """A folder of records, as `minutes convert` wrote it."""

    def __init__(self, out: Path) -> None:
        if not out.is_dir():
            raise InputError(f"{out}: is no folder", "Name the folder that minutes convert wrote: minutes review out")
        self.out = out.resolve()

    def names(self) -> list[str]:
        """Every document that may have a record, by name. Whether it is one is only known once it is read."""
        paths = (path.relative_to(self.out) for path in self.out.rglob("*.json"))
        return sorted(
            place.as_posix().removesuffix(".json")
            for place in paths
            if is_record(place.name) and not any(part.startswith(".") for part in place.parts)
        )

    def path(self, name: str, suffix: str = ".json") -> Path:
        """A document's file.

        Raises:
            InputError: the name leads out of the folder.
        """
        path = self.out / f"{name}{suffix}"
        inside = "\0" not in name and path.resolve().is_relative_to(self.out)
        if not inside or any(part.startswith(".") or not part for part in name.split("/")):
            raise InputError(f"{name}: is not in {self.out.name}", "Choose a document of the list")
        return path

    def load(self, name: str) -> Document:
        """A document.

        Raises:
            InputError: there is none of this name, or its record or its decisions cannot be read.
        """
        path, decided = self.path(name), self.path(name, SUFFIX)
        try:
            text = path.read_bytes()
            record = load_record(text)
        except (OSError, ValidationError) as error:
            raise InputError(f"{name}: has no record that can be read", "Convert its scan again") from error
        try:
            stored = decided.read_bytes() if decided.exists() else b""
            review = Review.model_validate_json(stored) if stored else Review(source_sha256=record.source.sha256)
        except (OSError, ValidationError) as error:
            raise InputError(
                f"{decided.name}: is not a file of decisions of this version", "Mend it, or move it away"
            ) from error
        version = hashlib.sha256(hashlib.sha256(text).digest() + stored).hexdigest()[:16]
        return Document(name, record, review, version)

    def text(self, name: str) -> str:
        """The page text of a document; empty where there is none.

        Raises:
            OSError: it cannot be read.
        """
        path = self.path(name, ".txt")
        return path.read_text("utf-8", errors="replace") if path.is_file() else ""

    def save(self, name: str, review: Review, version: str) -> None:
        """Store decisions that were made on `version` of a document.

        Raises:
            ChangedError: it is another version by now; nothing is written.
            OutputError: the folder cannot be written.
        """
        with self._locked():
            if self.load(name).version != version:
                raise ChangedError(name)
            write_atomically(self.path(name, SUFFIX), review.dump())

    def picture(self, document: Document, page: int) -> Path:
        """Where the picture of a page is kept once it was drawn."""
        return self.out / CACHE / "pages" / f"{document.record.source.sha256[:16]}-{page}.webp"

    @property
    def cache(self) -> Path:
        """The cache folder, made when it is missing.

        Raises:
            OutputError: it cannot be made.
        """
        folder = self.out / CACHE
        try:
            folder.mkdir(exist_ok=True)
        except OSError as error:
            raise OutputError(
                f"{folder}: cannot be made ({error.strerror or error})", "Decisions are kept in OUT: make it writable"
            ) from error
        return folder

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """One writer at a time, also between two programs."""
        with (self.cache / "lock").open("w") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            yield
