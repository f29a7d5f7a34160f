"""The door: a file of any kind → its pages as grey pictures."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pipeline.errors import InputError, LimitError, PageError
from pipeline.pages.image import PageImage
from pipeline.pages.kind import Kind, kind_of
from pipeline.pages.names import shown
from pipeline.pages.pdf import PdfFile
from pipeline.pages.picture import PictureFile
from pipeline.settings import Settings


class PagedFile(Protocol):
    """A file of one kind."""

    @property
    def page_count(self) -> int: ...

    def page(self, number: int) -> PageImage:
        """Page `number`, from 1 to `page_count`; raises PageError."""


@dataclass(frozen=True, slots=True)
class Source:
    """An opened document. It holds no open file and can be sent to another process.

    Attributes:
        file: file name without its folder, safe to print.
        sha256: of the whole file, in hexadecimal.
        page_count: pages in the file.
    """

    file: str
    sha256: str
    page_count: int
    _pages: PagedFile

    def page(self, number: int) -> PageImage:
        """Read page `number`, from 1, as it is stored (see `turned_upright`).

        Raises:
            PageError: this page cannot be read, is larger than the limits or does not
                exist; the other pages can still be read.
            MissingDependencyError: poppler is not installed.
        """
        if not 1 <= number <= self.page_count:
            raise PageError(f"{self.file} has {self.page_count} pages; there is no page {number}", "Check --pages")
        return self._pages.page(number)


def open_source(path: Path, settings: Settings) -> Source:
    """Open a PDF, TIFF, JPEG or PNG; its kind is told by its content, not by its name.

    Args:
        path: the file.
        settings: read are dpi, password, max_file_mb, max_pages, max_megapixels and page_timeout.

    Raises:
        InputError: the file is missing, unreadable, empty, damaged or of another kind.
        EncryptedError: it needs a password, or the one given is wrong.
        LimitError: it is larger than the settings allow.
        MissingDependencyError: poppler is not installed.
    """
    name = shown(path)
    try:
        if path.is_dir():
            raise InputError(f"{name} is a folder", "Name a file in it, or convert the whole folder")
        if not path.exists():
            raise InputError(f"{name} does not exist", "Check the spelling and the folder")
        if not path.is_file():  # a pipe or a device would make the reading wait for ever
            raise InputError(f"{name} is not an ordinary file", "Copy its content to a file first")
        megabytes = path.stat().st_size / 1e6
        if megabytes > settings.max_file_mb:
            raise LimitError(
                f"{name} has {megabytes:,.0f} MB, more than the {settings.max_file_mb:,g} allowed",
                "Raise max_file_mb in minutes.toml or set MINUTES_MAX_FILE_MB",
            )
        with path.open("rb") as stream:
            kind = kind_of(stream.read(1024), name)
            stream.seek(0)
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the name
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise InputError(f"{name} cannot be read: {reason}", "Check its name and permissions") from error
    pages: PagedFile = PdfFile.open(path, settings) if kind is Kind.PDF else PictureFile.open(path, kind, settings)
    if pages.page_count > settings.max_pages:
        raise LimitError(
            f"{name} has {pages.page_count:,} pages, more than the {settings.max_pages:,} allowed",
            "Raise max_pages in minutes.toml or set MINUTES_MAX_PAGES",
        )
    return Source(name, sha256, pages.page_count, pages)
