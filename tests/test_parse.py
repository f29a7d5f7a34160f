"""The variants of real minutes, on small pages built by hand. Every person and body is invented."""

from __future__ import annotations

import random
from typing import Any

import pytest
from build import (
    AGENDA,
    HEADER,
    LISTS,
    Rows,
    Ruled,
    cell,
    document,
    flowing,
    minutes,
    page,
    parsed,
    record_of,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from pythainlp.corpus import thai_family_names, thai_female_names, thai_male_names

from pipeline.layout import arrange
from pipeline.ocr import Line
from pipeline.parse import parse
from schemas import AgendaItem, AttendanceList, Block, Person, Source


def said(person: Person) -> dict[str, Any]:
    """What the record says of a person, null fields left out."""
    return person.model_dump(exclude_none=True)


# ---------------------------------------------------------------- header

BODY = "คณะกรรมการส่งเสริมการอ่านตำบลดอนพุดซ้อน"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        pytest.param(HEADER, {}, id="a line each"),
        pytest.param(
            ("^ สรุปรายงานการประชุม", f"^ {BODY}", "^ ครั้งที่ ๓/๒๕๖๔", "^ วันพุธที่ ๙ มิถุนายน ๒๕๖๔", "^ ณ ห้องสมุดประชาชนดอนพุดซ้อน"),
            {"title": "สรุปรายงานการประชุม", "times": None},
            id="title over two lines",
        ),
        pytest.param(
            (
                "^ บันทึกการประชุม",
                f"^ {BODY}",
                "^ ครั้งที่ ๓ / ๒๕๖๔",
                "^ วันพุธที่ ๙ มิถุนายน พ.ศ. ๒๕๖๔ เวลา ๐๙.๓๐ – ๑๒.๓๐ น.",
                "^ ณ ห้องสมุดประชาชนดอนพุดซ้อน",
            ),
            {"title": "บันทึกการประชุม", "times": ("09:30", "12:30")},
            id="both times",
        ),
        pytest.param(
            (f"^ รายงานการประชุม{BODY} ครั้งที่ ๓/๒๕๖๔", "^ วันพุธที่ ๙ มิถุนายน ๒๕๖๔ เวลา ๐๙.๓๐ น.", "^ ณ ห้องสมุดประชาชนดอนพุดซ้อน"),
            {},
            id="number in the title line",
        ),
        pytest.param(
            (
                f"^ รายงานการประชุม{BODY}",
                "^ ครั้งที่ 3/2564 วันพุธที่ 9 มิถุนายน 2564 เวลา 09.30 น.",
                "^ ณ ห้องสมุดประชาชนดอนพุดซ้อน",
            ),
            {},
            id="number in the date line",
        ),
        pytest.param(
            (
                f"^ รายงานการประชุม{BODY}",
                "^ วันพุธที่ ๙ มิถุนายน ๒๕๖๔ เวลา ๐๙.๓๐ น.",
                "^ ครั้งที่ ๓/๒๕๖๔ ณ ห้องสมุดประชาชนดอนพุดซ้อน",
            ),
            {},
            id="date before the number, venue behind it",
        ),
        pytest.param(
            (
                f"^ รายงานการประชุม{BODY}",
                "^ ครั้งที่ ....๓..../....๒๕๖๔....",
                "^ วันที่...๙....เดือน.....มิถุนายน.......พ.ศ. ...๒๕๖๔... เวลา ๐๙.๓๐ น.",
                "^ ณ ห้องสมุดประชาชนดอนพุดซ้อน",
            ),
            {"weekday": None},
            id="dotted blanks",
        ),
        pytest.param(
            (
                f"^ รายงานการประชุม{BODY}",
                "^ ครั้งที่ ๓/๒๕๖๔",
                "^ เมื่อวันพุธ ที่ ๙ มิถุนายน ๒๕๖๔ เวลา ๐๙.๓๐ น. ณ ห้องสมุดประชาชนดอนพุดซ้อน",
                "^ ********************",
            ),
            {},
            id="all on the date line, asterisks",
        ),
    ],
)
def test_header_in_any_order_and_on_any_line(header: Rows, expected: dict[str, Any]) -> None:
    found = record_of(header=header).header
    assert found.title == expected.get("title", "รายงานการประชุม")
    assert found.body == BODY
    assert found.meeting is not None
    assert (found.meeting.number, found.meeting.year) == (3, 2564)
    assert found.date is not None
    assert (found.date.iso, found.date.weekday) == ("2021-06-09", expected.get("weekday", "พุธ"))
    assert found.venue == "ห้องสมุดประชาชนดอนพุดซ้อน"
    times = (found.scheduled.start, found.scheduled.end) if found.scheduled else None
    assert times == expected.get("times", ("09:30", None))


def test_printed_forms_are_kept_beside_the_normalised_ones() -> None:
    found = record_of().header
    assert found.meeting is not None and found.date is not None
    assert found.meeting.text == "ครั้งที่ ๓/๒๕๖๔"
    assert found.date.text == "วันพุธที่ ๙ มิถุนายน ๒๕๖๔"


@pytest.mark.parametrize(
    "above",
    [
        ("@0.7 ระเบียบวาระที่ 2",),
        ("ผ่านการรับรองจากการประชุมคณะกรรมการ ครั้งที่ ๕/๒๕๖๔", "เมื่อวันที่ ๒๘ กรกฎาคม ๒๕๖๔"),
    ],
    ids=["agenda number", "another meeting"],
)
def test_what_stands_above_the_title_belongs_to_another_meeting(above: tuple[str, ...]) -> None:
    record = record_of(header=[*above, "", *HEADER])
    assert record.header.meeting is not None and record.header.date is not None
    assert (record.header.meeting.number, record.header.date.iso) == (3, "2021-06-09")
    assert record.header.body == BODY
    assert [item.number for item in record.agenda] == ["1"]


def test_council_session() -> None:
    header = (
        "^ รายงานการประชุมสภาองค์การบริหารส่วนตำบลดอนพุดซ้อน",
        "^ สมัยสามัญ สมัยที่ ๓ ครั้งที่ ๑ ประจำปี ๒๕๕๗",
        "^ วันที่ 13 เดือน สิงหาคม พ.ศ. 2557",
        "^ ณ ห้องประชุมสภา",
    )
    found = record_of(header=header).header
    assert found.body == "สภาองค์การบริหารส่วนตำบลดอนพุดซ้อน"
    assert found.meeting is not None and found.date is not None
    assert (found.meeting.number, found.meeting.year, found.meeting.session) == (1, 2557, "สมัยสามัญ สมัยที่ ๓")
    assert found.meeting.text == "สมัยสามัญ สมัยที่ ๓ ครั้งที่ ๑ ประจำปี ๒๕๕๗"
    assert found.date.iso == "2014-08-13"


def test_venue_over_lines_with_video_conference() -> None:
    header = [*HEADER[:4], "^ และด้วยระบบ VDO Conference ผ่านโปรแกรม ZOOM"]
    assert record_of(header=header).header.venue == "ห้องสมุดประชาชนดอนพุดซ้อน และด้วยระบบ VDO Conference ผ่านโปรแกรม ZOOM"


def test_what_the_header_does_not_print_is_null() -> None:
    found = record_of(header=("^ รายงานการประชุม", f"^ {BODY}")).header
    assert (found.body, found.meeting, found.date, found.scheduled, found.venue) == (BODY, None, None, None, None)


def test_a_date_the_calendar_lacks_is_kept_as_text_only() -> None:
    header = [*HEADER[:2], "^ วันพุธที่ ๓๑ มิถุนายน ๒๕๖๔", *HEADER[3:]]
    found = record_of(header=header).header.date
    assert found is not None
    assert (found.iso, found.text) == (None, "วันพุธที่ ๓๑ มิถุนายน ๒๕๖๔")


