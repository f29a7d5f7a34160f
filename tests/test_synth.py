"""The generator of page pictures, and the samples and goldens made by it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

from pipeline.errors import MissingDependencyError
from pipeline.ocr.text import PageText
from pipeline.pages.image import Grey
from pipeline.thai.numbers import arabic
from schemas import Record, load_record
from schemas.pointer import leaves
from training.synth import faces, records, samples, words
from training.synth.catalogue import SAMPLES, Sample
from training.synth.degrade import CLEAN, Wear, degrade
from training.synth.draw import draw
from training.synth.flow import Column, Flow, Sheet
from training.synth.layouts import lay_out
from training.synth.page import Span
from training.synth.style import Style
from training.synth.typeset import Typeface, break_lines

ROOT = Path(__file__).parents[1]
SAMPLE_FOLDER = ROOT / "samples"
GOLDEN_FOLDER = ROOT / "golden"

WORN = Wear(skew=1.0, bend=2.0, noise=6, streak=True, specks=1, patchy=0.3, jitter=0.3, spread=0.1, stamp="round")
SENTENCE = "ที่ประชุมพิจารณาแล้วเห็นชอบตามที่ฝ่ายเลขานุการเสนอ และให้ดำเนินการภายในวันที่ ๒๙ มีนาคม ๒๕๖๗ ต่อไป"


def small_page(family: str = "Laksaman", align: str = "left") -> Flow:
    flow = Flow(Sheet(Typeface(family, 13), 21))
    flow.paragraph([Span("รายงานการประชุม", bold=True)], align="centre")
    flow.row([Column(10, 30, ["๑๒."]), Column(40, 150, ["นายเกษมวุฒิ แก้วพิทักษ์"]), Column(300, 120, ["กรรมการ"])])
    flow.paragraph(SENTENCE, first=60, align="letters" if align == "letters" else "left")
    flow.table([40, 200], [["ที่", "ชื่อ"], ["๑", "นางสุภรณ์ ทองธรรม"]])
    return flow


def drawn(dpi: float = 100, **options: str) -> tuple[Grey, PageText]:
    return draw(small_page(**options).page, dpi)


def boxes(truth: PageText) -> Iterator[tuple[slice, slice]]:
    for line in truth.lines:
        for cell in line.cells:
            x0, y0, x1, y1 = cell.box
            rows = slice(int(y0 * truth.height), int(np.ceil(y1 * truth.height)) + 1)
            yield rows, slice(int(x0 * truth.width), int(np.ceil(x1 * truth.width)) + 1)


class TestTypesetting:
    def test_a_page_tells_its_lines_and_cells_in_reading_order(self) -> None:
        _, truth = drawn()
        texts = [[cell.text for cell in line.cells] for line in truth.lines]
        assert texts[0] == ["รายงานการประชุม"]
        assert texts[1] == ["๑๒.", "นายเกษมวุฒิ แก้วพิทักษ์", "กรรมการ"] or texts[1] == [
            "๑๒. นายเกษมวุฒิ แก้วพิทักษ์",
            "กรรมการ",
        ]
        assert texts[-1] == ["๑", "นางสุภรณ์ ทองธรรม"]

    @pytest.mark.parametrize("align", ["left", "letters"])
    def test_all_ink_of_the_text_lies_in_the_boxes_of_the_truth(self, align: str) -> None:
        flow = small_page(align=align)
        flow.page.rules.clear()
        pixels, truth = draw(flow.page, 150)
        outside = pixels.copy()
        for where in boxes(truth):
            assert (pixels[where] < 128).any()
            outside[where] = 255
        assert (outside < 128).sum() == 0

    def test_lines_joined_again_are_the_running_text(self) -> None:
        lines = break_lines([Span(SENTENCE)], Typeface("Norasi", 12), 160)
        assert len(lines) > 2
        assert all(line.width <= 160.01 for line in lines)
        joined = "".join(part.text for line in lines for part in line.parts)
        assert joined.replace(" ", "") == SENTENCE.replace(" ", "")

    def test_no_line_begins_with_a_mark_or_a_closing_sign(self) -> None:
        text = "การประชุมฯ ครั้งที่ ๑/๒๕๖๗ (ต่อ) เรื่องอื่น ๆ และ “ข้อเสนอ” ของ อ.ก.ก. ๓,๕๐๐.๗๕ บาท " * 4
        for width in range(60, 220, 7):
            for line in break_lines([Span(text)], Typeface("Garuda", 11), width):
                assert not re.match(r"[ฯๆ.,)/”\u0e30-\u0e3a\u0e47-\u0e4e]", line.parts[0].text)

    def test_letters_keep_their_marks(self) -> None:
        assert words.clusters("น้ำที่กู้") == ["น้ำ", "ที่", "กู้"]

    def test_a_list_that_goes_on_over_the_page_gets_its_heading_again(self) -> None:
        _, style = samples.load("hospital-5-2564")
        pages = lay_out(record_of("hospital-5-2564"), style).pages
        assert "ผู้มาประชุม (ต่อ)" in [piece.text for piece in pages[1].pieces]


class TestFaces:
    def test_a_face_without_a_glyph_is_refused_with_the_package_to_install(self) -> None:
        with pytest.raises(MissingDependencyError, match=r"Laksaman.*no glyph for ☃.*fonts-thai-tlwg"):
            Typeface("Laksaman", 12).width("หิมะ ☃", Span(""))

    def test_a_face_that_is_not_installed_is_named(self) -> None:
        with pytest.raises(MissingDependencyError, match=r"No Such Face.*not installed.*fonts-thai-tlwg"):
            faces.cut("No Such Face")

    @pytest.mark.parametrize("family", [*faces.PRINT_FAMILIES, *faces.TYPEWRITER_FAMILIES])
    def test_every_family_writes_printed_thai_in_every_weight(self, family: str) -> None:
        everything = "".join(map(chr, [*range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5A)])) + "0123456789()/“”–"
        for bold in (False, True):
            for italic in (False, True):
                faces.check(faces.cut(family, bold, italic), everything)

    def test_charsets_of_fontconfig_are_ranges_of_hexadecimal_numbers(self) -> None:
        assert faces.code_points("20-22 e01") == {0x20, 0x21, 0x22, 0xE01}


class TestDegrading:
    def test_the_same_seed_gives_the_same_pixels_and_truth(self) -> None:
        pixels, truth = drawn()
        first = degrade(pixels, truth, WORN, 100, np.random.default_rng(3))
        second = degrade(pixels, truth, WORN, 100, np.random.default_rng(3))
        other = degrade(pixels, truth, WORN, 100, np.random.default_rng(4))
        assert np.array_equal(first[0], second[0])
        assert first[1] == second[1]
        assert not np.array_equal(first[0], other[0])

    def test_the_truth_moves_with_the_paper(self) -> None:
        pixels, truth = draw(small_page().page, 150)
        bent = Wear(skew=1.5, bend=4, blur=0, noise=0, light=0, paper=255, ink=0, jpeg=None)
        worn, moved = degrade(pixels, truth, bent, 150, np.random.default_rng(8))
        assert moved.lines[0].cells[0].box != truth.lines[0].cells[0].box
        for before, after in zip(boxes(truth), boxes(moved), strict=True):
            # The ink of every cell is found again where the truth says it went.
            assert (255 - worn[after].astype(int)).sum() > 0.95 * (255 - pixels[before].astype(int)).sum()

    def test_without_wear_the_page_is_as_drawn(self) -> None:
        pixels, truth = drawn()
        worn, moved = degrade(pixels, truth, CLEAN, 100, np.random.default_rng(0))
        assert np.array_equal(worn, pixels)
        assert moved == truth

    def test_one_bit_is_one_bit(self) -> None:
        pixels, truth = drawn()
        worn, _ = degrade(pixels, truth, Wear(bilevel=True), 100, np.random.default_rng(0))
        assert set(np.unique(worn)) == {0, 255}
        assert worn.shape == pixels.shape


class TestRecords:
    def test_a_generated_record_is_the_same_for_the_same_seed(self) -> None:
        first, second = records.generate(11, 0), records.generate(11, 0)
        assert first.data == second.data
        assert first.record == second.record
        assert first.text == second.text
        assert records.invent(np.random.default_rng(1), "thai") != records.invent(np.random.default_rng(2), "thai")

    def test_what_a_record_says_stands_on_its_pages(self) -> None:
        for seed in range(6):
            rng = np.random.default_rng(seed)
            record, opening, closing = records.invent(rng, "thai")
            flow = lay_out(record, records.dress(rng, record, "thai", opening, closing))
            text = squeezed("".join(piece.text for page in flow.pages for row in page.rows() for piece in row))
            for item in record.agenda:
                for said in [item, *item.items]:
                    assert squeezed(said.title)[:12] in text
            for person in record.attendance[0].people:
                assert squeezed(person.name or "")[:8] in text
            assert squeezed(opening) in text and squeezed(closing) in text


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def record_of(name: str) -> Record:
    return load_record((GOLDEN_FOLDER / f"{name}.json").read_bytes())


@pytest.fixture(params=SAMPLES, ids=lambda sample: sample.name)
def sample(request: pytest.FixtureRequest) -> Sample:
    found: Sample = request.param
    return found


def stored_sizes(path: Path) -> list[tuple[int, int]]:
    """Width and height in pixels of every page of a sample."""
    if path.suffix == ".pdf":
        with pikepdf.open(path) as pdf:
            pictures = [list(page.images.values()) for page in pdf.pages]
            assert all(len(found) == 1 for found in pictures)
            return [(int(found[0].Width), int(found[0].Height)) for found in pictures]
    with Image.open(path) as image:
        sizes = []
        for frame in range(getattr(image, "n_frames", 1)):
            image.seek(frame)
            sizes.append(image.size)
        return sizes


class TestSamples:
    def test_the_golden_record_belongs_to_the_file(self, sample: Sample) -> None:
        record = record_of(sample.name)
        data = (SAMPLE_FOLDER / sample.file).read_bytes()
        assert record.source.file == sample.file
        assert record.source.sha256 == hashlib.sha256(data).hexdigest()
        assert record.source.pages == len(stored_sizes(SAMPLE_FOLDER / sample.file))
        assert 1 <= record.source.pages <= 8
        assert record.producer is None
        assert record.status == ("review" if any(i.severity != "info" for i in record.issues) else "ok")

    def test_the_golden_text_has_a_form_feed_after_every_page(self, sample: Sample) -> None:
        text = (GOLDEN_FOLDER / f"{sample.name}.txt").read_text(encoding="utf-8")
        assert text.endswith("\n\f")
        assert text.count("\f") == record_of(sample.name).source.pages

    def test_printing_the_record_gives_the_golden_text(self, sample: Sample) -> None:
        record = record_of(sample.name)
        _, style = samples.load(sample.name)
        rows = [page.rows() for page in lay_out(record, style).pages]
        golden = (GOLDEN_FOLDER / f"{sample.name}.txt").read_text(encoding="utf-8").split("\f")
        for page, text in zip(rows, golden, strict=False):
            assert squeezed("".join(piece.text for row in page for piece in row)) == squeezed(text)

    def test_every_string_of_the_record_is_printed(self, sample: Sample) -> None:
        record = record_of(sample.name)
        corrected = {correction.path for correction in record.corrections}
        printed = squeezed((GOLDEN_FOLDER / f"{sample.name}.txt").read_text(encoding="utf-8"))
        for pointer, value in leaves(record.model_dump(mode="json")):
            skipped = ("/source", "/issues", "/corrections", "/schema_version", "/document_type", "/status")
            coded = pointer.endswith(("/iso", "/kind", "/decision", "_at", "/start", "/end", "/number"))
            if not isinstance(value, str) or pointer.startswith(skipped) or coded or pointer in corrected:
                continue
            # Columns interleave what wraps: words stand whole, long strings by their beginning.
            assert squeezed(value)[:6] in printed, pointer

    def test_printed_times_are_those_of_the_record(self, sample: Sample) -> None:
        record = record_of(sample.name)
        _, style = samples.load(sample.name)
        for line, clock in ((style.opening, record.opened_at), (style.closing, record.closed_at)):
            found = re.search(r"(\d\d)\.(\d\d)", arabic(line))
            assert (f"{found[1]}:{found[2]}" if found else None) == clock

    def test_a_sideways_page_is_turned_in_the_picture(self) -> None:
        sizes = stored_sizes(SAMPLE_FOLDER / "hospital-5-2564.pdf")
        assert [width > height for width, height in sizes] == [False, False, True]

    def test_a_sample_made_again_is_the_same(self) -> None:
        small = next(sample for sample in SAMPLES if sample.name == "school-board-1-2562")
        first, second = samples.make(small), samples.make(small)
        assert first.data == second.data
        assert first.truths == second.truths
        with Image.open(SAMPLE_FOLDER / small.file) as stored:
            pixels = np.asarray(stored.convert("L"))
        # Other builds of the libraries may round a pixel differently; the page is the same.
        assert (pixels != first.pages[0]).mean() < 0.001

    def test_they_are_small_and_nothing_else_lies_beside_them(self) -> None:
        files = {path.name: path.stat().st_size for path in SAMPLE_FOLDER.iterdir()}
        assert set(files) == {sample.file for sample in SAMPLES} | {"README.md"}
        assert sum(files.values()) < 10_000_000
        expected = {f"{sample.name}{end}" for sample in SAMPLES for end in (".json", ".txt")}
        assert {path.name for path in GOLDEN_FOLDER.iterdir()} == expected

    def test_the_seed_keeps_its_slips(self) -> None:
        record = record_of("seed-bma-8-2560")
        text = (GOLDEN_FOLDER / "seed-bma-8-2560.txt").read_text(encoding="utf-8")
        assert text.count("ติตราชการ") == 3
        assert {person.absence_reason for person in record.attendance[1].people} == {"ติดราชการ"}
        assert [issue.code for issue in record.issues] == ["date.weekday_mismatch", "name.variant"]
        assert "นางสาวอรุญา" in text and "นางสาวอรุณญา" in text

    def test_the_letter_is_no_minutes(self) -> None:
        record = record_of("circular-2565")
        assert record.document_type == "other"
        assert [issue.code for issue in record.issues] == ["document.not_minutes"]


def test_a_style_refuses_what_it_does_not_know() -> None:
    with pytest.raises(ValueError, match="colour"):
        Style.model_validate({"colour": "red"})
