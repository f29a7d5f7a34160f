"""What offices word in many ways, row by row: headings of lists, header lines, remarks, heads of items, resolutions."""

from __future__ import annotations

import pytest
from build import HEADER, LISTS, record_of

from schemas import Person

TITLE = HEADER[0]
PRESENT = ("ผู้มาประชุม", *LISTS[1:4])
ABSENT = ("ผู้ไม่มาประชุม", "๑. นายบัญชา ลือไกล | ติดราชการ")
TWO = ("๑. นายวีรยุทธ ท่าเรือ | @0.5 นักวิชาการพัสดุ", "๒. นางสาวกนิษฐา พรหมดี | @0.5 นิติกร")


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("พระสังฆาธิการผู้มาประชุม", "present"),
        ("คณะกรรมการฯ ที่มาประชุม", "present"),
        ("ผู้ที่ลาประชุม", "absent"),
        ("ผู้แจ้งลาประชุม", "absent"),
        ("กรรมการที่ติดภารกิจ", "absent"),
        ("ผู้ไม่สามารถเข้าร่วมประชุมได้", "absent"),
        ("ผู้ไม่มาประชุม (ลา)", "absent"),
        ("ติดราชการ", "absent"),
        ("ผู้เข้าร่วมประชุมฝ่ายญี่ปุ่น", "in_attendance"),
        ("ผู้เข้าร่วมประชุมจากหน่วยงานภายนอก", "in_attendance"),
        ("ผู้ให้ถ้อยคำ", "in_attendance"),
        ("ผู้ควบคุมการสอบ", "in_attendance"),
    ],
)
def test_a_heading_under_those_present_begins_a_list_of_its_own(heading: str, kind: str) -> None:
    roll = record_of(lists=[*PRESENT, heading, *TWO, ""]).attendance[1]
    assert (roll.kind, roll.heading) == (kind, heading)
    assert [person.position for person in roll.people] == ["นักวิชาการพัสดุ", "นิติกร"]


@pytest.mark.parametrize("heading", ["ล่ามแปลภาษา", "ผู้สอบบัญชีและที่ปรึกษากฎหมาย", "ผู้ชี้แจงวาระที่ ๓.๑", "หน่วยงานที่เข้าร่วมประชุม"])
def test_people_counted_anew_under_those_absent_are_guests(heading: str) -> None:
    roll = record_of(lists=[*PRESENT, *ABSENT, heading, *TWO, ""]).attendance[2]
    assert (roll.kind, roll.heading, len(roll.people)) == ("in_attendance", heading, 2)


@pytest.mark.parametrize("group", ["ฝ่ายลูกจ้าง", "(ฝ่ายควบคุม)", "กำนัน ผู้ใหญ่บ้าน"])
def test_the_name_of_a_group_is_nobodys_office(group: str) -> None:
    rows = ["๑. นายวีรยุทธ ท่าเรือ | @0.5 แทน เกษตรอำเภอ", group, "๒. นางสาวกนิษฐา พรหมดี | @0.5 กำนันตำบลดอนพุด"]
    (roll,) = record_of(lists=["ผู้มาประชุม", *rows, ""]).attendance
    assert [(person.represents, person.position) for person in roll.people] == [
        ("เกษตรอำเภอ", None),
        (None, "กำนันตำบลดอนพุด"),
    ]


@pytest.mark.parametrize(
    ("row", "position", "role", "reason"),
    [
        ("นายบัญชา ลือไกล - ไปธุระต่างจังหวัด", None, None, "ไปธุระต่างจังหวัด"),
        ("นายบัญชา ลือไกล (เฝ้าไข้มารดา)", None, None, "เฝ้าไข้มารดา"),
        ("นายบัญชา ลือไกล (ปฏิคม) ติดธุระด่วน", None, "ปฏิคม", "ติดธุระด่วน"),
        ("นายบัญชา ลือไกล | @0.5 กรรมการ (เข้ากะดึก)", None, "กรรมการ", "เข้ากะดึก"),
        ("นายบัญชา ลือไกล | @0.5 กรรมการ (ผู้แทนครู)", None, "กรรมการ (ผู้แทนครู)", None),
        ("นายบัญชา ลือไกล รพ.สต.น้ำริน (ไปประชุม สสจ.)", "รพ.สต.น้ำริน", None, "ไปประชุม สสจ."),
    ],
)
def test_why_somebody_was_absent(row: str, position: str | None, role: str | None, reason: str | None) -> None:
    (person,) = record_of(lists=[*PRESENT, "ผู้ไม่มาประชุม", f"๑. {row}", ""]).attendance[1].people
    assert (person.name, person.position, person.role) == ("นายบัญชา ลือไกล", position, role)
    assert person.absence_reason == reason


