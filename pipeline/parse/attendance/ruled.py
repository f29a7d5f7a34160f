"""The people of a ruled attendance table."""

from __future__ import annotations

from pipeline.layout import Table, Traced
from pipeline.parse.attendance.entry import Entry
from pipeline.parse.draft import flow_together
from pipeline.thai.fold import similarity
from pipeline.thai.numbers import parse_int
from pipeline.vocabulary import vocabulary


def from_table(table: Table) -> tuple[list[Entry], dict[int, str]]:
    """The people of a ruled table; column 0 is the name's, the others count from 1."""
    labels: dict[int, str] = {}
    body = list(table.rows)
    if body and (found := _labels(body[0])):
        labels, body = found, body[1:]
    number_column = _labelled(labels, "number")
    if number_column is None and _is_number_column(body, 0):
        number_column = 0
    name_column = _labelled(labels, "name")
    if name_column is None:
        name_column = 0 if number_column is None else number_column + 1
    family_column = _labelled(labels, "family_name")
    entries: list[Entry] = []
    for row in body:
        number = Traced.join(row[number_column]) if number_column is not None else Traced("", ())
        if not any(row):
            continue
        if number or not entries or (name_column < len(row) and row[name_column] and number_column is None):
            entries.append(Entry(parse_int(number.text.strip(" .")), number or None))
        for column, lines in enumerate(row):
            if column == family_column:
                entries[-1].end_name(flow_together(lines))
            elif column != number_column:
                for line in lines:
                    entries[-1].add(_relative(column, name_column), line)
    return entries, {_relative(column, name_column): label for column, label in labels.items() if label != "number"}


def _relative(column: int, name_column: int) -> int:
    """Column numbers with the name's column as 0; columns before it come after all others."""
    return column - name_column if column >= name_column else 50 + column


def _labels(head: tuple[tuple[Traced, ...], ...]) -> dict[int, str]:
    found: dict[int, str] = {}
    for column, lines in enumerate(head):
        text = " ".join(line.text for line in lines)
        known = vocabulary().attendance_columns.items()
        nearest, label = max((max(similarity(text, one) for one in spellings), label) for label, spellings in known)
        if nearest > 0.8:
            found[column] = label
    return found if len(found) > 1 or "name" in found.values() else {}


def _labelled(labels: dict[int, str], wanted: str) -> int | None:
    return next((column for column, label in labels.items() if label == wanted), None)


def _is_number_column(rows: list[tuple[tuple[Traced, ...], ...]], column: int) -> bool:
    texts = [Traced.join(row[column]).text.strip(" .") for row in rows if row[column]]
    return bool(texts) and sum(parse_int(text) is not None or len(text) <= 2 for text in texts) * 2 > len(texts)
