"""hOCR 1.2: the page text with its places as a web page, which many OCR tools take."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from pipeline.export.archive import Document
from pipeline.export.frame import page_figures, page_lines
from pipeline.export.plain import legal
from pipeline.ocr.text import Box, PageText
from pipeline.version import PROGRAM, VERSION

_DOCTYPE = b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'


def hocr(document: Document) -> bytes:
    """The pages of a document in one file; boxes in pixels of the upright page as scanned.

    Raises:
        InputError: the places of the lines were not kept.
    """
    lines = document.lines()
    root = ET.Element("html", {"xmlns": "http://www.w3.org/1999/xhtml", "xml:lang": "th", "lang": "th"})
    head = ET.SubElement(root, "head")
    ET.SubElement(head, "title").text = legal(lines.file)
    for name, content in (
        ("ocr-system", f"{PROGRAM} {VERSION} ({lines.engine})"),
        ("ocr-capabilities", "ocr_page ocr_image ocr_line ocrx_word"),
        ("ocr-number-of-pages", str(len(lines.pages))),
    ):
        ET.SubElement(head, "meta", name=name, content=legal(content))
    body = ET.SubElement(root, "body")
    for page in lines.pages:
        _add_page(body, page, legal(lines.file))
    ET.indent(root)
    made: bytes = ET.tostring(root, encoding="utf-8", short_empty_elements=False)  # HTML knows no <div/>
    return _DOCTYPE + made + b"\n"


def _add_page(body: ET.Element, page: PageText, file: str) -> None:
    name = f"page_{page.number}"
    quoted = file.replace("\\", "\\\\").replace('"', '\\"')
    title = f'image "{quoted}"; bbox 0 0 {page.width} {page.height}; ppageno {page.number - 1}'
    element = ET.SubElement(body, "div", {"class": "ocr_page", "id": name, "title": title})
    for number, box in enumerate(page_figures(page), start=1):
        # Not ocr_photo: whether it is a photograph, a chart or a crest is not known.
        place = {"class": "ocr_image", "id": f"{name}_image_{number}", "title": _bbox(box)}
        ET.SubElement(element, "div", place)
    for number, (box, words) in enumerate(page_lines(page), start=1):
        place = {"class": "ocr_line", "id": f"{name}_line_{number}", "title": _bbox(box)}
        line = ET.SubElement(element, "span", place)
        for index, word in enumerate(words, start=1):
            sure = f"{_bbox(word.box)}; x_wconf {round(100 * word.confidence)}"
            place = {"class": "ocrx_word", "id": f"{name}_word_{number}_{index}", "title": sure}
            ET.SubElement(line, "span", place).text = legal(word.text)


def _bbox(box: Box) -> str:
    return "bbox " + " ".join(str(round(edge)) for edge in box)
