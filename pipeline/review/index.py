"""What the list of documents shows, kept in a cache so that a large archive opens at once.

An SQLite file in `OUT/.review-cache`. It is brought up to date in the background, by the sizes and times of the
files, and may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import astuple, dataclass, replace

from pydantic_core import from_json

from pipeline.errors import InputError
from pipeline.review.decisions import SUFFIX
from pipeline.review.document import Archive, is_record
from pipeline.review.rows import Row, haystack, meeting_order, row_of, row_of_reading, searchable

FILE = "index.sqlite"
PER_PAGE = 100
_FILES = (".json", SUFFIX, ".txt")
_BATCH = 200  # documents read between two looks at the index

SORTS = {
    "name": "name",
    "meeting": "meeting_order",
    "date": "date",
    "body": "body",
    "status": "status",
    "doubts": "doubts_open",
    "state": "state",
}
STATES = ("open", "begun", "reviewed", "changed")
STATUSES = ("ok", "review", "partial")

_FORM = 1  # of the tables; to be raised when they change
_TABLE = """
CREATE TABLE IF NOT EXISTS documents (
    name TEXT PRIMARY KEY, stamp TEXT, shown INTEGER, type TEXT, status TEXT, meeting TEXT, date TEXT, body TEXT,
    title TEXT, doubts_open INTEGER, doubts INTEGER, state TEXT, meeting_order INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS texts (name TEXT PRIMARY KEY, haystack TEXT);
"""
_ROW = "name, type, status, meeting, date, body, title, doubts_open, doubts, state"


@dataclass(frozen=True, slots=True)
class Query:
    """Which documents, in which order."""

    search: str = ""
    state: str = ""
    status: str = ""
    sort: str = "name"
    descending: bool = False
    page: int = 1


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the list.

    Attributes:
        page: from 1; the first one where the query asks for one behind the last.
        found: documents the query finds.
        all, reviewed: documents in the archive.
        indexed, to_index: how far the index is; equal once it is up to date.
    """

    rows: list[Row]
    page: int
    found: int
    all: int
    reviewed: int
    indexed: int
    to_index: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.found // PER_PAGE))


class Index:
    """The index of an archive."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._path = archive.cache / FILE
        self._running = threading.Lock()
        self._progress = (0, 0)
        try:
            self._prepare()
        except sqlite3.DatabaseError:  # of another form, or damaged: it can be made again
            for side in ("", "-wal", "-shm"):
                self._path.with_name(FILE + side).unlink(missing_ok=True)
            self._prepare()

    def _prepare(self) -> None:
        with self._opened() as database:
            (form,) = database.execute("PRAGMA user_version").fetchone()
            if form not in (0, _FORM):
                raise sqlite3.DatabaseError(f"an index of form {form}")
            database.execute("PRAGMA journal_mode = WAL")
            database.execute(f"PRAGMA user_version = {_FORM}")
            database.executescript(_TABLE)

    def refresh(self, wait: float) -> None:
        """Look for what changed, in the background; come back when that is done, at the latest after `wait` seconds."""
        if self._running.acquire(blocking=False):
            thread = threading.Thread(target=self._refresh, daemon=True)
            thread.start()
            thread.join(wait)

    def update(self, name: str) -> None:
        """Bring one document up to date."""
        with self._opened() as database:
            self._put(database, name, self._stamp(name))

    def listing(self, query: Query) -> Listing:
        """A page of the list."""
        terms, values = _where(query)
        order = SORTS.get(query.sort, "name")
        way = "DESC" if query.descending else "ASC"
        select = f"SELECT count(*) OVER (), {_ROW} FROM documents WHERE {terms}"
        by = f"ORDER BY {order} IS NULL OR {order} = '', {order} {way}, name LIMIT ? OFFSET ?"
        with self._opened() as database:
            rows = database.execute(f"{select} {by}", (*values, PER_PAGE, PER_PAGE * (query.page - 1))).fetchall()
            total, reviewed = database.execute(
                "SELECT count(*), count(CASE state WHEN 'reviewed' THEN 1 END) FROM documents WHERE shown"
            ).fetchone()
        if not rows and query.page > 1:
            return self.listing(replace(query, page=1))
        found = rows[0][0] if rows else 0
        return Listing([Row(*row) for _, *row in rows], query.page, found, total, reviewed, *self._progress)

    def next_open(self, name: str) -> str | None:
        """The next document behind `name` that is not reviewed; after the last one comes the first."""
        with self._opened() as database:
            row = database.execute(
                "SELECT name FROM documents WHERE shown AND state != 'reviewed' AND name != ?"
                " ORDER BY name <= ?, name LIMIT 1",
                (name, name),
            ).fetchone()
        return row[0] if row else None

    def _refresh(self) -> None:
        try:
            with self._opened() as database:
                known = dict(database.execute("SELECT name, stamp FROM documents"))
            stamps = self._stamps()
            names = sorted(stamps)
            stale = [name for name in names if known.get(name) != stamps[name]]
            gone = known.keys() - stamps.keys()
            self._progress = (len(names) - len(stale), len(names))
            with self._opened() as database:
                for table in ("documents", "texts"):
                    database.executemany(f"DELETE FROM {table} WHERE name = ?", [(name,) for name in gone])
            for start in range(0, len(stale), _BATCH):
                batch = stale[start : start + _BATCH]
                with self._opened() as database:
                    for name in batch:
                        self._put(database, name, stamps[name])
                self._progress = (self._progress[0] + len(batch), len(names))
        finally:
            self._running.release()

    def _put(self, database: sqlite3.Connection, name: str, stamp: str) -> None:
        found = self._read(name)
        columns, words = found or ((0, *[""] * 10), "")  # kept as well, so that it is not read again and again
        database.execute(f"INSERT OR REPLACE INTO documents VALUES ({', '.join('?' * 13)})", (name, stamp, *columns))
        database.execute("INSERT OR REPLACE INTO texts VALUES (?, ?)", (name, words))

    def _read(self, name: str) -> tuple[tuple[object, ...], str] | None:
        """The columns behind `stamp`, and what is searched; None when it is no record."""
        try:
            data = from_json(self.archive.path(name).read_bytes())
            if not isinstance(data, dict) or "schema_version" not in data:
                return None
            if self.archive.path(name, SUFFIX).is_file():
                row = row_of(document := self.archive.load(name))
                data = document.machine | document.edited.data
            else:
                row = row_of_reading(name, data)
            return (1, *astuple(row)[1:], meeting_order(data)), haystack(data, self.archive.text(name))
        except (InputError, OSError, ValueError, KeyError, TypeError):
            return None

    def _stamps(self) -> dict[str, str]:
        """For each document what changes when one of its files does."""
        files: dict[str, str] = {}
        folders = [""]
        while folders:
            below = folders.pop()
            with os.scandir(self.archive.out / below) as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(f"{below}{entry.name}/")
                    elif entry.name.endswith((".json", ".txt")):
                        files[f"{below}{entry.name}"] = _stamp(entry.stat())
        names = (file.removesuffix(".json") for file in files if is_record(file))
        return {name: " ".join(files.get(f"{name}{suffix}", "-") for suffix in _FILES) for name in names}

    def _stamp(self, name: str) -> str:
        """The same of one document."""
        paths = [self.archive.out / f"{name}{suffix}" for suffix in _FILES]
        return " ".join(_stamp(path.stat()) if path.exists() else "-" for path in paths)

    @contextlib.contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self._path, timeout=30)
        try:
            with connection:
                yield connection
        finally:
            connection.close()


def _stamp(stat: os.stat_result) -> str:
    return f"{stat.st_size}.{stat.st_mtime_ns}"


def _where(query: Query) -> tuple[str, tuple[object, ...]]:
    terms: list[str] = ["shown"]
    values: list[object] = []
    if query.state in STATES:
        terms.append("state = ?")
        values.append(query.state)
    if query.status in STATUSES:
        terms.append("status = ?")
        values.append(query.status)
    for word in query.search.split():
        terms.append("name IN (SELECT name FROM texts WHERE instr(haystack, ?))")
        values.append(searchable(word))
    return " AND ".join(terms), tuple(values)
