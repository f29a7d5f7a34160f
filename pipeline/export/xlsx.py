"""XLSX: one workbook, one sheet a table."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from pipeline.export.archive import Document
from pipeline.export.files import write_atomically
from pipeline.export.office import EPOCH, without_clock
from pipeline.export.plain import legal, no_formula
from pipeline.export.tables import TABLES, Value, rows

_MOST = 32_767
"""Characters a cell can hold (ECMA-376 readers cut or refuse more)."""

_WIDTHS = {"text": 70, "title": 50, "agenda_title": 40, "body": 40, "name": 32, "position": 36, "venue": 36}
_WIDTH = 16  # of other columns, in characters


def write_xlsx(documents: Iterable[Document], path: Path) -> list[Path]:
    """Write the workbook: sheets documents, attendance, agenda and resolutions, each with a filter on its head.

    Texts are stored as texts: none becomes a formula, a date or a number.

    Raises:
        OutputError: it cannot be written.
    """
    book = Workbook(write_only=True)
    book.properties.creator = ""
    book.properties.created = EPOCH
    sheets = {}
    counts = {}
    for table in TABLES:
        sheet = sheets[table.name] = book.create_sheet(table.name)
        sheet.freeze_panes = "B2"
        for index, column in enumerate(table.columns, start=1):
            sheet.column_dimensions[get_column_letter(index)].width = _WIDTHS.get(column, _WIDTH)
        head = [WriteOnlyCell(sheet, column) for column in table.columns]
        for cell in head:
            cell.font = Font(bold=True)
        sheet.append(head)
        counts[table.name] = 1
    for document in documents:
        for name, members in rows(document).items():
            for row in members:
                sheets[name].append([_cell(sheets[name], value) for value in row])
            counts[name] += len(members)
    for table in TABLES:
        sheets[table.name].auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{counts[table.name]}"
    made = io.BytesIO()
    book.save(made)
    write_atomically(path, without_clock(made.getvalue()))
    return [path]


def _cell(sheet: object, value: Value) -> object:
    if not isinstance(value, str):
        return value
    text = legal(value)
    if len(text) > _MOST:
        text = text[: _MOST - 1] + "…"
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"  # openpyxl takes a leading = for a formula
    cell.quotePrefix = no_formula(text) != text  # so it stays a text when somebody edits the cell
    cell.alignment = Alignment(vertical="top", wrap_text=len(text) > _WIDTH)
    return cell
