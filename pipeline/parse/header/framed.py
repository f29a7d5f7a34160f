"""A header set as a form in a ruled table: บันทึกการประชุม across it, ครั้งที่ and วันที่ in cells beside their values."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.layout import Element, Row, Table, Traced
from pipeline.parse.draft import flow_together
from pipeline.parse.markers import document_marker

LABEL_WIDTH = 0.25  # of the page: a wider cell holds no label


def unframed(elements: Sequence[Element]) -> list[Element]:
    """The elements, the first table made rows where it names the paper as minutes and no row above it does."""
    for place, element in enumerate(elements):
        if isinstance(element, Row) and document_marker(element):
            break
        if isinstance(element, Table):
            rows = _rows(element)
            return (
                [*elements[:place], *rows, *elements[place + 1 :]] if any(map(document_marker, rows)) else [*elements]
            )
    return [*elements]


def _rows(table: Table) -> list[Row]:
    """The table's texts in reading order, a label and the value beside it on one row."""
    rows: list[Row] = []
    for cells in table.rows:
        texts = [flow_together(lines) for lines in cells if any(lines)]
        while texts:
            labelled = len(texts) > 1 and _is_label(texts[0])
            rows.append(_row(table.page, texts[: 1 + labelled]))
            del texts[: 1 + labelled]
    return rows


def _is_label(text: Traced) -> bool:
    return text.box is not None and text.box[2] - text.box[0] < LABEL_WIDTH


def _row(page: int, texts: list[Traced]) -> Row:
    whole = Traced.join(texts)
    return Row(page, (whole,), whole.box or (0.0, 0.0, 0.0, 0.0), 0.0)
