"""An archive to be reviewed, made from pages that are read already: no OCR. All people are invented."""

from __future__ import annotations

import http.client
import importlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copy
from urllib.parse import quote

import pytest

from pipeline.convert import Converter
from pipeline.correct.beside import with_names_beside
from pipeline.ocr import DocumentText
from pipeline.review import Archive
from pipeline.review.application import Workplace
from pipeline.review.document import Document
from pipeline.review.edits import Step, take
from pipeline.review.index import Index
from pipeline.review.names_list import place_of_list
from pipeline.review.scans import find_source
from pipeline.review.server import Server
from pipeline.settings import Settings
from schemas import Record, dump_record

ROOT = Path(__file__).parents[1]
NAME = "school-board-1-2562"
RIGHT = "ด.ต.หญิง กมลชนก พลตื้อ"
MISREAD = "ด.ต.หญิง กมลชนถ พลตื้อ"
PERSON = "/attendance/0/people/4/name"  # who is misread


class NoEngine:
    """Stands in for the engine: the pages are read already."""

    name = "none"
    unwritable = ""


class Office:
    """Scans in `scans/`, records in `out/`."""

    def __init__(self, folder: Path) -> None:
        self.scans = folder / "scans"
        self.out = folder / "out"
        self.scans.mkdir(parents=True)
        self.out.mkdir()
        copy(ROOT / "samples" / f"{NAME}.png", self.scans)
        self.convert()

    @property
    def archive(self) -> Archive:
        return Archive(self.out)

    def convert(self, lines: DocumentText | None = None) -> Record:
        """Converts the sample, as `minutes convert scans -o out` does, but for reading it."""
        settings = with_names_beside(Settings(), [self.scans])
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(importlib.import_module("pipeline.convert"), "make_engine", lambda *_: NoEngine())
            conversion = Converter(settings).understand(lines or read_as())
        conversion.write(self.out)
        return conversion.record

    def document(self, name: str = NAME) -> Document:
        return self.archive.load(name)

    def take(self, action: str, pointer: str = "", text: str = "", name: str = NAME) -> Document:
        """One step, stored."""
        document = self.document(name)
        self.archive.save(name, take(document, Step(action, pointer, text, "สมหญิง")), document.version)
        return self.document(name)

    def add(self, record: Record, name: str, text: str = "") -> None:
        """A record more."""
        path = self.out / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dump_record(record), "utf-8")
        path.with_suffix(".txt").write_text(text, "utf-8")

    @contextmanager
    def served(self) -> Iterator[Browsing]:
        """The application, running."""
        archive, settings = self.archive, Settings()
        names = place_of_list(settings, self.scans)
        workplace = Workplace(archive, Index(archive), find_source(archive.out, self.scans), settings, names, "สมหญิง")
        server = Server(workplace)
        ready = threading.Event()
        thread = threading.Thread(target=server.run, args=(ready.set,))
        thread.start()
        ready.wait(10)
        try:
            yield Browsing(server)
        finally:
            server.stop()
            thread.join(10)


def read_as(changes: dict[str, str] | None = None, confidence: float = 0.5) -> DocumentText:
    """The sample's page as read: the text of whole cells replaced, those read with little confidence."""
    changes = {RIGHT: MISREAD} if changes is None else changes
    data = json.loads((ROOT / "tests/frozen" / f"{NAME}.lines.json").read_bytes())
    for page in data["pages"]:
        for line in page["lines"]:
            for cell in line["cells"]:
                if cell["text"] in changes:
                    cell.update(text=changes[cell["text"]], confidence=confidence)
    return DocumentText.model_validate(data)


class Browsing:
    """What a browser sends, and what nobody should be able to."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.host = f"127.0.0.1:{server.port}"
        self.cookie = f"minutes-{server.port}={server.token}"

    def ask(self, method: str, path: str, headers: dict[str, str], body: str | None = None) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode("utf-8", "replace")
        finally:
            connection.close()

    def get(self, path: str) -> tuple[int, str]:
        return self.ask("GET", path, {"Cookie": self.cookie, "Accept-Language": "en"})

    def post(self, path: str, **body: str) -> tuple[int, str]:
        headers = {"Cookie": self.cookie, "Origin": f"http://{self.host}", "Accept-Language": "en"}
        return self.ask("POST", path, headers, json.dumps(body))

    def act(self, version: str, action: str, pointer: str = "", text: str = "") -> tuple[int, str]:
        return self.post(f"/act/{quote(NAME)}", version=version, action=action, pointer=pointer, text=text)
