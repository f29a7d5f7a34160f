"""What a person decides: kept apart, found again on the paper, applied to what is published."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from reviewing import MISREAD, NAME, PERSON, RIGHT, Office, read_as

from pipeline.correct import load_names
from pipeline.errors import MinutesError, UsageError
from pipeline.ocr import DocumentText
from pipeline.review import publish, published
from pipeline.review.document import ChangedError, Document
from pipeline.review.doubts import doubts_of
from pipeline.review.edits import Step, take
from pipeline.review.fields import typed
from pipeline.review.names_list import confirm, known_names
from pipeline.review.places import value_at
from pipeline.review.suggest import suggestions
from schemas import AgendaItem, AttendanceList, Header, Person, Record, Resolution, Source, load_record

PEOPLE = "/attendance/0/people"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def doubtful(document: Document) -> list[str]:
    """Pointers of the doubts that are open, in the order they are shown."""
    found = doubts_of(document.machine, document.settled, document.edited)
    return [doubt.pointer for doubt in found if not doubt.settled and doubt.counts]


def present(document: Document) -> list[str]:
    return [person["name"] for person in document.edited.data["attendance"][0]["people"]]


def with_a_line_above(text: str, below: float) -> DocumentText:
    """The sample read with one more person, whose line stands a little above the line at `below`."""
    lines = read_as().model_dump(mode="json")
    rows = lines["pages"][0]["lines"]
    place = next(n for n, row in enumerate(rows) if row["cells"][0]["text"].startswith("3."))
    row = json.loads(json.dumps(rows[place]))
    for cell, words in zip(row["cells"], ("2.", text, "กรรมการผู้แทนครู"), strict=True):
        cell["text"] = words
        cell["box"] = [cell["box"][0], cell["box"][1] - below, cell["box"][2], cell["box"][3] - below]
    rows.insert(place, row)
    return DocumentText.model_validate(lines)


# ---------------------------------------------------------------- deciding


def test_a_decision_changes_what_is_published_and_not_what_was_read(office: Office) -> None:
    before = (office.out / f"{NAME}.json").read_bytes()
    assert doubtful(office.document()) == [PERSON]
    document = office.take("set", PERSON, f"  {RIGHT} ")
    assert (office.out / f"{NAME}.json").read_bytes() == before
    assert published(document).attendance[0].people[4].name == RIGHT
    assert published(document).evidence[PERSON].ocr == MISREAD
    stored = json.loads((office.out / f"{NAME}.review.json").read_text("utf-8"))["decisions"]
    assert [(one["pointer"], one["reading"], one["value"], one["by"]) for one in stored] == [
        (PERSON, MISREAD, RIGHT, "สมหญิง")
    ]
    assert stored[0]["at"].endswith("Z")


def test_what_was_settled_is_no_doubt_any_more(office: Office) -> None:
    assert published(office.document()).status == "review"
    document = office.take("accept", PERSON)
    assert doubtful(document) == []
    assert published(document).issues == []
    assert published(document).status == "ok"
    assert doubtful(office.take("undo", PERSON)) == [PERSON]


def test_the_worst_doubt_comes_first(office: Office) -> None:
    changes = {"6.": "9.", RIGHT: MISREAD, "ครั้งที่ 1/2562 วันที่ 13 เดือน มิถุนายน พ.ศ. 2562": ""}
    office.convert(read_as(changes))
    order = doubtful(office.document())
    assert order.index("/header/meeting") < order.index(PERSON) < order.index(f"{PEOPLE}/5/number")


@pytest.mark.parametrize(
    ("pointer", "text", "value"),
    [
        ("/header/meeting/number", "๑๒", 12),
        ("/header/meeting/year", " 2562 ", 2562),
        ("/header/date/iso", "13 มิถุนายน 2562", "2019-06-13"),
        ("/header/date/iso", "2562-06-13", "2019-06-13"),
        ("/opened_at", "๙.๓๐ น.", "09:30"),
        ("/agenda/0/number", "๔.๒", "4.2"),
        ("/agenda/0/title", "", ""),
        ("/header/venue", "", None),
        ("/header/venue", "ห้อง\u200b ๑\n", "ห้อง ๑"),
        ("/attendance/0/kind", "absent", "absent"),
    ],
)
def test_values_are_typed_as_papers_write_them(pointer: str, text: str, value: object) -> None:
    assert typed(pointer, text) == value


@pytest.mark.parametrize(
    ("pointer", "text", "said"),
    [
        ("/header/meeting/number", "สิบ", "error.number"),
        ("/opened_at", "25.00", "error.time"),
        ("/header/date/iso", "วันนี้", "error.date"),
        ("/agenda/0/number", "ก", "error.agenda_number"),
        ("/agenda/0/resolutions/0/decision", "maybe", "error.choice"),
    ],
)
def test_what_fits_no_field_is_refused_with_a_word_on_how_to_write_it(pointer: str, text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        typed(pointer, text)


def test_a_date_that_the_calendar_does_not_write_is_refused(office: Office) -> None:
    with pytest.raises(ValueError, match=r"error\.contract"):
        office.take("set", "/header/date/iso", "2562-19-39")
    assert not (office.out / f"{NAME}.review.json").exists()


# ---------------------------------------------------------------- rows


def test_a_doubt_about_a_list_is_accepted_and_its_rows_stay(office: Office) -> None:
    read = office.document().edited.data["attendance"]
    assert office.take("accept", "/attendance").edited.data["attendance"] == read
    office.take("accept", "")
    assert len(present(office.take("add", PEOPLE))) == len(read[0]["people"]) + 1


def test_rows_are_added_moved_and_removed_and_evidence_goes_with_them(office: Office) -> None:
    read = present(office.document())
    office.take("add", f"{PEOPLE}/1")
    office.take("set", f"{PEOPLE}/+1/name", "นายเพิ่ม มาใหม่")
    office.take("up", f"{PEOPLE}/5")
    document = office.take("remove", f"{PEOPLE}/0")
    assert present(document) == [read[1], "นายเพิ่ม มาใหม่", read[2], read[3], read[5], read[4]]
    record = published(document)
    for pointer, evidence in record.evidence.items():
        if pointer.startswith(PEOPLE) and pointer.endswith("/name"):
            assert value_at(record.model_dump(mode="json"), pointer) == evidence.ocr
    assert f"{PEOPLE}/1/name" not in record.evidence
    assert present(office.take("undo", f"{PEOPLE}/+1"))[1] == read[2]


def test_beyond_the_end_of_a_list_a_person_comes_to_the_next_one(office: Office) -> None:
    last = f"{PEOPLE}/5"
    name = present(office.document())[5]
    document = office.take("down", last)
    assert name not in present(document)
    assert [person["name"] for person in document.edited.data["attendance"][1]["people"]] == [name]
    assert present(office.take("up", last))[5] == name


def test_agenda_items_go_under_others_and_back(office: Office) -> None:
    read = [item["title"] for item in office.document().edited.data["agenda"]]
    document = office.take("indent", "/agenda/1")
    assert [item["title"] for item in document.edited.data["agenda"]] == [read[0], *read[2:]]
    assert document.edited.data["agenda"][0]["items"][-1]["title"] == read[1]
    assert published(document).evidence["/agenda/0/items/0/title"].ocr == read[1]
    document = office.take("outdent", "/agenda/1")
    assert [item["title"] for item in document.edited.data["agenda"]] == read
    with pytest.raises(ValueError, match=r"error\.end"):
        office.take("indent", "/agenda/0")


def test_a_resolution_that_was_not_found_is_written_by_hand(office: Office) -> None:
    rows = "/agenda/0/resolutions"
    office.take("add", rows)
    office.take("set", f"{rows}/+1/decision", "approved")
    document = office.take("set", f"{rows}/+1/text", "เห็นชอบ")
    assert published(document).agenda[0].resolutions == [Resolution(text="เห็นชอบ", decision="approved")]


# ---------------------------------------------------------------- reading anew


def test_converting_again_keeps_decisions(office: Office) -> None:
    office.take("set", PERSON, RIGHT)
    office.take("reviewed")
    office.convert()
    assert office.document().state == "reviewed"
    assert published(office.document()).attendance[0].people[4].name == RIGHT


def test_a_decision_follows_its_value_when_rows_shift(office: Office) -> None:
    office.take("set", PERSON, RIGHT)
    office.convert(with_a_line_above("นายแทรก กลางรายการ", 0.01))
    document = office.document()
    assert document.record.attendance[0].people[5].name == MISREAD
    assert present(document)[5] == RIGHT
    assert present(document)[4] != RIGHT


def test_a_reading_that_changed_underneath_is_flagged_and_the_decision_holds(office: Office) -> None:
    office.take("set", PERSON, RIGHT)
    office.take("reviewed")
    other = "ด.ต.หญิง กมลชนม พลตื้อ"
    office.convert(read_as({RIGHT: other}))
    document = office.document()
    assert document.settled.changed == {PERSON}
    assert doubtful(document) == [PERSON]
    assert present(document)[4] == RIGHT
    document = office.take("accept", PERSON)
    assert (document.settled.changed, doubtful(document)) == (set(), [])
    assert present(document)[4] == RIGHT


def test_a_reading_that_came_to_the_same_is_not_flagged(office: Office) -> None:
    office.take("set", PERSON, RIGHT)
    office.convert(read_as({}))
    document = office.document()
    assert (present(document)[4], document.settled.changed) == (RIGHT, set())


def test_what_was_reviewed_counts_no_more_when_something_else_is_read(office: Office) -> None:
    office.take("accept", PERSON)
    assert office.take("reviewed").state == "reviewed"
    office.convert(read_as({RIGHT: MISREAD, "นายลำดวน พรมสาขา": "นายลำดวน พรมสาขู"}))
    assert office.document().state == "changed"


def test_an_order_takes_in_a_row_that_is_read_later(office: Office) -> None:
    read = present(office.document())
    office.take("down", f"{PEOPLE}/4")
    office.convert(with_a_line_above("นายแทรก กลางรายการ", 0.01))
    document = office.document()
    assert present(document) == [read[0], read[1], "นายแทรก กลางรายการ", *read[2:4], read[5], read[4]]
    assert PEOPLE in document.settled.changed
    assert PEOPLE not in office.take("accept", PEOPLE).settled.changed


def test_a_decision_without_its_place_is_kept_and_changes_nothing(office: Office) -> None:
    office.take("set", PERSON, RIGHT)
    lines = read_as().model_dump(mode="json")
    rows = lines["pages"][0]["lines"]
    rows[:] = [row for row in rows if not row["cells"][0]["text"].startswith("5.")]
    office.convert(DocumentText.model_validate(lines))
    document = office.document()
    assert RIGHT not in present(document)
    assert [decision.value for decision in document.settled.lost] == [RIGHT]
    assert [one.value for one in office.take("accept", "/header/title").review.decisions if one.value == RIGHT]


def test_two_people_do_not_overwrite_each_other_unseen(office: Office) -> None:
    one = other = office.document()
    office.archive.save(NAME, take(one, Step("accept", PERSON)), one.version)
    with pytest.raises(ChangedError):
        office.archive.save(NAME, take(other, Step("set", PERSON, RIGHT)), other.version)
    assert present(office.document())[4] == MISREAD


def test_a_record_converted_meanwhile_is_another_version(office: Office) -> None:
    seen = office.document()
    office.convert(read_as({}))
    with pytest.raises(ChangedError):
        office.archive.save(NAME, take(seen, Step("accept", PERSON)), seen.version)


# ---------------------------------------------------------------- publishing


def test_only_what_was_reviewed_is_published_when_that_is_asked_for(office: Office, tmp_path: Path) -> None:
    office.add(Record(source=Source(file="b.pdf", sha256="0" * 64, pages=1)), "2562/b", "ข้อความ")
    office.take("set", PERSON, RIGHT)
    office.take("reviewed")
    done = publish(office.archive, tmp_path / "public", require_reviewed=True)
    assert (done.written, done.left_out) == ([NAME], ["2562/b"])
    record = load_record((tmp_path / "public" / f"{NAME}.json").read_bytes())
    assert record.attendance[0].people[4].name == RIGHT
    assert (tmp_path / "public" / f"{NAME}.txt").read_text("utf-8") == (office.out / f"{NAME}.txt").read_text("utf-8")
    everything = publish(office.archive, tmp_path / "all", require_reviewed=False)
    assert everything.written == ["2562/b", NAME]
    assert not list((tmp_path / "all").rglob("*.review.json"))


def test_nothing_is_published_into_the_archive_itself(office: Office) -> None:
    with pytest.raises(UsageError, match="archive"):
        publish(office.archive, office.out / "public", require_reviewed=False)


def test_damaged_decisions_are_named_and_not_lost(office: Office, tmp_path: Path) -> None:
    path = office.out / f"{NAME}.review.json"
    path.write_text("{", "utf-8")
    with pytest.raises(MinutesError, match=r"review\.json"):
        office.document()
    assert publish(office.archive, tmp_path / "public", require_reviewed=False).broken == [NAME]
    assert path.read_text("utf-8") == "{"


# ---------------------------------------------------------------- the names list


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("people.csv", "name,positions\nนายหนึ่ง ก่อนใคร,ครู"),
        ("people.yaml", "# ours\n- นายหนึ่ง ก่อนใคร\n# end\n"),
        ("people.yaml", "people:\n  - name: นายหนึ่ง ก่อนใคร\n    positions: [ครู]\n\npositions:\n  - ครู\n"),
        ("names/a.csv", "name\nนายหนึ่ง ก่อนใคร\n"),
    ],
)
def test_a_confirmed_name_is_on_the_list_once_and_nothing_else_changes(tmp_path: Path, file: str, text: str) -> None:
    path = tmp_path / file
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    place = path.parent if file.startswith("names/") else path
    name = 'นาย"สอง", ตามมา'
    assert not confirm(place, name).known
    assert confirm(place, name).known
    known = load_names(place)
    assert sorted(person.spellings[0] for person in known.people) == sorted(["หนึ่ง ก่อนใคร", '"สอง", ตามมา'])
    assert path.read_text("utf-8").startswith(text.split("\n")[0])
    assert ("# end" in text) == ("# end" in path.read_text("utf-8"))


def test_the_next_conversion_uses_a_confirmed_name(office: Office) -> None:
    confirm(office.scans / "names", RIGHT)
    assert office.convert().attendance[0].people[4].name == RIGHT
    assert office.document().record.corrections[0].ocr == MISREAD


def test_suggestions_come_from_the_list_with_the_title_that_is_printed(office: Office) -> None:
    confirm(office.scans / "names", "ศรีไพร อ้วนพี")
    content = office.document().edited.data
    known = known_names(office.scans / "names")
    assert suggestions(f"{PEOPLE}/2/name", "นางศรีไพ อ้วนพิ", known, content)[0] == "นางศรีไพร อ้วนพี"
    roles = suggestions(f"{PEOPLE}/0/role", "กรรมการและเล", known_names(None), content)
    assert roles[0] == "กรรมการและเลขานุการ"


# ---------------------------------------------------------------- any record


def test_every_field_of_a_bare_record_can_be_filled_in(office: Office) -> None:
    bare = Record(
        source=Source(file="b.pdf", sha256="0" * 64, pages=1),
        header=Header(),
        attendance=[AttendanceList(kind="present", heading="", people=[Person()])],
        agenda=[AgendaItem(title="")],
    )
    office.add(bare, "bare")
    filled: dict[str, tuple[str, Any]] = {
        "/header/title": ("รายงานการประชุม", "รายงานการประชุม"),
        "/header/meeting/number": ("๓", 3),
        "/header/date/iso": ("2562-01-02", "2019-01-02"),
        "/header/scheduled/start": ("9.00", "09:00"),
        "/attendance/0/people/0/name": ("นายใด ก็ตาม", "นายใด ก็ตาม"),
        "/agenda/0/title": ("เรื่องแจ้ง", "เรื่องแจ้ง"),
        "/closed_at": ("12.00", "12:00"),
    }
    for pointer, (text, _) in filled.items():
        office.take("set", pointer, text, name="bare")
    record = published(office.document("bare")).model_dump(mode="json")
    assert {pointer: value_at(record, pointer) for pointer in filled} == {
        at: value for at, (_, value) in filled.items()
    }
