"""Fuzzy correction: what is changed, what is left alone, and that nothing is changed in silence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.correct import KnownNames, correct, load_names
from pipeline.errors import ExitCode, UsageError
from schemas import Record

KNOWN = ["สุรเดชา วงศ์ไพศาล", "พิมพ์ผกา ทองเนื้อใส", "ก้องเกียรติ แสนบุญล้น"]


def record(**parts: Any) -> Record:
    return Record.model_validate({"source": {"file": "paper.pdf", "sha256": "0" * 64, "pages": 1}, **parts})


def with_people(*people: dict[str, Any], kind: str = "present", heading: str = "ผู้มาประชุม") -> Record:
    return record(attendance=[{"kind": kind, "heading": heading, "people": list(people)}])


def with_resolution(text: str, decision: str = "other", title: str = "เรื่องที่หนึ่ง") -> Record:
    return record(agenda=[{"number": "1", "title": title, "resolutions": [{"text": text, "decision": decision}]}])


def known(tmp_path: Path, *names: str) -> KnownNames:
    path = tmp_path / "people.csv"
    path.write_text("name\n" + "\n".join(names or KNOWN) + "\n", encoding="utf-8")
    return load_names(path)


# ---------------------------------------------------------------- closed vocabulary


@pytest.mark.parametrize(
    ("given", "place", "value", "source"),
    [
        (
            with_people({"absence_reason": "ติตราชการ"}),
            "/attendance/0/people/0/absence_reason",
            "ติดราชการ",
            "absence_reason",
        ),
        (with_people({"role": "กรรมกาว"}), "/attendance/0/people/0/role", "กรรมการ", "role"),
        (with_people(heading="ผู้ไม่มาประซุม"), "/attendance/0/heading", "ผู้ไม่มาประชุม", "attendance"),
        (record(header={"title": "รายงานการประซุม"}), "/header/title", "รายงานการประชุม", "document"),
        (
            record(signatories=[{"role": "ผู้จดรายงานการบระชุม"}]),
            "/signatories/0/role",
            "ผู้จดรายงานการประชุม",
            "signing_role",
        ),
        (with_resolution("รับหราบ"), "/agenda/0/resolutions/0/text", "รับทราบ", "resolution"),
        (with_resolution("รับทราบ", title="เรื่องสีบเนือง"), "/agenda/0/title", "เรื่องสืบเนื่อง", "agenda_title"),
    ],
    ids=lambda value: value if isinstance(value, str) and value.startswith("/") else "",
)
def test_a_misread_fixed_wording_is_set_right_and_recorded(given: Record, place: str, value: str, source: str) -> None:
    corrected, near = correct(given, None)
    (correction,) = corrected.corrections
    assert (correction.path, correction.value, correction.source) == (place, value, f"vocabulary:{source}")
    assert _at(corrected, place) == value
    assert _at(given, place) == correction.ocr != value
    assert 0 < correction.score <= 100
    assert near == []


def test_a_corrected_resolution_decides_what_it_now_says() -> None:
    corrected, _ = correct(with_resolution("รับหราบ"), None)
    assert corrected.agenda[0].resolutions[0].decision == "acknowledged"


@pytest.mark.parametrize(
    "given",
    [
        with_resolution("เห็นชอบตามที่เสนอ", "approved"),
        with_resolution("ไม่เห็นชอบ", "rejected"),
        with_resolution("รับทราบตามที่ประธานแจ้ง", "acknowledged"),
        with_resolution("รับรอง", "certified"),
        with_people({"role": "ประธานกรรมการ"}, {"role": "รองประธานกรรมการ"}, {"role": "กรรมการ และเลขานุการ"}),
        with_people({"role": "กรรมการผู้แทนผู้ปกครอง"}),
        with_people(
            {"absence_reason": "ลา"},
            {"absence_reason": "ลากิจ"},
            {"absence_reason": "ลาบวช"},
            {"absence_reason": "ติดราชการต่างจังหวัด"},
        ),
        with_people(heading="ผู้ไม่มาประชุม", kind="absent"),
        with_people(heading="ผู้นาประชุม"),  # ผู้มาประชุม or ผู้ลาประชุม
        with_people(heading="ผู้เข้าร่วมประชุม (ต่อ)", kind="in_attendance"),
        record(header={"title": "สรุปรายงานการประชุม", "body": "คณะกรรมกาวส่งเสริมการอ่าน"}),
        with_resolution("รับทราบ", "acknowledged", title="เรื่องที่ประธานแจ้งให้คณะทำงานทราบ"),
        with_people({"name": "นายกรรมกาว ลือไกล", "position": "กรรมกาวสภา"}),
        record(),
    ],
)
def test_another_valid_wording_or_an_open_field_is_left_alone(given: Record) -> None:
    corrected, near = correct(given, None)
    assert corrected == given
    assert near == []


def test_correcting_does_not_touch_what_it_was_given_and_is_done_at_once() -> None:
    given = with_people({"role": "กรรมกาว"})
    corrected, _ = correct(given, None)
    assert given.attendance[0].people[0].role == "กรรมกาว"
    again, _ = correct(corrected, None)
    assert again == corrected


# ---------------------------------------------------------------- known names


def test_a_misread_name_becomes_the_known_one_and_keeps_its_title(tmp_path: Path) -> None:
    given = with_people(
        {"name": "นายสุรเดซา วงศ์ไพศาล"}, {"name": "ผศ. ดร. พิมพผกา ทองเนือใส"}, {"name": "นายก้องเกียรติ แสนบุญล้น"}
    )
    corrected, near = correct(given, known(tmp_path))
    names = [person.name for person in corrected.attendance[0].people]
    assert names == ["นายสุรเดชา วงศ์ไพศาล", "ผศ. ดร. พิมพ์ผกา ทองเนื้อใส", "นายก้องเกียรติ แสนบุญล้น"]
    assert [(c.path, c.ocr, c.source) for c in corrected.corrections] == [
        ("/attendance/0/people/0/name", "นายสุรเดซา วงศ์ไพศาล", "names:people.csv"),
        ("/attendance/0/people/1/name", "ผศ. ดร. พิมพผกา ทองเนือใส", "names:people.csv"),
    ]
    assert near == []


def test_signatories_are_corrected_too(tmp_path: Path) -> None:
    corrected, _ = correct(record(signatories=[{"name": "นางพิมพ์ผถา ทองเนื้อใส"}, {"name": None}]), known(tmp_path))
    assert [person.name for person in corrected.signatories] == ["นางพิมพ์ผกา ทองเนื้อใส", None]
    assert [correction.path for correction in corrected.corrections] == ["/signatories/0/name"]


def test_a_title_in_the_list_does_not_matter(tmp_path: Path) -> None:
    names = known(tmp_path, "นางสาวพิมพ์ผกา ทองเนื้อใส")
    corrected, _ = correct(with_people({"name": "นางพิมพ์ผถา ทองเนื้อใส"}), names)
    assert corrected.attendance[0].people[0].name == "นางพิมพ์ผกา ทองเนื้อใส"


def test_between_two_near_names_none_is_chosen_and_a_person_is_told(tmp_path: Path) -> None:
    names = known(tmp_path, "สมหมาน ลือไกลสุด", "สมหมาย ลือไกลสุด")
    given = with_people({"name": "นายสมหมาข ลือไกลสุด"})
    corrected, near = correct(given, names)
    assert corrected == given
    ((path, name),) = [(found.path, found.name) for found in near]
    assert (path, name) == ("/attendance/0/people/0/name", "นายสมหมาข ลือไกลสุด")


def test_below_the_threshold_the_name_stays_and_is_reported_as_near(tmp_path: Path) -> None:
    given = with_people({"name": "นายสุรเตขา วงศไพคาน"})
    corrected, near = correct(given, known(tmp_path))
    assert corrected == given
    assert [(found.path, found.known) for found in near] == [("/attendance/0/people/0/name", "สุรเดชา วงศ์ไพศาล")]
    assert 70 <= near[0].score < 88


def test_a_stranger_is_neither_changed_nor_reported(tmp_path: Path) -> None:
    given = with_people({"name": "นายบัญชา ลือไกล"}, {"name": None, "position": "ปลัดเทศบาล"})
    assert correct(given, known(tmp_path)) == (given, [])


def test_a_letter_that_folding_ignores_is_corrected_as_well(tmp_path: Path) -> None:
    corrected, _ = correct(with_people({"name": "นายสุรเดชา วงศไพศาล"}), known(tmp_path))
    assert corrected.attendance[0].people[0].name == "นายสุรเดชา วงศ์ไพศาล"


# ---------------------------------------------------------------- the list as a file


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("people.csv", "name,aliases\nนายสุรเดชา วงศ์ไพศาล,เดชา วงศ์ไพศาล|สุรเดช วงศ์ไพศาล\nพิมพ์ผกา ทองเนื้อใส,\n"),
        (
            "people.csv",
            "\ufeffid,name,aliases\r\n1,สุรเดชา วงศ์ไพศาล,เดชา วงศ์ไพศาล|สุรเดช วงศ์ไพศาล\r\n2,พิมพ์ผกา ทองเนื้อใส,\r\n",
        ),
        ("people.yaml", "- name: สุรเดชา วงศ์ไพศาล\n  aliases: [เดชา วงศ์ไพศาล, สุรเดช วงศ์ไพศาล]\n- พิมพ์ผกา ทองเนื้อใส\n"),
        (
            "people.yml",
            "people:\n- name: สุรเดชา วงศ์ไพศาล\n  aliases: เดชา วงศ์ไพศาล|สุรเดช วงศ์ไพศาล\n- name: พิมพ์ผกา ทองเนื้อใส\n",
        ),
    ],
    ids=["csv", "csv of a spreadsheet", "yaml list", "yaml people"],
)
def test_names_lists_of_every_form(tmp_path: Path, file: str, text: str) -> None:
    path = tmp_path / file
    path.write_bytes(text.encode())
    names = load_names(path)
    assert names.source == f"names:{file}"
    assert {name.name for name in names.names} == {
        "สุรเดชา วงศ์ไพศาล",
        "เดชา วงศ์ไพศาล",
        "สุรเดช วงศ์ไพศาล",
        "พิมพ์ผกา ทองเนื้อใส",
    }


@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        ("people.csv", "ชื่อ,สังกัด\nสุรเดชา,ศาล\n".encode(), "no column `name`"),
        ("people.csv", b"", "no column `name`"),
        ("people.csv", b"name\n\n", "name"),
        ("people.csv", "name\nสุรเดชา\n".encode("cp874"), "cannot be read"),
        ("people.yaml", b"just text", "not a list"),
        ("people.yaml", b"[1, 2", "not YAML"),
        ("people.yaml", b"[]", "no names"),
        ("missing.csv", None, "cannot be read"),
    ],
)
def test_a_wrong_list_is_refused_with_what_to_do(tmp_path: Path, file: str, content: bytes | None, words: str) -> None:
    path = tmp_path / file
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError) as caught:
        load_names(path)
    assert caught.value.code == ExitCode.USAGE
    assert words in caught.value.what
    assert file in caught.value.what
    assert "column `name`" in caught.value.hint


def _at(given: Record, pointer: str) -> Any:
    value: Any = given.model_dump(mode="json")
    for key in pointer.split("/")[1:]:
        value = value[int(key)] if isinstance(value, list) else value[key]
    return value