# ---------------------------------------------------------------- attendance


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("ผู้มาประชุม", "present"),
        ("ผู้เข้าประชุม", "present"),
        ("รายนามผู้เข้าประชุม", "present"),
        ("กรรมาธิการผู้มาประชุม", "present"),
        ("ผู้ไม่มาประชุม", "absent"),
        ("ผู้ไม่เข้าประชุม", "absent"),
        ("ผู้มาประชุมไม่ได้", "absent"),
        ("รายนามผู้ไม่ได้เข้าประชุม", "absent"),
        ("รายนามผู้ติดราชการ", "absent"),
        ("ผู้เข้าร่วมประชุม", "in_attendance"),
        ("รายนามผู้แถลง-ผู้เข้าร่วมประชุม", "in_attendance"),
        ("ผู้ ไม่ มาประชุม :", "absent"),
        ("ผูเขารวมประชม", "in_attendance"),
    ],
)
def test_attendance_headings(heading: str, kind: str) -> None:
    (roll,) = record_of(
        lists=[heading, "๑. นายก้องเกียรติ แสนบุญล้น | กรรมการ", "๒. นางพิมพ์ผกา ทองเนื้อใส | กรรมการ"]
    ).attendance
    assert roll.kind == kind
    assert [person.name for person in roll.people] == ["นายก้องเกียรติ แสนบุญล้น", "นางพิมพ์ผกา ทองเนื้อใส"]


def rolls(*rows: str | Ruled) -> list[AttendanceList]:
    return record_of(lists=[*rows, ""]).attendance


def people(*rows: str | Ruled, heading: str = "ผู้มาประชุม") -> list[dict[str, Any]]:
    (roll,) = rolls(heading, *rows)
    return [said(person) for person in roll.people]


def test_three_lists_one_after_another() -> None:
    present, absent = record_of().attendance
    assert [said(person) for person in present.people] == [
        {"number": 1, "name": "นายก้องเกียรติ แสนบุญล้น", "role": "ประธานกรรมการ"},
        {"number": 2, "name": "นางพิมพ์ผกา ทองเนื้อใส", "role": "กรรมการ"},
        {"number": 3, "name": "นางสาวธิดารัตน์ คงยืนนาน", "role": "กรรมการและเลขานุการ"},
    ]
    assert (absent.heading, absent.kind) == ("ผู้ไม่มาประชุม", "absent")
    assert [said(person) for person in absent.people] == [
        {"number": 1, "name": "นายบัญชา ลือไกล", "absence_reason": "ติดราชการ"}
    ]


def test_three_columns() -> None:
    assert people(
        "๑. นายก้องเกียรติ แสนบุญล้น | ผู้อำนวยการกองช่าง | ประธานกรรมการ",
        "๒. นางพิมพ์ผกา ทองเนื้อใส | ปลัดเทศบาล | กรรมการ",
        "๓. นางสาวธิดารัตน์ คงยืนนาน | นักวิชาการศึกษา | เลขานุการ",
    ) == [
        {"number": 1, "name": "นายก้องเกียรติ แสนบุญล้น", "position": "ผู้อำนวยการกองช่าง", "role": "ประธานกรรมการ"},
        {"number": 2, "name": "นางพิมพ์ผกา ทองเนื้อใส", "position": "ปลัดเทศบาล", "role": "กรรมการ"},
        {"number": 3, "name": "นางสาวธิดารัตน์ คงยืนนาน", "position": "นักวิชาการศึกษา", "role": "เลขานุการ"},
    ]


def test_family_names_set_apart_belong_to_the_names() -> None:
    assert people(
        "๑. นายก้องเกียรติ | @0.3 แสนบุญล้น | @0.55 กรรมการ",
        "๒. นางพิมพ์ผกา | @0.3 ทองเนื้อใส | @0.55 กรรมการ",
        "๓. นายสุรเดชา | @0.3 ณ บางพุดซา | @0.55 เลขานุการ",
    ) == [
        {"number": 1, "name": "นายก้องเกียรติ แสนบุญล้น", "role": "กรรมการ"},
        {"number": 2, "name": "นางพิมพ์ผกา ทองเนื้อใส", "role": "กรรมการ"},
        {"number": 3, "name": "นายสุรเดชา ณ บางพุดซา", "role": "เลขานุการ"},
    ]


def test_post_on_the_first_line_and_name_on_the_second() -> None:
    assert people(
        "๑. ผู้อำนวยการสำนักการโยธา | ประธานกรรมการ",
        "@0.13 นายก้องเกียรติ แสนบุญล้น",
        "๒. หัวหน้าฝ่ายทะเบียน | กรรมการ",
        "@0.13 นางพิมพ์ผกา ทองเนื้อใส",
    ) == [
        {"number": 1, "name": "นายก้องเกียรติ แสนบุญล้น", "position": "ผู้อำนวยการสำนักการโยธา", "role": "ประธานกรรมการ"},
        {"number": 2, "name": "นางพิมพ์ผกา ทองเนื้อใส", "position": "หัวหน้าฝ่ายทะเบียน", "role": "กรรมการ"},
    ]


def test_name_on_the_first_line_and_post_over_the_next_ones() -> None:
    assert people(
        "๑. นายก้องเกียรติ แสนบุญล้น | ประธานกรรมการ",
        "@0.13 ผู้อำนวยการสำนักการโยธา",
        "@0.13 เทศบาลนครดอนพุดซ้อน",
        "๒. นางพิมพ์ผกา ทองเนื้อใส | กรรมการ",
        "@0.13 หัวหน้าฝ่ายทะเบียน",
    ) == [
        {
            "number": 1,
            "name": "นายก้องเกียรติ แสนบุญล้น",
            "position": "ผู้อำนวยการสำนักการโยธาเทศบาลนครดอนพุดซ้อน",
            "role": "ประธานกรรมการ",
        },
        {"number": 2, "name": "นางพิมพ์ผกา ทองเนื้อใส", "position": "หัวหน้าฝ่ายทะเบียน", "role": "กรรมการ"},
    ]


def test_post_over_several_lines_of_its_column() -> None:
    assert people(
        "๑. นายก้องเกียรติ แสนบุญล้น | ผู้อำนวยการกองคลัง รักษาราชการแทน",
        " | หัวหน้าสำนักปลัดเทศบาล",
        "๒. นางพิมพ์ผกา ทองเนื้อใส | นิติกร",
        heading="ผู้เข้าร่วมประชุม",
    ) == [
        {
            "number": 1,
            "name": "นายก้องเกียรติ แสนบุญล้น",
            "position": "ผู้อำนวยการกองคลัง รักษาราชการแทนหัวหน้าสำนักปลัดเทศบาล",
        },
        {"number": 2, "name": "นางพิมพ์ผกา ทองเนื้อใส", "position": "นิติกร"},
    ]


@pytest.mark.parametrize(
    "rows",
    [
        ("๒. นางพิมพ์ผกา ทองเนื้อใส | กรรมการ", "@0.13 (แทนผู้อำนวยการสำนักการคลัง)"),
        ("๒. นางพิมพ์ผกา ทองเนื้อใส | กรรมการ", "@0.13 แทน ผู้อำนวยการสำนักการคลัง"),
        ("๒. นางพิมพ์ผกา ทองเนื้อใส | กรรมการ", "@0.13 (ผู้แทนผู้อำนวยการ", "@0.13 สำนักการคลัง)"),
    ],
)
def test_one_who_stands_for_another(rows: tuple[str, ...]) -> None:
    found = people("๑. นายก้องเกียรติ แสนบุญล้น | ประธานกรรมการ", *rows, "๓. นายบัญชา ลือไกล | กรรมการ")
    assert found[1] == {
        "number": 2,
        "name": "นางพิมพ์ผกา ทองเนื้อใส",
        "represents": "ผู้อำนวยการสำนักการคลัง",
        "role": "กรรมการ",
    }
    assert len(found) == 3


