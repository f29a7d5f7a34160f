"""SQLite: the tables and the pages of an archive, with full-text search over Thai.

`pages_fts` indexes `pages.words`, the text cut into words, and `pages.inner`, the words inside
long words. Words of a search are separated by spaces:

    SELECT document, page FROM pages JOIN pages_fts ON pages.id = pages_fts.rowid
    WHERE pages_fts MATCH '"งบประมาณ" "เห็นชอบ"' ORDER BY rank;
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from pipeline.errors import InputError, OutputError
from pipeline.export.archive import Document, Failed
from pipeline.export.files import whole_file
from pipeline.export.tables import ATTENDANCE, DOCUMENTS, TABLES, Table, rows
from pipeline.export.words import cut, inner

_COUNTS = ("pages", "doubts", "present", "absent", "in_attendance", "agenda_items", "resolutions")
_NUMBERS = frozenset(
    [
        *((DOCUMENTS.name, column) for column in _COUNTS),
        *((table.name, column) for table in TABLES for column in ("meeting_number", "meeting_year", "level", "page")),
        (ATTENDANCE.name, "number"),
    ]
)
"""(table, column) of what is a number; the number of an agenda item is a text: 4.10 is not 4.1."""

# Thai vowels and tone marks are marks (M*), which would else be taken for gaps between words.
_SEARCH = """
CREATE VIRTUAL TABLE pages_fts USING fts5(
    words, inner, content="pages", content_rowid="id",
    tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co'");
INSERT INTO pages_fts (pages_fts) VALUES ('rebuild');
INSERT INTO pages_fts (pages_fts) VALUES ('optimize');
"""
_PAGES = """
CREATE TABLE pages (
    id INTEGER PRIMARY KEY, document TEXT NOT NULL REFERENCES documents (document), page INTEGER, text TEXT NOT NULL,
    words TEXT NOT NULL, inner TEXT NOT NULL);
"""


def write_sqlite(documents: Iterable[Document], path: Path, failed: Failed) -> list[Path]:
    """Write the database: documents, attendance, agenda, resolutions, and pages with their search.

    A document whose page text cannot be read is in the tables only, and `failed` is told.

    Raises:
        OutputError: the database cannot be written.
    """
    with whole_file(path) as temporary:
        try:
            with closing(sqlite3.connect(temporary)) as database:
                _fill(database, documents, failed)
        except sqlite3.Error as error:
            raise OutputError(
                f"{path}: cannot be written ({error})", "Free some space, or choose another -o"
            ) from error
    return [path]


def _fill(database: sqlite3.Connection, documents: Iterable[Document], failed: Failed) -> None:
    # A file that is moved into place when it is whole needs no journal.
    database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
    for table in TABLES:
        database.execute(f"CREATE TABLE {table.name} ({', '.join(_column(table, column) for column in table.columns)})")
    database.executescript(_PAGES)
    with database:
        for document in documents:
            for name, members in rows(document).items():
                if members:
                    marks = ", ".join("?" * len(members[0]))
                    database.executemany(f"INSERT INTO {name} VALUES ({marks})", members)
            try:
                pages = document.page_texts()
            except InputError as error:
                failed(error)
                continue
            for page, text in pages:
                words = cut(text)
                database.execute(
                    "INSERT INTO pages (document, page, text, words, inner) VALUES (?, ?, ?, ?, ?)",
                    (document.name, page, text, words, inner(words)),
                )
    for table in TABLES:
        if table is not DOCUMENTS:
            database.execute(f"CREATE INDEX {table.name}_document ON {table.name} (document)")
    database.execute("CREATE INDEX attendance_name ON attendance (name)")
    database.executescript(_SEARCH)
    database.execute("VACUUM")


def _column(table: Table, column: str) -> str:
    if column == "document":
        return "document TEXT PRIMARY KEY" if table is DOCUMENTS else "document TEXT REFERENCES documents (document)"
    return f"{column} {'INTEGER' if (table.name, column) in _NUMBERS else 'TEXT'}"
