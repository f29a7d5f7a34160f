"""Names lists as files, the folder beside the input, and lists proposed from records. All people are invented."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from build import document, minutes

from pipeline.cli import main
from pipeline.correct import load_names
from pipeline.correct.beside import with_names_beside
from pipeline.correct.learn import propose
from pipeline.errors import ExitCode, UsageError
from pipeline.settings import Settings
from schemas import Record, dump_record, load_record

FULL = """\
people:
  - name: นายสุรเดชา วงศ์ไพศาล
    aliases: [สุรเดช วงศ์ไพศาล]
    positions: ผู้อำนวยการกองช่าง
    bodies: [คณะกรรมการส่งเสริมการอ่าน, สภาเทศบาล]
    from: 2562
    to: 2023-09-30
    seen: [{spelling: สุรเดซา วงศ์ไพศาล, times: 3}]
  - พิมพ์ผกา ทองเนื้อใส
organisations:
  - คณะกรรมการส่งเสริมการอ่าน
positions:
  - name: หัวหน้าฝ่ายทะเบียน
    aliases: [หน.ฝ่ายทะเบียน]
"""
FULL_CSV = """\
name,aliases,positions,bodies,from,to,kind,telephone
นายสุรเดชา วงศ์ไพศาล,สุรเดช วงศ์ไพศาล,ผู้อำนวยการกองช่าง,คณะกรรมการส่งเสริมการอ่าน | สภาเทศบาล,๑ ม.ค. ๒๕๖๒,2566-09-30,,02
พิมพ์ผกา ทองเนื้อใส,,,,,,person,