@pytest.mark.parametrize(
    ("row", "person"),
    [
        ("คุณภาคิน ลมโชย (เอก) | @0.5 วิศวกร", Person(number=1, name="คุณภาคิน ลมโชย (เอก)", position="วิศวกร")),
        ("ครูสมศรี ลมโชย | @0.5 เหรัญญิก", Person(number=1, name="ครูสมศรี ลมโชย", role="เหรัญญิก")),
        (
            "นายภาคิน ลมโชย | @0.5 หัวหน้าสำนักงาน/เลขานุการ",
            Person(number=1, name="นายภาคิน ลมโชย", position="หัวหน้าสำนักงาน", role="เลขานุการ"),
        ),
        ("นายภาคิน ลมโชย | @0.5 รองประธานฯ คนที่ ๑", Person(number=1, name="นายภาคิน ลมโชย", role="รองประธานฯ คนที่ ๑")),
        ("สมาชิกกลุ่ม จำนวน ๑๘ คน", Person(number=1, position="สมาชิกกลุ่ม จำนวน ๑๘ คน")),
    ],
)
def test_a_person_of_a_list(row: str, person: Person) -> None:
    (roll,) = record_of(lists=["ผู้มาประชุม", f"๑. {row}", "๒. นางสาวกนิษฐา พรหมดี | @0.5 กรรมการ", ""]).attendance
    assert roll.people[0] == person


@pytest.mark.parametrize(
    ("lines", "number", "year", "iso", "venue"),
    [
        ("ครั้งที่ ๔ ภาคเรียนที่ ๒ ปีการศึกษา ๒๕๖๔|วันพุธที่ ๙ มิถุนายน ๒๕๖๔", 4, 2564, "2021-06-09", None),
        ("ครั้งที่ ๓ ประจำเดือนมิถุนายน ๒๕๖๔|วันพุธที่ ๙ มิถุนายน ๒๕๖๔", 3, 2564, "2021-06-09", None),
        ("ครั้งที่ ๑๔|วันพุธที่ ๙ มิถุนายน ๒๕๖๔|ณ ห้องสมุด", 14, None, "2021-06-09", "ห้องสมุด"),
        ("ครั้งที่ ๓ (3rd Meeting)|พุธที่ ๙ มิถุนายน ๒๕๖๔", 3, None, "2021-06-09", None),
        ("ครั้งที่ ๓/๒๕๖๔|วันที่ ๙ - ๑๐ มิถุนายน ๒๕๖๔|ณ โรงแรมริมน้ำ", 3, 2564, "2021-06-09", "โรงแรมริมน้ำ"),
        ("ครั้งที่ ๓/๒๕๖๔|วันพุธที่ ๙ มิ.ย. ๖๔ เวลา ๑๓.๓๐ น. ห้อง ๒๒๔", 3, 2564, "2021-06-09", "ห้อง ๒๒๔"),
        ("ครั้งที่ ๓/๒๕๖๔|วันพุธ ๙ มิถุนายน ๒๕๖๔|ที่ ศาลากลางบ้านดอนพุด", 3, 2564, "2021-06-09", "ศาลากลางบ้านดอนพุด"),
        ("ครั้งที่ ๓/๒๕๖๔|วันพุธที่ ๙ มิถุนายน ๒๕๖๔|ประชุมผ่านระบบ Zoom", 3, 2564, "2021-06-09", "ประชุมผ่านระบบ Zoom"),
        ("ครั้งที่ ๓/๒๕๖๔|วันพุธที่ ๙ มิถุนายน ๒๕๖๔|วัดดอนพุด ตำบลดอนพุด", 3, 2564, "2021-06-09", "วัดดอนพุด ตำบลดอนพุด"),
    ],
)
def test_lines_of_a_header(lines: str, number: int, year: int | None, iso: str, venue: str | None) -> None:
    found = record_of(header=[TITLE, *(f"^ {line}" for line in lines.split("|")), ""]).header
    assert found.meeting is not None and found.date is not None
    assert (found.meeting.number, found.meeting.year, found.date.iso, found.venue) == (number, year, iso, venue)
    assert found.body == "คณะกรรมการส่งเสริมการอ่านตำบลดอนพุดซ้อน"


