"""DOCX: a reading copy of one record."""

from __future__ import annotations

import io

import docx as office
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.styles.style import ParagraphStyle

from pipeline.export.archive import Document
from pipeline.export.office import EPOCH, without_clock
from pipeline.export.plain import readable
from pipeline.export.reading import Part, reading_copy

_FACE = "TH Sarabun New"
"""The face of official papers; where it is not installed, the reader's program takes another with Thai."""

_SIZES = {"Normal": 16, "Title": 22, "Heading 1": 18, "Heading 2": 17, "Heading 3": 16, "Heading 4": 16}  # points
_STEP = Cm(1)


def docx(document: Document) -> bytes:
    """The record as a Word file; the same record gives the same bytes."""
    paper = office.Document()
    core = paper.core_properties
    core.author, core.comments, core.title = "", "", readable(document.record.source.file)
    core.created = core.modified = EPOCH
    for name, size in _SIZES.items():
        _thai(paper.styles[name], size)
    for part in reading_copy(document):
        _add(paper, part)
    made = io.BytesIO()
    paper.save(made)
    return without_clock(made.getvalue())


def _add(paper: Paper, part: Part) -> None:
    text = readable(part.text)
    match part.kind:
        case "title":
            paper.add_paragraph(text, "Title").alignment = WD_ALIGN_PARAGRAPH.CENTER
        case "subtitle":
            paper.add_paragraph(text).alignment = WD_ALIGN_PARAGRAPH.CENTER
        case "heading":
            paper.add_heading(text, min(part.level, 4))
        case "entry":
            entry = paper.add_paragraph(f"{readable(part.label)}\t{text}")
            entry.paragraph_format.left_indent = _STEP * (part.level + 1)
            entry.paragraph_format.first_line_indent = -_STEP
        case "resolution":
            resolution = paper.add_paragraph()
            resolution.paragraph_format.left_indent = _STEP
            if part.label:
                label = resolution.add_run(readable(part.label)).font
                label.bold = label.cs_bold = True
            resolution.add_run(f" {text}")
        case "table":
            _add_table(paper, part.rows)
        case "signature":
            paper.add_paragraph(text).alignment = WD_ALIGN_PARAGRAPH.CENTER
        case "note":
            note = paper.add_paragraph().add_run(text).font
            note.italic = note.cs_italic = True
        case "text":
            paper.add_paragraph(text).paragraph_format.left_indent = _STEP * part.level


def _add_table(paper: Paper, rows: tuple[tuple[str, ...], ...]) -> None:
    table = paper.add_table(len(rows), max(len(row) for row in rows), "Table Grid")
    for cells, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, row, strict=False):
            cell.text = readable(text)
    paper.add_paragraph()


def _thai(style: ParagraphStyle, size: int) -> None:
    """Set face and size for Thai too: Word keeps those of "complex scripts" apart."""
    style.font.name = _FACE
    style.font.size = Pt(size)
    properties = style.element.get_or_add_rPr()
    faces = properties.find(qn("w:rFonts"))
    for theme in [key for key in faces.attrib if key.lower().endswith("theme")]:
        del faces.attrib[theme]  # a theme's face would go before ours
    for script in ("w:cs", "w:eastAsia"):
        faces.set(qn(script), _FACE)
    for tag, value in (("w:szCs", str(2 * size)), ("w:lang", "th-TH")):
        for old in properties.findall(qn(tag)):
            properties.remove(old)
        element = OxmlElement(tag)
        element.set(qn("w:val"), value)
        if tag == "w:lang":
            element.set(qn("w:bidi"), "th-TH")
        properties.append(element)
