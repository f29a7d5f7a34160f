"""The ledger of an output folder: what became of each document, and the pages of unfinished ones.

A SQLite file in write-ahead mode, `OUT/.minutes/ledger.sqlite`. One run writes it at a time (a lock
beside it is held as long as the run lives); anybody may read it meanwhile. A run that is killed
leaves it whole: every page and document is one transaction.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from pipeline.batch.failures import Failure
from pipeline.batch.lock import locked, unwritable

FOLDER = ".minutes"
FILE = "ledger.sqlite"

_FORM = 1  # of the tables; a ledger of another form is put aside
_TABLES = """
CREATE TABLE IF NOT EXISTS runs (
    id INTEGER PRIMARY KEY, started REAL, ended REAL, planned INTEGER, workers INTEGER);
CREATE TABLE IF NOT EXISTS documents (
    name BLOB PRIMARY KEY, file TEXT, sha256 TEXT, maker TEXT, stamp TEXT, outputs TEXT, state TEXT,
    pages INTEGER, seconds REAL, bytes INTEGER, doubts INTEGER, kind TEXT, sort TEXT, message TEXT,
    result TEXT, run INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pages (
    name BLOB, number INTEGER, text BLOB, PRIMARY KEY (name, number)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the ledger knows of a document.

    Attributes:
        sha256: of the input, in hexadecimal; empty where it could not be opened.
        maker: hash of program, engine and settings that made it.
        stamp: the input's size and times when it was read; empty where they prove nothing.
        outputs: the same of the written files.
        state: reading, ok, review, partial or failed.
        pages: in the file.
        result: a `DocumentResult` as JSON; empty where it is not done.
    """

    sha256: str
    maker: str
    stamp: str
    outputs: str
    state: str
    pages: int
    result: str

    @property
    def done(self) -> bool:
        """Has it a whole record?"""
        return self.state in ("ok", "review")


class Ledger:
    """An open ledger. Make one with `opened` or `read_only`."""

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        self._connection = connection
        self.folder = folder
        self._run = 0

    @classmethod
    @contextmanager
    def opened(cls, out: Path) -> Iterator[Ledger]:
        """The ledger of `out`, made where there is none, held against other runs until the context ends.

        Raises:
            OutputError: another run holds it, or `out` cannot be written.
        """
        folder = out / FOLDER
        with locked(out, folder):
            with _translated(out):
                connection = _connect(folder / FILE)
                _empty(staging(out))
            try:
                yield cls(connection, out)
            finally:
                connection.close()

    @classmethod
    @contextmanager
    def read_only(cls, out: Path) -> Iterator[Ledger | None]:
        """The ledger of `out` for looking only, also while a run goes on; None where there is none.

        Raises:
            OutputError: it cannot be read.
        """
        path = out / FOLDER / FILE
        if not path.is_file():
            yield None
            return
        with _translated(out):
            connection = sqlite3.connect(f"file:{_quoted(path)}?mode=ro", uri=True, timeout=30)
            try:
                connection.execute("SELECT 1 FROM documents LIMIT 1")
            except sqlite3.OperationalError:  # a folder that cannot be written: no side files can be made
                connection.close()
                connection = sqlite3.connect(f"file:{_quoted(path)}?mode=ro&immutable=1", uri=True)
        try:
            yield cls(connection, out)
        finally:
            connection.close()

    def entry(self, name: str) -> Entry | None:
        """What is known of the document with this output name."""
        row = self._connection.execute(
            "SELECT sha256, maker, stamp, outputs, state, pages, result FROM documents WHERE name = ?", (_key(name),)
        ).fetchone()
        return Entry(*row) if row else None

    def begin_run(self, planned: int, workers: int, now: float) -> None:
        """A run over so many documents begins."""
        with self._transaction():
            cursor = self._connection.execute(
                "INSERT INTO runs (started, planned, workers) VALUES (?, ?, ?)", (now, planned, workers)
            )
            self._run = int(cursor.lastrowid or 0)

    def end_run(self, now: float) -> None:
        """The run came to its end."""
        with self._transaction():
            self._connection.execute("UPDATE runs SET ended = ? WHERE id = ?", (now, self._run))

    def begin(self, name: str, file: str, sha256: str, maker: str, pages: int) -> None:
        """A document was opened. Pages read of other bytes or by other means are forgotten."""
        with self._transaction():
            known = self._connection.execute(
                "SELECT sha256, maker FROM documents WHERE name = ?", (_key(name),)
            ).fetchone()
            if known != (sha256, maker):
                self._connection.execute("DELETE FROM pages WHERE name = ?", (_key(name),))
            self._connection.execute(
                "INSERT OR REPLACE INTO documents (name, file, sha256, maker, stamp, outputs, state, pages, result,"
                " run) VALUES (?, ?, ?, ?, '', '', 'reading', ?, '', ?)",
                (_key(name), file, sha256, maker, pages, self._run),
            )

    def keep_page(self, name: str, number: int, text: bytes) -> None:
        """A page was read."""
        with self._transaction():
            self._connection.execute("INSERT OR REPLACE INTO pages VALUES (?, ?, ?)", (_key(name), number, text))

    def pages(self, name: str) -> dict[int, bytes]:
        """The pages read so far, by number."""
        rows = self._connection.execute("SELECT number, text FROM pages WHERE name = ? ORDER BY number", (_key(name),))
        return {int(number): bytes(text) for number, text in rows}

    def page_numbers(self, name: str) -> set[int]:
        """Which pages were read so far."""
        rows = self._connection.execute("SELECT number FROM pages WHERE name = ?", (_key(name),))
        return {int(number) for (number,) in rows}

    def end(self, name: str, file: str, ended: Ended) -> None:
        """A document is done with. The pages of one that lacks some are kept, so that only those are read again."""
        entry, failure = ended.entry, ended.failure
        known = (entry.sha256, entry.maker, entry.stamp, entry.outputs, entry.state, entry.pages)
        numbers = (ended.seconds, ended.size, ended.doubts)
        told = (failure.kind, failure.sort, failure.message) if failure else (None, None, None)
        with self._transaction():
            self._connection.execute(
                f"INSERT OR REPLACE INTO documents VALUES ({', '.join('?' * 16)})",
                (_key(name), file, *known, *numbers, *told, entry.result, self._run),
            )
            if entry.state != "partial":
                self._connection.execute("DELETE FROM pages WHERE name = ?", (_key(name),))

    def touch(self, name: str, stamp: str, outputs: str) -> None:
        """The same bytes, seen anew under these stamps."""
        with self._transaction():
            self._connection.execute(
                "UPDATE documents SET stamp = ?, outputs = ? WHERE name = ?", (stamp, outputs, _key(name))
            )

    def query(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """Rows for a report."""
        return self._connection.execute(sql, values).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with _translated(self.folder), self._connection:
            yield


@dataclass(frozen=True, slots=True)
class Ended:
    """How a document ended: what a later run asks for, and what reports show.

    Attributes:
        entry: what a later run asks for.
        seconds: workers' time.
        size: of the input, bytes.
        doubts: issues that are warnings or errors.
        failure: the document's, or that of its first unread page.
    """

    entry: Entry
    seconds: float
    size: int
    doubts: int
    failure: Failure | None


def staging(out: Path) -> Path:
    """Where files are written before they are moved into place: what a killed run leaves there is swept."""
    return out / FOLDER / "parts"


def _empty(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        path.unlink()


def _connect(path: Path) -> sqlite3.Connection:
    try:
        return _prepared(path)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:  # of another form, or no ledger at all: records tell by themselves what is done
        for side in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                Path(f"{path}{side}").replace(f"{path}{side}.old")
        return _prepared(path)


def _prepared(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=30)
    (form,) = connection.execute("PRAGMA user_version").fetchone()
    if form not in (0, _FORM):
        connection.close()
        raise sqlite3.DatabaseError(f"a ledger of form {form}")
    connection.execute("PRAGMA journal_mode = WAL")
    # Whole after every kill; after a power cut the last pages may have to be read again.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA user_version = {_FORM}")
    connection.executescript(_TABLES)
    return connection


@contextmanager
def _translated(out: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.OperationalError, sqlite3.DatabaseError, OSError) as error:
        raise unwritable(out, error) from error


def _quoted(path: Path) -> str:
    return quote(str(path.absolute()))


def _key(name: str) -> bytes:
    return os.fsencode(name)
