"""CSV: one file a table."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from pipeline.export.archive import Document
from pipeline.export.files import whole_file
from pipeline.export.plain import no_formula
from pipeline.export.tables import TABLES, Row, rows


def write_csv(documents: Iterable[Document], folder: Path) -> list[Path]:
    """Write `documents.csv`, `attendance.csv`, `agenda.csv` and `resolutions.csv`.

    They begin with a byte order mark, without which spreadsheets take Thai for Latin.

    Raises:
        OutputError: the folder cannot be written.
    """
    paths = [folder / f"{table.name}.csv" for table in TABLES]
    with ExitStack() as stack:
        writers = {}
        for table, path in zip(TABLES, paths, strict=True):
            temporary = stack.enter_context(whole_file(path))
            stream = stack.enter_context(temporary.open("w", encoding="utf-8-sig", newline=""))
            writers[table.name] = csv.writer(stream)
            writers[table.name].writerow(table.columns)
        for document in documents:
            for name, members in rows(document).items():
                writers[name].writerows(_guarded(row) for row in members)
    return paths


def _guarded(row: Row) -> Row:
    return tuple(no_formula(value) if isinstance(value, str) else value for value in row)