def test_a_post_without_a_name() -> None:
    found = people(
        "๑. นายก้องเกียรติ แสนบุญล้น | ประธานกรรมการ",
        "๒. ผู้อำนวยการสำนักการโยธา | กรรมการ",
        "๓. นายบัญชา ลือไกล | กรรมการ",
    )
    assert found[1] == {"number": 2, "position": "ผู้อำนวยการสำนักการโยธา", "role": "กรรมการ"}


@pytest.mark.parametrize(
    "rows",
    [
        ("๑. นายบัญชา ลือไกล | ติดราชการ", "๒. นางสายฝน เมฆขาว | ลาป่วย"),
        ("๑. นายบัญชา ลือไกล (ติดราชการ)", "๒. นางสายฝน เมฆขาว (ลาป่วย)"),
        ("๑. นายบัญชา ลือไกล | (ติดราชการ)", "๒. นางสายฝน เมฆขาว | (ลาป่วย)"),
        ("๑.นายบัญชา ลือไกล | ติดราชการ", "2. นางสายฝน เมฆขาว | ลาป่วย"),
    ],
    ids=["column", "brackets", "brackets in a column", "numbers of both scripts"],
)
def test_reasons_for_absence(rows: tuple[str, ...]) -> None:
    assert people(*rows, heading="ผู้ไม่มาประชุม") == [
        {"number": 1, "name": "นายบัญชา ลือไกล", "absence_reason": "ติดราชการ"},
        {"number": 2, "name": "นางสายฝน เมฆขาว", "absence_reason": "ลาป่วย"},
    ]


def test_one_marked_absent_in_the_list_of_those_present() -> None:
    found = people(
        "๑. นายก้องเกียรติ แสนบุญล้น | ประธานกรรมการ",
        "๒. นางพิมพ์ผกา ทองเนื้อใส | กรรมการ | (ลา)",
        "๓. นายบัญชา ลือไกล | กรรมการ",
    )
    assert found[1] == {"number": 2, "name": "นางพิมพ์ผกา ทองเนื้อใส", "role": "กรรมการ", "absence_reason": "ลา"}


def test_the_only_list_of_a_paper_gives_roles_whatever_its_heading() -> None:
    found = people("๑. นายก้องเกียรติ แสนบุญล้น | ประธานกรรมการ", "๒. นางพิมพ์ผกา ทองเนื้อใส | กรรมการ", heading="ผู้เข้าร่วมประชุม")
    assert [person["role"] for person in found] == ["ประธานกรรมการ", "กรรมการ"]


@pytest.mark.parametrize(
    "row", ["๑. นาย  ก้องเกียรติ    แสนบุญล้น | กรรมการ", "๑.  นาย ก้องเกียรติ  แสนบุญล้น กรรมการ"], ids=["columns", "one cell"]
)
def test_a_letterspaced_name_has_single_spaces(row: str) -> None:
    assert people(row, "๒. นางพิมพ์ผกา ทองเนื้อใส กรรมการ")[0] == {
        "number": 1,
        "name": "นาย ก้องเกียรติ แสนบุญล้น",
        "role": "กรรมการ",
    }


def test_a_ruled_list_over_two_pages_with_its_head_row_repeated() -> None:
    edges, head = (0.1, 0.17, 0.45, 0.72, 0.9), ("ที่", "ชื่อ - สกุล", "ตำแหน่ง", "หมายเหตุ")
    first = Ruled(edges, (head, ("๑", "นายก้องเกียรติ แสนบุญล้น", "ประธานสภา", "")))
    second = Ruled(edges, (head, ("๒", "นางพิมพ์ผกา ทองเนื้อใส", "สมาชิกสภา", "ลาป่วย")))
    (roll,) = parsed([*HEADER, "ผู้มาประชุม", first], [second, "เริ่มประชุมเวลา ๐๙.๓๐ น.", *AGENDA]).record.attendance
    assert [said(person) for person in roll.people] == [
        {"number": 1, "name": "นายก้องเกียรติ แสนบุญล้น", "position": "ประธานสภา"},
        {"number": 2, "name": "นางพิมพ์ผกา ทองเนื้อใส", "position": "สมาชิกสภา", "absence_reason": "ลาป่วย"},
    ]


@pytest.mark.parametrize("nothing", ["-", "- ไม่มี -", "ไม่มี", "-ไม่มี-"])
def test_an_empty_list_has_no_people(nothing: str) -> None:
    present, absent = rolls(*LISTS[:4], "ผู้ไม่มาประชุม", f"> {nothing}")
    assert (len(present.people), absent.kind, absent.people) == (3, "absent", [])


def test_a_list_on_its_headings_line() -> None:
    present, absent = rolls(*LISTS[:4], "ผู้ไม่มาประชุม 1. นางสายฝน เมฆขาว (ลา)")
    assert len(present.people) == 3
    assert absent.heading == "ผู้ไม่มาประชุม"
    assert [said(person) for person in absent.people] == [
        {"number": 1, "name": "นางสายฝน เมฆขาว", "absence_reason": "ลา"}
    ]


def test_a_list_that_goes_on_over_the_page_stays_one() -> None:
    first = [*HEADER, "ผู้เข้าร่วมประชุม", "๑. นายก้องเกียรติ แสนบุญล้น | นิติกร", "๒. นางพิมพ์ผกา ทองเนื้อใส | ครู"]
    second = ["ผู้เข้าร่วมประชุม (ต่อ)", "๓. นายบัญชา ลือไกล | กำนัน", "เริ่มประชุมเวลา ๐๙.๓๐ น.", *AGENDA]
    (roll,) = parsed(first, second).record.attendance
    assert roll.heading == "ผู้เข้าร่วมประชุม"
    assert [(person.number, person.name) for person in roll.people] == [
        (1, "นายก้องเกียรติ แสนบุญล้น"),
        (2, "นางพิมพ์ผกา ทองเนื้อใส"),
        (3, "นายบัญชา ลือไกล"),
    ]


def test_numbers_are_kept_as_printed_gaps_repeats_and_all() -> None:
    names = ["นายก้องเกียรติ แสนบุญล้น", "นางพิมพ์ผกา ทองเนื้อใส", "นายบัญชา ลือไกล", "นางสายฝน เมฆขาว", "นางสาวธิดารัตน์ คงยืนนาน"]
    printed = ["๗. ", "7. ", "๘.", "10.", "๒๔. "]
    found = people(*(f"{number}{name} | กรรมการ" for number, name in zip(printed, names, strict=True)))
    assert [(person["number"], person["name"]) for person in found] == list(zip([7, 7, 8, 10, 24], names, strict=True))


def test_numbers_that_run_on_into_the_next_list() -> None:
    present, guests = rolls(
        *LISTS[:4], "ผู้เข้าร่วมประชุม", "๔. นายบัญชา ลือไกล | นิติกร", "๕. นางสายฝน เมฆขาว | ครูใหญ่โรงเรียนบ้านดอน"
    )
    assert [person.number for person in present.people] == [1, 2, 3]
    assert [(person.number, person.position) for person in guests.people] == [(4, "นิติกร"), (5, "ครูใหญ่โรงเรียนบ้านดอน")]


def test_a_list_without_numbers() -> None:
    assert people("นายก้องเกียรติ แสนบุญล้น | ประธานกรรมการ", "นางพิมพ์ผกา ทองเนื้อใส | กรรมการ") == [
        {"name": "นายก้องเกียรติ แสนบุญล้น", "role": "ประธานกรรมการ"},
        {"name": "นางพิมพ์ผกา ทองเนื้อใส", "role": "กรรมการ"},
    ]


def test_ruled_list_with_a_signature_column_that_tells_who_was_absent() -> None:
    table = Ruled(
        (0.1, 0.17, 0.45, 0.72, 0.9),
        (
            ("ที่", "ชื่อ - สกุล", "ตำแหน่ง", "ลายมือชื่อ"),
            ("๑", "นายก้องเกียรติ แสนบุญล้น", "ประธานสภา", ""),
            ("๒", "นางพิมพ์ผกา ทองเนื้อใส", "สมาชิกสภา เขต ๑\nหมู่ที่ ๔", "(ลา)"),
        ),
    )
    assert people(table) == [
        {"number": 1, "name": "นายก้องเกียรติ แสนบุญล้น", "position": "ประธานสภา"},
        {"number": 2, "name": "นางพิมพ์ผกา ทองเนื้อใส", "position": "สมาชิกสภา เขต ๑ หมู่ที่ ๔", "absence_reason": "ลา"},
    ]


