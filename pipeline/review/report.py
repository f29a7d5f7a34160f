"""`minutes report`: the review's pages as plain files, to be mailed or put on any server, for reading only."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from pydantic import JsonValue

from pipeline.errors import InputError, MinutesError, OutputError, UsageError
from pipeline.export import write_atomically
from pipeline.export.archive import Scans
from pipeline.review.document import Archive, Document
from pipeline.review.index import PER_PAGE, Listing, Query
from pipeline.review.pages import ASSETS, archive_page, asset, document_page, row_of_list
from pipeline.review.pictures import SUFFIX, page_picture
from pipeline.review.rows import Row, haystack, meeting_order, row_of
from pipeline.review.shards import Shards
from pipeline.review.texts import Texts
from pipeline.settings import Settings


class FileLinks:
    """Between plain files; `up` leads from a page to the report's folder."""

    live = False

    def __init__(self, up: str = "", list_page: str = "index.html", shards: tuple[int, int] = (0, 0)) -> None:
        self._up = up
        self._list_page = list_page
        self.shards = shards  # of rows and of texts

    def asset(self, file: str) -> str:
        return f"{self._up}assets/{file}"

    def document(self, name: str) -> str:
        return f"{self._up}documents/{quote(name)}.html"

    def picture(self, name: str) -> str:
        return f"{self._up}pictures/{quote(name)}-#{SUFFIX}"

    def home(self, name: str) -> str:
        return f"{self._up}{self._list_page}"

    def list(self, query: Query, page: int) -> str:
        return page_file(page)


def page_file(page: int) -> str:
    """The file of a page of the list, from 1."""
    return "index.html" if page == 1 else f"index-{page}.html"


@dataclass(slots=True)
class Reported:
    """What was written: documents, and what kept pictures or documents away."""

    documents: int = 0
    problems: list[str] = field(default_factory=list)


def write_report(
    archive: Archive,
    to: Path,
    scans: Scans,
    settings: Settings,
    language: str,
    done: Callable[[str], None] = lambda _: None,
) -> Reported:
    """Write the report of an archive into `to`: `index.html`, a page a document, the page pictures, and the search.

    Args:
        done: is told each document's name once it is written.

    Raises:
        UsageError: `to` is the archive itself.
        OutputError: `to` cannot be written.
    """
    if to.resolve() == archive.out:
        raise UsageError(f"{to}: is the archive itself", "Name a folder of its own: minutes report out -o report")
    texts, reported = Texts(language), Reported()
    rows: list[Row] = []
    search = Shards(to / "search", "rows"), Shards(to / "search", "texts")
    for name in archive.names():
        try:
            document, text = archive.load(name), archive.text(name)
        except (InputError, OSError) as problem:
            reported.problems.append(str(problem))
            continue
        place = len(rows) // PER_PAGE + 1
        rows.append(row_of(document))
        _add_to_search(search, rows, document, text, texts)
        links = FileLinks("../" * (name.count("/") + 1), page_file(place))
        write_atomically(to / "documents" / f"{name}.html", document_page(document, texts, links))
        _pictures(archive, document, to, scans, settings, reported.problems)
        reported.documents += 1
        done(name)
    try:
        for shards in search:
            shards.close()
        _lists(rows, to, texts, (search[0].count, search[1].count))
        (to / "assets").mkdir(parents=True, exist_ok=True)
        for file in ASSETS.keys() - {"edit.js", "suggest.js"}:
            (to / "assets" / file).write_bytes(asset(file))
    except OSError as error:
        raise _unwritable(to, error) from error
    return reported


def _add_to_search(search: tuple[Shards, Shards], rows: list[Row], document: Document, text: str, texts: Texts) -> None:
    """The last of `rows` as find.js shows it, and what is searched of it."""
    row, data = rows[-1], document.machine | document.edited.data
    keys: dict[str, JsonValue] = {"name": row.name, "meeting": meeting_order(data), "date": row.date, "body": row.body}
    keys |= {"status": row.status, "doubts": row.doubts_open, "state": row.state}
    search[0].add({"keys": keys, "html": row_of_list(row, texts, FileLinks())})
    search[1].add([len(rows) - 1, haystack(data, text)])


def _lists(rows: list[Row], to: Path, texts: Texts, shards: tuple[int, int]) -> None:
    reviewed = sum(row.state == "reviewed" for row in rows)
    for start in range(0, max(len(rows), 1), PER_PAGE):
        page = start // PER_PAGE + 1
        listing = Listing(rows[start : start + PER_PAGE], page, len(rows), len(rows), reviewed, len(rows), len(rows))
        write_atomically(to / page_file(page), archive_page(listing, Query(page=page), texts, FileLinks(shards=shards)))


def _pictures(
    archive: Archive, document: Document, to: Path, scans: Scans, settings: Settings, problems: list[str]
) -> None:
    """The page pictures, taken from the review's cache where they are there."""
    source = document.record.source
    places = document.record.evidence.values()
    for page in range(1, source.pages + 1):
        picture = to / "pictures" / f"{document.name}-{page}{SUFFIX}"
        cached = archive.picture(document, page)
        try:
            if cached.is_file():
                picture.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(cached, picture)
                continue
            picture.unlink(missing_ok=True)  # of an earlier report, perhaps of another scan
            boxes = [one.box for one in places if one.page == page]
            page_picture(scans(document.name, document.record), page, boxes, picture, settings)
        except MinutesError as problem:
            problems.append(str(problem))
            if problem.kind != "page":
                return  # nor can the others be drawn
        except OSError as error:
            raise _unwritable(to, error) from error


def _unwritable(to: Path, error: OSError) -> OutputError:
    return OutputError(f"{to}: cannot be written ({error.strerror or error})", "Choose another folder with -o")
