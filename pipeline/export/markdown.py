"""Markdown: a reading copy of one record (CommonMark, tables as on GitHub)."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from pipeline.export.archive import Document
from pipeline.export.plain import readable
from pipeline.export.reading import Part, reading_copy

_MARKUP = regex.compile(r"([\\`*_{}\[\]<>#|~&!$])")
_LINE_START = regex.compile(r"^([-+=:])|^(\p{Nd}{1,9})([.)])")  # lists, rules, underlined headings


def markdown(document: Document) -> bytes:
    """The record as Markdown. What looks like markup or HTML in a value comes out as the text it is."""
    blocks = (_block(part) for part in reading_copy(document))
    return ("\n\n".join(filter(None, blocks)) + "\n").encode()


def _block(part: Part) -> str:
    text = _escaped(part.text, begins=part.kind in ("entry", "signature", "text"))
    match part.kind:
        case "title":
            return f"# {text}"
        case "subtitle":
            return f"**{text}**" if text else ""
        case "heading":
            return f"{'#' * min(part.level + 1, 6)} {text}"
        case "entry":
            label = _escaped(part.label, begins=True)
            # A no-break space a step: four plain ones would make it code.
            return "&nbsp;" * (4 * part.level) + f"{label} {text}".strip()
        case "resolution":
            return "> " + (f"**{_escaped(part.label)}** {text}" if part.label else text)
        case "table":
            return "\n".join(_table(part.rows))
        case "signature":
            return text.replace("\n", "\\\n")
        case "note":
            return f"---\n\n*{text}*"
        case "text":
            return "&nbsp;" * (4 * part.level) + text


def _table(rows: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    width = max(len(row) for row in rows)
    for index, row in enumerate(rows):
        cells = [_escaped(cell).replace("\n", "<br>") for cell in row]
        yield "| " + " | ".join(cells + [""] * (width - len(row))) + " |"
        if index == 0:
            yield "|" + " --- |" * width


def _escaped(text: str, *, begins: bool = False) -> str:
    """`text` with backslashes before what means something; `begins`: do its lines begin lines of the file?"""
    return "\n".join(_line(line, begins) for line in readable(text).split("\n"))


def _line(line: str, begins: bool) -> str:
    marked = _MARKUP.sub(r"\\\1", line.strip())
    if not begins:
        return marked
    return _LINE_START.sub(lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}", marked)