@pytest.mark.parametrize(
    "name",
    [
        "รองศาสตราจารย์ ดร.พิมพ์ผกา ทองเนื้อใส",
        "ว่าที่ร้อยตรี บัญชา ลือไกล",
        "น.ส.สายฝน เมฆขาว",
        "พ.ต.อ. บัญชา ลือไกล",
        "นายแพทย์ก้องเกียรติ แสนบุญล้น",
        "หม่อมหลวงสายฝน เมฆขาว",
        "คุณพิมพ์ผกา ทองเนื้อใส",
    ],
)
def test_names_keep_their_titles(name: str) -> None:
    assert people(f"๑. {name} | กรรมการ", "๒. นายสุรเดชา ชลธี | กรรมการ")[0] == {
        "number": 1,
        "name": name,
        "role": "กรรมการ",
    }


# ---------------------------------------------------------------- opening and closing


@pytest.mark.parametrize(
    ("printed", "clock"),
    [
        ("เริ่มประชุมเวลา 13.07 น.", "13:07"),
        ("เปิดประชุมเวลา 10.๓๐ น.", "10:30"),
        ("เริ่มประชุม เวลา ๐๙.๐๐ นาฬิกา", "09:00"),
        ("เปิดการประชุมเวลา ๑๐ นาฬิกา", "10:00"),
        ("เริมประชมเวลา ๐๙:๑๕ น.", "09:15"),
    ],
)
def test_opening_wordings(printed: str, clock: str) -> None:
    record = record_of(opening=printed)
    assert record.opened_at == clock
    assert [item.number for item in record.agenda] == ["1"]


@pytest.mark.parametrize(
    ("printed", "clock"),
    [
        ("เลิกประชุมเวลา ๑๒.๐๐ น.", "12:00"),
        ("ปิดประชุมเวลา 16.45 น.", "16:45"),
        ("ปิดการประชุม เวลา ๑๑.๕๐ น.", "11:50"),
        ("เลิกประชุม เวลา ๑๒ นาฬิกา", "12:00"),
    ],
)
def test_closing_wordings(printed: str, clock: str) -> None:
    record = record_of(closing=printed)
    assert record.closed_at == clock
    assert [person.name for person in record.signatories] == ["นางสาวธิดารัตน์ คงยืนนาน"]


def test_a_time_broken_off_the_sentence_that_closes_is_found() -> None:
    agenda = [
        *AGENDA,
        "> ไม่มีผู้ใดเสนอเรื่องอื่นอีก ประธานกล่าวขอบคุณผู้เข้าร่วมประชุมทุกคนและปิดประชุมเมื่อเวลา",
        "๑๒.๑๕ น.",
    ]
    record = record_of(agenda=agenda, closing="")
    assert record.closed_at == "12:15"
    assert record.agenda[0].body[-1].text.endswith("ปิดประชุมเมื่อเวลา ๑๒.๑๕ น.")


def test_an_opening_whose_time_stands_on_the_next_line() -> None:
    record = record_of(lists=[*LISTS, "เปิดประชุมเวลา"], opening="๐๙.๐๐ น.")
    assert record.opened_at == "09:00"
    assert record.preamble == []


def test_a_sentence_that_begins_like_the_closing_does_not_end_the_meeting() -> None:
    agenda = [
        *AGENDA[:1],
        "> ปิดประชุมแล้วขอเชิญทุกท่านร่วมปลูกต้นไม้หน้าอาคารหอประชุมใหญ่",
        "ระเบียบวาระที่ ๒ เรื่องอื่น ๆ",
        "> - ไม่มี -",
    ]
    record = record_of(agenda=agenda)
    assert [item.number for item in record.agenda] == ["1", "2"]
    assert record.closed_at == "12:00"


def test_minutes_without_an_opening_line_keep_lists_and_agenda_apart() -> None:
    rows = [*HEADER, *LISTS, *AGENDA]
    record = parsed(rows).record
    assert [len(roll.people) for roll in record.attendance] == [3, 1]
    assert [item.number for item in record.agenda] == ["1"]
    assert record.opened_at is None


def test_no_time_is_guessed() -> None:
    record = record_of(opening="เริ่มประชุม", closing="ปิดประชุม")
    assert (record.opened_at, record.closed_at) == (None, None)


def test_text_between_the_opening_and_the_first_item_is_the_preamble() -> None:
    record = record_of(agenda=["> ประธานกล่าวเปิดการประชุมและดำเนินการตามระเบียบวาระ ดังนี้", *AGENDA])
    assert [(block.kind, block.text) for block in record.preamble] == [
        ("paragraph", "ประธานกล่าวเปิดการประชุมและดำเนินการตามระเบียบวาระ ดังนี้")
    ]


# ---------------------------------------------------------------- agenda


def tree(items: list[AgendaItem]) -> list[Any]:
    """Numbers and titles as nested lists."""
    return [(item.number, item.title, *([tree(item.items)] if item.items else [])) for item in items]


def agenda(*rows: str | Ruled) -> list[AgendaItem]:
    return record_of(agenda=rows).agenda


@pytest.mark.parametrize("word", ["ระเบียบวาระที่", "วาระที่", "ระเบียบวาระการประชุมที่", "ระเบยบวาระท"])
def test_agenda_heads(word: str) -> None:
    found = agenda(f"{word} ๑ เรื่องแจ้งเพื่อทราบ", "> เนื้อความ", f"{word} 2 เรื่องเพื่อพิจารณา", "> เนื้อความ")
    assert tree(found) == [("1", "เรื่องแจ้งเพื่อทราบ"), ("2", "เรื่องเพื่อพิจารณา")]
    assert [[block.text for block in item.body] for item in found] == [["เนื้อความ"], ["เนื้อความ"]]


def test_sub_items_with_the_word_and_bare_three_deep() -> None:
    found = agenda(
        "ระเบียบวาระที่ ๑ เรื่องแจ้งเพื่อทราบ",
        "วาระที่ 1.1 ผลการตรวจรับ",
        "> เนื้อความ",
        "วาระที่ 1.2 แผนงาน",
        "> เนื้อความ",
        "ระเบียบวาระที่ ๒ เรื่องเพื่อพิจารณา",
        "๒.๑ แผนพัฒนาห้องสมุด",
        "๒.๑.๑ งบประมาณ",
        "มติที่ประชุม เห็นชอบ",
        "๒.๑.๒ กำลังคน",
        "มติที่ประชุม เห็นชอบ",
        "๒.๒ ปฏิทินงาน",
        "> เนื้อความ",
    )
    assert tree(found) == [
        ("1", "เรื่องแจ้งเพื่อทราบ", [("1.1", "ผลการตรวจรับ"), ("1.2", "แผนงาน")]),
        (
            "2",
            "เรื่องเพื่อพิจารณา",
            [("2.1", "แผนพัฒนาห้องสมุด", [("2.1.1", "งบประมาณ"), ("2.1.2", "กำลังคน")]), ("2.2", "ปฏิทินงาน")],
        ),
    ]


def test_numbers_three_deep_that_nothing_is_resolved_under_are_a_list() -> None:
    (item,) = agenda("ระเบียบวาระที่ ๔ เรื่องเพื่อทราบ", "๔.๑ ผลงาน", "> ๔.๑.๑ จัดหนังสือ", "> ๔.๑.๒ ทำบัตร", "มติที่ประชุม รับทราบ")
    (child,) = item.items
    assert [(block.kind, block.label, block.text) for block in child.body] == [
        ("list_item", "๔.๑.๑", "จัดหนังสือ"),
        ("list_item", "๔.๑.๒", "ทำบัตร"),
    ]


