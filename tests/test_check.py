"""What a record's reader is told to look at. Every doubt has its code, and a record in order has none."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest
from build import AGENDA, CLOSING, HEADER, OPENING, document, page, parsed, with_doubts

import pipeline.check
from pipeline.check.codes import CODES
from pipeline.correct import Findings, Nearest, Reading
from pipeline.ocr import DocumentText, Doubt, PageText
from schemas import Issue, Record

ROOT = Path(__file__).parent.parent


def data() -> dict[str, Any]:
    """A record that nobody need doubt."""
    present = ["นายก้องเกียรติ แสนบุญล้น", "นางพิมพ์ผกา ทองเนื้อใส", "นางสาวธิดารัตน์ คงยืนนาน"]
    return {
        "source": {"file": "paper.pdf", "sha256": "0" * 64, "pages": 2},
        "header": {
            "title": "รายงานการประชุม",
            "body": "คณะกรรมการส่งเสริมการอ่าน",
            "meeting": {"number": 3, "year": 2564, "text": "ครั้งที่ ๓/๒๕๖๔"},
            "date": {"iso": "2021-06-09", "weekday": "พุธ", "text": "วันพุธที่ ๙ มิถุนายน ๒๕๖๔"},
            "scheduled": {"start": "09:30", "end": "12:00"},
        },
        "attendance": [
            {
                "kind": "present",
                "heading": "ผู้มาประชุม",
                "people": [{"number": n, "name": name} for n, name in enumerate(present, start=1)],
            },
            {"kind": "absent", "heading": "ผู้ไม่มาประชุม", "people": [{"number": 1, "name": "นายบัญชา ลือไกล"}]},
        ],
        "opened_at": "09:30",
        "closed_at": "12:00",
        "agenda": [
            {
                "number": str(n),
                "title": title,
                "body": [{"kind": "paragraph", "text": "ฝ่ายเลขานุการเสนอเรื่องนี้ต่อที่ประชุมแล้วโดยละเอียด"}],
                "resolutions": [{"text": "เห็นชอบ", "decision": "approved"}],
            }
            for n, title in enumerate(["เรื่องแจ้งเพื่อทราบ", "เรื่องสืบเนื่อง", "เรื่องเพื่อพิจารณา"], start=1)
        ],
        "signatories": [{"name": "นางสาวธิดารัตน์ คงยืนนาน", "role": "ผู้จดรายงานการประชุม"}],
        "evidence": {
            "/header/date/iso": {"page": 1, "box": [0.3, 0.1, 0.6, 0.12], "confidence": 0.95, "ocr": "วันพุธที่ ๙"},
            "/signatories/0/name": {
                "page": 2,
                "box": [0.5, 0.7, 0.8, 0.72],
                "confidence": 0.95,
                "ocr": "(นางสาวธิดารัตน์",
            },
        },
    }


def text(*pages: PageText, unwritable: str = "") -> DocumentText:
    return document(*(pages or (page(["รายงานการประชุม"]),)), unwritable=unwritable)


def checked(changes: dict[str, Any], lines: DocumentText | None = None, near: tuple[Nearest, ...] = ()) -> Record:
    """The good record with the values at some pointers changed, checked."""
    made = data()
    for pointer, value in changes.items():
        *parents, last = pointer.strip("/").split("/")
        place: Any = made
        for key in parents:
            place = place[int(key)] if isinstance(place, list) else place[key]
        place[int(last) if isinstance(place, list) else last] = value
    return with_doubts(Record.model_validate(made), lines or text(), findings=Findings(list(near)))


def doubts(record: Record) -> list[tuple[str, str | None]]:
    return [(issue.code, issue.path) for issue in record.issues]


def test_a_record_in_order_has_no_issue() -> None:
    record = checked({})
    assert (record.issues, record.status) == ([], "ok")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"/header/date/weekday": "ศุกร์"}, [("date.weekday_mismatch", "/header/date")]),
        ({"/header/date/weekday": "พุทธ"}, []),
        ({"/header/date/weekday": None}, []),
        ({"/header/date/iso": None}, [("date.impossible", "/header/date")]),
        ({"/header/meeting/year": 2546}, [("date.year_mismatch", "/header/meeting/year")]),
        ({"/header/meeting/year": 2565}, []),
        ({"/header/date": None}, [("header.missing", "/header/date")]),
        ({"/header/meeting": None}, [("header.missing", "/header/meeting")]),
        ({"/header/meeting": {"number": 3, "text": "ครั้งที่ ๓"}}, [("header.missing", "/header/meeting")]),
        (
            {"/header/title": None, "/header/body": None},
            [("header.missing", "/header/title"), ("header.missing", "/header/body")],
        ),
        ({"/header/venue": "ห้องสมุด ๑. ผู้มาประชุม ๑) นายก้องเกียรติ แสนบุญล้น"}, [("header.form", "/header/venue")]),
        ({"/header/venue": "ห้องประชุม ๒.๑ ชั้น ๒ อาคาร ๑"}, []),
        ({"/header/body": "คณะกรรมการ" * 21}, [("header.form", "/header/body")]),
        ({"/attendance/0/people/0/position": "ครูใหญ่" * 20}, [("post.form", "/attendance/0/people/0/position")]),
        ({"/closed_at": "09:00"}, [("time.order", "/closed_at")]),
        ({"/closed_at": None}, [("time.missing", "/closed_at")]),
        ({"/opened_at": None}, [("time.missing", "/opened_at")]),
        ({"/opened_at": "09:00"}, [("time.schedule", "/opened_at")]),
        ({"/opened_at": "09:45"}, []),
        (
            {"/opened_at": "12:00", "/closed_at": "14:00"},
            [("time.schedule", "/opened_at"), ("time.schedule", "/closed_at")],
        ),
        ({"/closed_at": "13:30"}, [("time.schedule", "/closed_at")]),
        ({"/agenda/1/title": "เรื่องรับรองรายงานการประชุมครั้งที่ ๒/๒๕๖๔ เมื่อวันที่ ๗ เมษายน ๒๕๖๔"}, []),
        ({"/agenda/1/title": "เรื่องรับรองรายงานการประชุมครั้งที่ ๑๒/๒๕๖๓"}, []),
        ({"/agenda/1/title": "รับรองรายงานการประชุมครั้งที่ ๕/๒๕๖๔"}, [("previous.number", "/agenda/1/title")]),
        ({"/agenda/1/title": "รับรองรายงานการประชุมครั้งที่ ๓/๒๕๖๔"}, [("previous.number", "/agenda/1/title")]),
        ({"/agenda/1/title": "รับรองรายงานการประชุมครั้งที่ ๒/๒๕๖๕"}, [("previous.number", "/agenda/1/title")]),
        (
            {"/agenda/1/title": "รับรองรายงานการประชุมครั้งที่ ๒/๒๕๖๔ เมื่อวันที่ ๑๑ สิงหาคม ๒๕๖๔"},
            [("previous.date", "/agenda/1/title")],
        ),
        ({"/agenda/1/title": "รับรองรายงานการประชุมวิสามัญ ครั้งที่ ๕/๒๕๖๔"}, []),
        (
            {
                "/header/meeting/session": "สมัยสามัญ สมัยที่ ๒",
                "/agenda/1/title": "รับรองรายงานการประชุมครั้งที่ ๔/๒๕๖๔",
            },
            [],
        ),
        ({"/agenda/1/title": "เรื่องสืบเนื่องจากการประชุมครั้งที่ ๕/๒๕๖๔"}, []),
        ({"/attendance/0/people/2/number": 5}, [("attendance.number_gap", "/attendance/0/people/2/number")]),
        (
            {"/attendance/0/people/1/number": 1},  # 1, 1, 3
            [("attendance.number_gap", f"/attendance/0/people/{n}/number") for n in (1, 2)],
        ),
        ({"/attendance/1/people/0/number": 4}, []),
        ({"/attendance/0/people/1/number": None}, [("attendance.number_gap", "/attendance/0/people/1")]),
        ({"/attendance/1/people/0/name": None}, [("attendance.no_name", "/attendance/1/people/0")]),
        ({"/attendance/1/people": []}, []),
        (
            {"/signatories/0/name": "นางสาวธิดารัตน์ คงยืนาน"},
            [("name.variant", "/signatories/0/name")],
        ),
        ({"/signatories/0/name": "ธิดารัตน์ คงยืนนาน"}, []),
        ({"/signatories/0/name": "นายประดิษฐ์ ชูศรีงาม"}, [("signatory.unlisted", "/signatories/0/name")]),
        ({"/signatories/0/name": "นายก้องเกียรติ สุขสมาน"}, [("signatory.unlisted", "/signatories/0/name")]),
        ({"/signatories/0/name": None}, []),
        (
            {"/attendance/1/people/0/name": "นายก้องเกียรติ แสนบุญลัน"},
            [("name.variant", "/attendance/1/people/0/name")],
        ),
        (
            {"/attendance/1/people/0/name": "นายก้องเกียรติ แสนบุญล้น"},
            [("name.two_lists", "/attendance/1/people/0/name")],
        ),
        (
            {"/attendance/0/people/1/name": "ดร.ก้องเกียรติ แสนบุญล้น"},
            [("name.two_lists", "/attendance/0/people/1/name")],
        ),
        ({"/attendance/1/people/0/name": "นายก้องเกียรติ แสนบุญลน"}, [("name.variant", "/attendance/1/people/0/name")]),
        ({"/attendance/1/people/0/name": "นายเกรียงศักดิ์ แสนบุญล้น"}, []),
        ({"/attendance/1/people/0/name": "นายบัญชา"}, [("name.form", "/attendance/1/people/0/name")]),
        ({"/attendance/1/people/0/name": "นายบัญชา ลือ3กล"}, [("name.form", "/attendance/1/people/0/name")]),
        (
            {"/attendance/1/people/0/name": "นายบัญชา ผู้อำนวยการกองช่าง"},
            [("name.form", "/attendance/1/people/0/name")],
        ),
        (
            {"/attendance/1/people/0/name": "นายบัญชา ลือไกล ลา ประชุม ติดราชการ"},
            [("name.form", "/attendance/1/people/0/name")],
        ),
        ({"/attendance/1/people/0/name": "นายบัญชา. ลือไกล"}, [("name.form", "/attendance/1/people/0/name")]),
        ({"/attendance/1/people/0/name": "นายบัญชา ลือไกล!"}, [("name.form", "/attendance/1/people/0/name")]),
        ({"/attendance/1/people/0/name": "นายบัญชา (เล็ก) ลือไกล"}, []),
        ({"/attendance/1/people/0/name": "ม.ล.บัญชา ลือไกล ณ อยุธยา"}, []),
        ({"/attendance/1/people/0/name": "นายบัญชา กองแก้วกุล"}, []),
        (
            {"/attendance/1/people/0": {"number": 1, "name": "นายบัญชา ลือไกล", "position": "ผู้แทนชุมชน!"}},
            [("post.form", "/attendance/1/people/0/position")],
        ),
        (
            {"/attendance/1/people/0": {"number": 1, "name": "นายบัญชา ลือไกล", "role": "๑ กรรมการ"}},
            [("post.form", "/attendance/1/people/0/role")],
        ),
        ({"/attendance/1/people/0": {"number": 1, "name": "นายบัญชา ลือไกล", "role": "ประธาน อ.ก.ก."}}, []),
        ({"/agenda/2/number": "5"}, [("agenda.order", "/agenda/2/number")]),
        ({"/agenda/2/title": "ระเบียบวาระที่ ๓"}, [("agenda.no_title", "/agenda/2")]),
        ({"/agenda/2/title": "-"}, [("agenda.no_title", "/agenda/2")]),
        ({"/agenda/1/resolutions": []}, [("agenda.no_resolution", "/agenda/1")]),
        (
            {"/agenda/1/resolutions": [], "/agenda/1/body": [{"kind": "paragraph", "text": "-ไม่มี-"}]},
            [],
        ),
        ({"/agenda": []}, [("agenda.missing", "/agenda")]),
    ],
)
def test_doubts(changes: dict[str, Any], expected: list[tuple[str, str | None]]) -> None:
    record = checked(changes)
    assert doubts(record) == expected
    assert (record.status == "ok") == all(issue.severity == "info" for issue in record.issues)


def test_no_list_and_an_empty_list() -> None:
    assert ("attendance.missing", "/attendance") in doubts(checked({"/attendance": []}))
    assert ("attendance.empty", "/attendance/0") in doubts(checked({"/attendance/0/people": []}))
    assert ("attendance.missing", "/attendance") in doubts(checked({"/attendance/0/kind": "absent"}))


@pytest.mark.parametrize(("line", "told"), [("- นายบัญชา ลือไกล", True), ("- ไม่มี -", False)])
def test_a_list_that_nobody_came_out_of_though_a_name_stands_in_it(line: str, told: bool) -> None:
    rows = [*HEADER, *LISTS, "ผู้ไม่มาประชุม", line, OPENING, *AGENDA, CLOSING]
    record = parsed(rows).record
    bare = record.model_copy(update={"attendance": [*record.attendance[:1], record.attendance[1].model_copy()]})
    bare.attendance[1].people = []
    record = with_doubts(bare, document(rows))
    assert (("attendance.empty", "/attendance/1") in doubts(record)) is told


def test_the_thursday_that_was_printed_as_friday() -> None:
    date = {"iso": "2017-09-28", "weekday": "ศุกร์", "text": "วันศุกร์ที่ ๒๘ กันยายน ๒๕๖๐"}
    record = checked({"/header/date": date, "/header/meeting/year": 2560})
    (issue,) = record.issues
    assert (issue.code, issue.severity, issue.page) == ("date.weekday_mismatch", "warning", 1)
    assert "พฤหัสบดี" in issue.message and "ศุกร์" in issue.message and "2560" in issue.message
    assert record.status == "review"


def test_an_issue_names_the_page_its_value_stands_on() -> None:
    record = checked({"/signatories/0/name": "นายประดิษฐ์ ชูศรีงาม"})
    assert [issue.page for issue in record.issues] == [2]


def evidence(confidence: float, ocr: str) -> dict[str, Any]:
    return {"page": 1, "box": [0.1, 0.1, 0.2, 0.2], "confidence": confidence, "ocr": ocr}


@pytest.mark.parametrize(
    ("pointer", "confidence", "told"),
    [
        ("/header/meeting/number", 0.5, True),
        ("/header/date/iso", 0.5, True),
        ("/attendance/0/people/0/name", 0.5, True),
        ("/opened_at", 0.5, True),
        ("/signatories/0/name", 0.5, True),
        ("/opened_at", 0.95, False),
        ("/agenda/0/body/0/text", 0.5, False),
        ("/agenda/1/number", 0.5, False),  # 2 stands between 1 and 3
    ],
)
def test_figures_times_and_names_read_with_doubt(pointer: str, confidence: float, told: bool) -> None:
    record = checked({"/evidence": {pointer: evidence(confidence, "๓")}})
    assert doubts(record) == ([("value.low_confidence", pointer)] if told else [])
    assert record.status == ("review" if told else "ok")


def test_numbers_that_could_not_be_read() -> None:
    read = {"/attendance/0/people/1/number": evidence(0.4, "6๐"), "/agenda/1/number": evidence(0.4, "ซ")}
    record = checked({"/evidence": read, "/attendance/0/people/1/number": None, "/agenda/1/number": None})
    assert ("attendance.number_gap", "/attendance/0/people/1/number") in doubts(record)
    assert ("agenda.number_unreadable", "/agenda/1/number") in doubts(record)


THAI = page(["ครั้งที่ ๓/๒๕๖๓", "วันพุธที่ ๑๐ มิถุนายน ๒๕๖๓"])
ARABIC = page(["ครั้งที่ 3/2563", "วันพุธที่ 10 มิถุนายน 2563"])


@pytest.mark.parametrize(
    ("made", "unwritable", "told"),
    [(THAI, "๔๖๗๘๙ำฌ", True), (THAI, "ำฌ", False), (THAI, "", False), (ARABIC, "๔๖๗๘๙ำฌ", False)],
)
def test_an_engine_that_cannot_write_the_digits_on_the_page(made: PageText, unwritable: str, told: bool) -> None:
    record = checked({}, text(made, unwritable=unwritable))
    assert doubts(record) == ([("engine.digits", "/header/meeting")] if told else [])
    assert record.status == ("review" if told else "ok")


def test_a_failed_page_makes_the_record_partial_and_a_blank_one_does_not() -> None:
    failed = page([], 2).model_copy(update={"state": "failed", "message": "page 2: took too long"})
    blank = page([], 2).model_copy(update={"state": "blank"})
    record = checked({}, text(THAI, failed))
    assert [(issue.code, issue.page, issue.message) for issue in record.issues] == [
        ("page.failed", 2, "page 2: took too long")
    ]
    assert record.status == "partial"
    record = checked({}, text(THAI, blank))
    assert [(issue.code, issue.severity, issue.page) for issue in record.issues] == [("page.blank", "info", 2)]
    assert record.status == "ok"


@pytest.mark.parametrize(("every", "told"), [(50, False), (20, True)])
def test_a_page_on_which_every_twentieth_letter_is_doubted_was_read_badly(every: int, told: bool) -> None:
    made = page([f"> {letter * 40}" for letter in "กขคงจฉ"], 2)
    lines = []
    for one in made.lines:
        (cell,) = one.cells
        sure = tuple(0.5 if place % every == 0 else 0.99 for place in range(len(cell.text)))
        lines.append(one.model_copy(update={"cells": (cell.model_copy(update={"chars": sure}),)}))
    record = checked({}, text(THAI, made.model_copy(update={"lines": tuple(lines)})))
    told_of = [(issue.severity, issue.page) for issue in record.issues if issue.code == "page.read_badly"]
    assert told_of == ([("warning", 2)] if told else [])


def test_a_page_with_something_on_it_and_no_text() -> None:
    record = checked({}, text(THAI, page([], 2)))
    assert [(issue.code, issue.severity, issue.page) for issue in record.issues] == [("page.no_text", "warning", 2)]


def test_a_name_that_a_list_bears_out_is_no_doubt_however_it_was_read() -> None:
    path = "/attendance/0/people/0/name"
    made = Record.model_validate({**data(), "evidence": {path: evidence(0.4, "นายก้องเกียรติ แสนบุญล้น")}})
    assert doubts(with_doubts(made, text())) == [("value.low_confidence", path)]
    assert doubts(with_doubts(made, text(), findings=Findings(known={path}))) == []


LISTS = ("ผู้มาประชุม", "๑. นายก้องเกียรติ แสนบุญล้น", "๒. นางพิมพ์ผกา ทองเนื้อใส")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("ผู้ได้รับเชิญเข้าฟังการประชุม", True),
        ("รายชื่อคณะผู้ติดตามการประชุม", True),
        ("ผู้ไม่มาประชุม", False),
        ("ผู้เข้าร่วมประชุม (ต่อ)", False),
        ("ผู้อำนวยการกองช่าง", False),
        ("ผู้แทนฝ่ายต่าง ๆ ที่ขอเข้าร่วมประชุมเพื่อชี้แจงรายละเอียดของโครงการทั้งหมด", False),
    ],
)
def test_a_heading_of_a_list_that_nobody_told_the_program(line: str, told: bool) -> None:
    rows = [*HEADER, *LISTS, line, "๑. นายบัญชา ลือไกล", OPENING, *AGENDA, CLOSING]
    made = document(rows)
    record = with_doubts(parsed(rows).record, made)
    assert ("attendance.unknown_heading" in {issue.code for issue in record.issues}) is told
    assert all(line in issue.message for issue in record.issues if issue.code == "attendance.unknown_heading")


def test_another_paper_gets_one_issue_that_says_why() -> None:
    bare = Record.model_validate({"source": data()["source"], "document_type": "other"})
    record = with_doubts(bare, text(THAI, unwritable="๔"), reasons=["no title", "no agenda"])
    assert [(issue.code, issue.severity) for issue in record.issues] == [("document.not_minutes", "info")]
    assert "no title" in record.issues[0].message and "no agenda" in record.issues[0].message
    assert record.status == "ok"


@pytest.mark.parametrize(
    ("sure", "said"),
    [(0.998, ""), (0.55, "; 'ธิดารัตน์ คงยืนนาน' is the likelier reading")],
    ids=["printed so", "read with doubt"],
)
def test_of_two_spellings_the_one_read_surely_is_named(sure: float, said: str) -> None:
    made = data()
    made["attendance"][0]["people"][1]["name"] = listed = "นางสาวธิดารัตน์ คงยืนนาน"
    made["signatories"][0]["name"] = signed = "นางสาวธิดารัดน์ คงยืนนาน"
    paths = {"/attendance/0/people/1/name": listed, "/signatories/0/name": signed}
    box = [0.1, 0.1, 0.2, 0.2]
    made["evidence"] |= {p: {"page": 1, "box": box, "confidence": 0.95, "ocr": name} for p, name in paths.items()}
    place = signed.replace(" ", "").index("ดน์")
    letters = [0.998] * len(signed.replace(" ", ""))
    other = (Doubt(at=place, length=1, likely=sure, others=(("ต", 0.4),)),) if said else ()
    readings = {path: Reading(tuple(letters)) for path in paths}
    letters[place] = sure
    readings["/signatories/0/name"] = Reading(tuple(letters), other)
    found = with_doubts(Record.model_validate(made), text(), readings)
    (issue,) = [one for one in found.issues if one.code == "name.variant"]
    assert issue.message == f"'{signed}' differs from '{listed}' in the attendance lists{said}"


def test_a_name_near_a_known_one_is_told() -> None:
    near = Nearest("/attendance/0/people/0/name", "นายก้องเกียรติ แสนบุญล้น", "ก้องเกียรติ แสนบุญหล้า", 80.0)
    record = checked({}, near=(near,))
    assert doubts(record) == [("name.near_known", near.path)]
    assert "ก้องเกียรติ แสนบุญหล้า" in record.issues[0].message


def test_checking_changes_nothing_but_issues_and_status() -> None:
    before = Record.model_validate(data())
    after = checked({"/closed_at": "09:00"})
    untouched = {"issues", "status", "closed_at"}
    assert after.model_dump(exclude=untouched) == before.model_dump(exclude=untouched)


def test_every_code_in_use_is_one_of_the_stable_codes() -> None:
    used: set[str] = set()
    for path in Path(pipeline.check.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "issue":
                used |= {str(arg.value) for arg in node.args[:1] if isinstance(arg, ast.Constant)}
    assert used == set(CODES)
    for code, severity in CODES.items():
        Issue(code=code, severity=severity, message="")
    table = re.findall(r"^\| (`.+?`) \| (\w+) \|", (ROOT / "docs" / "checks.md").read_text("utf-8"), re.M)
    assert {code.strip("`"): severity for code, severity in table} == CODES
    for path in (ROOT / "golden").glob("*.json"):
        for issue in json.loads(path.read_text("utf-8"))["issues"]:
            assert CODES[issue["code"]] == issue["severity"], path.name


def test_people_counted_anew_under_a_line_that_is_no_heading_known() -> None:
    rows = [*HEADER, *LISTS, "สายเหนือ", "๑. นายบัญชา ลือไกล", OPENING, *AGENDA, CLOSING]
    told = with_doubts(parsed(rows).record, document(rows)).issues
    assert [issue.path for issue in told if issue.code == "attendance.unknown_heading"] == ["/attendance/0"]


def test_a_list_that_no_heading_announces() -> None:
    rows = [*HEADER, *LISTS[1:], OPENING, *AGENDA, CLOSING]
    record = with_doubts(parsed(rows).record, document(rows))
    assert [(roll.kind, len(roll.people)) for roll in record.attendance] == [("present", 2)]
    assert "attendance.unknown_heading" in {issue.code for issue in record.issues}


def test_a_list_that_does_not_begin_with_one() -> None:
    rows = [*HEADER, LISTS[0], LISTS[2], OPENING, *AGENDA, CLOSING]
    told = with_doubts(parsed(rows).record, document(rows)).issues
    assert [one.path for one in told if one.code == "attendance.number_gap"] == ["/attendance/0/people/0/number"]
