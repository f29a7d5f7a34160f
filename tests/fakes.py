"""A reader that reads nothing: what it does with a file, the file's own text says.

The text is words: `pages=3`, `open=WHAT`, `page2=WHAT`, `finish=WHAT`, with WHAT one of the names in
`_do`; `once` before it (`page2=once-die`) does it the first time only. Pages read are written to
`read.log` beside the input folder. Workers import this module, so it imports no test machinery.
"""

from __future__ import annotations

import hashlib
import os
import resource
import signal
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.convert import Conversion, StageTimes
from pipeline.errors import EncryptedError, InputError, MissingDependencyError, OutputError, PageError
from pipeline.ocr import DocumentText, PageText
from pipeline.pages import PageImage, Source
from pipeline.settings import Settings
from schemas import Producer, Record
from schemas import Source as RecordSource


@dataclass(frozen=True)
class FakePages:
    """Stands for an opened file."""

    path: Path
    words: dict[str, str]
    page_count: int

    def page(self, number: int) -> PageImage:
        raise NotImplementedError


class FakeReader:
    """Implements `pipeline.batch.work.Reader`."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def producer(self) -> Producer:
        return Producer(program="fake", version="1", engine="none", settings=self.settings.fingerprint)

    def open(self, path: Path, watch: StageTimes | None = None) -> Source:
        content = path.read_bytes()
        words = dict(word.split("=", 1) for word in content.decode("utf-8", "replace").split() if "=" in word)
        _do(words.get("open", ""), path, "open")
        count = int(words.get("pages", "1"))
        return Source(path.name, hashlib.sha256(content).hexdigest(), count, FakePages(path, words, count))

    def read_page(self, source: Source, number: int, watch: StageTimes | None = None) -> PageText:
        file = source._pages
        assert isinstance(file, FakePages)
        with os.fdopen(os.open(log_of(file.path), os.O_WRONLY | os.O_CREAT | os.O_APPEND), "w") as log:
            log.write(f"{source.file} {number}\n")
        _do(file.words.get(f"page{number}", ""), file.path, f"page{number}")
        return PageText(number=number, width=1, height=1)

    def document(self, source: Source, pages: list[PageText]) -> DocumentText:
        return DocumentText(
            file=source.file, sha256=source.sha256, pages_in_file=source.page_count, engine="none", pages=tuple(pages)
        )

    def understand(self, lines: DocumentText, watch: StageTimes | None = None) -> Conversion:
        failed = [page for page in lines.pages if page.state == "failed"]
        record = Record(
            source=RecordSource(file=lines.file, sha256=lines.sha256, pages=lines.pages_in_file),
            producer=self.producer(),
            status="partial" if failed else "ok",
        )
        text = "".join(f"{page.number} {page.message or ''}\f" for page in lines.pages)
        return Conversion(record, text, lines, ())


_held: list[bytes] = []


def log_of(path: Path) -> Path:
    """Where the pages read of a file are written down."""
    inside = next((folder for folder in path.parents if folder.name == "in"), path.parent)
    return inside.parent / "read.log"


def pages_read(folder: Path) -> list[str]:
    """The pages read so far, as `FILE NUMBER`; `folder` holds the input folder."""
    log = folder / "read.log"
    return log.read_text("utf-8").splitlines() if log.exists() else []


def _do(what: str, path: Path, where: str) -> None:
    if what.startswith("once-"):
        mark = log_of(path).with_name(f"{path.name}.{where}.done")
        if mark.exists():
            return
        mark.touch()
        what = what.removeprefix("once-")
    errors: dict[str, Any] = {
        "input": InputError(f"{path.name} is empty", "Scan it again"),
        "encrypted": EncryptedError(f"{path.name} needs a password", "Give it"),
        "page": PageError(f"{path.name} is torn", "Scan it again"),
        "missing": MissingDependencyError("no tesseract", "Install it"),
        "output": OutputError("disk full", "Free some"),
        "mistake": ZeroDivisionError("oh"),
        "stale": OSError(116, "Stale file handle"),
    }
    if what in errors:
        raise errors[what]
    if what == "hang":
        threading.Event().wait()
    elif what == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    elif what == "full":  # as on a full disk: no file of this worker can grow
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
    elif what == "memory":
        bytearray(1 << 40)
    elif what == "swell":  # a worker that has become so large makes room for a fresh one
        _held.append(b"x" * 420_000_000)
    elif what == "wait":  # until the test lets it go on
        gate = log_of(path).with_name("gate")
        gate.with_name("waiting").touch()
        while not gate.exists():
            threading.Event().wait(0.01)
