"""The command line as a user meets it: files, exit codes, one clear line for what goes wrong."""

from __future__ import annotations

import json
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pytest

from pipeline.cli import main
from pipeline.compare import compare_records
from pipeline.settings import Tolerances
from schemas import load_record

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
GOLDEN = ROOT / "golden"
ONE_PAGE = SAMPLES / "school-board-1-2562.png"


class Ended(NamedTuple):
    code: int
    out: str
    err: str


Minutes = Callable[..., Ended]


@pytest.fixture
def minutes(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Minutes:
    """Run the command in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*words: object) -> Ended:
        monkeypatch.setattr("sys.argv", ["minutes", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        code = ended.value.code
        return Ended(code if isinstance(code, int) else 0, captured.out, captured.err)

    return run


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One page read by the real OCR."""
    from pipeline import convert

    out = tmp_path_factory.mktemp("converted")
    convert(ONE_PAGE).write(out)
    return out


@pytest.mark.ocr
def test_a_scan_becomes_a_record_that_says_what_the_page_says(minutes: Minutes, tmp_path: Path) -> None:
    ended = minutes("convert", ONE_PAGE, "-o", tmp_path / "out")
    assert ended.code == 0
    assert "1/2562" in ended.out
    record = load_record((tmp_path / "out/school-board-1-2562.json").read_bytes())
    golden = load_record((GOLDEN / "school-board-1-2562.json").read_bytes())
    assert record.header.meeting and (record.header.meeting.number, record.header.meeting.year) == (1, 2562)
    assert record.header.date and record.header.date.iso == "2019-06-13"
    assert (record.opened_at, record.closed_at) == ("10:00", "11:25")
    assert [item.number for item in record.agenda] == ["1", "2", "3", "4"]
    comparison = compare_records(golden, record, Tolerances())
    right = (comparison.fields_equal + comparison.fields_within) / comparison.fields_total
    assert right >= 0.95, f"{right:.2f} of the fields are right"
    text = (tmp_path / "out/school-board-1-2562.txt").read_text("utf-8")
    assert text.count("\f") == 1
    assert text.endswith("\f")
    assert "เลิกประชุมเวลา" in text


@pytest.mark.ocr
def test_the_same_input_gives_the_same_bytes_and_is_not_read_twice(
    minutes: Minutes, converted: Path, tmp_path: Path
) -> None:
    first = minutes("convert", ONE_PAGE, "-o", tmp_path / "a", "--json")
    assert first.code == 0
    assert (tmp_path / "a/school-board-1-2562.json").read_bytes() == (
        converted / "school-board-1-2562.json"
    ).read_bytes()
    again = json.loads(minutes("convert", ONE_PAGE, "-o", tmp_path / "a", "--json").out)
    assert again["documents"][0]["skipped"] is True
    changed = json.loads(minutes("convert", ONE_PAGE, "-o", tmp_path / "a", "--json", "--no-correct").out)
    assert changed["documents"][0]["skipped"] is False, "other settings make another record"


@pytest.mark.ocr
def test_one_bad_file_does_not_stop_the_others(minutes: Minutes, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    shutil.copy(ONE_PAGE, folder / "good.png")
    (folder / "empty.pdf").touch()
    (folder / "text.pdf").write_text("no pdf at all", "utf-8")
    (folder / "cut.pdf").write_bytes((SAMPLES / "circular-2565.pdf").read_bytes()[:9000])
    with pikepdf.new() as pdf:
        pdf.save(folder / "nopages.pdf")
    with pikepdf.open(SAMPLES / "circular-2565.pdf") as pdf:
        pdf.save(folder / "locked.pdf", encryption=pikepdf.Encryption(user="secret", owner="owner"))
    ended = minutes("convert", folder, tmp_path / "missing.pdf", "-o", tmp_path / "out")
    assert ended.code == 1
    written = sorted(path.name for path in (tmp_path / "out").iterdir() if not path.name.startswith("."))
    assert written == ["failures.jsonl", "good.json", "good.lines.json", "good.txt"]
    lines = [line for line in ended.err.splitlines() if line]
    assert len(lines) == 6
    for name in ("empty.pdf", "text.pdf", "cut.pdf", "nopages.pdf", "locked.pdf", "missing.pdf"):
        assert sum(name in line for line in lines) == 1, name
    assert any("locked.pdf" in line and "--password" in line for line in lines)


@pytest.mark.ocr
def test_an_encrypted_pdf_needs_its_password(minutes: Minutes, tmp_path: Path) -> None:
    with pikepdf.open(SAMPLES / "circular-2565.pdf") as pdf:
        pdf.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(user="secret", owner="owner"))
    assert minutes("convert", "locked.pdf").code == 5
    assert minutes("convert", "locked.pdf", "--password", "wrong").code == 5
    opened = minutes("convert", "locked.pdf", "--password", "secret", "-o", "out")
    assert opened.code == 0
    record = load_record(Path("out/locked.json").read_bytes())
    assert record.document_type == "other", "a circular that invites to a meeting is no minutes"
    assert record.status == "ok"
    assert [issue.code for issue in record.issues] == ["document.not_minutes"]
    assert "ประชุม" in Path("out/locked.txt").read_text("utf-8"), "its text is kept"


@pytest.mark.ocr
def test_a_page_stored_sideways_is_read_upright(minutes: Minutes, tmp_path: Path) -> None:
    ended = minutes("convert", SAMPLES / "hospital-5-2564.pdf", "--pages", "3", "-o", "out", "-q")
    assert ended.code == 0
    assert ended.out == ""
    lines = json.loads(Path("out/hospital-5-2564.lines.json").read_text("utf-8"))
    assert [(page["number"], page["turned"]) for page in lines["pages"]] == [(3, 90)]
    assert "รองผู้อำนวยการฝ่ายการแพทย์" in Path("out/hospital-5-2564.txt").read_text("utf-8")


def _fake_tesseract(folder: Path, reading: str) -> None:
    """A Tesseract that tells its version and languages, and does `reading` when asked to read."""
    folder.mkdir()
    program = folder / "tesseract"
    program.write_text(
        "#!/bin/sh\n"
        'case "$*" in\n'
        '  *--version*) echo "tesseract 5.3.0";;\n'
        '  *--list-langs*) printf "List of available languages (3):\\neng\\nosd\\ntha\\n";;\n'
        f"  *) {reading};;\n"
        "esac\n"
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


@pytest.mark.parametrize(
    ("reading", "said"),
    [
        ("echo 'Segmentation fault' >&2; exit 139", "Segmentation fault"),
        ("kill -9 $$", "Tesseract failed"),
        ("sleep 60", "longer than 1 s"),
        ("exit 0", "without a result"),
        (r"printf '\377\376' > $2.tsv; printf '\377\376' > $2.txt", "UTF-8"),
        ("yes > $2.tsv", "Tesseract failed"),
    ],
    ids=["crashes", "is killed", "hangs", "writes nothing", "writes bad UTF-8", "fills the disk"],
)
def test_a_tesseract_that_fails_costs_the_page_and_not_the_run(
    minutes: Minutes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reading: str, said: str
) -> None:
    _fake_tesseract(tmp_path / "bin", reading)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    monkeypatch.setenv("MINUTES_UPRIGHT", "false")
    monkeypatch.setenv("MINUTES_MAX_MEGAPIXELS", "10")
    monkeypatch.setenv("MINUTES_MAX_FILE_MB", "1")
    timeout = "1" if reading.startswith("sleep") else "60"
    ended = minutes("convert", ONE_PAGE, "-o", "out", "--engine", "tesseract", "--page-timeout", timeout, "--json")
    assert ended.code == 0
    record = load_record(Path("out/school-board-1-2562.json").read_bytes())
    assert record.status == "partial"
    failed = [issue for issue in record.issues if issue.code == "page.failed"]
    assert [issue.page for issue in failed] == [1]
    assert said in failed[0].message


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["convert", ONE_PAGE, "--engine", "tesseract", "--language", "xyz"], 3, "apt-get install"),
        (["convert", ONE_PAGE, "--dpi", "9"], 2, "dpi"),
        (["convert", ONE_PAGE, "--pages", "3-1"], 2, "1-3"),
        (["convert", ONE_PAGE, "--engine", "magic"], 2, "engine"),
        (["convert", ONE_PAGE, "--names", "nowhere.csv"], 2, "nowhere.csv"),
        (["convert", ONE_PAGE, "-o", "/proc/nowhere"], 6, "-o"),
        (["convert", "."], 2, ".pdf"),
        (["convert"], 2, "INPUT"),
        (["compare", "nowhere", "elsewhere"], 2, "nowhere"),
        (["parse", ONE_PAGE], 4, "minutes convert"),
    ],
    ids=lambda value: " ".join(map(str, value[:1] + value[2:])) if isinstance(value, list) else None,
)
def test_what_is_wrong_is_said_in_one_line_with_what_to_type(
    minutes: Minutes, words: list[object], code: int, said: str
) -> None:
    ended = minutes(*words)
    assert ended.code == code
    assert said in ended.err
    assert ended.out == ""


