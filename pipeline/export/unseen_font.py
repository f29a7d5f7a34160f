"""A font for text that is found and copied but never painted.

A character of it is a whole grapheme cluster: a consonant with its vowels and tone mark, `น้ำ`
in one. So every cluster can be as wide as it is on the page, no mark stands beside its
consonant, and what is copied is exactly what was read: the font's ToUnicode map says which
code points a cluster is. (Fonts with one character a code point give marks a width of
their own or none, and viewers then disagree on where a word ends.)

All characters show one glyph, a plain rectangle as large as a character: viewers mark what is
selected by it, and pdfium (Chrome) drops text whose glyphs have no size.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pikepdf import Array, Dictionary, Name

EM = 1000
ADVANCE = 500
"""Width of every character, in thousandths of the font's size."""

ASCENT, DESCENT = 800, -200
"""So the box of a text reaches from 0.2 sizes below its baseline to 0.8 above."""

_NAME = "ThaiMinutesUnseen"
_BLOCK = 100  # entries of one bfchar block, the most the CMap format allows


class UnseenFont:
    """The font of one PDF: gives each cluster it meets a code, and is written at the end."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}

    def encode(self, cluster: str) -> str:
        """The code of `cluster` as four hexadecimal digits."""
        return f"{self._codes.setdefault(cluster, len(self._codes) + 1):04X}"

    def write(self, pdf: pikepdf.Pdf, font: pikepdf.Object) -> None:
        """Fill in the dictionary `font` of `pdf`."""
        file = pdf.make_stream(_font_file())
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name(f"/{_NAME}"),
            Flags=4,
            FontBBox=Array([0, DESCENT, ADVANCE, ASCENT]),
            ItalicAngle=0,
            Ascent=ASCENT,
            Descent=DESCENT,
            CapHeight=ASCENT,
            StemV=80,
            FontFile2=file,
        )
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=Name(f"/{_NAME}"),
            CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
            FontDescriptor=pdf.make_indirect(descriptor),
            DW=ADVANCE,
            # Every code shows the one glyph.
            CIDToGIDMap=pdf.make_stream(b"\0\1" * (len(self._codes) + 1)),
        )
        values = {
            "/Type": Name.Font,
            "/Subtype": Name.Type0,
            "/BaseFont": Name(f"/{_NAME}"),
            "/Encoding": Name("/Identity-H"),
            "/DescendantFonts": Array([pdf.make_indirect(descendant)]),
            "/ToUnicode": pdf.make_stream("\n".join(self._to_unicode()).encode("ascii")),
        }
        for key, value in values.items():
            font[key] = value

    def _to_unicode(self) -> Iterator[str]:
        yield "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap"
        yield "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def"
        yield "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def"
        yield "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange"
        entries = [
            f"<{code:04X}> <{cluster.encode('utf-16-be').hex().upper()}>" for cluster, code in self._codes.items()
        ]
        for start in range(0, len(entries), _BLOCK):
            block = entries[start : start + _BLOCK]
            yield f"{len(block)} beginbfchar"
            yield from block
            yield "endbfchar"
        yield "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"


def _font_file() -> bytes:
    """A TrueType font of one glyph, shown for all; made here, so there is no licence to keep."""
    names = [".notdef", "box"]
    font = FontBuilder(EM, isTTF=True)
    font.setupGlyphOrder(names)
    font.setupCharacterMap({})
    pen = TTGlyphPen(None)
    corners = [(0, DESCENT), (0, ASCENT), (ADVANCE, ASCENT), (ADVANCE, DESCENT)]
    pen.moveTo(corners[0])
    for corner in corners[1:]:
        pen.lineTo(corner)
    pen.closePath()
    box = pen.glyph()
    font.setupGlyf(dict.fromkeys(names, box))
    font.setupHorizontalMetrics(dict.fromkeys(names, (ADVANCE, 0)))
    font.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
    font.setupNameTable({"familyName": _NAME, "styleName": "Regular", "psName": _NAME})
    font.setupPost()
    font.font.recalcTimestamp = False  # the same PDF gives the same bytes
    font.font["head"].created = font.font["head"].modified = 0
    made = io.BytesIO()
    font.save(made)
    return made.getvalue()
