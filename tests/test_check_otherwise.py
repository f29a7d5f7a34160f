"""Values that may as well be read otherwise: what the recogniser thought of besides, and what bears a reading out."""

from __future__ import annotations

from typing import Any

import pytest
from build import OPENING, document, minutes, page, with_doubts
from test_check import data, evidence
from test_frozen import converter

from pipeline.correct import Reading
from pipeline.ocr import Cell, Doubt, Line
from schemas import Issue, Record

NAME = "/attendance/0/people/0/name"
PAPER = ("รายงานการประชุม", "ห้องประชุมริมน้ำ")

Others = tuple[tuple[str, float], ...]


def reading(text: str, *doubts: tuple[int, int, Others]) -> Reading:
    """Of `text`: at each place among its letters, so many letters (1, or 0 for a gap) may be others."""
    letters = [0.999] * len(text.replace(" ", ""))
    made = []
    for at, length, others in doubts:
        likely = 1 - sum(share for _, share in others)
        made.append(Doubt(at=at, length=length, likely=likely, others=others))
        if length:
            letters[at] = likely
    return Reading(tuple(letters), tuple(made))


def told(path: str, value: str, read: Reading, paper: tuple[str, ...] = PAPER, **changes: Any) -> list[Issue]:
    """The doubts about the reading of one value, in a paper of these lines."""
    made = {**data(), **changes}
    made["evidence"] = {path: evidence(min(read.letters), value)}
    *parents, last = path.strip("/").split("/")
    place: Any = made
    for key in parents:
        place = place[int(key)] if isinstance(place, list) else place[key]
    if last in ("name", "position", "venue"):
        place[last] = value
    record = with_doubts(Record.model_validate(made), document(page([*paper, value])), {path: read})
    return [one for one in record.issues if one.code.startswith("value.")]


def test_a_letter_that_may_have_been_lost_is_told_with_the_name_it_makes() -> None:
    read = "นายบัญชร ลือจร"
    (issue,) = told(NAME, read, reading(read, (11, 0, (("ข", 0.3),))))
    assert (issue.code, issue.path) == ("value.other_reading", NAME)
    assert issue.message == f"'{read}' may be 'นายบัญชร ลือขจร'"


@pytest.mark.parametrize(
    ("read", "doubt", "paper"),
    [
        ("นายบัญชร ลือจร", (11, 0, (("ข", 0.05),)), PAPER),  # hardly likely
        ("นายบัญชร ลือจร", (11, 0, (("", 0.4),)), PAPER),  # a space
        ("นายบัญชร ลือจร", (11, 0, (("l", 0.3),)), PAPER),  # no Thai letter
        ("นายบัญชร ลือจร", (10, 0, (("ั", 0.3),)), PAPER),  # no Thai spelling
        ("นายบัญชร ลือค้อ", (12, 1, (("๊", 0.3),)), PAPER),  # no such tone
        ("นายบัญชร ลือจร", (11, 0, (("ข", 0.3),)), ("(นายบัญชร ลือจร)",)),  # read so in another place
        ("ดร.บัญชร ลือจร", (0, 1, (("ต", 0.3),)), PAPER),  # a title
        ("นายสมชาย ลือจร", (5, 1, (("น", 0.15),)), PAPER),  # a name that many have
    ],
    ids=["unlikely", "space", "latin", "no spelling", "no tone", "twice", "title", "known name"],
)
def test_a_name_that_is_borne_out_is_not_told(
    read: str, doubt: tuple[int, int, Others], paper: tuple[str, ...]
) -> None:
    assert told(NAME, read, reading(read, doubt), paper) == []


def test_a_name_that_stands_elsewhere_as_it_may_be_is_told() -> None:
    read = "นายบัญชร ลือจร"
    paper = ("(นายบัญชร ลือขจร)", "นายบัญชร ลือขจร กล่าวว่า", "นายบัญชร ลือจร")
    assert told(NAME, read, reading(read, (11, 0, (("ข", 0.3),))), paper)


def test_of_two_names_that_many_have_either_may_be_meant() -> None:
    read = "นายวิชัย ลือจร"
    (issue,) = told(NAME, read, reading(read, (5, 1, (("น", 0.15),))))
    assert issue.message == f"'{read}' may be 'นายวินัย ลือจร'"


def test_a_name_of_low_confidence_that_stands_elsewhere_is_no_doubt() -> None:
    read = "นายบัญชร ลือจร"
    unsure = reading(read, (11, 1, (("ช", 0.4),)))
    assert [one.code for one in told(NAME, read, unsure)] == ["value.low_confidence"]
    assert told(NAME, read, unsure, ("(นายบัญชร ลือจร)",)) == []


def test_words_bear_the_letters_of_a_position_out() -> None:
    path = "/attendance/0/people/0/position"
    read = "ประธานชุมชนบ้านลำจอด"
    (issue,) = told(path, read, reading(read, (17, 1, (("ถ", 0.06),))))
    assert issue.message == f"'{read}' may be 'ประธานชุมชนบ้านลำถอด'"
    assert told(path, read, reading(read, (3, 1, (("ร", 0.06),)))) == []  # in ประธาน


