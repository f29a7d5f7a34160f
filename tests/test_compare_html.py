"""The comparison as a page: the piece of the scan beside golden and output."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pipeline.compare import Crops, compare_folders, render_html
from pipeline.errors import MinutesError
from pipeline.export.archive import Scans
from pipeline.ocr.text import DocumentText, PageText
from pipeline.settings import Settings, Tolerances
from schemas import AttendanceList, Evidence, Person, Record, Source, dump_record

BOX = (0.5, 0.25, 0.7, 0.3)
HOSTILE = 'นาย<img src=x onerror="alert(1)">\u202eก'


@pytest.fixture
def folders(tmp_path: Path) -> Path:
    """A scan with a black bar at `BOX`, stored on its side, and a record with one wrong name read there."""
    page = np.full((1400, 1000), 255, np.uint8)
    page[350:420, 500:700] = 0
    (tmp_path / "scans").mkdir()
    scan = tmp_path / "scans/a.png"
    Image.fromarray(np.rot90(page)).save(scan)
    source = Source(file="a.png", sha256=hashlib.sha256(scan.read_bytes()).hexdigest(), pages=1)
    for folder, name in (("golden", "นายก้าน ใจดี"), ("out", HOSTILE)):
        people = [AttendanceList(kind="present", heading="ผู้มาประชุม", people=[Person(number=1, name=name)])]
        record = Record(source=source, attendance=people)
        if folder == "out":
            record.evidence["/attendance/0/people/0/name"] = Evidence(page=1, box=BOX, confidence=0.5, ocr=name)
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.json").write_text(dump_record(record))
    pages = (PageText(number=1, width=1000, height=1400, turned=90),)
    lines = DocumentText(file="a.png", sha256=source.sha256, pages_in_file=1, engine="none", pages=pages)
    (tmp_path / "out/a.lines.json").write_text(lines.model_dump_json())
    return tmp_path


def report(folders: Path, failed: list[MinutesError]) -> str:
    comparison = compare_folders(folders / "out", folders / "golden", Tolerances())
    crops = Crops(folders / "out", Scans(folders / "scans"), Settings(), failed.append)
    return render_html(comparison, crops)


def test_the_crop_shows_where_the_value_was_read(folders: Path) -> None:
    page = report(folders, [])
    (data,) = re.findall(r'<img src="data:image/webp;base64,([^"]+)"', page)
    pixels = np.asarray(Image.open(io.BytesIO(base64.b64decode(data))).convert("L"))
    height, width = pixels.shape
    assert width / height > 2, "the page was turned upright before it was cut"
    dark = pixels < 100
    assert dark[height // 2, width // 2]
    assert not dark[0].any() and not dark[-1].any() and not dark[:, 0].any() and not dark[:, -1].any(), "all of it"
    assert dark.mean() > 0.4, "and little else"
    assert "page 1" in page


def test_values_are_text_and_nothing_is_loaded(folders: Path) -> None:
    page = report(folders, [])
    assert "<img src=x" not in page and "\u202e" not in page
    assert "&lt;" in page and "⟨U+202E⟩" in page
    assert not re.search(r'(src|href)="(?!data:|#)', page)


def test_a_scan_that_is_gone_is_said_once_and_the_report_stands(folders: Path) -> None:
    (folders / "scans/a.png").unlink()
    failed: list[MinutesError] = []
    page = report(folders, failed)
    assert len(failed) == 1 and "a.png" in str(failed[0])
    assert "<img" not in page and "นายก้าน" in page.replace("<del>", "").replace("</del>", "")
