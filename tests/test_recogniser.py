"""Our own reader on drawn pages: what the stock Thai model cannot write must come out right."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import MissingDependencyError
from pipeline.ocr.recogniser import Recogniser, shipped_model
from pipeline.ocr.recogniser_engine import RecogniserEngine
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
