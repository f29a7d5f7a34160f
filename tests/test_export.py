"""Exports as their users meet them: tables, databases, reading copies, places of the text."""

from __future__ import annotations

import csv
import re
import shutil
import sqlite3
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

import docx
import openpyxl
import pytest
from test_cli import Minutes, minutes  # noqa: F401 (a fixture)

from pipeline.export.archive import Document, Scans, documents
from pipeline.export.registry import FORMATS, ArchiveExporter, DocumentExporter, exporter
from pipeline.export.words import cut, inner
from pipeline.ocr.text import Cell, DocumentText, Line, PageText
from pipeline.review.decisions import Decision, Review
from pipeline.settings import Settings
from schemas import AgendaItem, Block, Record, Resolution, Source, dump_record, load_record

ROOT = Path(__file__).parents[1]
ALTO = "{http://www.loc.gov/standards/alto/ns-v4#}"
HTML = "{http://www.w3.org/1999/xhtml}"

HOSTILE = '<script>alert("x")</script> =1+1 | *a* \u202eกขค\u202c &amp; \x07'
"""HTML, quotes, markup, marks that turn the text round, and a character XML cannot hold."""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Three documents in two folders, and JSON files that are none."""
    out = tmp_path / "out"
    for name, folder in (("school-board-1-2562", "2562"), ("village-fund-2557", "2557"), ("circular-2565", "")):
        (out / folder).mkdir(parents=True, exist_ok=True)
        for ending in (".json", ".txt"):
            shutil.copy(ROOT / f"golden/{name}{ending}", out / folder)
        shutil.copy(ROOT / f"tests/frozen/{name}.lines.json", out / folder)
    (out / "failures.json").write_text("[]")
    return out


def all_of(out: Path) -> list[Document]:
    return list(documents(out, Scans(ROOT / "samples"), pytest.fail))


def hostile(tmp_path: Path) -> Document:
    """A document whose values try to be something else."""
    folder = tmp_path / "hostile"
    folder.mkdir(exist_ok=True)
    record = Record(
        source=Source(file="a.pdf", sha256="0" * 64, pages=1),
        agenda=[
            AgendaItem(
                number="1.10",
                title=HOSTILE,
                body=[Block(kind="table", rows=[["=SUM(A1)", HOSTILE]]), Block(kind="paragraph", text="- ไม่มี")],
                resolutions=[Resolution(text="=cmd|'/c calc'!A1", decision="other")],
            )
        ],
    )
    (folder / "a.json").write_text(dump_record(record))
    (folder / "a.txt").write_text(f"{HOSTILE}\n\f")
    line = Line(cells=(Cell(text=HOSTILE, box=(0.1, 0.1, 0.9, 0.15)),))
    pages = (PageText(number=1, width=1000, height=1400, lines=(line,)),)
    lines = DocumentText(file='a".pdf', sha256="0" * 64, pages_in_file=1, engine="<none>", pages=pages)
    (folder / "a.lines.json").write_text(lines.model_dump_json())
    (only,) = all_of(folder)
    return only


def rendered(wanted: str, document: Document) -> bytes:
    found = exporter(wanted)  # type: ignore[arg-type]
    assert isinstance(found, DocumentExporter)
    return found.render(document, Settings())


def written(wanted: str, given: list[Document], path: Path) -> list[Path]:
    found = exporter(wanted)  # type: ignore[arg-type]
    assert isinstance(found, ArchiveExporter)
    return found.write(given, path, pytest.fail)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_csv_has_every_person_item_and_resolution_of_the_archive(archive: Path, tmp_path: Path) -> None:
    written("csv", all_of(archive), tmp_path / "csv")
    assert (tmp_path / "csv/attendance.csv").read_bytes().startswith(b"\xef\xbb\xbf"), "Thai opens as Latin without it"
    people = rows_of(tmp_path / "csv/attendance.csv")
    assert [one["document"] for one in people].count("2562/school-board-1-2562") == 6
    first = people[[one["document"] for one in people].index("2562/school-board-1-2562")]
    assert first["name"] == "พระครูปลัดสุนทรกิจ ฐานวโร"
    assert (first["meeting_number"], first["meeting_year"], first["date"]) == ("1", "2562", "2019-06-13")
    resolutions = rows_of(tmp_path / "csv/resolutions.csv")
    school = [one for one in resolutions if one["document"].startswith("2562")]
    assert [(one["agenda_number"], one["decision"], one["text"]) for one in school[:2]] == [
        ("2", "certified", "รับรองรายงานการประชุม"),
        ("3.1", "approved", "เห็นชอบ"),
    ]
    levels = [
        (one["number"], one["level"]) for one in rows_of(tmp_path / "csv/agenda.csv") if "2562" in one["document"]
    ]
    assert levels == [("1", "1"), ("2", "1"), ("3", "1"), ("3.1", "2"), ("3.2", "2"), ("4", "1")]
    assert len(rows_of(tmp_path / "csv/documents.csv")) == 3


def test_a_cell_of_a_csv_is_no_formula(tmp_path: Path) -> None:
    written("csv", [hostile(tmp_path)], tmp_path / "csv")
    (one,) = rows_of(tmp_path / "csv/resolutions.csv")
    assert one["text"] == "'=cmd|'/c calc'!A1"
    (item,) = rows_of(tmp_path / "csv/agenda.csv")
    assert item["text"].startswith("'=SUM(A1)")
    assert item["title"] == HOSTILE


def test_xlsx_keeps_texts_as_texts(archive: Path, tmp_path: Path) -> None:
    document = hostile(tmp_path)
    written("xlsx", [*all_of(archive), document], tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["documents", "attendance", "agenda", "resolutions"]
    *_, last = book["resolutions"].iter_rows()
    text = last[-2]
    assert (text.value, text.data_type) == ("=cmd|'/c calc'!A1", "s")
    *_, item = book["agenda"].iter_rows()
    assert (item[5].value, item[5].data_type) == ("1.10", "s"), "1.10 is not 1.1"
    assert item[7].value == HOSTILE.replace("\x07", "\ufffd")
    names = {row[8] for row in book["attendance"].iter_rows(values_only=True)}
    assert "ด.ต.หญิง กมลชนก พลตื้อ" in names
    assert book["attendance"].auto_filter.ref == book["attendance"].dimensions


@pytest.mark.parametrize("wanted", FORMATS)
def test_the_same_records_give_the_same_bytes(wanted: str, archive: Path, tmp_path: Path) -> None:
    found = exporter(wanted)  # type: ignore[arg-type]
    if isinstance(found, ArchiveExporter):
        first, second = (written(wanted, all_of(archive), tmp_path / name / "a.x") for name in ("one", "two"))
        assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    else:
        (document,) = [one for one in all_of(archive) if "school" in one.name]
        assert rendered(wanted, document) == rendered(wanted, document)


def test_what_is_typed_is_found_wherever_it_stands(archive: Path, tmp_path: Path) -> None:
    (path,) = written("sqlite", all_of(archive), tmp_path / "a.sqlite")
    school, fund = ("2562/school-board-1-2562", 1), ("2557/village-fund-2557", 1)
    with sqlite3.connect(path) as database:

        def found(words: str, table: str = "pages") -> set[tuple[str, int]]:
            # As Datasette does: every word in quotes.
            query = f"SELECT document, page FROM {table} t JOIN {table}_fts ON t.id = {table}_fts.rowid"
            quoted = " ".join(f'"{word}"' for word in words.split())
            return set(database.execute(f"{query} WHERE {table}_fts MATCH ?", (quoted,)))

        # The page prints ผู้อำนวยการโรงเรียนเสนอแผนปฏิบัติการ without a space.
        for typed in ("ผู้อำนวยการโรงเรียนเสนอแผน", "โรงเรียน", "เสนอแผน", "กมลชนก พลตื้อ", "1/2562", "๑/๒๕๖๒"):
            assert school in found(typed), typed
        # Printed in Thai digits, and over a line end.
        assert fund in found("๒๕๕๗") and fund in found("2557")
        lines = database.execute("SELECT text FROM pages WHERE document = ?", school[:1]).fetchone()[0].split("\n")
        over = next(f"{one[-6:]}{other[:6]}" for one, other in pairwise(lines) if " " not in one[-6:] + other[:6])
        assert school in found(over)
        assert found("แผนโรงเรียนเสนอ") == set()
        for table, typed in {"attendance": "พลตื้อ", "resolutions": "รับรองรายงาน", "agenda": "แผนปฏิบัติการ"}.items():
            assert school[0] in {document for document, _ in found(typed, table)}, table
        for table in ("pages", "attendance", "agenda", "resolutions"):
            database.execute(f"INSERT INTO {table}_fts ({table}_fts, rank) VALUES ('integrity-check', 1)")
    database.close()


def test_a_search_by_words_finds_a_word_inside_a_sentence(archive: Path, tmp_path: Path) -> None:
    (path,) = written("sqlite", all_of(archive), tmp_path / "a.sqlite")
    with sqlite3.connect(path) as database:

        def found(words: str) -> set[tuple[str, int]]:
            query = "SELECT document, page FROM pages JOIN words_fts ON pages.id = words_fts.rowid"
            return set(database.execute(f"{query} WHERE words_fts MATCH ?", (words,)))

        school = ("2562/school-board-1-2562", 1)
        # The page prints ผู้อำนวยการโรงเรียนเสนอแผนปฏิบัติการ without a space.
        assert school in found('"โรงเรียน"')
        assert school in found('"เสนอ" "แผน"'), "a word inside แผนปฏิบัติการ"
        assert school in found('"ประชุม"'), "a word inside รายงานการประชุม"
        assert found('"เรียนเสนอ"') == set(), "letters of two words are no word"
        assert all(page == 1 for _, page in found('"ทัศนศึกษา"'))
        rows = database.execute("SELECT name FROM attendance WHERE document = ? ORDER BY number", school[:1]).fetchall()
        assert rows[0] == ("พระครูปลัดสุนทรกิจ ฐานวโร",)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    database.close()


def test_words_of_a_text_can_be_put_together_again() -> None:
    text = "ที่ประชุมมีมติเห็นชอบ งบประมาณ ๑๒,๐๐๐ บาท\nน้ำประปา"
    assert cut(text).replace("\u200b", "") == text
    assert "ประชุม" in inner(cut(text)).split()
    assert cut("") == ""


def test_a_markdown_copy_shows_values_as_text(tmp_path: Path) -> None:
    text = rendered("md", hostile(tmp_path)).decode()
    assert "\\<script\\>" in text and "<script>" not in text
    assert "\\*a\\*" in text and "⟨U+202E⟩กขค" in text and "\u202e" not in text
    assert "| =SUM(A1) |" in text
    assert "\\- ไม่มี" in text, "a dash that begins a line is no list"


def test_a_markdown_copy_reads_like_the_paper(archive: Path) -> None:
    (document,) = [one for one in all_of(archive) if "school" in one.name]
    text = rendered("md", document).decode()
    order = (
        "# รายงานการประชุม",
        "ครั้งที่ 1/2562",
        "## ผู้มาประชุม",
        "1\\. พระครูปลัดสุนทรกิจ ฐานวโร",
        "ระเบียบวาระที่ 1",
        "### 3.1 แผน",
    )
    order += ("> **มติที่ประชุม** เห็นชอบ", "เลิกประชุมเวลา 11:25 น.", "(นายนพรุจ สุขฉายา)")
    places = [text.index(part) for part in order]
    assert places == sorted(places)


def test_a_paper_that_is_no_minutes_keeps_its_text_in_a_reading_copy(archive: Path) -> None:
    (document,) = [one for one in all_of(archive) if "circular" in one.name]
    assert "ศาลากลางจังหวัดลุ่มกก" in rendered("md", document).decode()


def test_a_docx_copy_opens_with_thai_set_for_thai(tmp_path: Path) -> None:
    document = hostile(tmp_path)
    path = tmp_path / "a.docx"
    path.write_bytes(rendered("docx", document))
    paper = docx.Document(str(path))
    text = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert "<script>" in text and "⟨U+202E⟩กขค" in text and "\ufffd" in text
    assert paper.tables[0].cell(0, 0).text == "=SUM(A1)"
    for style in ("Normal", "Title", "Heading 1"):
        faces = paper.styles[style].element.rPr.rFonts
        assert faces.get(docx.oxml.ns.qn("w:cs")) == paper.styles[style].font.name
        assert faces.get(docx.oxml.ns.qn("w:cstheme")) is None, "a theme would go before the face"


def boxes(document: Document) -> list[tuple[str, list[float]]]:
    """(text, box in fractions) of the words of an ALTO file."""
    page = next(ET.fromstring(rendered("alto", document)).iter(f"{ALTO}Page"))
    width, height = float(page.get("WIDTH", 0)), float(page.get("HEIGHT", 0))
    found = []
    for word in page.iter(f"{ALTO}String"):
        left, top, wide, high = (float(word.get(key, 0)) for key in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
        place = [left / width, top / height, (left + wide) / width, (top + high) / height]
        found.append((word.get("CONTENT", ""), place))
    return found


def test_alto_and_hocr_have_the_words_of_the_lines_where_they_are(archive: Path) -> None:
    (document,) = [one for one in all_of(archive) if "school" in one.name]
    page = document.lines().pages[0]
    wanted = [word for line in page.lines for cell in line.cells for word in cell.text.split()]
    found = boxes(document)
    assert [text for text, _ in found] == wanted
    first = page.lines[0].box
    assert found[0][1] == pytest.approx(first, abs=0.001)
    root = ET.fromstring(rendered("hocr", document))
    words = [one for one in root.iter(f"{HTML}span") if one.get("class") == "ocrx_word"]
    assert [word.text for word in words] == wanted
    x0, y0, x1, y1 = (int(part) for part in words[0].get("title", "").split(";")[0].split()[1:])
    assert (x0, y0, x1, y1) == tuple(
        round(edge * side) for edge, side in zip(first, 2 * (page.width, page.height), strict=True)
    )


def test_values_cannot_break_out_of_alto_and_hocr(tmp_path: Path) -> None:
    document = hostile(tmp_path)
    assert "".join(text for text, _ in boxes(document)) == HOSTILE.replace(" ", "").replace("\x07", "\ufffd")
    root = ET.fromstring(rendered("hocr", document))
    assert not list(root.iter(f"{HTML}script"))
    (page,) = [one for one in root.iter(f"{HTML}div") if one.get("class") == "ocr_page"]
    assert 'image "a\\".pdf"; bbox 0 0 1000 1400' in page.get("title", "")


def test_boxes_lean_with_a_page_that_was_levelled(tmp_path: Path) -> None:
    lines = (Line(cells=(Cell(text="ซ้าย", box=(0.05, 0.1, 0.1, 0.12)), Cell(text="ขวา", box=(0.9, 0.1, 0.95, 0.12)))),)
    pages = (PageText(number=1, width=1000, height=1400, lines=lines, skew=2.0),)
    folder = hostile(tmp_path).folder
    lean = DocumentText(file="a.pdf", sha256="0" * 64, pages_in_file=1, engine="none", pages=pages)
    (folder / "a.lines.json").write_text(lean.model_dump_json())
    (document,) = all_of(folder)
    (_, left), (_, right) = boxes(document)
    # Clockwise: the right end of a line lies lower, by 850 px × tan 2° = 30 px of 1,400.
    assert right[1] - left[1] == pytest.approx(0.0212, abs=0.001)


def test_pictures_on_a_page_are_marked_in_alto_and_hocr(tmp_path: Path) -> None:
    document = hostile(tmp_path)
    figures = ((0.6, 0.5, 0.9, 0.7), (0.4, 0.02, 0.6, 0.08))
    pages = (
        PageText(number=1, width=1000, height=1400, lines=document.lines().pages[0].lines, figures=figures),
        PageText(number=2, width=1000, height=1400, figures=((0.0, 0.0, 1.0, 1.0),)),
    )
    shown = DocumentText(file="a.pdf", sha256="0" * 64, pages_in_file=2, engine="none", pages=pages)
    (document.folder / "a.lines.json").write_text(shown.model_dump_json())
    (document,) = all_of(document.folder)
    root = ET.fromstring(rendered("alto", document))
    places = [
        tuple(int(one.get(key, -1)) for key in ("HPOS", "VPOS", "WIDTH", "HEIGHT"))
        for one in root.iter(f"{ALTO}Illustration")
    ]
    assert places == [(400, 28, 200, 84), (600, 700, 300, 280), (0, 0, 1000, 1400)], "from the top down"
    assert len(list(root.iter(f"{ALTO}TextBlock"))) == 1, "a page that is a picture has no text"
    page, other = (
        one for one in ET.fromstring(rendered("hocr", document)).iter(f"{HTML}div") if one.get("class") == "ocr_page"
    )
    found = [one.get("title") for one in page if one.get("class") == "ocr_image"]
    assert found == ["bbox 400 28 600 112", "bbox 600 700 900 980"]
    assert [one.get("class") for one in other] == ["ocr_image"]
    assert b'<div class="ocr_image"' in (made := rendered("hocr", document)) and not re.search(rb"<div[^>]*/>", made)


def test_lines_that_were_not_kept_are_asked_for(archive: Path, minutes: Minutes) -> None:  # noqa: F811
    (archive / "2557/village-fund-2557.lines.json").unlink()
    ended = minutes("export", archive, "--to", "hocr", "-o", "hocr")
    assert ended.code == 1
    assert "minutes convert village-fund-2557.pdf" in ended.err and "--force" in ended.err
    assert Path("hocr/2562/school-board-1-2562.hocr").is_file()
    assert not Path("hocr/2557/village-fund-2557.hocr").exists()


def test_a_broken_record_does_not_stop_the_others(archive: Path, minutes: Minutes) -> None:  # noqa: F811
    (archive / "half.json").write_text('{"schema_version": "1.0", "source"')
    ended = minutes("export", archive, "--to", "csv", "-o", "tables")
    assert ended.code == 1
    assert "half.json" in ended.err
    assert len(rows_of(Path("tables/documents.csv"))) == 3
    ended = minutes("export", archive / "half.json", "--to", "md", "-o", "md")
    assert ended.code == 4


def test_what_cannot_be_done_is_said(archive: Path, minutes: Minutes, tmp_path: Path) -> None:  # noqa: F811
    assert minutes("export", "nowhere", "--to", "csv", "-o", "x").code == 4
    (tmp_path / "empty").mkdir()
    assert minutes("export", "empty", "--to", "xlsx", "-o", "a.xlsx").code == 4
    assert minutes("export", archive, "--to", "pdf", "-o", "x", "--source", "nowhere").code == 2
    ended = minutes("export", archive, "--to", "word", "-o", "x")
    assert ended.code == 2


def test_what_a_person_decided_is_exported(archive: Path, minutes: Minutes) -> None:  # noqa: F811
    name = "2562/school-board-1-2562"
    record = load_record((archive / f"{name}.json").read_bytes())
    at = "/attendance/0/people/1/name"
    decision = Decision(
        action="set", pointer=at, reading="นายลำดวน พรมสาขา", value="นายลำดวน พรหมสาขา", at="2026-01-01T00:00:00Z"
    )
    review = Review(source_sha256=record.source.sha256, decisions=[decision])
    (archive / f"{name}.review.json").write_text(review.dump())
    assert minutes("export", archive, "--to", "csv", "-o", "tables").code == 0
    names = {row["name"] for row in rows_of(Path("tables/attendance.csv"))}
    assert "นายลำดวน พรหมสาขา" in names and "นายลำดวน พรมสาขา" not in names
