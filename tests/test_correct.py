"""Fuzzy correction: what is changed, what is left alone, and that nothing is changed in silence."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from pipeline.correct import KnownNames, Reading, correct, load_names
from pipeline.correct.confusions import Confusions, weights
from pipeline.correct.titles import cut_titles
from pipeline.errors import ExitCode, UsageError
from pipeline.ocr import Doubt
from schemas import Header, Record

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
    corrected, findings = correct(given, None)
    (correction,) = corrected.corrections
    assert (correction.path, correction.value, correction.source) == (place, value, f"vocabulary:{source}")
    assert _at(corrected, place) == value
    assert _at(given, place) == correction.ocr != value
    assert 0 < correction.score <= 100
    assert findings.near == []


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
        with_people({"role": "อ.ก.ฟ."}, {"role": "ประธาน อ.ก.ฟ."}, {"role": "อ.ก.ฟ. และเลขานุการ"}),  # another body's
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
    corrected, findings = correct(given, None)
    assert corrected == given
    assert findings.near == []


def test_correcting_does_not_touch_what_it_was_given_and_is_done_at_once() -> None:
    given = with_people({"role": "กรรมกาว"})
    corrected, _ = correct(given, None)
    assert given.attendance[0].people[0].role == "กรรมกาว"
    again, _ = correct(corrected, None)
    assert again == corrected


# ---------------------------------------------------------------- titles


@pytest.mark.usefixtures("trainings")
@pytest.mark.parametrize(
    ("read", "value"),
    [
        ("คร.สมหมาน ลือไกลสุด", "ดร.สมหมาน ลือไกลสุด"),
        ("ผศ. ตร. สมหมาน ลือไกลสุด", "ผศ. ดร. สมหมาน ลือไกลสุด"),
        ("อาจารย้สมหมาน ลือไกลสุด", "อาจารย์สมหมาน ลือไกลสุด"),
        ("ดร สมหมาน ลือไกลสุด", "ดร. สมหมาน ลือไกลสุด"),
        ("จ่าสิบ.อก สมหมาน ลือไกลสุด", "จ่าสิบเอก สมหมาน ลือไกลสุด"),
        ("นาวสาว สมหมาน ลือไกลสุด", "นางสาว สมหมาน ลือไกลสุด"),
        ("ทันดแพทย์หญิงสมหมาน ลือไกลสุด", "ทันตแพทย์หญิงสมหมาน ลือไกลสุด"),
        ("รองศาสงราจารย์ ดร.สมหมาน ลือไกลสุด", "รองศาสตราจารย์ ดร.สมหมาน ลือไกลสุด"),
        ("ร้อยตร์อรทัย ลือไกลสุด", "ร้อยตรีอรทัย ลือไกลสุด"),
        ("% นายสมหมาน ลือไกลสุด", "นายสมหมาน ลือไกลสุด"),
    ],
)
def test_a_misread_title_is_set_right_and_recorded(read: str, value: str) -> None:
    corrected, _ = correct(with_people({"name": read}), None)
    assert corrected.attendance[0].people[0].name == value
    assert [(c.ocr, c.value, c.source) for c in corrected.corrections] == [(read, value, "vocabulary:title")]


@pytest.mark.parametrize(
    "name",
    [
        "นายดรณ์ ลือไกลสุด",
        "นางสาวิตรี ลือไกลสุด",
        "นางสาวสาวิตรี ลือไกลสุด",
        "นางสายใจ ลือไกลสุด",
        "คุณากร ลือไกลสุด",
        "นายิกา ลือไกลสุด",
        "นายแพรวพงศ์ ลือไกลสุด",
        "พลเดช ลือไกลสุด",
        "อาจารี ลือไกลสุด",
        "ศรีสุดา ลือไกลสุด",
        "นาขวัญ ลือไกลสุด",
        "พ.ต.ท. ดรุณ ลือไกลสุด",
        "ดร.",
    ],
)
def test_a_name_that_only_looks_like_a_title_is_left_alone(name: str) -> None:
    given = with_people({"name": name})
    assert correct(given, None)[0] == given


def test_a_short_title_with_a_lost_letter_is_known_where_the_reader_thought_of_that_letter() -> None:
    given = with_people({"name": "นาสมหมาน ลือไกลสุด"})
    assert correct(given, None)[0] == given
    thought = Reading((0.99,) * 17, (Doubt(at=2, length=0, likely=0.6, others=(("ย", 0.35),)),))
    corrected, _ = correct(given, None, {NAME: thought})
    assert corrected.attendance[0].people[0].name == "นายสมหมาน ลือไกลสุด"


# ---------------------------------------------------------------- known names

NAME = "/attendance/0/people/0/name"


def retrained(seed: int) -> Confusions:
    """Weights as another training would give them: a third of the errors, each exchange counted anew by chance."""
    data = yaml.safe_load(resources.files("pipeline.correct").joinpath("confusions.yaml").read_text("utf-8"))
    rng = np.random.default_rng(seed)
    counts = [*(letter["read"] for letter in data["letters"].values()), data["added"]]
    for read in counts:
        read.update((other, int(rng.binomial(n, 1 / 3))) for other, n in read.items())
    for letter in data["letters"].values():
        letter["lost"] = int(rng.binomial(letter["lost"], 1 / 3))
    data["measured"]["wrong"] //= 3
    return weights(data)


@pytest.fixture(params=[None, 1, 2], ids=["as measured", "retrained", "retrained again"])
def trainings(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a user sees must not change with every training of the recogniser."""
    if request.param is not None:
        made = retrained(request.param)
        monkeypatch.setattr("pipeline.correct.confusions.confusions", lambda: made)
    cut_titles.cache_clear()
    yield
    cut_titles.cache_clear()


