"""SQLite: the tables and the pages of an archive, with full-text search over Thai.

Thai is written without spaces, and whoever searches types it so. `pages_fts` therefore indexes every three
characters of a page without its spaces and line ends, and finds what is typed wherever it stands, as
Datasette's search box passes it on:

    SELECT document, page FROM pages JOIN pages_fts ON pages.id = pages_fts.rowid
    WHERE pages_fts MATCH '"มติที่ประชุม" "งบประมาณ"' ORDER BY rank;

So do `attendance_fts`, `agenda_fts` and `resolutions_fts`. `words_fts` has whole words: those a page is cut
into and those inside long ones. It finds words of two characters too, and no letters of two words:

    SELECT document, page FROM pages JOIN words_fts ON pages.id = words_fts.rowid
    WHERE words_fts MATCH '"งบ" "เห็นชอบ"' ORDER BY rank;
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from pipeline.errors import InputError, OutputError
from pipeline.export.archive import Document, Failed
from pipeline.export.files import whole_file
from pipeline.export.tables import AGENDA, ATTENDANCE, DOCUMENTS, RESOLUTIONS, TABLES, Table, rows
from pipeline.export.words import cut, inner, other_digits

_COUNTS = ("pages", "doubts", "present", "absent", "in_attendance", "agenda_items", "resolutions")
_NUMBERS = frozenset(
    [
        *((DOCUMENTS.name, column) for column in _COUNTS),
        *((table.name, column) for table in TABLES for column in ("meeting_number", "meeting_year", "level", "page")),
        (ATTENDANCE.name, "number"),
    ]
)
"""(table, column) of what is a number; the number of an agenda item is a text: 4.10 is not 4.1."""

_SEARCHED = {
    "pages": ("unspaced", "other_digits"),
    ATTENDANCE.name: ("name", "position", "represents"),
    AGENDA.name: ("title", "text"),
    RESOLUTIONS.name: ("agenda_title", "text"),
}
"""Columns that are searched, by table."""

_PAGES = """
CREATE TABLE pages (
    id INTEGER PRIMARY KEY, document TEXT NOT NULL REFERENCES documents (document), page INTEGER, text TEXT NOT NULL,
    other_digits TEXT NOT NULL,
    unspaced TEXT AS (replace(replace(replace(text, char(10), ''), char(9), ''), ' ', '')) VIRTUAL);
"""
# Contentless: the words are in `pages` already. Thai vowels and tone marks are marks (M*), which would else be
# taken for gaps between words.
_WORDS = """
CREATE VIRTUAL TABLE words_fts USING fts5(
    words, inner, content="", tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co'");
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
        columns = ", ".join(_column(table, column) for column in table.columns)
        key = "" if table is DOCUMENTS else "id INTEGER PRIMARY KEY, "  # a search holds on to it
        database.execute(f"CREATE TABLE {table.name} ({key}{columns})")
    database.executescript(_PAGES + _WORDS)
    columns_of = {table.name: ", ".join(table.columns) for table in TABLES}
    with database:
        for document in documents:
            for name, members in rows(document).items():
                if members:
                    marks = ", ".join("?" * len(members[0]))
                    database.executemany(f"INSERT INTO {name} ({columns_of[name]}) VALUES ({marks})", members)
            try:
                pages = document.page_texts()
            except InputError as error:
                failed(error)
                continue
            for page, text in pages:
                _add_page(database, document.name, page, text)
    for table in TABLES:
        if table is not DOCUMENTS:
            database.execute(f"CREATE INDEX {table.name}_document ON {table.name} (document)")
    database.execute("CREATE INDEX attendance_name ON attendance (name)")
    for name, searched in _SEARCHED.items():
        database.executescript(_search(name, searched))
    database.executescript("INSERT INTO words_fts (words_fts) VALUES ('optimize'); VACUUM;")


def _add_page(database: sqlite3.Connection, document: str, page: int | None, text: str) -> None:
    added = database.execute(
        "INSERT INTO pages (document, page, text, other_digits) VALUES (?, ?, ?, ?)",
        (document, page, text, other_digits(text)),
    )
    words = cut(text)
    database.execute(
        "INSERT INTO words_fts (rowid, words, inner) VALUES (?, ?, ?)", (added.lastrowid, words, inner(words))
    )


def _search(table: str, columns: tuple[str, ...]) -> str:
    """Makes the full-text table of `table`, of a form that Datasette finds by itself."""
    return f"""
        CREATE VIRTUAL TABLE {table}_fts USING fts5(
            {", ".join(columns)}, content="{table}", content_rowid="id", tokenize="trigram");
        INSERT INTO {table}_fts ({table}_fts) VALUES ('rebuild');
        INSERT INTO {table}_fts ({table}_fts) VALUES ('optimize');
    """


def _column(table: Table, column: str) -> str:
    if column == "document":
        return "document TEXT PRIMARY KEY" if table is DOCUMENTS else "document TEXT REFERENCES documents (document)"
    return f"{column} {'INTEGER' if (table.name, column) in _NUMBERS else 'TEXT'}"
