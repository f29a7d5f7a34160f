"""ALTO 4.4: the page text with its places, for archives and newspaper viewers."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from pipeline.export.archive import Document
from pipeline.export.frame import page_figures, page_lines
from pipeline.export.plain import legal
from pipeline.ocr.text import Box, PageText
from pipeline.version import PROGRAM

_NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"
_SCHEMA = "http://www.w3.org/2001/XMLSchema-instance"


def alto(document: Document) -> bytes:
    """The pages of a document in one file; places in pixels of the upright page as scanned.

    A String is what stands between white spaces, as ALTO wants it; in Thai that may be a sentence.

    Raises:
        InputError: the places of the lines were not kept.
    """
    lines = document.lines()
    root = ET.Element("alto", {"xmlns": _NAMESPACE, "xmlns:xsi": _SCHEMA, "SCHEMAVERSION": "4.4"})
    root.set("xsi:schemaLocation", f"{_NAMESPACE} http://www.loc.gov/standards/alto/v4/alto-4-4.xsd")
    description = ET.SubElement(root, "Description")
    ET.SubElement(description, "MeasurementUnit").text = "pixel"
    source = ET.SubElement(description, "sourceImageInformation")
    ET.SubElement(source, "fileName").text = legal(lines.file)
    ET.SubElement(source, "fileIdentifier").text = f"sha256:{lines.sha256}"
    processing = ET.SubElement(description, "Processing", ID="reading")
    software = ET.SubElement(processing, "processingSoftware")
    ET.SubElement(software, "softwareName").text = PROGRAM
    ET.SubElement(software, "applicationDescription").text = legal(lines.engine)
    layout = ET.SubElement(root, "Layout")
    for page in lines.pages:
        _add_page(layout, page)
    ET.indent(root)
    made: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return made + b"\n"


def _add_page(layout: ET.Element, page: PageText) -> None:
    name = f"p{page.number}"
    element = ET.SubElement(layout, "Page", ID=name, PHYSICAL_IMG_NR=str(page.number), LANG="th")
    if page.state == "failed":
        element.set("QUALITY", "Damaged")
        return
    element.set("WIDTH", str(page.width))
    element.set("HEIGHT", str(page.height))
    if page.turned:
        element.set("ROTATION", str(-page.turned % 360))  # counterclockwise, of the text on the page as stored
    found = list(page_lines(page))
    if not (found or page.figures):
        return
    whole = (0.0, 0.0, float(page.width), float(page.height))
    space = ET.SubElement(element, "PrintSpace", _place(whole))
    for number, box in enumerate(page_figures(page), start=1):
        ET.SubElement(space, "Illustration", {"ID": f"{name}_f{number}", **_place(box)})
    if not found:
        return
    block = ET.SubElement(space, "TextBlock", ID=f"{name}_b1")
    for number, (box, words) in enumerate(found, start=1):
        line = ET.SubElement(block, "TextLine", {"ID": f"{name}_l{number}", **_place(box)})
        for index, word in enumerate(words):
            if index:
                ET.SubElement(line, "SP")
            place = {"ID": f"{name}_l{number}_s{index + 1}", "CONTENT": legal(word.text), **_place(word.box)}
            ET.SubElement(line, "String", {**place, "WC": f"{word.confidence:.3f}"})


def _place(box: Box) -> dict[str, str]:
    x0, y0, x1, y1 = map(round, box)
    return {"HPOS": str(x0), "VPOS": str(y0), "WIDTH": str(x1 - x0), "HEIGHT": str(y1 - y0)}