def doubtful(name: str, letters: str) -> tuple[float, ...]:
    """Confidences of the letters of `name` when the reader was unsure of some."""
    return tuple(0.4 if letter in letters else 0.998 for letter in name if letter != " ")


def set_right(
    name: str, doubts: str, names: KnownNames, header: dict[str, Any] | None = None
) -> tuple[str | None, list[str]]:
    """A name as it comes out, read with doubt of some letters, and the known names a person is told of."""
    given = with_people({"name": name}).model_copy(update={"header": Header.model_validate(header or {})})
    corrected, findings = correct(given, names, {NAME: Reading(doubtful(name, doubts))})
    return corrected.attendance[0].people[0].name, [near.known for near in findings.near]


@pytest.mark.usefixtures("trainings")
@pytest.mark.parametrize(
    ("read", "doubts", "value"),
    [
        ("นายสุรเดซา วงศ์ไพศาล", "ซ", "นายสุรเดชา วงศ์ไพศาล"),
        ("นายสุรเตซา วงศ์ไพคาล", "ตซค", "นายสุรเดชา วงศ์ไพศาล"),
        ("ผศ. ดร. พิมพผกา ทองเนือใส", "", "ผศ. ดร. พิมพ์ผกา ทองเนื้อใส"),
        ("ผศ. คร. พิมพ์ผถา ทองเนื้อใส", "คถ", "ผศ. ดร. พิมพ์ผกา ทองเนื้อใส"),
        ("นายก้องเกียรติแสนบุญลัน", "ั", "นายก้องเกียรติ แสนบุญล้น"),
        ("นายสุรเดชา-วงศ์ไพศาล", "", "นายสุรเดชา วงศ์ไพศาล"),
    ],
)
def test_a_misread_name_becomes_the_known_one_and_keeps_its_title(
    tmp_path: Path, read: str, doubts: str, value: str
) -> None:
    given = with_people({"name": read}, {"name": "นายก้องเกียรติ แสนบุญล้น"})
    corrected, findings = correct(given, known(tmp_path), {NAME: Reading(doubtful(read, doubts))})
    assert [person.name for person in corrected.attendance[0].people] == [value, "นายก้องเกียรติ แสนบุญล้น"]
    ((place, ocr, source),) = [(c.path, c.ocr, c.source) for c in corrected.corrections]
    assert (place, ocr, source) == (NAME, read, "names:people.csv")
    assert findings.near == []
    assert findings.known == {NAME, "/attendance/0/people/1/name"}


def test_signatories_are_corrected_too(tmp_path: Path) -> None:
    read = "นางพิมพ์ผถา ทองเนื้อใส"
    given = record(signatories=[{"name": read}, {"name": None}])
    corrected, _ = correct(given, known(tmp_path), {"/signatories/0/name": Reading(doubtful(read, "ถ"))})
    assert [person.name for person in corrected.signatories] == ["นางพิมพ์ผกา ทองเนื้อใส", None]
    assert [correction.path for correction in corrected.corrections] == ["/signatories/0/name"]


def test_a_title_in_the_list_does_not_matter(tmp_path: Path) -> None:
    names = known(tmp_path, "นางสาวพิมพ์ผกา ทองเนื้อใส")
    assert set_right("นางพิมพ์ผถา ทองเนื้อใส", "ถ", names) == ("นางพิมพ์ผกา ทองเนื้อใส", [])