@pytest.mark.parametrize("left", ["", "@0.24 "], ids=["to the left margin", "under the title"])
def test_a_title_that_wraps(left: str) -> None:
    title = "เรื่อง รับรองรายงานการประชุมคณะกรรมการส่งเสริมการอ่านตำบล ครั้งที่ ๒/๒๕๖๔"
    found = agenda(f"ระเบียบวาระที่ ๑ {title}", f"{left}เมื่อวันที่ ๕ พฤษภาคม ๒๕๖๔", "> ฝ่ายเลขานุการเสนอรายงานแล้ว")
    assert tree(found) == [("1", f"{title} เมื่อวันที่ ๕ พฤษภาคม ๒๕๖๔")]
    assert [block.text for block in found[0].body] == ["ฝ่ายเลขานุการเสนอรายงานแล้ว"]


def test_a_title_on_the_next_line() -> None:
    found = agenda("ระเบียบวาระที่ ๑", "เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ", "> ห้องสมุดเปิดแล้ว")
    assert tree(found) == [("1", "เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ")]
    assert [block.text for block in found[0].body] == ["ห้องสมุดเปิดแล้ว"]


def test_a_picture_is_a_figure_of_the_item_it_stands_in() -> None:
    text = "ฝ่ายเลขานุการเสนอแผนภูมิผู้ใช้ห้องสมุดรายเดือน"
    rows = ["ระเบียบวาระที่ ๑ เรื่องแจ้งเพื่อทราบ", f"> {text}", "", "", "", "> ผู้ใช้เพิ่มขึ้น", "มติที่ประชุม รับทราบ"]
    whole = minutes(agenda=[*rows, "", "", "", "ระเบียบวาระที่ ๒ เรื่องอื่น ๆ", "> ไม่มี"])
    made = page(whole)
    places = {line.text: line.box for line in made.lines}
    inside, decided = places[text][3], places["มติที่ประชุม รับทราบ"][3]
    figures = [(0.45, 0.02, 0.55, 0.09), *((0.3, top + 0.005, 0.6, top + 0.06) for top in (inside, decided))]
    record = parsed(made.model_copy(update={"figures": tuple(figures)})).record
    first, second = record.agenda
    assert [(block.kind, block.text) for block in first.body] == [
        ("paragraph", text),
        ("figure", ""),
        ("paragraph", "ผู้ใช้เพิ่มขึ้น"),
        ("figure", ""),
    ]
    assert [resolution.text for resolution in first.resolutions] == ["รับทราบ"]
    assert [block.kind for block in second.body] == ["paragraph"]
    assert record.preamble == []
    assert [record.evidence[f"/agenda/0/body/{place}"].box for place in (1, 3)] == figures[1:]
    assert record.evidence["/agenda/0/body/1"].ocr == ""


@pytest.mark.parametrize("nothing", ["-ไม่มี-", "- ไม่มี", "-", "ไม่มีวาระเรื่องสืบเนื่อง"])
def test_an_item_without_content(nothing: str) -> None:
    found = agenda("ระเบียบวาระที่ ๓ เรื่องสืบเนื่อง", f"> {nothing}", "ระเบียบวาระที่ ๔ เรื่องอื่น ๆ", "> เนื้อความ")
    assert tree(found) == [("3", "เรื่องสืบเนื่อง"), ("4", "เรื่องอื่น ๆ")]
    assert [(block.kind, block.text) for block in found[0].body] == [("paragraph", nothing)]
    assert found[0].resolutions == []


def test_items_out_of_order_are_kept_in_the_order_printed() -> None:
    found = agenda(
        "ระเบียบวาระที่ ๑ เรื่องแจ้งเพื่อทราบ",
        "> เนื้อความ",
        "",
        "ระเบียบวาระที่ ๔ เรื่องเพื่อพิจารณา",
        "> เนื้อความ",
        "",
        "ระเบียบวาระที่ ๓ เรื่องสืบเนื่อง",
        "> เนื้อความ",
    )
    assert [item.number for item in found] == ["1", "4", "3"]


@pytest.mark.parametrize("unreadable", ["ข", "์", "§"])
def test_an_item_whose_number_cannot_be_read_is_kept_without_one(unreadable: str) -> None:
    found = agenda(
        "ระเบียบวาระที่ ๑ เรื่องแจ้งเพื่อทราบ",
        "> เนื้อความ",
        "",
        f"ระเบียบวาระที่ {unreadable} เรื่องสืบเนื่อง",
        "> เนื้อความ",
        "",
        "ระเบียบวาระที่ ๓ เรื่องอื่น ๆ",
        "> เนื้อความ",
    )
    assert tree(found) == [("1", "เรื่องแจ้งเพื่อทราบ"), (None, "เรื่องสืบเนื่อง"), ("3", "เรื่องอื่น ๆ")]


def test_the_readings_of_a_bill_are_no_items() -> None:
    found = agenda(
        "ระเบียบวาระที่ ๑ เรื่องเพื่อพิจารณา",
        "> ร่างข้อบัญญัติงบประมาณรายจ่าย",
        "",
        "วาระที่หนึ่ง ขั้นรับหลักการ",
        "> สมาชิกอภิปรายแล้ว",
        "",
        "วาระที่สอง ขั้นแปรญัตติ",
        "> ไม่มีผู้แปรญัตติ",
    )
    assert [item.number for item in found] == ["1"]
    texts = [block.text for block in found[0].body]
    assert any("วาระที่หนึ่ง" in text for text in texts)
    assert any("วาระที่สอง" in text for text in texts)


def test_numbers_of_a_list_in_the_body_are_no_items() -> None:
    (item,) = agenda(
        "ระเบียบวาระที่ ๔ เรื่องเพื่อพิจารณา",
        "> ฝ่ายเลขานุการขอแก้ไขรายงาน ดังนี้",
        "> ๑. วาระที่ ๑.๓ บรรทัดที่ ๖ แก้คำว่า สวน",
        "> ๒. วาระที่ ๓ บรรทัดที่ ๒ แก้คำว่า บ่อ",
    )
    assert tree([item]) == [("4", "เรื่องเพื่อพิจารณา")]
    assert [(block.kind, block.label, block.text) for block in item.body] == [
        ("paragraph", None, "ฝ่ายเลขานุการขอแก้ไขรายงาน ดังนี้"),
        ("list_item", "๑.", "วาระที่ ๑.๓ บรรทัดที่ ๖ แก้คำว่า สวน"),
        ("list_item", "๒.", "วาระที่ ๓ บรรทัดที่ ๒ แก้คำว่า บ่อ"),
    ]


def test_a_table_of_the_meeting_before_is_a_table_and_no_agenda() -> None:
    table = Ruled(
        (0.1, 0.3, 0.65, 0.9),
        (("วาระที่", "เรื่อง", "มติที่ประชุม"), ("วาระที่ ๑", "เรื่องแจ้งเพื่อทราบ", "รับทราบ"), ("วาระที่ ๒", "รายงานการเงิน", "เห็นชอบ")),
    )
    found = agenda("ระเบียบวาระที่ ๓ เรื่องสืบเนื่อง", "> สรุปมติครั้งก่อน", table, "ระเบียบวาระที่ ๔ เรื่องอื่น ๆ", "> เนื้อความ")
    assert tree(found) == [("3", "เรื่องสืบเนื่อง"), ("4", "เรื่องอื่น ๆ")]
    assert found[0].resolutions == []
    assert found[0].body[-1] == Block(kind="table", rows=[list(row) for row in table.rows])


