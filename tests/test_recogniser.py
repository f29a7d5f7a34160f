"""Our own reader on drawn pages: what the stock Thai model cannot write must come out right."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import MissingDependencyError
from pipeline.ocr.doubt import ReadLine
from pipeline.ocr.recogniser import Recogniser, shipped_model
from pipeline.ocr.recogniser_engine import RecogniserEngine
from pipeline.ocr.specks import without_rests, without_specks
from pipeline.ocr.text import Cell
from pipeline.pages import PageImage, find_rules, without_rules
from pipeline.settings import load_settings
from schemas import load_record
from training.synth.catalogue import SAMPLES
from training.synth.samples import make

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def engine() -> RecogniserEngine:
    return RecogniserEngine()


@pytest.fixture(scope="module")
def page() -> PageImage:
    """The first page of a sample with Thai digits, as scanned."""
    sample = next(sample for sample in SAMPLES if sample.name == "hospital-5-2564")
    return PageImage(1, make(sample).pages[0], dpi=200)


@pytest.mark.ocr
def test_a_paper_with_thai_digits_gets_the_right_number_and_date(tmp_path: Path) -> None:
    from pipeline import convert

    conversion = convert(ROOT / "samples/hospital-5-2564.pdf", load_settings(pages="1"))
    header = conversion.record.header
    assert header.meeting and (header.meeting.number, header.meeting.year) == (5, 2564)
    assert header.date and header.date.iso == "2021-05-28"
    assert header.date.weekday == "ศุกร์"
    golden = load_record((ROOT / "golden/hospital-5-2564.json").read_bytes())
    numbers = [person.number for person in conversion.record.attendance[0].people]
    assert numbers == [person.number for person in golden.attendance[0].people][: len(numbers)]
    assert not any(issue.code == "engine.digits" for issue in conversion.record.issues)


@pytest.mark.ocr
def test_characters_have_confidence_and_stand_in_order_inside_their_cell(
    engine: RecogniserEngine, page: PageImage
) -> None:
    rules = find_rules(page)
    lines = engine.read(without_rules(page, rules), rules)
    cells = [cell for line in lines for cell in line.cells]
    assert len(cells) > 20
    for cell in cells:
        assert len(cell.chars) == len(cell.lefts) == len(cell.text)
        assert cell.confidence == min(cell.chars)
        assert list(cell.lefts) == sorted(cell.lefts)
        assert cell.box[0] - 1e-4 <= cell.lefts[0]
        assert cell.lefts[-1] <= cell.box[2] + 1e-4
    tops = [line.box[3] for line in lines]
    assert tops == sorted(tops), "lines come from the top of the page to its foot"


@pytest.mark.ocr
def test_reading_twice_gives_the_same(engine: RecogniserEngine, page: PageImage) -> None:
    assert engine.read(page, []) == engine.read(page, [])


def test_an_empty_page_has_no_lines(engine: RecogniserEngine) -> None:
    assert engine.read(PageImage(1, np.full((2200, 1700), 255, np.uint8), dpi=200), []) == ()


def test_the_shipped_model_is_small_and_can_write_all_of_printed_thai() -> None:
    path = shipped_model()
    assert path.stat().st_size < 10_000_000
    card = json.loads(path.with_suffix(".json").read_text("utf-8"))
    consonants = {chr(code) for code in range(ord("ก"), ord("ฮ") + 1)}
    marks = set("ะัาำิีึืุูเแโใไๅ็่้๊๋์ํๆฯ฿")
    assert consonants | marks | set("๐๑๒๓๔๕๖๗๘๙0123456789") <= set(card["charset"])


@pytest.mark.parametrize("content", [None, b"", b"no model at all"], ids=["missing", "empty", "broken"])
def test_a_model_that_cannot_be_loaded_is_said_in_one_line(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "model.onnx"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(MissingDependencyError, match=r"model\.onnx") as caught:
        Recogniser(path)
    assert "--engine tesseract" in caught.value.hint


def read_line(text: str, *doubtful: tuple[str, float]) -> ReadLine:
    """A line read with confidence but for the given parts of it."""
    sure = [0.99] * len(text)
    for part, confidence in doubtful:
        at = text.index(part)
        sure[at : at + len(part)] = [confidence] * len(part)
    return ReadLine(text, tuple(sure), tuple(place / len(text) for place in range(len(text))))


@pytest.mark.parametrize(
    ("text", "doubtful", "kept"),
    [
        ("นายกิตติชาติ อินทร์จิต .", (), "นายกิตติชาติ อินทร์จิต"),
        ("“ ๑.", (("“", 0.4),), "๑."),
        ("• นักวิชาการเงินและบัญชี", (("•", 0.6),), "นักวิชาการเงินและบัญชี"),
        ("• นักวิชาการเงินและบัญชี", (), "• นักวิชาการเงินและบัญชี"),
        ("- ไม่มี", (("-", 0.5),), "- ไม่มี"),
        ("/ผู้ไม่มาประชุม ...", (("...", 0.5),), "/ผู้ไม่มาประชุม ..."),
        ("ณ ห้องประชุมใหญ่ อาคารอำนวยการ (AgE", (("(AgE", 0.4),), "ณ ห้องประชุมใหญ่ อาคารอำนวยการ"),
        ("ณ ห้องประชุม อาคารอำนวยการ ชั้น ๗", (("๗", 0.4),), "ณ ห้องประชุม อาคารอำนวยการ ชั้น ๗"),
        ("หอประชุมอำเภอเขาน้ำผึ้ง___", (("___", 0.6),), "หอประชุมอำเภอเขาน้ำผึ้ง"),
        ("การจัดซื้อครุภัณฑ์ (Notebook)— on___", (("— on___", 0.4),), "การจัดซื้อครุภัณฑ์ (Notebook)—"),
        (".", (), ""),
    ],
)
def test_specks_beside_words_are_left_out(text: str, doubtful: tuple[tuple[str, float], ...], kept: str) -> None:
    assert without_specks(read_line(text, *doubtful)).text.strip() == kept


def test_a_doubtful_word_that_is_left_out_leaves_its_doubt() -> None:
    line = without_specks(read_line("ณ ห้องประชุมใหญ่ อาคารอำนวยการ (AgE", ("(AgE", 0.4)))
    assert min(line.confidence[: len(line.text.rstrip())]) == pytest.approx(0.4)


def piece(text: str, x: float, y: float, confidence: float) -> Cell:
    return Cell(text=text, box=(x, y, x + 0.03, y + 0.015), confidence=confidence, chars=(confidence,) * len(text))


def test_the_rests_of_a_stamp_are_no_text() -> None:
    words = piece("มติที่ประชุม รับทราบ", 0.13, 0.16, 0.98)
    rows = [[piece("|-", 0.68, 0.11, 0.55)], [words, piece("/", 0.8, 0.16, 0.7)], [piece("__", 0.7, 0.18, 0.7)]]
    assert without_rests(rows, (8.27, 11.7)) == [[words]]


def test_numbers_and_lone_dashes_of_a_worn_page_stay() -> None:
    rows = [
        [piece("- ๒ -", 0.48, 0.05, 0.5)],
        [piece("๑.", 0.13, 0.3, 0.5), piece("นางสุภรณ์ ทองธรรม", 0.2, 0.3, 0.7)],
        [piece("-", 0.2, 0.4, 0.5)],
        [piece("ลา", 0.7, 0.6, 0.7)],
    ]
    assert without_rests(rows, (8.27, 11.7)) == rows