def doubted(name: str, read: str, *others: tuple[str, float]) -> Reading:
    """A name read surely but for one letter, with what else the reader thought of there."""
    sure = tuple(0.6 if letter == read else 0.998 for letter in name if letter != " ")
    return Reading(sure, (Doubt(at=name.replace(" ", "").index(read), length=1, likely=0.6, others=others),))


@pytest.mark.usefixtures("trainings")
@pytest.mark.parametrize(("others", "changed"), [((("ช", 0.3),), True), ((("ห", 0.3), ("ซ", 0.05)), False)])
def test_what_the_reader_thought_of_itself_decides(
    tmp_path: Path, others: tuple[tuple[str, float], ...], changed: bool
) -> None:
    """ม is hardly ever read for ช: it is a misread one only where the reader says so."""
    name = "นายสุรเดมา วงศ์ไพศาล"
    corrected, findings = correct(with_people({"name": name}), known(tmp_path), {NAME: doubted(name, "ม", *others)})
    assert corrected.attendance[0].people[0].name == ("นายสุรเดชา วงศ์ไพศาล" if changed else name)
    assert [near.known for near in findings.near] == ([] if changed else ["สุรเดชา วงศ์ไพศาล"])


@pytest.mark.parametrize("rival", [True, False])
def test_a_letter_that_was_not_made_out_does_not_choose_between_two_people(tmp_path: Path, rival: bool) -> None:
    """Of ก, the second of nine guesses, as much is known as of ต, which was not among them."""
    names = known(tmp_path, "นายสุธร สายบุกร", *(["นายสุธร สายบุตร"] if rival else []))
    sure = (*(0.998,) * 12, 0.25, 0.998)
    guessed = Reading(sure, (Doubt(at=12, length=1, likely=0.25, others=(("น", 0.2), ("ก", 0.17))),))
    corrected, _ = correct(with_people({"name": "นายสุธร สายบุเร"}), names, {NAME: guessed})
    assert corrected.attendance[0].people[0].name == ("นายสุธร สายบุเร" if rival else "นายสุธร สายบุกร")


@pytest.mark.usefixtures("trainings")
def test_letters_read_surely_are_another_person_of_whom_somebody_is_told(tmp_path: Path) -> None:
    read = "นายสุรเดขา วงศ์ไพศาล"
    assert set_right(read, "ข", known(tmp_path)) == ("นายสุรเดชา วงศ์ไพศาล", [])
    assert set_right(read, "", known(tmp_path)) == (read, ["สุรเดชา วงศ์ไพศาล"])


@pytest.mark.usefixtures("trainings")
@pytest.mark.parametrize("read", ["นายสุรชัย วงศ์ไพศาล", "นางสุดา วงศ์ไพศาล", "นายสุรเดชา ลือไกลสุด", "นายบัญชา ลือไกล"])
def test_a_brother_or_a_namesake_is_not_taken_for_the_known_one(tmp_path: Path, read: str) -> None:
    assert set_right(read, "วงศ", known(tmp_path))[0] == read


@pytest.mark.usefixtures("trainings")
def test_between_two_near_names_none_is_chosen_and_a_person_is_told(tmp_path: Path) -> None:
    names = known(tmp_path, "สมหมาน ลือไกลสุด", "สมหมาบ ลือไกลสุด")
    name, near = set_right("นายสมหมาย ลือไกลสุด", "ย", names)
    assert name == "นายสมหมาย ลือไกลสุด"
    assert len(near) == 1


@pytest.mark.usefixtures("trainings")
def test_below_the_threshold_the_name_stays_and_is_reported_as_near(tmp_path: Path) -> None:
    given = with_people({"name": "นายสุรเตขา วงศไพคาน"})
    corrected, findings = correct(given, known(tmp_path))
    assert corrected == given
    assert [(found.path, found.known) for found in findings.near] == [(NAME, "สุรเดชา วงศ์ไพศาล")]
    assert findings.near[0].score >= 80


@pytest.mark.usefixtures("trainings")
def test_a_stranger_is_neither_changed_nor_reported(tmp_path: Path) -> None:
    given = with_people({"name": "นายบัญชา ลือไกล"}, {"name": None, "position": "ปลัดเทศบาล"})
    corrected, findings = correct(given, known(tmp_path))
    assert corrected == given
    assert (findings.near, findings.known) == ([], set())


TWO = """
- name: สมหมาน ลือไกลสุด
  bodies: [คณะกรรมการส่งเสริมการอ่าน]
  to: 2562
- name: สมหมาบ ลือไกลสุด
  bodies: [คณะกรรมการกองทุนหมู่บ้าน]
  from: 2563
"""