def test_settings_come_from_flags_then_the_environment_then_the_file(
    minutes: Minutes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline import load_settings

    (tmp_path / "minutes.toml").write_text("dpi = 150\npsm = 6\n[tolerances]\nlong_text = 0.2\n", "utf-8")
    monkeypatch.setenv("MINUTES_DPI", "200")
    monkeypatch.chdir(tmp_path)
    settings = load_settings(dpi=250)
    assert (settings.dpi, settings.psm, settings.tolerances.long_text) == (250, 6, 0.2)
    assert load_settings().dpi == 200
    (tmp_path / "minutes.toml").write_text("dpi = = 1", "utf-8")
    ended = minutes("convert", ONE_PAGE)
    assert ended.code == 2
    assert "minutes.toml" in ended.err


def test_two_files_of_one_name_keep_their_folders(minutes: Minutes, tmp_path: Path) -> None:
    for year in ("2560", "2561"):
        (tmp_path / "in" / year).mkdir(parents=True)
        shutil.copy(ROOT / "tests/frozen/school-board-1-2562.lines.json", tmp_path / "in" / year / "a.lines.json")
    ended = minutes("parse", "in/2560/a.lines.json", "-o", "out")
    assert ended.code == 0
    record = load_record(Path("out/a.json").read_bytes())
    assert record.header.venue == "ห้องประชุมโรงเรียนบ้านดงมะกรูด"


def test_explain_tells_rules_lines_and_what_is_missing(minutes: Minutes) -> None:
    ended = minutes("parse", ROOT / "tests/frozen/council-2566-3-1.lines.json", "--explain")
    assert ended.code == 0
    assert "header.session" in ended.out
    assert "สมัยสามัญ สมัยที่ ๓" in ended.out
    assert "missing: nothing" in ended.out


def test_compare_tells_equal_from_different_by_its_exit_code(minutes: Minutes, tmp_path: Path, converted: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(converted, out)
    assert minutes("compare", out, converted).code == 0
    record = json.loads((out / "school-board-1-2562.json").read_text("utf-8"))
    record["attendance"][0]["people"][3]["name"] = "นายผิด ไปหนึ่งชื่อ"
    (out / "school-board-1-2562.json").write_text(json.dumps(record, ensure_ascii=False), "utf-8")
    ended = minutes("compare", out, converted, "--json", "--html", "report.html")
    assert ended.code == 1
    differences = json.loads(ended.out)["documents"][0]["differences"]
    assert [difference["path"] for difference in differences] == ["/attendance/0/people/3/name"]
    report = Path("report.html").read_text("utf-8")
    assert "/attendance/0/people/3/name" in report
    assert "<ins>" in report
    assert minutes("compare", out, converted, "--bless").code == 0
    assert minutes("compare", out, converted).code == 0


def test_schema_and_doctor(minutes: Minutes) -> None:
    schema = minutes("schema")
    assert schema.code == 0
    assert schema.out == (ROOT / "schemas/minutes.schema.json").read_text("utf-8")
    doctor = minutes("doctor")
    assert doctor.code == 0
    assert "language data tha" in doctor.out


def test_version(minutes: Minutes) -> None:
    assert minutes("--version").out.startswith("minutes ")
