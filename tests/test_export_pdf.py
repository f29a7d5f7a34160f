"""Searchable PDFs: the text is where the ink is, whatever the scan is and however it lies; the picture stays."""

from __future__ import annotations

import hashlib
import html
import re
import subprocess
from functools import cache
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from pdfs import scan_pdf
from PIL import Image

from pipeline.errors import EncryptedError, InputError
from pipeline.export.archive import Document, Scans, documents
from pipeline.export.pdf import pdf
from pipeline.ocr.text import Cell, DocumentText, Line, PageText
from pipeline.pages.image import Grey
from pipeline.pages.skew import rotated
from pipeline.programs import poppler
from pipeline.settings import Settings
from schemas import Record, Source

ROOT = Path(__file__).parents[1]
DPI = 100.0
BOX = (0.55, 0.2, 0.85, 0.23)
WORDS = "น้ำใจที่ประชุม"
Word = tuple[str, tuple[float, float, float, float]]


def paper(turned: int = 0, skew: float = 0.0, grey: int = 255) -> Grey:
    """A page of A4 with a bar of ink where `BOX` is once it stands upright and level, as it is stored."""
    upright = np.full((1169, 827), grey, np.uint8)
    height, width = upright.shape
    x0, y0, x1, y1 = BOX
    upright[round(y0 * height) : round(y1 * height), round(x0 * width) : round(x1 * width)] = 0
    return np.ascontiguousarray(np.rot90(rotated(upright, skew) if skew else upright, turned // 90))


def read(file: Path, turned: int = 0, skew: float = 0.0, text: str = WORDS, pages: int = 1) -> Document:
    """The document a reader would make of the file: `text` in `BOX` on every page."""
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    line = Line(cells=(Cell(text=text, box=BOX),))
    seen = tuple(
        PageText(number=number, width=827, height=1169, turned=turned, skew=skew, lines=(line,))
        for number in range(1, pages + 1)
    )
    lines = DocumentText(file=file.name, sha256=sha256, pages_in_file=pages, engine="none", pages=seen)
    (file.parent / "a.lines.json").write_text(lines.model_dump_json())
    record = Record(source=Source(file=file.name, sha256=sha256, pages=pages))
    return Document("a", record, file.parent, lambda *_: file)


def searchable(document: Document, to: Path) -> Path:
    to.write_bytes(pdf(document, Settings()))
    return to


@cache
def shown(path: Path, page: int = 1) -> Grey:
    """The page as a viewer shows it, at 100 pixels an inch."""
    return poppler.rasterise(poppler.Pdf(path, path.name, None, 60), page, DPI)


def words(path: Path, page: int = 1) -> list[Word]:
    """(text, box in fractions of the page as shown) by pdftotext."""
    command = ["pdftotext", "-cropbox", "-bbox", "-f", str(page), "-l", str(page), str(path), "-"]
    told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    height, width = (side / DPI * 72 for side in shown(path, page).shape)
    found = re.findall(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>', told)
    return [
        (html.unescape(text), (float(x0) / width, float(y0) / height, float(x1) / width, float(y1) / height))
        for x0, y0, x1, y1, text in found
    ]


def ink(path: Path) -> tuple[float, float, float, float]:
    """The box around the ink of the first page, in fractions."""
    pixels = shown(path)
    rows, columns = (np.flatnonzero((pixels < 100).any(axis=axis)) for axis in (1, 0))
    height, width = pixels.shape
    return columns[0] / width, rows[0] / height, (columns[-1] + 1) / width, (rows[-1] + 1) / height


def in_place(path: Path) -> None:
    """Is the one word of the page where its ink is, within half a hundredth of the page?"""
    ((text, box),) = words(path)
    assert text == WORDS
    assert box == pytest.approx(ink(path), abs=0.005)


@pytest.mark.parametrize(("ending", "turned"), [("png", 0), ("png", 90), ("png", 180), ("tif", 270), ("jpg", 90)])
def test_the_text_of_a_picture_is_where_its_ink_is(ending: str, turned: int, tmp_path: Path) -> None:
    file = tmp_path / f"scan.{ending}"
    Image.fromarray(paper(turned)).save(file, dpi=(DPI, DPI))
    made = searchable(read(file, turned), tmp_path / "a.pdf")
    in_place(made)
    assert shown(made).shape == pytest.approx((1169, 827), abs=2), "a page that lay on its side stands upright"


@pytest.mark.parametrize(("rotate", "turned"), [(0, 0), (90, 0), (180, 0), (270, 0), (90, 90), (180, 270)])
def test_the_text_of_a_pdf_is_where_its_ink_is(rotate: int, turned: int, tmp_path: Path) -> None:
    # What the reader sees, and turns, is the page as /Rotate shows it.
    pixels = np.ascontiguousarray(np.rot90(paper(turned), rotate // 90))
    file = scan_pdf(tmp_path / "scan.pdf", pixels, dpi=DPI, rotate=rotate)
    in_place(searchable(read(file, turned), tmp_path / "a.pdf"))


@pytest.mark.parametrize(("skew", "turned"), [(-4.0, 0), (1.5, 90)])
def test_the_text_leans_with_the_page(skew: float, turned: int, tmp_path: Path) -> None:
    file = scan_pdf(tmp_path / "scan.pdf", paper(turned, skew), dpi=DPI)
    in_place(searchable(read(file, turned, skew), tmp_path / "a.pdf"))


def test_a_page_that_is_cut_is_searched_as_it_is_shown(tmp_path: Path) -> None:
    height, width = (side / DPI * 72 for side in (1169, 827))
    framed = np.pad(paper(), 100, constant_values=255)
    file = scan_pdf(tmp_path / "scan.pdf", framed, dpi=DPI, crop=[72, 72, 72 + width, 72 + height])
    in_place(searchable(read(file), tmp_path / "a.pdf"))


def test_marks_stay_on_their_consonants_when_text_is_copied(tmp_path: Path) -> None:
    text = "น้ำ กำไร ปั๊มน้ำมัน ญี่ปุ่น ฎีกา ฐาน ผู้ที่ ๒๕๖๗ เก้าอี้ ทั้งนี้ฯ (ABC)"
    Image.fromarray(paper()).save(tmp_path / "scan.png", dpi=(DPI, DPI))
    made = searchable(read(tmp_path / "scan.png", text=text), tmp_path / "a.pdf")
    assert [word for word, _ in words(made)] == text.split()


@pytest.mark.parametrize("name", ["school-board-1-2562", "cooperative-3-2561", "steering-2-2564"])
def test_every_word_of_a_sample_is_found_where_its_line_is(name: str, tmp_path: Path) -> None:
    (tmp_path / f"{name}.json").write_bytes((ROOT / f"golden/{name}.json").read_bytes())
    (tmp_path / f"{name}.lines.json").write_bytes((ROOT / f"tests/frozen/{name}.lines.json").read_bytes())
    (document,) = documents(tmp_path, Scans(ROOT / "samples"), pytest.fail)
    made = searchable(document, tmp_path / "a.pdf")
    for page in document.lines().pages[:2]:
        found = words(made, page.number)
        for line in page.lines:
            for word in line.text.split():
                x0, y0, x1, y1 = line.box
                near = [box for text, box in found if text == word and y0 - 0.03 < box[1] and box[3] < y1 + 0.03]
                assert any(x0 - 0.03 < box[0] and box[2] < x1 + 0.03 for box in near), word


def test_the_picture_of_the_scan_is_not_touched(tmp_path: Path) -> None:
    file = ROOT / "samples/typescript-2538.pdf"
    (tmp_path / "scan.pdf").write_bytes(file.read_bytes())
    made = searchable(read(tmp_path / "scan.pdf", pages=3), tmp_path / "a.pdf")
    assert np.array_equal(shown(made), shown(file)), "nothing of the text is painted"
    with pikepdf.open(file) as before, pikepdf.open(made) as after:
        for old, new in zip(before.pages, after.pages, strict=True):
            was, now = old.images.values(), new.images.values()
            assert [image.read_raw_bytes() for image in now] == [image.read_raw_bytes() for image in was]


def test_a_jpeg_goes_in_as_it_is(tmp_path: Path) -> None:
    Image.fromarray(paper()).save(tmp_path / "scan.jpg", dpi=(DPI, DPI))
    made = searchable(read(tmp_path / "scan.jpg"), tmp_path / "a.pdf")
    with pikepdf.open(made) as after:
        (image,) = after.pages[0].images.values()
        assert image.read_raw_bytes() == (tmp_path / "scan.jpg").read_bytes()


def test_a_jpeg_that_says_how_it_lies_is_shown_so(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned clockwise by 90 degrees
    Image.fromarray(np.rot90(paper())).save(tmp_path / "scan.jpg", dpi=(DPI, DPI), exif=exif)
    in_place(searchable(read(tmp_path / "scan.jpg"), tmp_path / "a.pdf"))


@pytest.mark.parametrize("mode", ["LA", "RGBA", "P", "CMYK", "1", "I;16"])
def test_pictures_of_all_kinds_become_pages(mode: str, tmp_path: Path) -> None:
    image = Image.fromarray(paper())
    if mode == "I;16":
        image = Image.fromarray(paper().astype(np.uint16) * 257)
    elif mode in ("LA", "RGBA"):
        image = image.convert("RGBA")
        image.putalpha(Image.fromarray(255 - paper()))  # the paper is transparent
        image = image.convert(mode)
    else:
        image = image.convert(mode)
    file = tmp_path / ("scan.tif" if mode == "CMYK" else "scan.png")
    image.save(file, dpi=(DPI, DPI))
    in_place(searchable(read(file), tmp_path / "a.pdf"))


def test_a_fax_of_several_pages_keeps_its_proportions_and_its_preview_out(tmp_path: Path) -> None:
    pages = [Image.fromarray(paper()).resize((827 * 2, 1169)).convert("1") for _ in range(2)]
    preview = Image.fromarray(paper()).resize((82, 116)).convert("1")
    preview.encoderinfo = {"tiffinfo": {254: 1}}
    pages[0].save(
        tmp_path / "scan.tif",
        save_all=True,
        append_images=[preview, pages[1]],
        compression="group4",
        dpi=(2 * DPI, DPI),
    )
    made = searchable(read(tmp_path / "scan.tif", pages=2), tmp_path / "a.pdf")
    in_place(made)
    with pikepdf.open(made) as after:
        assert [round(float(page.mediabox[2])) for page in after.pages] == [595, 595]


def test_an_older_reading_is_replaced(tmp_path: Path) -> None:
    older = b"q BT /F1 12 Tf 3 Tr 72 700 Td (OLDER) Tj ET Q BT /F1 9 Tf 400 30 Td (7) Tj ET"
    file = scan_pdf(tmp_path / "scan.pdf", paper(), dpi=DPI, over=older)
    assert "OLDER" in [word for word, _ in words(file)]
    made = searchable(read(file), tmp_path / "a.pdf")
    assert [word for word, _ in words(made)] == [WORDS, "7"], "what can be seen stays"
    again = searchable(read(made), tmp_path / "b.pdf")
    assert [word for word, _ in words(again)] == [WORDS, "7"], "searchable once, not twice"


def test_a_page_that_was_never_paper_keeps_its_own_text(tmp_path: Path) -> None:
    typed = b"BT /F1 12 Tf 72 700 Td (A page typed on a computer) Tj ET"
    file = scan_pdf(tmp_path / "scan.pdf", paper(), dpi=DPI, over=typed)
    made = searchable(read(file), tmp_path / "a.pdf")
    assert [word for word, _ in words(made)] == ["A", "page", "typed", "on", "a", "computer"]


def test_a_password_is_asked_for(tmp_path: Path) -> None:
    file = scan_pdf(tmp_path / "scan.pdf", paper(), dpi=DPI, encryption=pikepdf.Encryption(user="u", owner="o"))
    document = read(file)
    with pytest.raises(EncryptedError, match="--password"):
        pdf(document, Settings())
    (tmp_path / "a.pdf").write_bytes(pdf(document, Settings(password="u")))
    in_place(tmp_path / "a.pdf")


def test_a_damaged_scan_is_named(tmp_path: Path) -> None:
    for name, content in (("scan.pdf", b"%PDF-1.7 half"), ("scan.png", b"\x89PNG\r\n\x1a\nhalf")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(InputError, match=name):
            pdf(read(tmp_path / name), Settings())


def test_a_scan_is_told_by_its_bytes(tmp_path: Path) -> None:
    for folder, grey in (("2560", 255), ("2561", 250)):
        (tmp_path / folder).mkdir()
        Image.fromarray(paper(grey=grey)).save(tmp_path / folder / "a.png")
    document = read(tmp_path / "2561/a.png")
    assert Scans(tmp_path)("a", document.record) == tmp_path / "2561/a.png"
    (tmp_path / "2561/a.png").unlink()
    with pytest.raises(InputError, match="changed since"):
        Scans(tmp_path)("a", document.record)
    with pytest.raises(InputError, match="--source"):
        Scans()("a", document.record)
