"""Attendance lists: columns without rules, ruled tables, a list on its heading's line, a lone dash."""

from __future__ import annotations

from schemas import AttendanceList, Person
from training.synth import furniture, templates
from training.synth.flow import Column, Flow
from training.synth.page import Span
from training.synth.style import ListStyle, Style


def attendance(flow: Flow, listed: AttendanceList, style: Style, how: ListStyle, pointer: str) -> None:
    """Print one list."""
    flow.space(how.before)
    if how.form == "inline":
        people = fill_inline(listed, style, how)
        flow.paragraph([*_heading(listed.heading, style), Span("  " + people)], pointer=pointer)
        return
    # A heading is not left alone at the foot of a page.
    flow.ensure(3)
    flow.paragraph(_heading(listed.heading, style), pointer=pointer)
    if how.form == "dash":
        flow.paragraph("-", left=how.columns[0].left if how.columns else 40.0)
        return
    if how.continued:
        again = how.continued
        flow.on_break = lambda: flow.paragraph(_heading(again, style))
    if how.form == "table":
        _table(flow, listed, style, how, pointer)
    else:
        for index, person in enumerate(listed.people):
            cells = _cells(person, index, style, how)
            columns = [
                Column(column.left, _width(how, index, at), cell, column.align, column.tabs)
                for at, (column, cell) in enumerate(zip(how.columns, cells, strict=True))
                if cell
            ]
            flow.row(columns, pointer=f"{pointer}/people/{index}")
    flow.on_break = None


def fill_inline(listed: AttendanceList, style: Style, how: ListStyle) -> str:
    """All people of `listed` in running text."""
    filled = []
    for index, person in enumerate(listed.people):
        filled += templates.fill([how.inline], templates.of_person(person, _label(person, index, style, how)))
    return " ".join(filled)


def _heading(text: str, style: Style) -> list[Span]:
    return [
        Span(text, bold=style.list_heading in ("bold", "both"), underline=style.list_heading in ("underline", "both"))
    ]


def _label(person: Person, index: int, style: Style, how: ListStyle) -> str:
    if index in how.labels:
        return how.labels[index]
    return "" if person.number is None else how.label.format(n=furniture.digits(person.number, style.digits))


def _cells(person: Person, index: int, style: Style, how: ListStyle) -> list[list[str]]:
    """The lines of every column for one person."""
    fields = templates.of_person(person, _label(person, index, style, how))
    lines = how.people.get(index, tuple(column.lines for column in how.columns))
    cells = [templates.fill(column, fields) for column in lines]
    if index in how.tight:
        # The name stands in the label's column, right after the label.
        cells[0] = ["".join(cells[0]) + cells[1][0]]
        cells[1][0] = ""
    return cells


def _width(how: ListStyle, index: int, at: int) -> float:
    """The width of column `at` for person `index`: a label with the name after it takes two columns."""
    width = how.columns[at].width
    return width + how.columns[at + 1].width if at == 0 and index in how.tight else width


def _table(flow: Flow, listed: AttendanceList, style: Style, how: ListStyle, pointer: str) -> None:
    head = [[Span(column.title, bold=True)] for column in how.columns]
    rows = [
        ["\n".join(cell) for cell in _cells(person, index, style, how)] for index, person in enumerate(listed.people)
    ]
    flow.table(
        [column.width for column in how.columns],
        [head, *rows],
        left=how.columns[0].left,
        repeat=how.repeat,
        aligns=[column.align for column in how.columns],
        pointers=[f"{pointer}/people/{index}" for index in range(len(rows))],
    )