@pytest.mark.parametrize(
    ("header", "family"),
    [
        ({"body": "คณะกรรมการส่งเสริมการอ่านตำบลดอนพุดซ้อน"}, "สมหมาน"),
        ({"body": "คณะกรรมการกองทุนหมู่บ้าน"}, "สมหมาบ"),
        ({"date": {"iso": "2018-03-01", "text": ""}}, "สมหมาน"),
        ({"date": {"iso": "2021-03-01", "text": ""}}, "สมหมาบ"),
        ({"body": "สภาเทศบาลตำบลดอนพุดซ้อน"}, "สมหมาย"),
    ],
)
def test_body_and_date_choose_among_people(tmp_path: Path, header: dict[str, Any], family: str) -> None:
    (tmp_path / "people.yaml").write_text(TWO, "utf-8")
    names = load_names(tmp_path / "people.yaml")
    assert set_right("นายสมหมาย ลือไกลสุด", "ย", names, header)[0] == f"นาย{family} ลือไกลสุด"


def test_a_known_name_of_another_body_is_told_when_a_member_is_spelt_nearly_so(tmp_path: Path) -> None:
    (tmp_path / "people.yaml").write_text(TWO, "utf-8")
    names = load_names(tmp_path / "people.yaml")
    header = {"body": "คณะกรรมการส่งเสริมการอ่าน"}
    assert set_right("นายสมหมาบ ลือไกลสุด", "บ", names, header) == ("นายสมหมาบ ลือไกลสุด", ["สมหมาน ลือไกลสุด"])
    assert set_right("นายสมหมาน ลือไกลสุด", "น", names, header) == ("นายสมหมาน ลือไกลสุด", [])


def test_an_alias_is_kept_as_it_is_printed(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("name,aliases\nสุรเดชา วงศ์ไพศาล,สุรเดช วงศ์ไพศาล\n", "utf-8")
    names = load_names(path)
    assert set_right("นายสุรเดช วงศ์ไพศาล", "", names) == ("นายสุรเดช วงศ์ไพศาล", [])
    assert set_right("นายสุรเดซ วงศ์ไพศาล", "ซ", names) == ("นายสุรเดช วงศ์ไพศาล", [])


# ---------------------------------------------------------------- organisations and positions

OFFICES = """
organisations: [คณะกรรมการส่งเสริมการอ่าน, สำนักงานเขตบึงสะแก ๑]
positions: [ผู้อำนวยการกองช่าง, หัวหน้าฝ่ายทะเบียน]
"""


@pytest.mark.usefixtures("trainings")
@pytest.mark.parametrize(
    ("given", "place", "value"),
    [
        (record(header={"body": "คณะกรรมการส่งเสริมการย่าน"}), "/header/body", "คณะกรรมการส่งเสริมการอ่าน"),
        (with_people({"position": "ผู้อำนวยการกองข่าง"}), "/attendance/0/people/0/position", "ผู้อำนวยการกองช่าง"),
        (with_people({"represents": "หัวหน้าฝายหะเบียน"}), "/attendance/0/people/0/represents", "หัวหน้าฝ่ายทะเบียน"),
        (record(signatories=[{"position": "ผู้อำนวยการกองข่าง"}]), "/signatories/0/position", "ผู้อำนวยการกองช่าง"),
    ],
)
def test_positions_and_bodies_are_set_right_too(tmp_path: Path, given: Record, place: str, value: str) -> None:
    (tmp_path / "offices.yaml").write_text(OFFICES, "utf-8")
    corrected, _ = correct(given, load_names(tmp_path / "offices.yaml"))
    ((path, source),) = [(c.path, c.source) for c in corrected.corrections]
    assert path == place
    assert source == ("organisations:offices.yaml" if place.startswith("/header") else "positions:offices.yaml")
    assert _at(corrected, place) == value


@pytest.mark.parametrize(
    "given",
    [
        record(header={"body": "สำนักงานเขตบึงสะแก ๒"}),
        record(header={"body": "คณะกรรมการส่งเสริมการค้า"}),
        with_people({"position": "ผู้อำนวยการกองคลัง"}),
        with_people({"position": "รองผู้อำนวยการกองช่าง"}),
        with_people({"position": "ผู้อำนวยการกองช่าง"}),
    ],
)
def test_another_office_is_left_alone(tmp_path: Path, given: Record) -> None:
    (tmp_path / "offices.yaml").write_text(OFFICES, "utf-8")
    assert correct(given, load_names(tmp_path / "offices.yaml"))[0] == given


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
    assert {person.source for person in names.people} == {f"names:{file}"}
    assert {spelling for spelling, _ in names.spellings} == {
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