คณะกรรมการส่งเสริมการอ่าน,,,,,,organisation,
หัวหน้าฝ่ายทะเบียน,หน.ฝ่ายทะเบียน,,,,,position,
"""


@pytest.mark.parametrize(("file", "text"), [("known.yaml", FULL), ("known.csv", FULL_CSV)])
def test_a_list_says_who_is_where_and_when(tmp_path: Path, file: str, text: str) -> None:
    path = tmp_path / file
    path.write_text(text, "utf-8")
    known = load_names(path)
    first, second = known.people
    assert first.spellings == ("สุรเดชา วงศ์ไพศาล", "สุรเดช วงศ์ไพศาล")
    assert first.positions == ("ผู้อำนวยการกองช่าง",)
    assert first.bodies == ("คณะกรรมการส่งเสริมการอ่าน", "สภาเทศบาล")
    assert (first.since, first.until) == (datetime.date(2019, 1, 1), datetime.date(2023, 9, 30))
    assert (second.spellings, second.since) == (("พิมพ์ผกา ทองเนื้อใส",), None)
    assert [(one.spellings, one.source) for one in known.organisations] == [
        (("คณะกรรมการส่งเสริมการอ่าน",), f"organisations:{file}")
    ]
    assert [one.spellings for one in known.positions] == [("หัวหน้าฝ่ายทะเบียน", "หน.ฝ่ายทะเบียน")]


def test_a_folder_of_lists_is_one_list_that_names_its_files(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text("name\nพิมพ์ผกา ทองเนื้อใส\n", "utf-8")
    (tmp_path / "a.yaml").write_text("- สุรเดชา วงศ์ไพศาล\n", "utf-8")
    (tmp_path / "notes.txt").write_text("-", "utf-8")
    known = load_names(tmp_path)
    assert [(person.spellings[0], person.source) for person in known.people] == [
        ("สุรเดชา วงศ์ไพศาล", "names:a.yaml"),
        ("พิมพ์ผกา ทองเนื้อใส", "names:b.csv"),
    ]


@pytest.mark.parametrize(
    ("file", "text", "where", "words", "hint"),
    [
        ("a.csv", "name,from\nก ข,2562\nค ง,เมื่อวาน\n", "line 3", "เมื่อวาน", "2019-10-01"),
        ("a.csv", "name,from,to\nก ข,2562,2560\n", "line 2", "before `from`", "dates"),
        ("a.csv", "name,kind\nก ข,ผี\n", "line 2", "kind 'ผี'", "organisation"),
        ("a.csv", "name,aliases\n,ก ข\n", "line 2", "no name", "name"),
        ("a.csv", "name\nนาย\n", "line 2", "without a name", "whole name"),
        ("a.csv", "name\nก ข\nค,ง,จ\n", "line 3", "3 values for 1", "quotes"),
        ("a.csv", 'name\n"ก ข\n', "line 2", "not CSV", "name"),
        ("a.yaml", "- name: ก ข\n  positon: ช่าง\n", "line 2", "'positon'", "positions"),
        ("a.yaml", "- name: ก ข\n- from: 2562\n", "line 2", "no name", "name"),
        ("a.yaml", "persons:\n- ก ข\n", "line 1", "'persons'", "people"),
        ("a.yaml", "people:\n- name: ก ข\n  to: 2019-13-01\n", "line 3", "2019-13-01", "2019-10-01"),
        ("a.yaml", "people: ก ข\n", "line 1", "not a list", "name"),
        ("a.yaml", "- [ก, ข]\n", "line 1", "is a list", "name"),
        ("a.yaml", "- name: [ก ข]\n", "line 1", "`name`", "one line"),
        ("a.yaml", "- name: ก\n  aliases: [{a: b}]\n", "line 2", "`aliases`", "[one, two]"),
        ("a.yaml", "- 'ก ข\n", "line 2", "not YAML", "name"),
    ],
)
def test_an_error_in_a_list_names_file_line_and_what_to_write(
    tmp_path: Path, file: str, text: str, where: str, words: str, hint: str
) -> None:
    (tmp_path / file).write_text(text, "utf-8")
    with pytest.raises(UsageError) as caught:
        load_names(tmp_path / file)
    assert caught.value.what.startswith(f"names list {file}, {where}: ")
    assert words in caught.value.what
    assert hint in caught.value.hint


def test_a_list_that_is_not_utf8_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("name\nก ข\n".encode() + "ค ง\n".encode("cp874"))
    with pytest.raises(UsageError, match=r"a\.csv, line 3: cannot be read, it is not UTF-8"):
        load_names(tmp_path / "a.csv")


def test_an_empty_folder_is_no_list(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no \.csv or \.yaml file"):
        load_names(tmp_path)


# ---------------------------------------------------------------- beside the input


def made(folder: Path, text: str = "name\nสุรเดชา วงศ์ไพศาล\n") -> Path:
    folder.mkdir(parents=True)
    (folder / "people.csv").write_text(text, "utf-8")
    return folder


def test_the_folder_names_in_or_beside_what_is_converted_is_used(tmp_path: Path) -> None:
    inside = made(tmp_path / "archive" / "names")
    for given in ([tmp_path / "archive"], [tmp_path / "archive" / "a.pdf", tmp_path / "archive" / "b.pdf"]):
        assert with_names_beside(Settings(), given).names == inside
    (tmp_path / "archive" / "2560").mkdir()
    assert with_names_beside(Settings(), [tmp_path / "archive" / "2560"]).names == inside


def test_a_list_that_was_named_counts_and_switched_off_is_off(tmp_path: Path) -> None:
    made(tmp_path / "names")
    named = tmp_path / "other.csv"
    assert with_names_beside(Settings(names=named), [tmp_path / "a.pdf"]).names == named
    assert with_names_beside(Settings(correct=False), [tmp_path / "a.pdf"]).names is None
    (tmp_path / "names" / "people.csv").unlink()
    assert with_names_beside(Settings(), [tmp_path / "a.pdf"]).names is None


def test_of_two_folders_a_person_chooses(tmp_path: Path) -> None:
    one, other = made(tmp_path / "a" / "names"), made(tmp_path / "b" / "names")
    with pytest.raises(UsageError) as caught:
        with_names_beside(Settings(), [tmp_path / "a" / "x.pdf", tmp_path / "b" / "x.pdf"])
    assert str(one) in caught.value.what and str(other) in caught.value.what
    assert "--names" in caught.value.hint


def test_another_list_makes_another_record(tmp_path: Path) -> None:
    folder = made(tmp_path / "names")
    before = Settings(names=folder).fingerprint
    (folder / "more.csv").write_text("name\nพิมพ์ผกา ทองเนื้อใส\n", "utf-8")
    assert Settings(names=folder).fingerprint != before


# ---------------------------------------------------------------- learning


def record(day: str, *people: tuple[str, str | None], signed: str = "", body: str = "สภาเทศบาลดอนพุดซ้อน") -> Record:
    return Record.model_validate(
        {
            "source": {"file": "paper.pdf", "sha256": "0" * 64, "pages": 2},
            "header": {"body": body, "date": {"iso": day, "text": day}},
            "attendance": [
                {
                    "kind": "present",
                    "heading": "ผู้มาประชุม",
                    "people": [{"name": name, "position": post} for name, post in people],
                }
            ],
            "signatories": [{"name": signed}] if signed else [],
            "evidence": {
                "/signatories/0/name": {"page": 2, "box": [0, 0, 1, 1], "confidence": 0.9, "ocr": signed},
            },
        }
    )


CHAIR, CLERK = ("นายก้องเกียรติ แสนบุญล้น", "ประธานสภา"), ("นางสาวธิดารัตน์ คงยืนนาน", "ปลัดเทศบาล")
RECORDS = (
    ("a", record("2019-05-01", CHAIR, CLERK, signed="นางสาวธิดารัดน์ คงยืนนาน")),
    ("b", record("2018-02-01", CHAIR, CLERK)),
    ("c", record("2020-07-09", CHAIR, ("นางสาวธิดารัตน์ คงยืนนาน", "รองปลัด"), body="คณะกรรมการพัฒนา")),
)


def test_spellings_of_one_person_are_put_together_with_counts_and_pages() -> None:
    people = {person.name: person for person in propose(RECORDS)}
    assert set(people) == {CHAIR[0], CLERK[0]}
    clerk = people[CLERK[0]]
    assert (clerk.times, clerk.documents, clerk.days) == (4, 3, ("2018-02-01", "2020-07-09"))
    assert [(one.name, one.times, one.where()) for one in clerk.spellings] == [
        ("ธิดารัตน์ คงยืนนาน", 3, "a p. 1; b p. 1; c p. 1"),
        ("ธิดารัดน์ คงยืนนาน", 1, "a p. 2"),
    ]
    assert clerk.commonest("positions") == ["ปลัดเทศบาล", "รองปลัด"]
    assert clerk.commonest("bodies") == ["สภาเทศบาลดอนพุดซ้อน", "คณะกรรมการพัฒนา"]


def test_two_people_of_one_meeting_stay_two_however_alike() -> None:
    one, other = ("นายสมพร ลือไกลสุด", None), ("นายสมพล ลือไกลสุด", None)
    people = propose([("a", record("2019-05-01", one, other)), ("b", record("2019-06-01", one))])
    assert [person.name for person in people] == [one[0], other[0]]


def test_two_spellings_met_about_as_often_are_left_to_a_person() -> None:
    one, other = ("นายสมพร ลือไกลสุด", None), ("นายสมพว ลือไกลสุด", None)
    records = [(str(n), record("2019-05-01", one if n % 2 else other)) for n in range(6)]
    assert len(propose(records)) == 2


Minutes = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Minutes:
    monkeypatch.chdir(tmp_path)

    def call(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["minutes", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return int(ended.value.code or 0), captured.out, captured.err

    return call


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    for name, made_record in RECORDS:
        (folder / f"{name}.json").write_text(dump_record(made_record), "utf-8")
    (folder / "a.lines.json").write_text("{}", "utf-8")
    return folder


@pytest.mark.parametrize("file", ["names.yaml", "names.csv"])
def test_a_proposed_list_loads_as_it_is(run: Minutes, out: Path, tmp_path: Path, file: str) -> None:
    code, said, _ = run("names", "learn", out, "-o", file)
    assert code == 0
    assert "2 people of 3 records" in said and "1 of them" in said and f"--names {file}" in said
    known = load_names(tmp_path / file)
    assert [person.spellings for person in known.people] == [("ก้องเกียรติ แสนบุญล้น",), ("ธิดารัตน์ คงยืนนาน",)]
    assert known.people[1].bodies == ("สภาเทศบาลดอนพุดซ้อน", "คณะกรรมการพัฒนา")
    text = (tmp_path / file).read_text("utf-8")
    assert all(words in text for words in ("ธิดารัดน์ คงยืนนาน", "a p. 2", "2018-02-01", "2020-07-09", "นางสาว"))


def test_an_edited_list_is_not_written_over(run: Minutes, out: Path, tmp_path: Path) -> None:
    (tmp_path / "names.yaml").write_text("- mine", "utf-8")
    code, _, err = run("names", "learn", out)
    assert (code, (tmp_path / "names.yaml").read_text("utf-8")) == (ExitCode.USAGE, "- mine")
    assert "--force" in err
    assert run("names", "learn", out, "--force")[0] == 0
    assert "ก้องเกียรติ" in (tmp_path / "names.yaml").read_text("utf-8")


def test_learning_from_nothing_says_so(run: Minutes, tmp_path: Path) -> None:
    code, _, err = run("names", "learn", tmp_path)
    assert code == ExitCode.BAD_INPUT
    assert "minutes convert" in err
    code, _, err = run("names", "learn", tmp_path, "-o", "names.txt")
    assert code == ExitCode.USAGE
    assert ".yaml or .csv" in err


def test_a_list_is_checked_for_people_that_cannot_be_told_apart(run: Minutes, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("name\nสมพร ลือไกลสุด\nสมพว ลือไกลสุด\nบัญชา ลือไกล\n", "utf-8")
    code, said, _ = run("names", "check", "people.csv")
    assert code == 0
    assert "3 people" in said
    assert "สมพร ลือไกลสุด | สมพว ลือไกลสุด" in said
    assert "บัญชา" not in said
    code, _, err = run("names", "check", "missing.csv")
    assert code == ExitCode.USAGE
    assert "missing.csv" in err


CHAIR_READ = "นายก้องเกียรติ แสนบุญล้ฟ"


@pytest.mark.parametrize(
    ("likely", "others", "known"),
    [(0.3, [], True), (0.7, [["น", 0.2]], True), (0.7, [["พ", 0.2]], False)],
    ids=["hardly read", "thought of", "not thought of"],
)
def test_a_list_beside_the_lines_corrects_the_record_made_of_them(
    run: Minutes, tmp_path: Path, likely: float, others: list[list[Any]], known: bool
) -> None:
    made(tmp_path / "names", "name\nก้องเกียรติ แสนบุญล้น\n")
    read = CHAIR_READ.replace("ฟ", "บ") if not others else CHAIR_READ
    rows = minutes(lists=("ผู้มาประชุม", f"๑. {read} | ประธานกรรมการ"))
    lines: dict[str, Any] = json.loads(document(rows).model_dump_json())
    for line in lines["pages"][0]["lines"]:
        for cell in line["cells"]:
            places = [at for at in range(len(cell["text"])) if cell["text"][at] in "ฟบ"]
            cell["chars"] = [likely if at in places else 0.99 for at in range(len(cell["text"]))]
            if others:
                cell["doubts"] = [{"at": at, "length": 1, "likely": likely, "others": others} for at in places]
    (tmp_path / "paper.lines.json").write_text(json.dumps(lines), "utf-8")
    assert run("parse", "paper.lines.json")[0] == 0
    record = load_record((tmp_path / "out" / "paper.json").read_bytes())
    assert record.attendance[0].people[0].name == ("นายก้องเกียรติ แสนบุญล้น" if known else read)
    assert [(one.ocr, one.source) for one in record.corrections] == [(read, "names:people.csv")] * known