def test_a_weekday_without_the_word_before_it() -> None:
    for printed in ("พุธที่ ๙ มิถุนายน ๒๕๖๔", "วันพุธ ๙ มิถุนายน ๒๕๖๔"):
        found = record_of(header=[*HEADER[:2], f"^ {printed}", *HEADER[3:]]).header.date
        assert found is not None
        assert (found.weekday, found.text) == ("พุธ", printed)


@pytest.mark.parametrize("word", ["วาระ", "ข้อ", "ประเด็นที่"])
def test_heads_of_items_by_other_words(word: str) -> None:
    agenda = [f"{word} ๑ ประธานแจ้ง", "> ห้องสมุดเปิดวันเสาร์", f"{word} ๒ พิจารณาแผนงาน", "๒.๑ แผนงานปีหน้า", "มติ เห็นชอบ"]
    items = record_of(agenda=agenda).agenda
    assert [(item.number, item.title) for item in items] == [("1", "ประธานแจ้ง"), ("2", "พิจารณาแผนงาน")]
    assert [item.number for item in items[1].items] == ["2.1"]


def test_such_a_word_inside_an_item_heads_none() -> None:
    agenda = ["วาระที่ ๑ เรื่องเพื่อทราบ", "> กรรมการมีกำหนด", "วาระ ๔ ปี นับแต่วันที่ได้รับแต่งตั้ง", "มติที่ประชุม รับทราบ"]
    assert [item.number for item in record_of(agenda=agenda).agenda] == ["1"]


def resolved(line: str) -> list[tuple[str, str]]:
    agenda = [
        "ระเบียบวาระที่ ๑ เรื่องเพื่อพิจารณา",
        "> ห้องสมุดเปิดวันเสาร์แล้ว",
        line,
        "๑. ให้รายงานทุกเดือน",
        "ระเบียบวาระที่ ๒ เรื่องอื่น ๆ",
    ]
    return [(one.decision, one.text) for one in record_of(agenda=agenda).agenda[0].resolutions]


@pytest.mark.parametrize(
    ("line", "decision", "text"),
    [
        ("ที่ประชุมตกลงแบ่งร้อยละ ๗๐ ให้สมาชิก", "other", "ที่ประชุมตกลงแบ่งร้อยละ ๗๐ ให้สมาชิก"),
        ("ที่ประชุมให้ความเห็นชอบ", "approved", "ที่ประชุมให้ความเห็นชอบ"),
        ("คณะกรรมการฯ รับทราบ", "acknowledged", "คณะกรรมการฯ รับทราบ"),
        ("คณะกรรมการฯ พิจารณาแล้วมีมติ", "other", "คณะกรรมการฯ พิจารณาแล้วมีมติ\n๑. ให้รายงานทุกเดือน"),
        ("คณะกรรมการส่งเสริมการอ่านมีมติอนุมัติ", "approved", "คณะกรรมการส่งเสริมการอ่านมีมติอนุมัติ"),
        ("คณะกรรมการส่งเสริมการอ่านรับทราบ", "acknowledged", "คณะกรรมการส่งเสริมการอ่านรับทราบ"),
        ("สรุปมติ ที่ประชุมเห็นชอบ", "approved", "ที่ประชุมเห็นชอบ"),
        ("มติ/ข้อสั่งการ รับทราบ", "acknowledged", "รับทราบ"),
        ("ข้อสั่งการ", "other", "๑. ให้รายงานทุกเดือน"),
    ],
)
def test_resolutions_by_other_words(line: str, decision: str, text: str) -> None:
    assert resolved(line) == [(decision, text)]