def test_a_paragraph_goes_on_over_lines_and_over_the_page() -> None:
    text = "ประธานแจ้งว่าห้องสมุดได้รับบริจาคหนังสือจากชาวตำบลจำนวนมากและขอให้คณะกรรมการช่วยกันจัดหมวดหมู่ให้แล้วเสร็จก่อนวันเปิดงาน"
    rows = flowing(text)
    assert len(rows) == 2
    first = [*HEADER, *LISTS, "เริ่มประชุมเวลา ๐๙.๓๐ น.", AGENDA[0], rows[0]]
    second = page([rows[1], "> ที่ประชุมไม่มีข้อสังเกต"], 2, head="^ - ๒ -")
    (item,) = parsed(first, second).record.agenda
    assert [block.text for block in item.body] == [text, "ที่ประชุมไม่มีข้อสังเกต"]


def test_list_items_nest_by_their_labels() -> None:
    (item,) = agenda(
        "ระเบียบวาระที่ ๔ เรื่องเพื่อพิจารณา",
        "> ข้อเสนอมีดังนี้",
        "> ๑. ด้านอาคาร",
        "@0.24 ๑.๑ ซ่อมหลังคา",
        "@0.24 ๑.๒ ทาสี",
        "> ๒. ด้านหนังสือ",
        "@0.24 - หนังสือเด็ก",
    )

    def shape(blocks: list[Block]) -> list[Any]:
        return [(block.label, block.text, *([shape(block.children)] if block.children else [])) for block in blocks]

    assert shape(item.body) == [
        (None, "ข้อเสนอมีดังนี้"),
        ("๑.", "ด้านอาคาร", [("๑.๑", "ซ่อมหลังคา"), ("๑.๒", "ทาสี")]),
        ("๒.", "ด้านหนังสือ", [("-", "หนังสือเด็ก")]),
    ]


def test_a_speaker_column() -> None:
    words = "ขอเชิญสมาชิกอภิปรายเรื่องการจัดซื้อหนังสือเข้าห้องสมุดของตำบลเราและขอให้กล่าวโดยย่อ เพราะเวลามีน้อย"
    first, *more = flowing(words, left=0.3, first=0.3)
    assert more
    (item,) = agenda("ระเบียบวาระที่ ๑ เรื่องเพื่อพิจารณา", f"ประธานสภา - | {first}", *more, "นายบัญชาฯ - | @0.3 เห็นด้วย")
    assert [block.text for block in item.body] == [f"ประธานสภา - {words}", "นายบัญชาฯ - เห็นด้วย"]


# ---------------------------------------------------------------- resolutions


@pytest.mark.parametrize(
    ("rows", "text", "decision"),
    [
        (("มติที่ประชุม รับทราบ",), "รับทราบ", "acknowledged"),
        (("มติที่ประชุม : เห็นชอบตามที่เสนอ",), "เห็นชอบตามที่เสนอ", "approved"),
        (("มติที่ประชุม", "> อนุมัติให้จัดซื้อหนังสือ"), "อนุมัติให้จัดซื้อหนังสือ", "approved"),
        (("มติ อ.ก.ก. เห็นชอบ",), "เห็นชอบ", "approved"),
        (("มติที่ประชุม รับรองรายงานการประชุม",), "รับรองรายงานการประชุม", "certified"),
        (("มติที่ประชุม ไม่เห็นชอบ",), "ไม่เห็นชอบ", "rejected"),
        (("มติที่ประชุม ไม่อนุมัติ เพราะงบประมาณไม่พอ",), "ไม่อนุมัติ เพราะงบประมาณไม่พอ", "rejected"),
        (("มติที่ประชุม เลื่อนการพิจารณาไปครั้งหน้า",), "เลื่อนการพิจารณาไปครั้งหน้า", "deferred"),
        (("มติที่ประชุม มอบเลขานุการดำเนินการ",), "มอบเลขานุการดำเนินการ", "other"),
        (("> ที่ประชุมรับทราบ",), "ที่ประชุมรับทราบ", "acknowledged"),
        (
            ("> ที่ประชุมมีมติเห็นชอบ จำนวน ๒๐ เสียง งดออกเสียง ๑ เสียง",),
            "ที่ประชุมมีมติเห็นชอบ จำนวน ๒๐ เสียง งดออกเสียง ๑ เสียง",
            "approved",
        ),
        (("มติทีประชม รับทราบ",), "รับทราบ", "acknowledged"),
    ],
)
def test_resolutions_and_what_they_decide(rows: tuple[str, ...], text: str, decision: str) -> None:
    (item,) = agenda("ระเบียบวาระที่ ๑ เรื่องเพื่อพิจารณา", "> ฝ่ายเลขานุการเสนอเรื่องแล้ว", *rows)
    assert [(found.text, found.decision) for found in item.resolutions] == [(text, decision)]
    assert [block.text for block in item.body] == ["ฝ่ายเลขานุการเสนอเรื่องแล้ว"]


def test_a_resolution_over_several_lines() -> None:
    text = "เห็นชอบแผนการจัดซื้อหนังสือประจำปีตามที่ฝ่ายเลขานุการเสนอ และมอบหมายให้คณะทำงานจัดหาหนังสือให้ตรงกับความต้องการของชาวตำบล"
    first, second = flowing(text, first=0.24)
    (item,) = agenda("ระเบียบวาระที่ ๑ เรื่องเพื่อพิจารณา", "> เสนอแล้ว", f"มติที่ประชุม | {first}", second)
    assert [(found.text, found.decision) for found in item.resolutions] == [(text, "approved")]


def test_a_resolution_with_its_list_of_remarks() -> None:
    (item,) = agenda(
        "ระเบียบวาระที่ ๑ เรื่องเพื่อทราบ",
        "> เสนอแล้ว",
        "มติที่ประชุม รับทราบและมีข้อเสนอแนะเพิ่มเติม ดังนี้",
        "> ๑. ให้เพิ่มหนังสือเด็ก",
        "> ๒. ให้เปิดวันหยุด",
    )
    assert [(found.text, found.decision) for found in item.resolutions] == [
        ("รับทราบและมีข้อเสนอแนะเพิ่มเติม ดังนี้\n๑. ให้เพิ่มหนังสือเด็ก\n๒. ให้เปิดวันหยุด", "acknowledged")
    ]


def test_a_resolution_over_the_page_belongs_to_its_item() -> None:
    first = [*HEADER, *LISTS, "เริ่มประชุมเวลา ๐๙.๓๐ น.", *AGENDA[:2]]
    second = page(["มติที่ประชุม รับทราบ", "ระเบียบวาระที่ ๒ เรื่องอื่น ๆ", "> - ไม่มี -"], 2, head="^ ๒")
    one, two = parsed(first, second).record.agenda
    assert [found.text for found in one.resolutions] == ["รับทราบ"]
    assert two.resolutions == []


def test_resolutions_of_one_wording_that_begin_several_pages_are_all_kept() -> None:
    first = page([*HEADER, *LISTS, "เริ่มประชุมเวลา ๐๙.๓๐ น.", *AGENDA[:2]])
    resolved = "มติที่ประชุม รับทราบ"
    second = page([resolved, "ระเบียบวาระที่ ๒ เรื่องสืบเนื่อง", "> เสนอแล้ว"], 2, head="^ - ๒ -", top=0.09)
    third = page([resolved, "ระเบียบวาระที่ ๓ เรื่องอื่น ๆ", "> - ไม่มี -"], 3, head="^ - ๓ -", top=0.09)
    found = parsed(first, second, third).record.agenda
    assert [[resolution.text for resolution in item.resolutions] for item in found] == [["รับทราบ"], ["รับทราบ"], []]


def test_a_resolution_in_a_speaker_column() -> None:
    (item,) = agenda(
        "ระเบียบวาระที่ ๑ เรื่องเพื่อพิจารณา",
        "ประธานสภา - | @0.3 ขอมติที่ประชุม",
        "ที่ประชุมสภา อบต. - | @0.3 มีมติเห็นชอบ จำนวน ๒๐ เสียง งดออกเสียง ๑ เสียง",
    )
    assert [found.decision for found in item.resolutions] == ["approved"]


