"""The records of an output folder, with the files that belong to each."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from pipeline.errors import InputError, MinutesError
from pipeline.ocr.text import DocumentText
from pipeline.pages.names import shown
from schemas import Record, load_record

_OTHERS = (".lines.json", ".review.json", ".truth.json")
"""Endings of JSON files beside a record that are none."""

Failed = Callable[[MinutesError], None]
"""Is told what went wrong with one document; the others go on."""

FindSource = Callable[[str, Record], Path]
"""(name of a document, its record) → its scan; raises InputError."""


@dataclass(frozen=True, slots=True)
class Document:
    """One document of an output folder.

    Attributes:
        name: its path below the folder without ending, with /.
        record: its record.
        folder: the output folder.
        find_source: tells where its scan is.
    """

    name: str
    record: Record
    folder: Path
    find_source: FindSource

    @property
    def source(self) -> Path:
        """Its scan.

        Raises:
            InputError: it is not found.
        """
        return self.find_source(self.name, self.record)

    def is_scan(self, path: Path) -> bool:
        """Does `path` hold the very bytes the record was made from?"""
        return path.is_file() and _sha256(path) == self.record.source.sha256

    def lines(self) -> DocumentText:
        """Its pages as read, with boxes.

        Raises:
            InputError: they were not kept, or are of another version of the file.
        """
        lines = read_lines(self.folder, self.name)
        if lines is None:
            raise InputError(
                f"{self.name}: the places of its lines were not kept ({self.name}.lines.json is missing)",
                f"Type: minutes convert {self.record.source.file} -o {self.folder} --force",
            )
        if lines.sha256 != self.record.source.sha256:
            raise InputError(
                f"{self.name}.lines.json belongs to another version of {self.record.source.file} than the record",
                f"Type: minutes convert {self.record.source.file} -o {self.folder} --force",
            )
        return lines

    def page_texts(self) -> list[tuple[int | None, str]]:
        """(page number, text) of each page that was read; None where only some pages were and nothing tells which.

        Raises:
            InputError: the page text cannot be read.
        """
        path = self.folder / f"{self.name}.txt"
        try:
            pages = path.read_text("utf-8", errors="replace").split("\f")[:-1]
        except OSError as error:
            raise InputError(f"{path}: cannot be read ({error.strerror})", "Convert the document again") from error
        numbers: Sequence[int | None] = range(1, len(pages) + 1)
        if len(pages) != self.record.source.pages:
            lines = read_lines(self.folder, self.name)
            numbers = [page.number for page in lines.pages] if lines else []
            if len(numbers) != len(pages):
                numbers = [None] * len(pages)
        return list(zip(numbers, pages, strict=True))


def read_lines(folder: Path, name: str) -> DocumentText | None:
    """The pages of a document as read; None where they were not kept.

    Raises:
        InputError: the file is there and cannot be read.
    """
    path = folder / f"{name}.lines.json"
    try:
        return DocumentText.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: not a file of read pages", "Make it anew: minutes convert --force") from error


def documents(out: Path, find_source: FindSource, failed: Failed) -> Iterator[Document]:
    """The documents of an output folder, in the order of their names; other JSON files are passed over.

    Args:
        out: a folder of records, or one record.
        find_source: tells where the scan of a document is.
        failed: is told of records that cannot be read.

    Raises:
        InputError: `out` does not exist.
    """
    if not out.exists():
        raise InputError(f"{out} does not exist", "Name the folder that minutes convert wrote to")
    folder = out if out.is_dir() else out.parent
    for path in sorted(out.rglob("*.json")) if out.is_dir() else [out]:
        below = path.relative_to(folder)
        if path.name.endswith(_OTHERS) or any(part.startswith(".") for part in below.parts):
            continue
        try:
            content = path.read_bytes()
            yield Document(below.with_suffix("").as_posix(), load_record(content), folder, find_source)
        except ValidationError:
            if out.is_file() or _means_to_be_a_record(content):
                failed(InputError(f"{path} is not a valid record", "Convert the document again"))
        except OSError as error:
            failed(InputError(f"{path}: cannot be read ({error.strerror})", "Check its permissions"))


def _means_to_be_a_record(content: bytes) -> bool:
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        return True  # half a file: it must not be left out unseen
    return isinstance(value, dict) and "schema_version" in value


class Scans:
    """Finds the scan of a record in a folder, or by a list of where scans were.

    Args:
        folder: is searched, with all its folders, for a file of the same name and content.
        known: (name of a document) → where its scan was when it was converted, or None.
    """

    def __init__(self, folder: Path | None = None, known: Callable[[str], Path | None] = lambda _: None) -> None:
        self._folder = folder
        self._known = known
        self._by_name: dict[str, list[Path]] | None = None

    def __call__(self, name: str, record: Record) -> Path:
        """The scan of the document `name`.

        Raises:
            InputError: no file of its name is there, or only ones of other content.
        """
        wanted = record.source
        candidates = list(self._candidates(name, wanted.file))
        for path in candidates:
            if _sha256(path) == wanted.sha256:
                return path
        if candidates:
            raise InputError(
                f"{name}: {candidates[0]} is not the file the record was made from; it has changed since",
                "Convert it again, or give the folder of the scans with --source",
            )
        where = f" in {self._folder}" if self._folder else ""
        raise InputError(
            f"{name}: its scan {wanted.file} is not found{where}", "Give the folder of the scans with --source DIR"
        )

    def _candidates(self, name: str, file: str) -> Iterator[Path]:
        if self._folder is None:
            known = self._known(name)
            if known and known.is_file():
                yield known
            return
        if self._by_name is None:
            self._by_name = {}
            for path in sorted(self._folder.rglob("*")) if self._folder.is_dir() else [self._folder]:
                if path.is_file():
                    self._by_name.setdefault(shown(path), []).append(path)
        # The file at the same place below the folder first: names repeat from year to year.
        beside = self._folder / Path(name).parent
        yield from sorted(self._by_name.get(file, []), key=lambda path: path.parent != beside)


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""