@pytest.mark.parametrize(
    "line",
    [
        "> ที่ประชุมให้ข้อสังเกตดังนี้",
        "> คณะกรรมการกำหนดราคากลางได้เสนอราคา",
        "> คณะกรรมการบริหารมีมติในการประชุมครั้งที่ ๓ ไว้แล้ว",
        "> ข้อสั่งการของรัฐมนตรีมีสามเรื่อง",
        "> สภาผู้แทนราษฎรได้ลงมติตั้งคณะกรรมาธิการขึ้นแล้ว",
    ],
)
def test_what_only_speaks_of_resolutions_is_none(line: str) -> None:
    assert resolved(line) == []


@pytest.mark.parametrize("place", [0, 1, 2])
def test_somebody_whose_number_is_lost_is_kept(place: int) -> None:
    rows = list(LISTS[1:4])
    rows[place] = rows[place].partition(". ")[2]
    (roll,) = record_of(lists=["ผู้มาประชุม", *rows, ""]).attendance
    assert [person.name for person in roll.people] == [
        "นายก้องเกียรติ แสนบุญล้น",
        "นางพิมพ์ผกา ทองเนื้อใส",
        "นางสาวธิดารัตน์ คงยืนนาน",
    ]
    assert roll.people[place].number is None


@pytest.mark.parametrize(
    ("row", "position", "represents"),
    [
        ("ปลัดจังหวัด (นายวีรยุทธ ท่าเรือ)", "ปลัดจังหวัด", None),
        ("ปลัดจังหวัด (นายวีรยุทธ ท่าเรือ แทน)", None, "ปลัดจังหวัด"),
        ("ปลัดจังหวัด : นายวีรยุทธ ท่าเรือ", "ปลัดจังหวัด", None),
        ("นายวีรยุทธ ท่าเรือ, ปลัดจังหวัด", "ปลัดจังหวัด", None),
        ("นายวีรยุทธ ท่าเรือ | @0.5 เกษตรอำเภอ (แทน)", None, "เกษตรอำเภอ"),
    ],
)
def test_an_office_and_its_holder_on_one_line(row: str, position: str | None, represents: str | None) -> None:
    (roll,) = record_of(lists=["ผู้มาประชุม", f"๑. {row}", ""]).attendance
    (person,) = roll.people
    assert (person.name, person.position, person.represents) == ("นายวีรยุทธ ท่าเรือ", position, represents)


def test_those_absent_on_the_line_of_their_heading() -> None:
    roll = record_of(lists=[*PRESENT, "ผู้ลาประชุม: นายบัญชา ลือไกล (ลาป่วย), นางสาวกนิษฐา พรหมดี", ""]).attendance[1]
    assert (roll.kind, roll.heading) == ("absent", "ผู้ลาประชุม")
    assert [(person.name, person.absence_reason) for person in roll.people] == [
        ("นายบัญชา ลือไกล", "ลาป่วย"),
        ("นางสาวกนิษฐา พรหมดี", None),
    ]


def test_a_column_of_marks_says_who_came() -> None:
    rows = ("๑. นายวีรยุทธ ท่าเรือ | @0.5 กรรมการ | @0.8 มา", "๒. นางสาวกนิษฐา พรหมดี | @0.5 กรรมการ | @0.8 ลา")
    (roll,) = record_of(lists=["ผู้มาประชุม", *rows, ""]).attendance
    assert [(person.position, person.absence_reason) for person in roll.people] == [(None, None), (None, "ลา")]


def test_a_monthly_meeting_is_called_so_by_its_title() -> None:
    found = record_of(header=["^ รายงานการประชุมประจำเดือน", "^ สำนักงานสวนพฤกษศาสตร์ดอนพุดซ้อน", *HEADER[2:]]).header
    assert (found.title, found.body) == ("รายงานการประชุมประจำเดือน", "สำนักงานสวนพฤกษศาสตร์ดอนพุดซ้อน")