def test_opinions_before_the_resolution_are_body() -> None:
    (item,) = agenda("ระเบียบวาระที่ ๑ เรื่องเพื่อพิจารณา", "ข้อคิดเห็นคณะกรรมการ", "> ควรเพิ่มหนังสือเด็ก", "มติที่ประชุม เห็นชอบ")
    assert [block.text for block in item.body] == ["ข้อคิดเห็นคณะกรรมการ", "ควรเพิ่มหนังสือเด็ก"]
    assert [found.text for found in item.resolutions] == ["เห็นชอบ"]


def test_every_sub_item_has_its_own_resolution() -> None:
    (item,) = agenda(
        "ระเบียบวาระที่ ๑ เรื่องเพื่อพิจารณา",
        "๑.๑ แผนงาน",
        "> เสนอแผน",
        "มติที่ประชุม เห็นชอบ",
        "๑.๒ งบประมาณ",
        "> เสนองบ",
        "มติที่ประชุม ให้เลื่อนไปครั้งหน้า",
    )
    assert item.resolutions == []
    assert [[found.decision for found in child.resolutions] for child in item.items] == [["approved"], ["deferred"]]


# ---------------------------------------------------------------- signatures


def test_a_speck_beside_a_number_or_a_role_is_not_of_it() -> None:
    record = record_of(
        lists=["ผู้มาประชุม", "๑. นายก้องเกียรติ แสนบุญล้น | ประธานกรรมการ", '๒: นางพิมพ์ผกา ทองเนื้อใส | กรรมการ"', *LISTS[4:]]
    )
    people = record.attendance[0].people
    assert [(person.number, person.role) for person in people] == [(1, "ประธานกรรมการ"), (2, "กรรมการ")]


def test_a_name_whose_closing_bracket_was_lost_ends_before_the_office() -> None:
    assert signatories("@0.5 (นายก้องเกียรติ แสนบุญล้น", "@0.5 ผู้อำนวยการกองช่าง", "@0.5 ผู้จดรายงานการประชุม") == [
        {"name": "นายก้องเกียรติ แสนบุญล้น", "position": "ผู้อำนวยการกองช่าง", "role": "ผู้จดรายงานการประชุม"}
    ]


def signatories(*rows: str) -> list[dict[str, Any]]:
    return [person.model_dump(exclude_none=True) for person in record_of(signature=["", *rows]).signatories]


WRITER = {"name": "นางสาวธิดารัตน์ คงยืนนาน", "position": "นักวิชาการศึกษา", "role": "ผู้จดรายงานการประชุม"}
CHECKER = {"name": "นายก้องเกียรติ แสนบุญล้น", "position": "ปลัดเทศบาล", "role": "ผู้ตรวจรายงานการประชุม"}


def test_signatures_stacked() -> None:
    assert signatories(
        "@0.5 (นางสาวธิดารัตน์ คงยืนนาน)",
        "@0.54 นักวิชาการศึกษา",
        "@0.52 ผู้จดรายงานการประชุม",
        "",
        "@0.5 (นายก้องเกียรติ แสนบุญล้น)",
        "@0.57 ปลัดเทศบาล",
        "@0.51 ผู้ตรวจรายงานการประชุม",
    ) == [WRITER, CHECKER]


def test_signatures_side_by_side() -> None:
    assert signatories(
        "@0.12 (นางสาวธิดารัตน์ คงยืนนาน) | @0.6 (นายก้องเกียรติ แสนบุญล้น)",
        "@0.16 นักวิชาการศึกษา | @0.67 ปลัดเทศบาล",
        "@0.14 ผู้จดรายงานการประชุม | @0.61 ผู้ตรวจรายงานการประชุม",
    ) == [WRITER, CHECKER]


def test_role_on_the_signature_line_above_the_name() -> None:
    assert signatories(
        "@0.4 (ลงชื่อ) ........................ ผู้จดรายงานการประชุม",
        "@0.5 (นางสาวธิดารัตน์ คงยืนนาน)",
        "@0.54 นักวิชาการศึกษา",
        "",
        "@0.4 (ลงชื่อ) ........................ ผู้ตรวจรายงานการประชุม",
        "@0.5 (นายก้องเกียรติ แสนบุญล้น)",
        "@0.57 ปลัดเทศบาล",
    ) == [WRITER, CHECKER]


@pytest.mark.parametrize(
    "role", ["ผู้บันทึกการประชุม", "ผู้พิมพ์รายงานการประชุม", "ผู้รับรองรายงานการประชุม", "ประธานที่ประชุม", "ตรวจทาน"]
)
def test_signing_roles(role: str) -> None:
    assert signatories("@0.5 (นายก้องเกียรติ แสนบุญล้น)", f"@0.55 {role}") == [{"name": "นายก้องเกียรติ แสนบุญล้น", "role": role}]


def test_a_name_typed_where_one_signs_is_one_person() -> None:
    assert signatories("@0.42 (ลงชื่อ) ธิดารัตน์ คงยืนนาน", "@0.48 (นางสาวธิดารัตน์ คงยืนนาน)", "@0.5 ผู้จดรายงานการประชุม") == [
        {"name": "นางสาวธิดารัตน์ คงยืนนาน", "role": "ผู้จดรายงานการประชุม"}
    ]


def test_a_role_and_what_its_holder_did_are_one_role() -> None:
    assert signatories("@0.4 (นายก้องเกียรติ แสนบุญล้น)", "@0.4 นักวิชาการศึกษา", "@0.4 ผู้ช่วยเลขานุการ สรุปรายงานการประชุม") == [
        {"name": "นายก้องเกียรติ แสนบุญล้น", "position": "นักวิชาการศึกษา", "role": "ผู้ช่วยเลขานุการ สรุปรายงานการประชุม"}
    ]


def test_signatures_without_a_closing_line() -> None:
    rows = [
        *HEADER,
        *LISTS,
        "เริ่มประชุมเวลา ๐๙.๓๐ น.",
        *AGENDA,
        "",
        "@0.5 (นางสาวธิดารัตน์ คงยืนนาน)",
        "@0.52 ผู้จดรายงานการประชุม",
    ]
    record = parsed(rows).record
    assert [(person.name, person.role) for person in record.signatories] == [
        ("นางสาวธิดารัตน์ คงยืนนาน", "ผู้จดรายงานการประชุม")
    ]
    assert record.closed_at is None
    assert [found.text for found in record.agenda[0].resolutions] == ["รับทราบ"]


# ---------------------------------------------------------------- what is no minutes

LETTER = (
    "ที่ ดพ ๐๐๑๒/๓๔๕ | @0.6 ที่ว่าการอำเภอดอนพุดซ้อน",
    "^ ๒๑ กรกฎาคม ๒๕๖๕",
    "เรื่อง ขอเชิญประชุม",
    "เรียน กำนันทุกตำบล",
    "> อำเภอกำหนดจัดประชุมชี้แจง ครั้งที่ ๑/๒๕๖๕ ในวันพฤหัสบดีที่ ๔ สิงหาคม",
    "๒๕๖๕ เวลา ๑๓.๓๐ น. ณ หอประชุมอำเภอ จึงขอเชิญท่านเข้าร่วมประชุมตามวันและเวลา",
    "ดังกล่าว ทั้งนี้ได้ส่งระเบียบวาระการประชุมและรายงานการประชุมครั้งก่อนมาด้วยแล้ว",
    "> จึงเรียนมาเพื่อโปรดทราบ",
    "@0.5 ขอแสดงความนับถือ",
    "@0.5 (นายก้องเกียรติ แสนบุญล้น)",
    "@0.5 นายอำเภอดอนพุดซ้อน",
)


@pytest.mark.parametrize(
    "rows",
    [LETTER, ("ประกาศเทศบาลตำบลดอนพุดซ้อน", "เรื่อง การรับสมัครลูกจ้าง", "> ด้วยเทศบาลประสงค์จะรับสมัคร"), ()],
    ids=["letter", "announcement", "empty"],
)
def test_other_papers_are_told_apart_with_reasons(rows: Rows) -> None:
    found = parsed(rows)
    assert found.record.document_type == "other"
    assert found.reasons
    assert (found.record.attendance, found.record.agenda, found.record.evidence) == ([], [], {})


