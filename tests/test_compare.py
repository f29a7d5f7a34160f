"""`minutes compare`: what counts as a difference, where, and how it is shown. All people are invented."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from pipeline.compare import (
    Comparison,
    Difference,
    bless,
    compare_folders,
    compare_records,
    render_html,
    render_table,
    to_json,
)
from pipeline.compare.fields import field_class
from pipeline.errors import OutputError, UsageError
from pipeline.settings import Tolerances
from schemas import Record, dump_record
from schemas.pointer import leaves

STRICT = Tolerances(short_text=0, long_text=0, page_text=0)
LAX = Tolerances(short_text=1, long_text=1, page_text=1)
PARAGRAPH = "ประธานแจ้งที่ประชุมทราบว่าสำนักงานได้ปรับปรุงห้องประชุมแล้วเสร็จ ใช้งบประมาณ ๑๒๐,๐๐๐ บาท และขอขอบคุณทุกฝ่ายที่เกี่ยวข้อง"
NAMES = ["นายสมชาย ใจดี", "นางสาวมาลี แสงทอง", "นายประเสริฐ วงศ์ไพร", "นางวิภา ศรีสุข", "นายอนันต์ บุญมา", "นางสาวดวงใจ พรหมดี"]


def data() -> dict[str, Any]:
    """A record in which every field has a value."""
    people = [
        {
            "number": number,
            "name": name,
            "position": "นักทรัพยากรบุคคลชำนาญการพิเศษ กองทะเบียนประวัติ สำนักงานตัวอย่าง",
            "represents": "ผู้อำนวยการสำนักตัวอย่าง",
            "role": "กรรมการ",
            "absence_reason": "ติดราชการ",
        }
        for number, name in enumerate(NAMES, start=1)
    ]
    row = ["๑", "เรื่องแจ้งเพื่อทราบ", "รับทราบ"]
    child = {"kind": "paragraph", "label": "ก.", "text": "รายละเอียดตามเอกสารแนบ", "rows": [["ก"]], "children": []}
    block = {
        "kind": "list_item",
        "label": "๑.๑",
        "text": PARAGRAPH,
        "rows": [row, ["๒", "เรื่องอื่น", "-"]],
        "children": [child],
    }
    resolution = {"text": "รับทราบตามที่ประธานแจ้ง", "decision": "acknowledged"}
    inner = {"number": "1.1", "title": "ผลการตรวจรับห้องประชุม", "body": [block], "resolutions": [resolution], "items": []}
    titles = ["เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ", "เรื่องรับรองรายงานการประชุม", "เรื่องสืบเนื่อง", "เรื่องอื่น ๆ"]
    agenda = [
        {"number": str(number), "title": title, "body": [block], "resolutions": [resolution], "items": [inner]}
        for number, title in enumerate(titles, start=1)
    ]
    full = {
        "schema_version": "1.0",
        "source": {"file": "meeting.pdf", "sha256": "a" * 64, "pages": 2},
        "producer": {"program": "minutes", "version": "0.1.0", "engine": "test", "settings": "0"},
        "document_type": "minutes",
        "status": "review",
        "header": {
            "title": "รายงานการประชุม",
            "body": "คณะกรรมการพัฒนาระบบงานสำนักงานตัวอย่าง",
            "meeting": {"number": 8, "year": 2567, "session": "สมัยสามัญ สมัยที่ ๓", "text": "ครั้งที่ ๘/๒๕๖๗"},
            "date": {"iso": "2024-09-27", "weekday": "ศุกร์", "text": "วันศุกร์ที่ ๒๗ กันยายน ๒๕๖๗"},
            "scheduled": {"start": "09:30", "end": "12:00"},
            "venue": "ห้องประชุมใหญ่ ชั้น ๒ อาคารตัวอย่าง",
        },
        "attendance": [
            {"kind": "present", "heading": "ผู้มาประชุม", "people": people},
            {"kind": "absent", "heading": "ผู้ไม่มาประชุม", "people": people[:1]},
        ],
        "opened_at": "09:30",
        "closed_at": "12:00",
        "preamble": [block],
        "agenda": agenda,
        "signatories": [{"name": NAMES[0], "position": "นักจัดการงานทั่วไป", "role": "ผู้จดรายงานการประชุม"}],
        "corrections": [{"path": "/opened_at", "ocr": "x", "value": "y", "score": 90, "source": "vocabulary"}],
        "issues": [
            {
                "code": "name.variant",
                "severity": "warning",
                "path": "/attendance/0/people/4/name",
                "page": 1,
                "message": "m",
            }
        ],
        "evidence": {"/opened_at": {"page": 1, "box": [0, 0, 1, 1], "confidence": 0.9, "ocr": "x"}},
    }
    copied: dict[str, Any] = json.loads(json.dumps(full))  # parts that stand twice must not be one object
    return copied


def differences(
    got: dict[str, Any], tolerances: Tolerances = STRICT, golden: dict[str, Any] | None = None
) -> list[Difference]:
    record = Record.model_validate(data() if golden is None else golden)
    return compare_records(record, Record.model_validate(got), tolerances).differences


def put(value: Any, pointer: str, new: Any) -> None:
    *parents, last = [int(part) if part.isdecimal() else part for part in pointer[1:].split("/")]
    for part in parents:
        value = value[part]
    value[last] = new


def write(folder: Path, name: str, value: dict[str, Any] | None = None, text: str | None = None) -> None:
    path = folder / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dump_record(Record.model_validate(data() if value is None else value)), encoding="utf-8")
    if text is not None:
        path.with_suffix(".txt").write_text(text, encoding="utf-8")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.fixture
def golden(tmp_path: Path) -> Path:
    return tmp_path / "golden"


# --- one record -----------------------------------------------------------------


def test_every_field_of_the_schema_has_a_class() -> None:
    record = Record.model_validate(data()).model_dump(mode="json")
    for pointer, value in leaves(record):
        assert value is not None, f"{pointer}: the full record of this test lacks a value"
        top = pointer.split("/")[1]
        assert field_class(f"/{top}") == "ignored" or field_class(pointer), f"{pointer} has no class in fields.py"


def test_a_record_equals_itself() -> None:
    record = Record.model_validate(data())
    result = compare_records(record, record, STRICT)
    assert result.differences == []
    assert result.fields_equal == result.fields_total > 100


def test_one_changed_name_is_one_difference_at_its_place() -> None:
    got = data()
    put(got, "/attendance/0/people/3/name", "นางวิภา ศรีสุก")
    (found,) = differences(got, LAX)
    assert found.path == found.got_path == "/attendance/0/people/3/name"
    assert (found.kind, found.field_class, found.golden, found.got) == ("changed", "exact", NAMES[3], "นางวิภา ศรีสุก")
    assert found.cer == pytest.approx(1 / 13)


@pytest.mark.parametrize("gone", range(len(NAMES)))
def test_one_missing_person_is_one_difference(gone: int) -> None:
    got = data()
    del got["attendance"][0]["people"][gone]
    got["issues"][0]["path"] = f"/attendance/0/people/{4 - (gone < 4)}/name"  # it moves with its person
    (found,) = differences(got)
    assert (found.path, found.got_path, found.kind) == (f"/attendance/0/people/{gone}", None, "missing")


def test_an_invented_person_is_one_difference_at_its_place_in_the_output() -> None:
    got = data()
    got["attendance"][0]["people"].insert(2, {"number": 3, "name": "นายใหม่ มาทีหลัง"})
    got["issues"][0]["path"] = "/attendance/0/people/5/name"
    (found,) = differences(got)
    assert (found.path, found.got_path, found.kind) == ("/attendance/0/people/2", "/attendance/0/people/2", "extra")


def test_a_change_after_a_missing_person_names_both_places() -> None:
    got = data()
    got["issues"] = data()["issues"]
    del got["attendance"][0]["people"][1]
    got["issues"][0]["path"] = "/attendance/0/people/3/name"
    put(got, "/attendance/0/people/4/number", 60)
    missing, changed = differences(got)
    assert missing.path == "/attendance/0/people/1"
    assert (changed.path, changed.got_path) == ("/attendance/0/people/5/number", "/attendance/0/people/4/number")


def test_a_badly_read_person_is_not_taken_for_a_missing_one() -> None:
    got = data()
    put(got, "/attendance/0/people/2/name", "นายประสิรฐ วงคไพ")
    assert [found.path for found in differences(got)] == ["/attendance/0/people/2/name"]


def test_a_list_under_the_wrong_kind_is_one_difference() -> None:
    got = data()
    put(got, "/attendance/1/kind", "in_attendance")
    assert [found.path for found in differences(got, LAX)] == ["/attendance/1/kind"]


def test_an_agenda_item_that_moved_is_missing_there_and_extra_here() -> None:
    got = data()
    got["agenda"].append(got["agenda"].pop(0))
    assert sorted((found.kind, found.path) for found in differences(got)) == [
        ("extra", "/agenda/3"),
        ("missing", "/agenda/0"),
    ]


def test_an_agenda_item_whose_body_was_lost_keeps_its_place() -> None:
    got = data()
    put(got, "/agenda/1/body", [])
    assert [(found.kind, found.path) for found in differences(got)] == [("missing", "/agenda/1/body/0")]


def test_a_table_row_that_is_missing_is_one_difference() -> None:
    got = data()
    del got["preamble"][0]["rows"][0]
    assert [found.path for found in differences(got)] == ["/preamble/0/rows/0"]


def test_long_lists_without_a_common_member_do_not_take_for_ever() -> None:
    golden, got = data(), data()
    golden["preamble"] = [{"kind": "paragraph", "text": f"ก{number}"} for number in range(900)]
    got["preamble"] = [{"kind": "paragraph", "text": f"ข{number}"} for number in range(901)]
    assert len(differences(got, STRICT, golden)) == 901


def test_letters_of_a_long_text_may_differ_within_the_tolerance() -> None:
    got = data()
    put(got, "/agenda/0/body/0/text", PARAGRAPH.replace("ขอขอบคุณ", "ขอขอบคณ"))
    assert differences(got, Tolerances(long_text=0.02)) == []
    (found,) = differences(got, Tolerances(long_text=0.002))
    assert (found.path, found.field_class) == ("/agenda/0/body/0/text", "long_text")
    record = Record.model_validate(data())
    result = compare_records(record, Record.model_validate(got), Tolerances())
    assert result.fields_within == 1
    assert result.fields_equal == result.fields_total - 1


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/header/meeting/number", 9),
        ("/header/meeting/text", "ครั้งที่ ๘/๒๕๖๘"),
        ("/header/date/iso", "2024-09-28"),
        ("/header/date/text", "วันศุกร์ที่ ๒๘ กันยายน ๒๕๖๗"),
        ("/header/date/weekday", "พุธ"),
        ("/header/venue", "ห้องประชุมใหญ่ ชั้น ๓ อาคารตัวอย่าง"),
        ("/opened_at", "09:31"),
        ("/agenda/1/number", "3"),
        ("/agenda/0/body/0/label", "๑.๗"),
        ("/agenda/0/body/0/text", PARAGRAPH.replace("๑๒๐,๐๐๐", "๑๓๐,๐๐๐")),
        ("/agenda/0/body/0/text", PARAGRAPH.replace("๑๒๐,๐๐๐", "120,000")),
        ("/agenda/0/resolutions/0/decision", "approved"),
        ("/attendance/0/people/0/number", 11),
        ("/attendance/0/people/0/name", "นายสมชาย ใจ้ดี"),
        ("/signatories/0/name", "นายสมชัย ใจดี"),
        ("/source/sha256", "b" * 64),
        ("/document_type", "other"),
    ],
)
def test_numbers_dates_names_and_kinds_are_exact_whatever_the_tolerance(pointer: str, value: Any) -> None:
    got = data()
    put(got, pointer, value)
    assert [found.path for found in differences(got, LAX)] == [pointer]


def test_how_a_value_came_about_is_not_compared() -> None:
    got = data()
    got |= {"evidence": {}, "corrections": [], "producer": None, "status": "partial"}
    assert differences(got) == []


def test_a_null_and_a_value_differ_whatever_the_tolerance() -> None:
    got = data()
    put(got, "/header/venue", None)
    put(got, "/header/scheduled", None)
    found = differences(got, LAX)
    assert [(one.path, one.kind, one.field_class) for one in found] == [
        ("/header/scheduled", "missing", "member"),
        ("/header/venue", "missing", "short_text"),
    ]
    assert [one.kind for one in differences(data(), LAX, golden=got)] == ["extra", "extra"]


def test_a_golden_issue_must_come_up_again_and_others_may() -> None:
    got = data()
    got["issues"].append({"code": "confidence.low", "severity": "warning", "path": "/header/title", "message": "m"})
    got["issues"][0]["message"] = "other words"
    assert differences(got) == []
    got["issues"][0]["code"] = "name.unknown"
    (found,) = differences(got, LAX)
    assert (found.path, found.kind, found.field_class) == ("/issues/0", "missing", "issue")


def test_an_issue_of_a_missing_person_is_not_reported_again() -> None:
    got = data()
    del got["attendance"][0]["people"][4]
    got["issues"] = []
    assert [found.path for found in differences(got)] == ["/attendance/0/people/4"]


# --- two folders ----------------------------------------------------------------


def test_two_identical_runs_are_equal(out: Path, golden: Path) -> None:
    for folder in (out, golden):
        write(folder, "a", text="หนึ่ง\fสอง\f")
        write(folder, "deep/b")
    found = compare_folders(out, golden, STRICT)
    assert found.equal
    assert [document.name for document in found.documents] == ["a", "deep/b"]
    assert found.totals.field_accuracy == 1
    assert found.totals.text_cer == 0
    assert [page.page for page in found.documents[0].pages] == [1, 2]
    assert found.documents[1].text_cer is None


def test_missing_and_extra_documents_are_differences(out: Path, golden: Path) -> None:
    write(out, "both")
    write(golden, "both")
    write(out, "new")
    write(golden, "lost", text="หนึ่งสอง\fสาม")
    found = compare_folders(out, golden, LAX)
    assert [(document.name, document.state, len(document.differences)) for document in found.documents] == [
        ("both", "compared", 0),
        ("lost", "missing", 1),
        ("new", "extra", 1),
    ]
    lost = found.documents[1]
    assert lost.fields_equal == 0
    assert lost.fields_total == found.documents[0].fields_total
    assert lost.text_cer == 1
    assert found.totals.equal == 1


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"schema_version": "1.0"}', b"\xff\xfe", b"[" * 100_000])
def test_an_output_that_is_not_a_record_is_a_difference_that_says_why(out: Path, golden: Path, content: bytes) -> None:
    write(golden, "a")
    out.mkdir()
    (out / "a.json").write_bytes(content)
    (document,) = compare_folders(out, golden, LAX).documents
    assert document.state == "invalid"
    assert document.differences[0].note.startswith("not a valid record: ")


def test_files_that_are_no_records_are_left_alone(out: Path, golden: Path) -> None:
    for folder in (out, golden):
        write(folder, "a")
        (folder / "failures.json").write_text('{"failed": []}')
        (folder / "ledger.json").write_text("[]")
        (folder / "a.truth.json").write_text("{")
        (folder / ".cache").mkdir()
        (folder / ".cache" / "b.json").write_text("{")
    assert compare_folders(out, golden, STRICT).totals.documents == 1


@pytest.mark.parametrize("content", ["{", '{"schema_version": "9"}'])
def test_a_broken_golden_record_is_named(out: Path, golden: Path, content: str) -> None:
    write(out, "a")
    write(golden, "a")
    (golden / "bad.json").write_text(content)
    with pytest.raises(UsageError, match=r"bad\.json is not a valid record"):
        compare_folders(out, golden, STRICT)


def test_misuse_says_what_to_do(out: Path, golden: Path) -> None:
    golden.mkdir()
    with pytest.raises(UsageError, match="is not a folder"):
        compare_folders(out, golden, STRICT)
    write(out, "a")
    with pytest.raises(UsageError, match="no golden record"):
        compare_folders(out, golden, STRICT)
    with pytest.raises(UsageError, match="same folder"):
        compare_folders(out, out, STRICT)
    with pytest.raises(UsageError, match="is not a folder"):
        compare_folders(out, golden / "none", STRICT)


def test_page_text_is_compared_page_by_page(out: Path, golden: Path) -> None:
    write(golden, "a", text="ประชุมครั้งที่หนึ่ง\fประชุมครั้งที่สอง\f\n")
    write(out, "a", text="ประชุม ครั้งที่ หนึ่ง\fประชมครั้งที่สอง\f")
    (document,) = compare_folders(out, golden, Tolerances(page_text=0.1)).documents
    assert document.equal
    assert [page.cer for page in document.pages] == pytest.approx([0, 1 / 17])
    assert document.text_cer == pytest.approx(1 / 36)
    (document,) = compare_folders(out, golden, Tolerances(page_text=0.05)).documents
    (found,) = document.differences
    assert (found.field_class, found.page, found.got) == ("page_text", 2, "ประชมครั้งที่สอง")


def test_another_number_of_pages_is_a_difference(out: Path, golden: Path) -> None:
    write(golden, "a", text="หนึ่ง\fสอง\fสาม")
    write(out, "a", text="หนึ่ง\fสอง")
    (document,) = compare_folders(out, golden, LAX).documents
    assert [(found.kind, found.page) for found in document.differences] == [("missing", 3)]
    write(out, "a", text="หนึ่ง\fสอง\fสาม\f\fห้า")
    (document,) = compare_folders(out, golden, LAX).documents
    assert [(found.kind, found.page) for found in document.differences] == [("extra", 4), ("extra", 5)]


def test_page_text_that_was_not_written_is_one_difference(out: Path, golden: Path) -> None:
    write(golden, "a", text="หนึ่ง\fสอง")
    write(out, "a")
    (document,) = compare_folders(out, golden, LAX).documents
    assert [(found.kind, found.field_class) for found in document.differences] == [("missing", "page_text")]
    assert document.text_cer == 1


# --- accepting an output --------------------------------------------------------


def test_a_blessed_output_is_equal(out: Path, golden: Path) -> None:
    changed = data()
    put(changed, "/header/title", "บันทึกการประชุม")
    changed["issues"].append({"code": "names.corrected", "severity": "info", "path": None, "message": "m"})
    write(out, "changed", changed, text="ใหม่")
    write(golden, "changed", text="เก่า")
    write(out, "deep/new", text="หนึ่ง")
    write(out, "same")
    write(golden, "same")
    write(golden, "lost")
    kept = (golden / "same.json").read_bytes()
    first = compare_folders(out, golden, STRICT)
    written = bless(out, golden, first)
    assert sorted(path.relative_to(golden).as_posix() for path in written) == [
        "changed.json",
        "changed.txt",
        "deep/new.json",
        "deep/new.txt",
    ]
    again = compare_folders(out, golden, STRICT)
    assert [document.name for document in again.documents if not document.equal] == ["lost"]
    assert (golden / "same.json").read_bytes() == kept
    assert not list(golden.rglob("*.tmp")) and not list(golden.rglob(".*"))
    record = json.loads((golden / "changed.json").read_text(encoding="utf-8"))
    assert record["evidence"] == {} and record["corrections"] == [] and record["producer"] is None
    assert [issue["severity"] for issue in record["issues"]] == ["warning"]
    assert bless(out, golden, first) == []  # nothing left to write


def test_drift_within_the_tolerance_is_not_blessed(out: Path, golden: Path) -> None:
    drifted = data()
    put(drifted, "/agenda/0/body/0/text", PARAGRAPH.replace("ขอขอบคุณ", "ขอขอบคณ"))
    write(out, "a", drifted)
    write(golden, "a")
    assert bless(out, golden, compare_folders(out, golden, Tolerances())) == []


def test_the_first_golden_records_can_be_blessed(out: Path, golden: Path) -> None:
    write(out, "a")
    first = compare_folders(out, golden, STRICT, first_time=True)
    assert not first.equal
    bless(out, golden, first)
    assert compare_folders(out, golden, STRICT).equal


def test_a_broken_output_is_not_blessed(out: Path, golden: Path) -> None:
    write(golden, "a")
    write(out, "a")
    (out / "a.json").write_text("{")
    assert bless(out, golden, compare_folders(out, golden, STRICT)) == []


def test_a_golden_folder_that_cannot_be_written_is_an_output_error(out: Path, golden: Path) -> None:
    write(out, "deep/a")
    first = compare_folders(out, golden, STRICT, first_time=True)
    golden.mkdir()
    (golden / "deep").write_text("a file where a folder should be")
    with pytest.raises(OutputError, match="cannot be written"):
        bless(out, golden, first)


# --- showing it -----------------------------------------------------------------


@pytest.fixture
def shown(out: Path, golden: Path) -> Comparison:
    got = data()
    put(got, "/attendance/0/people/3/name", "นางวิภา <script>alert(1)</script>")
    put(got, "/attendance/0/people/0/name", "นายสมชาย ใจดี้")
    del got["attendance"][0]["people"][1]
    put(got, "/opened_at", None)
    put(got, "/header/title", "รายงาน\u200b[bold]การประชุม\u001b[31m")
    write(out, "<b>a", got, text="หนึ่ง")
    write(golden, "<b>a", text="หนึ่ง\fสอง")
    write(golden, "lost")
    return compare_folders(out, golden, Tolerances())


def test_html_escapes_everything_and_marks_grapheme_clusters(shown: Comparison) -> None:
    page = render_html(shown)
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<b>a" not in page
    assert "นายสมชาย ใจ<del>ดี</del>" in page
    assert "นายสมชาย ใจ<ins>ดี้</ins>" in page
    assert "⟨U+200B⟩" in page
    assert "now /attendance/0/people/2/name" in page


def test_html_needs_nothing_from_outside(shown: Comparison) -> None:
    page = render_html(shown)
    assert not re.search(r"(src|href)=\"(?!#)|url\(|@import|https?:", page)
    for anchor in re.findall(r'href="#([^"]+)"', page):
        assert f'id="{anchor}"' in page


def test_html_of_equal_folders(out: Path, golden: Path) -> None:
    write(out, "a")
    write(golden, "a")
    assert "All equal" in render_html(compare_folders(out, golden, STRICT))


def printed(comparison: Comparison, *, details: bool = True, width: int = 100) -> str:
    console = Console(file=io.StringIO(), width=width, color_system=None)
    render_table(comparison, console, details=details)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_the_table_names_each_difference_and_sums_up(shown: Comparison) -> None:
    text = printed(shown, width=140)
    for expected in (
        "/attendance/0/people/1",
        "/opened_at",
        "page 2",
        "not in the output folder",
        "[bold]",
        "0 of 2 equal",
    ):
        assert expected in text
    assert "\x1b" not in text and "\u200b" not in text


def test_the_table_without_details_is_the_summary(shown: Comparison) -> None:
    text = printed(shown, details=False)
    assert "/opened_at" not in text
    assert "0 of 2 equal" in text


def test_json_has_the_values_whole(shown: Comparison) -> None:
    value = json.loads(to_json(shown))
    assert value["equal"] is False
    assert value["totals"]["documents"] == 2
    assert value["documents"][0]["name"] == "<b>a"
    paths = [found["path"] for found in value["documents"][0]["differences"]]
    assert "/attendance/0/people/3/name" in paths