def test_a_position_that_a_list_put_right_is_no_doubt() -> None:
    path, read = "/attendance/0/people/0/position", "ประธานชุมชนบ้านลำจอด"
    change = {"path": path, "ocr": read, "value": "ประธานชุมชนบ้านลำจอก", "score": 95, "source": "positions:people.csv"}
    unsure = reading(read, (17, 1, (("ถ", 0.3),)))
    assert told(path, read, unsure)
    assert told(path, read, unsure, corrections=[change]) == []


@pytest.mark.parametrize(
    ("read", "codes"),
    [
        ("ห้องประชุมริมน้ำ อาคารอำนวยกา", ["value.cut_off"]),
        ("ห้องประชุมริมน้ำ อาคารอำนวยการ", []),
        ("ห้องประชุมริมน้ำ บ้านซับตะเคียน", []),
    ],
)
def test_a_value_that_ends_in_the_middle_of_a_word_is_told(read: str, codes: list[str]) -> None:
    assert [one.code for one in told("/header/venue", read, reading(read))] == codes


@pytest.mark.parametrize(
    ("path", "read", "at", "other", "may_be"),
    [
        ("/opened_at", "๐๙.๓๐ น.", 3, "๕", "๐๙.๕๐ น."),
        ("/opened_at", "๐๙.๓๐ น.", 3, "๙", None),  # no time
        ("/opened_at", "๐๙.๓๐ น.", 5, "ข", None),  # not a figure
        ("/closed_at", "๑๒.๐๐ น.", 1, "๓", "๑๓.๐๐ น."),
        ("/header/meeting/number", "๓", 0, "๗", "๗"),
        ("/header/meeting/number", "๓", 0, "ต", None),
        ("/header/meeting/year", "๒๕๖๔", 3, "๕", "๒๕๖๕"),
        ("/header/date/iso", "วันพุธที่ ๙ มิถุนายน ๒๕๖๔", 9, "๔", None),  # that was no Wednesday
        ("/header/date/iso", "วันพุธที่ ๙ มิถุนายน ๒๕๖๔", 9, "๒", "วันพุธที่ ๒ มิถุนายน ๒๕๖๔"),
    ],
)
def test_a_figure_is_told_at_the_slightest_doubt_if_another_is_as_good(
    path: str, read: str, at: int, other: str, may_be: str | None
) -> None:
    found = told(path, read, reading(read, (at, 1, ((other, 0.03),))))
    assert [(one.code, one.message) for one in found] == (
        [("value.other_reading", f"'{read}' may be '{may_be}'")] if may_be else []
    )


def test_a_date_without_its_weekday_may_be_any() -> None:
    head = data()["header"]
    head["date"] = {"iso": "2021-06-09", "text": "๙ มิถุนายน ๒๕๖๔"}
    found = told("/header/date/iso", "๙ มิถุนายน ๒๕๖๔", reading("๙ มิถุนายน ๒๕๖๔", (0, 1, (("๔", 0.03),))), header=head)
    assert [one.code for one in found] == ["value.other_reading"]


def test_a_list_of_which_most_was_read_with_doubt_is_told_whole() -> None:
    made = data()
    people = made["attendance"][0]["people"]
    made["evidence"] = {
        f"/attendance/0/people/{n}/name": evidence(0.5, person["name"]) for n, person in enumerate(people)
    }
    record = with_doubts(Record.model_validate(made), document(page([*PAPER])))
    assert [one.path for one in record.issues if one.code == "attendance.read_badly"] == ["/attendance/0"]
    del made["evidence"]["/attendance/0/people/1/name"]
    record = with_doubts(Record.model_validate(made), document(page([*PAPER])))
    assert "attendance.read_badly" not in {one.code for one in record.issues}


def test_without_corrections_the_same_doubts_are_told() -> None:
    read = document(minutes())
    (only,) = read.pages
    doubted = {
        "๑. นายก้องเกียรติ แสนบุญล้น": ("ล้", "ส", 0.15),
        OPENING: ("๓", "๕", 0.03),
    }
    lines = [
        Line(cells=tuple(in_doubt(cell, *doubted[cell.text]) if cell.text in doubted else cell for cell in line.cells))
        for line in only.lines
    ]
    read = read.model_copy(update={"pages": (only.model_copy(update={"lines": tuple(lines)}),)})
    plain, corrected = (converter(correct).understand(read).record for correct in (False, True))
    assert [(one.path, one.message) for one in plain.issues if one.code == "value.other_reading"] == [
        ("/attendance/0/people/0/name", "'นายก้องเกียรติ แสนบุญล้น' may be 'นายก้องเกียรติ แสนบุญส้น'"),
        ("/opened_at", "'๐๙.๓๐ น.' may be '๐๙.๕๐ น.'"),
    ]
    assert plain.issues == corrected.issues


def in_doubt(cell: Cell, letters: str, other: str, share: float) -> Cell:
    """The cell, read surely but for the first of `letters` in it, which may be `other`."""
    at, likely = cell.text.index(letters), 1 - share
    chars = tuple(likely if place == at else 0.999 for place in range(len(cell.text)))
    doubt = Doubt(at=at, length=1, likely=likely, others=((other, share),))
    return cell.model_copy(update={"chars": chars, "doubts": (doubt,)})