def test_minutes_are_minutes_without_reasons() -> None:
    found = parsed(minutes())
    assert (found.record.document_type, found.reasons) == ("minutes", ())


def test_minutes_whose_title_could_not_be_read_are_still_minutes() -> None:
    found = parsed(minutes(header=("^ ๚๛ฯ", *HEADER[1:])))
    assert found.record.document_type == "minutes"
    assert found.record.header.title is None
    assert [item.number for item in found.record.agenda] == ["1"]


# ---------------------------------------------------------------- evidence


def holds(outer: tuple[float, ...], inner: tuple[float, ...]) -> bool:
    slack = 1e-4
    return (
        outer[0] - slack <= inner[0] <= inner[2] <= outer[2] + slack
        and outer[1] - slack <= inner[1] <= inner[3] <= outer[3] + slack
    )


def test_evidence_names_the_place_on_the_page() -> None:
    paper = document(minutes())
    record = parse(arrange(paper), Source(file="paper.pdf", sha256="0" * 64, pages=1)).record
    places = {
        "/header/title": "รายงานการประชุม",
        "/header/meeting/number": "ครั้งที่ ๓/๒๕๖๔",
        "/header/date/iso": "วันพุธที่ ๙",
        "/header/scheduled/start": "๐๙.๓๐ น.",
        "/header/venue": "ห้องสมุดประชาชน",
        "/attendance/0/heading": "ผู้มาประชุม",
        "/attendance/0/people/1/number": "๒.",
        "/attendance/0/people/1/name": "นางพิมพ์ผกา",
        "/attendance/0/people/1/role": "กรรมการ",
        "/attendance/1/people/0/absence_reason": "ติดราชการ",
        "/opened_at": "เริ่มประชุมเวลา",
        "/agenda/0/number": "ระเบียบวาระที่ ๑",
        "/agenda/0/title": "เรื่องที่ประธาน",
        "/agenda/0/body/0/text": "ห้องสมุดเปิด",
        "/agenda/0/resolutions/0/text": "มติที่ประชุม",
        "/closed_at": "เลิกประชุมเวลา",
        "/signatories/0/name": "(นางสาวธิดารัตน์",
        "/signatories/0/role": "ผู้จดรายงานการประชุม",
    }
    (made,) = paper.pages
    for pointer, words in places.items():
        evidence = record.evidence[pointer]
        lines = [line for line in made.lines if words in line.text]
        assert evidence.page == 1
        assert any(holds(line.box, evidence.box) for line in lines), pointer
    number = record.evidence["/header/meeting/number"]
    assert number.ocr == "๓"
    assert number.box[2] - number.box[0] == pytest.approx(0.01, abs=1e-4)


def test_doubt_about_one_line_is_doubt_about_its_values_only() -> None:
    made = page(minutes())
    at = next(n for n, line in enumerate(made.lines) if "พิมพ์ผกา" in line.text)
    unsure = Line(cells=tuple(cell(c.text, c.box[0], c.box[1], confidence=0.5) for c in made.lines[at].cells))
    record = parsed(made.model_copy(update={"lines": (*made.lines[:at], unsure, *made.lines[at + 1 :])})).record
    assert record.evidence["/attendance/0/people/1/name"].confidence == 0.5
    assert {path for path, evidence in record.evidence.items() if evidence.confidence < 1} == {
        f"/attendance/0/people/1/{key}" for key in ("number", "name", "role")
    }


# ---------------------------------------------------------------- anything

PIECES = [
    *("รายงานการประชุม", "ครั้งที่ ๘/๒๕๖๐", "ผู้มาประชุม", "ผู้ไม่มาประชุม ๑.", "๑. นาย", "๑.", "(แทน"),
    *("นายก้อง แสน", "-", "()", "เริ่มประชุมเวลา", "เริ่มประชุมเวลา ๙๙.๙๙ น.", "ระเบียบวาระที่ ๙๙"),
    *("ระเบียบวาระที่ ์", "1.1.1.1 ก", "วาระที่ 0", "มติที่ประชุม", "เลิกประชุมเวลา ๒๔.๐๐ น.", "ลงชื่อ"),
    *("(ลงชื่อ) ....", "ณ", "ณ ", "ที่", "กรรมการ", "๓๑ เมษายน ๒๕๖๐", "ดังนี้", "....", "\u0e4d\u0e32"),
]


ANYTHING = st.one_of(st.sampled_from(PIECES), st.text("กา่ิ๑๒1. -()/", min_size=1, max_size=12))


@given(st.lists(st.lists(ANYTHING, max_size=3), max_size=14))
@settings(max_examples=120, deadline=None)
def test_no_page_makes_the_parsers_raise(rows: list[list[str]]) -> None:
    lines = []
    for n, pieces in enumerate(rows):
        cells = [cell(text, 0.1 + 0.27 * k, 0.1 + 0.05 * n) for k, text in enumerate(pieces) if text.strip()]
        lines += [Line(cells=tuple(cells))] if cells else []
    made = page([]).model_copy(update={"lines": tuple(lines)})
    titled = made.model_copy(update={"lines": (*page([HEADER[0], *LISTS[:2]], top=0.01).lines, *lines)})
    for paper in (made, titled):
        record = parsed(paper).record
        assert all(evidence.page == 1 for evidence in record.evidence.values())


def test_a_bare_number_printed_twice_stays_as_printed() -> None:
    (item,) = agenda(
        "ระเบียบวาระที่ ๓ เรื่องเพื่อทราบ",
        "๓.๑ การรับนักศึกษา",
        "มติที่ประชุม รับทราบ",
        "๓.๑ การรับอาจารย์",
        "มติที่ประชุม รับทราบ",
        "๓.๒ งานห้องสมุด",
        "มติที่ประชุม รับทราบ",
    )
    assert [(below.number, below.title) for below in item.items] == [
        ("3.1", "การรับนักศึกษา"),
        ("3.1", "การรับอาจารย์"),
        ("3.2", "งานห้องสมุด"),
    ]


# Where the rows of a list put a name and an office: `{0}` titles and given name, `{1}` family name, `{2}` office.
ROWS = (
    ("{n}. {0} {1} | @0.5 {2}",),
    ("{n}. {0} {1}  {2}",),
    ("{n}. {0} | @0.32 {1} | @0.6 {2}",),
    ("{0} {1} | @0.5 {2}",),
    ("- {0} {1} | @0.5 {2}",),
    ("{n}. {0} | @0.45 {2}", "@0.13 {1}"),
)


@pytest.mark.parametrize("rows", ROWS)
def test_names_that_begin_like_offices_stay_whole(rows: tuple[str, ...]) -> None:
    """Real given and family names, drawn anew by chance: short words of offices (กอง, สวน, แทน) begin many of them."""
    draw = random.Random(20)
    given = sorted((thai_male_names() | thai_female_names()) - {"นาย"})
    family = sorted(name for name in thai_family_names() if " " not in name and "เเ" not in name and "์ุ" not in name)
    begun = [name for name in family if name.startswith(("กอง", "สวน", "แทน", "ปลัด", "ครู", "งาน", "คณะ"))]
    offices = ("กรรมการ", "ผู้อำนวยการกองคลัง", "นักวิชาการศึกษาชำนาญการ")
    for _ in range(3):
        people = [
            (draw.choice(("นาย", "น.ส.", "ดร.")) + draw.choice(given), draw.choice(pool), draw.choice(offices))
            for pool in (family, begun, family, begun, family, begun, family, begun)
        ]
        lists = ["ผู้มาประชุม", *(row.format(*one, n=n) for n, one in enumerate(people, 1) for row in rows)]
        (roll,) = record_of(lists=lists).attendance
        assert [one.name for one in roll.people] == [f"{given} {family}" for given, family, _ in people]
        assert [one.position or one.role for one in roll.people] == [office for _, _, office in people]
